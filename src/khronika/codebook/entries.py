"""From the tables of a codebook file to kinds of act."""

import dataclasses
import re
from collections.abc import Mapping

from khronika.codebook.fields import Table, suggest
from khronika.codebook.model import Example, Kind, Way
from khronika.model.acts import Modality

ROLES = frozenset(
    {"victim", "perpetrator", "intervener", "addressee", "what", "penalty", "reason", "place"}
)
ROLE_FIELDS = ("subject", "object", "indirect", "of", "by", "possessor", "compound")
FILLER_FIELDS = ("subject_is", "subject_not", "object_is", "object_not")
WORD_FIELDS = ("verbs", "nouns", "phrases", "clause", "unless", "sentence", "nearby")
FLAGS = ("owner", "negated", "eventive", "passive_only", "active_only", "abroad")
LANGUAGE = "language"
WAY_FIELDS = frozenset(field.name for field in dataclasses.fields(Way)) - {"own"}
EXAMPLE_FIELDS = frozenset(field.name for field in dataclasses.fields(Example))
KIND_TABLES = frozenset({"way", "example", "counterexample"})
KIND_FIELDS = KIND_TABLES | {
    field.name
    for field in dataclasses.fields(Kind)
    if field.name not in {"group", "ways", "examples", "counterexamples"}
}
ID = re.compile(r"[a-z][a-z0-9]*(?:-[a-z0-9]+)*")
CLASS = re.compile(r"@([a-z-]+)")


@dataclasses.dataclass(frozen=True, slots=True)
class Classes:
    """Classes of words: the words of each, and the classes that it holds, itself included."""

    words: Mapping[str, frozenset[str]]
    holds: Mapping[str, tuple[str, ...]]


@dataclasses.dataclass(frozen=True, slots=True)
class Demand:
    """How many examples and counter-examples an entry must bring in each of its languages."""

    examples: int
    counterexamples: int


