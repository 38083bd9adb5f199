"""Signs by which a small model tells how sure an act, or one of its fillers, is.

Each sign is a short name, "rule verb" or "role victim pronoun"; it holds or it does not. None
holds words of a report: only ids of kinds and ways, labels of the parse, counts in steps.
"""

from collections import Counter
from collections.abc import Iterator, Mapping

from spacy.tokens import Token

from khronika.coding.clauses import is_verb
from khronika.coding.evidence import Found, Reading, construction
from khronika.coding.lexicon import Lexicon, hyphenated
from khronika.coding.parsed import quotations, sentence_of
from khronika.coding.triggers import Candidate
from khronika.model.acts import Act, Involvement, MentionForm, Role
from khronika.model.edtf import EdtfError, precision

DOERS = (Role.PERPETRATOR, Role.ALLEGED_PERPETRATOR)
NAMED_BY_PARSER = {"person": ("PERSON",), "organisation": ("ORG",), "country": ("GPE", "NORP")}


class Signs:
    """The signs of the acts of one report."""

    def __init__(self, readings: Mapping[str, Reading], lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._in_sentence = Counter(_sentence(r) for r in readings.values())
        self._again = _told_before(readings)
        self._beside = _beside(readings)

    def of_act(self, reading: Reading) -> tuple[str, ...]:
        """The signs of an act."""
        return tuple(self._of_act(reading))

    def _of_act(self, reading: Reading) -> Iterator[str]:
        act, candidate = reading.act, reading.draft.candidate
        way, head = candidate.entry.way, candidate.head
        sort = candidate.entry.rule.split("/")[1]
        yield "always"
        yield f"kind {act.kind}"
        yield f"group {candidate.entry.kind.group}"
        yield f"rule {act.rule}"
        yield f"construction {construction(candidate)}"
        yield f"modality {act.modality.value}"
        yield f"passage {reading.role.value}"
        yield f"{sort} of {1 + min(len(candidate.entry.rest), 2)} words"
        yield f"{sort} restricted {bool(way.object_is or way.subject_is or way.clause)}"
        yield f"{sort} tagged {head.pos_}"
        yield f"{sort} labelled {head.dep_}"
        rivals, ways = self._rivals(head, act.kind)
        yield f"rivals {min(rivals, 2)}"
        yield f"{sort} of {_steps(ways, 1, 2, 3, 5, 9)} kinds"
        yield f"spread {_spread(candidate)}"
        yield f"capitals {head.text.isupper()}"
        yield f"tense {head.tag_} {candidate.arguments.passive}"
        yield f"verbs above {min(sum(is_verb(t) for t in head.ancestors), 3)}"
        yield f"in its sentence {min(self._in_sentence[_sentence(reading)], 3)}"
        yield f"told before {self._again[act.id]}"
        yield from (f"{act.kind} beside {kind}" for kind in self._beside[act.id])
        yield f"sentence {_steps(len(sentence_of(head)), 12, 25, 45)}"
        yield f"quoted {any(a <= head.i < b for a, b in quotations(head.doc))}"
        yield f"dated {act.when.basis}" if act.when.edtf else "undated"
        yield from self._of_cast(reading)

    def _of_cast(self, reading: Reading) -> Iterator[str]:
        act = reading.act
        kind = reading.draft.candidate.entry.kind
        side = "intervener" if kind.intervention else "victim"
        main = [f for i, f in zip(act.involvements, reading.involved, strict=True)
                if i.role.value == side]  # fmt: skip
        forms = {f.reference.form.value for f in main if f.reference is not None}
        yield f"{side} {'+'.join(sorted(forms)) or 'none'}"
        yield f"{side} apart {any(_apart(f) for f in main)}"
        doers = act.in_role(*DOERS)
        yield f"nobody {not act.involvements}"
        yield f"{side} is {'+'.join(sorted({i.type.value for i in act.in_role(Role(side))}))}"
        yield f"{act.kind} by {'+'.join(sorted({i.type.value for i in doers})) or 'nobody'}"
        yield f"doers {bool(doers)} {side} {bool(main)}"
        yield f"teller {bool(act.in_role(Role.SOURCE))}"
        yield f"suspected {bool(act.in_role(Role.ALLEGED_PERPETRATOR))}"

    def _rivals(self, head: Token, kind: str) -> tuple[int, int]:
        """Other kinds that the word may set off by itself, and all that it may with others."""
        forms = {hyphenated(head), head.lower_}
        tables = (self._lexicon.verbs, self._lexicon.nouns, self._lexicon.phrases)
        found = [e for table in tables for form in forms for e in table.get(form, ())]
        alone = {e.kind.id for e in found if not e.rest} - {kind}
        return len(alone), len({e.kind.id for e in found})


def _spread(candidate: Candidate) -> str:
    """How far apart the words of a pattern stand."""
    places = [t.i for t in candidate.matched]
    gap = max(places) - min(places) + 1 - len(set(places)) if places else 0
    return _steps(gap, 1, 3, 6)


def _sentence(reading: Reading) -> tuple[int, int]:
    candidate = reading.draft.candidate
    return candidate.unit, sentence_of(candidate.head).start


def _told_before(readings: Mapping[str, Reading]) -> dict[str, str]:
    """Whether an earlier act of the kind, or of the kind to the same people, stands there."""
    found: dict[str, str] = {}
    seen: list[Act] = []
    for act in sorted((r.act for r in readings.values()), key=lambda a: a.quote.start):
        whom = _whom(act)
        earlier = [other for other in seen if other.kind == act.kind]
        same = any(whom & _whom(other) for other in earlier)
        found[act.id] = "same" if same else "kind" if earlier else "no"
        seen.append(act)
    return found


def _beside(readings: Mapping[str, Reading]) -> dict[str, tuple[str, ...]]:
    """The other kinds that the report tells of the same people."""
    acts = [r.act for r in readings.values()]
    return {
        act.id: tuple(
            sorted({o.kind for o in acts if o.kind != act.kind and _whom(o) & _whom(act)})
        )
        for act in acts
    }


def _whom(act: Act) -> set[str]:
    return {i.name for i in act.in_role(Role.VICTIM, Role.INTERVENER)}


def _steps(number: int, *edges: int) -> str:
    """Which step a number is on, as its lower edge."""
    return str(max((edge for edge in edges if number >= edge), default=0))


def _apart(found: Found) -> bool:
    """True if it does not stand in the sentence of its trigger."""
    return found.path is None or found.path.apart != 0


def of_involvement(one: Involvement, found: Found, reading: Reading) -> tuple[str, ...]:
    """The signs of an actor in a role."""
    return tuple(_of_involvement(one, found, reading))


def _of_involvement(one: Involvement, found: Found, reading: Reading) -> Iterator[str]:
    role = "perpetrator" if one.role in DOERS else one.role.value
    act, same = reading.act, [i for i in reading.act.involvements if i.role is one.role]
    form = found.reference.form if found.reference is not None else None
    yield "always"
    yield f"role {role}"
    yield f"{role} suspected {one.role is Role.ALLEGED_PERPETRATOR}"
    yield f"{role} of {act.kind}"
    yield f"{role} in group {reading.draft.candidate.entry.kind.group}"
    yield f"{role} is {one.type.value}"
    yield f"{role} by {form.value if form else 'nothing'}"
    yield f"{role} known {one.cast is not None}"
    yield f"{role} shares {min(len(same), 3)}"
    yield f"{role} by {construction(reading.draft.candidate)}"
    yield f"basis {one.basis}"
    yield f"words {min(len(one.name.split()), 4)} {one.type.value}"
    yield f"counted {one.count is not None}"
    others = (i for i in act.involvements if i.role is not one.role)
    yield f"elsewhere {any(i.name == one.name for i in others)}"
    yield f"modality {act.modality.value} {role}"
    yield f"passage {reading.role.value}"
    yield from _of_path(found, role)
    yield from _of_reference(found)
    if form is MentionForm.NAME and found.token is not None:
        agrees = found.token.ent_type_ in NAMED_BY_PARSER.get(one.type.value, ("",))
        yield f"parser agrees {one.type.value} {agrees}"


def _of_path(found: Found, role: str) -> Iterator[str]:
    if found.path is None or found.path.apart:
        sentences = found.path.apart if found.path is not None else 9
        yield f"{role} apart {max(-2, min(sentences, 3))} {max(-1, min(found.unit_apart, 1))}"
        return
    first = found.path.down[0] if found.path.down else "itself"
    yield f"{role} path {first}"
    yield f"path of {min(len(found.path.down), 4)} below {min(len(found.path.up), 3)}"
    yield f"listed {'conj' in found.path.down}"
    for step in found.path.up[:2]:
        yield f"up {step}"


def _of_reference(found: Found) -> Iterator[str]:
    told = found.reference
    if told is None or told.form is MentionForm.NAME:
        return
    back = "never" if told.named is None else str(min(told.named, 4))
    back = "beside" if told.later and told.named == 0 else "later" if told.later else back
    yield f"{told.form.value} named {back}"
    yield f"{told.form.value} rivals {min(told.rivals, 3)}"


def of_when(reading: Reading) -> tuple[str, ...]:
    """The signs of a date."""
    return tuple(_of_when(reading))


def _of_when(reading: Reading) -> Iterator[str]:
    when, act, found = reading.act.when, reading.act, reading.when
    yield "always"
    yield f"basis {when.basis}"
    yield f"precision {_precision(when.edtf)}"
    yield f"basis {when.basis} precision {_precision(when.edtf)}"
    yield f"kind {act.kind}"
    yield f"modality {act.modality.value}"
    yield f"flagged {bool(when.flags)}"
    yield f"passage {reading.role.value}"
    yield f"by {construction(reading.draft.candidate)}"
    yield from _of_path(found, "date")
    if found.token is not None and found.path is not None and not found.path.apart:
        away = abs(found.token.i - reading.draft.candidate.head.i)
        yield f"away {_steps(away, 1, 4, 8, 16, 30)}"


def _precision(edtf: str) -> str:
    try:
        return precision(edtf).name.lower()
    except EdtfError:
        return "none"


def of_where(at: int, reading: Reading) -> tuple[str, ...]:
    """The signs of the place that stands at an index of an act's places."""
    return tuple(_of_where(at, reading))


def _of_where(at: int, reading: Reading) -> Iterator[str]:
    where, act, found = reading.act.where[at], reading.act, reading.where[at]
    yield "always"
    yield f"known {where.geonameid is not None}"
    yield f"country alone {bool(where.country) and where.geonameid is None}"
    yield f"kind {act.kind}"
    yield f"group {reading.draft.candidate.entry.kind.group}"
    yield f"modality {act.modality.value}"
    yield f"passage {reading.role.value}"
    yield f"words {min(len(where.name.split()), 3)}"
    yield from _of_path(found, "place")
    if found.token is not None:
        yield f"parser says {found.token.ent_type_ or 'nothing'}"
        if found.path is not None and not found.path.apart:
            away = abs(found.token.i - reading.draft.candidate.head.i)
            yield f"away {_steps(away, 1, 4, 8, 16, 30)}"