LOOKED_UP = ("clause", "unless", "sentence", "nearby")  # word by word, never as a pattern
ONE_WORD = "write its last word alone: fillers and clauses are looked at word by word"
BUNDLED = Demand(5, 3)
OWN = Demand(1, 1)  # of a user's own file
ELSEWHERE = Demand(2, 1)  # of a bundled file in another language than English


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What is known of a file while its entries are read."""

    group: str
    language: str
    classes: Classes
    demand: Demand


def extends(table: Table) -> bool:
    """True of a `[[kind]]` that only adds ways and examples to a kind that stands elsewhere."""
    return set(table.values) <= KIND_TABLES | {"id"}


def read_extension(table: Table, kind: Kind, context: Context) -> Kind:
    """A kind with the ways, examples and counter-examples that a file adds to it."""
    ways, examples, counterexamples = _said(table, context)
    added = dataclasses.replace(kind, ways=ways, examples=examples, counterexamples=counterexamples)
    _check_kind(table, added, context.demand)
    return dataclasses.replace(
        kind,
        ways=(*kind.ways, *ways),
        examples=(*kind.examples, *examples),
        counterexamples=(*kind.counterexamples, *counterexamples),
    )


def _said(
    table: Table, context: Context
) -> tuple[tuple[Way, ...], tuple[Example, ...], tuple[Example, ...]]:
    """The ways, examples and counter-examples of a `[[kind]]` table."""
    language, classes = context.language, context.classes
    return (
        tuple(
            dataclasses.replace(read_way(each, classes, language), own=context.demand is OWN)
            for each in table.tables("way", "way")
        ),
        tuple(_example(each, language) for each in table.tables("example", "example")),
        tuple(
            _counterexample(each, language)
            for each in table.tables("counterexample", "counter-example")
        ),
    )


def read_kind(table: Table, context: Context) -> Kind:
    """One kind of act from its `[[kind]]` table."""
    table.only(KIND_FIELDS)
    name = table.text("id", needed=True)
    if not ID.fullmatch(name):
        raise table.refuse(f"'{name}' is no id", "use small letters, digits and hyphens")
    ways, examples, counterexamples = _said(table, context)
    kind = Kind(
        id=name,
        label=table.text("label", needed=True),
        group=context.group,
        definition=table.text("definition", needed=True),
        is_not=table.text("is_not", needed=True),
        esf=table.text("esf"),
        plover=table.text("plover"),
        rights=table.texts("rights"),
        intervention=table.flag("intervention"),
        severity=table.number("severity", least=1, most=5),
        follows=table.texts("follows"),
        ways=ways,
        examples=examples,
        counterexamples=counterexamples,
    )
    _check_kind(table, kind, context.demand)
    return kind


def _check_kind(table: Table, kind: Kind, demand: Demand) -> None:
    if not kind.ways:
        raise table.refuse("no way to say it", "add a [[kind.way]] with verbs, nouns or phrases")
    for language in sorted(kind.languages):
        _check_cases(table, kind, language, demand)
    used = {role for way in kind.ways for role in roles_of(way)}
    if kind.intervention and "perpetrator" in used:
        raise table.refuse("a way has the role 'perpetrator'", "an intervention has interveners")


def _check_cases(table: Table, kind: Kind, language: str, demand: Demand) -> None:
    """Refuse a language that has ways but too few cases to test them."""
    inside = "" if language == "en" else f" in '{language}'"
    examples = sum(each.language == language for each in kind.examples)
    against = sum(each.language == language for each in kind.counterexamples)
    if examples < demand.examples:
        raise table.refuse(
            f"{examples} examples{inside}, {demand.examples} are needed",
            "add [[kind.example]] tables with a text and the act's roles",
        )
    if against < demand.counterexamples:
        raise table.refuse(
            f"{against} counter-examples{inside}, {demand.counterexamples} are needed",
            "add [[kind.counterexample]] tables with a text and why it is no such act",
        )


def roles_of(way: Way) -> frozenset[str]:
    """The roles that a way can fill."""
    named = {getattr(way, field) for field in ROLE_FIELDS} | set(way.prepositions.values())
    return frozenset(named - {""})


def read_way(table: Table, classes: Classes, language: str = "en") -> Way:
    """One way to say an act from its `[[kind.way]]` table."""
    table.only(WAY_FIELDS - {LANGUAGE})
    roles = {name: _role(table, name, table.text(name)) for name in ROLE_FIELDS}
    fillers = {name: _fillers(table, name, classes) for name in FILLER_FIELDS}
    words = {name: _words(table, name, classes) for name in WORD_FIELDS}
    flags = {name: table.flag(name) for name in FLAGS}
    prepositions = {
        word: _role(table, f"prepositions.{word}", role)
        for word, role in table.mapping("prepositions").items()
    }
    modality = table.text("modality")
    if modality and modality not in set(Modality):
        raise table.refuse(f"unknown modality '{modality}'", suggest(modality, list(Modality)))
    if not (words["verbs"] or words["nouns"] or words["phrases"]):
        raise table.refuse("nothing that sets it off", "add verbs, nouns or phrases")
    if flags["passive_only"] and flags["active_only"]:
        raise table.refuse("passive_only and active_only exclude each other", "keep one")
    rest = {
        "prepositions": prepositions,
        "modality": modality,
        "language": language,
        "after": table.texts("after"),
    }
    return Way(**words, **roles, **fillers, **flags, **rest)  # type: ignore[arg-type]  # the field names are those of the tables above


def _role(table: Table, field: str, role: str) -> str:
    if role and role not in ROLES:
        raise table.refuse(f"unknown role '{role}' in field '{field}'", suggest(role, ROLES))
    return role


def _fillers(table: Table, field: str, classes: Classes) -> tuple[str, ...]:
    """The entries of a list of fillers, each class followed by the classes that it holds.

    So what takes "@people" also takes the name of a person, which no list of words has.
    """
    found: list[str] = []
    for entry in table.texts(field):
        if entry.startswith("@"):
            found.extend(classes.holds[_class(table, field, entry[1:], classes)])
        else:
            found.append(_plain(table, field, entry, classes))
    return tuple(dict.fromkeys(found))


def _plain(table: Table, field: str, word: str, classes: Classes) -> str:
    """A word that is not also the name of a class, which a coder would take it for."""
    if word in classes.words:
        raise table.refuse(f"'{word}' in field '{field}' names a class", f"write '@{word}'")
    return _single(table, field, word)


def _single(table: Table, field: str, word: str) -> str:
    if " " in word:
        raise table.refuse(f"'{word}' is not one word in field '{field}'", ONE_WORD)
    return word


def _class(table: Table, field: str, name: str, classes: Classes) -> str:
    if name not in classes.words:
        known = list(classes.words)
        raise table.refuse(f"unknown class '@{name}' in field '{field}'", suggest(name, known))
    return name


def _words(table: Table, field: str, classes: Classes) -> tuple[str, ...]:
    """The entries of a list of words, with `@class` replaced by the words of the class.

    Inside a longer entry ("take into @custody") the single words become alternatives; an entry
    that is a class alone becomes one entry a word.
    """
    found: list[str] = []
    for entry in table.texts(field):
        alone = CLASS.fullmatch(entry)
        if alone:
            found.extend(sorted(classes.words[_class(table, field, alone[1], classes)]))
        else:
            looked_at = field in LOOKED_UP
            word = _plain(table, field, entry, classes) if looked_at else entry
            found.append(_with_bars(table, field, word, classes))
    return tuple(dict.fromkeys(found))


def _with_bars(table: Table, field: str, entry: str, classes: Classes) -> str:
    def bars(match: re.Match[str]) -> str:
        words = classes.words[_class(table, field, match[1], classes)]
        return "|".join(sorted(word for word in words if " " not in word))

    return CLASS.sub(bars, entry)


def _example(table: Table, language: str) -> Example:
    table.only(EXAMPLE_FIELDS - {"because", LANGUAGE})
    modality = table.text("modality") or Modality.OCCURRED
    if modality not in set(Modality):
        raise table.refuse(f"unknown modality '{modality}'", suggest(modality, list(Modality)))
    return Example(
        text=table.text("text", needed=True),
        modality=str(modality),
        victims=table.texts("victims"),
        perpetrators=table.texts("perpetrators"),
        interveners=table.texts("interveners"),
        addressees=table.texts("addressees"),
        penalty=table.text("penalty"),
        language=language,
    )


def _counterexample(table: Table, language: str) -> Example:
    table.only({"text", "because"})
    return Example(
        text=table.text("text", needed=True),
        because=table.text("because", needed=True),
        language=language,
    )
