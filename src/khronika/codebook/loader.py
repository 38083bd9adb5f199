"""Loading a codebook: the bundled files, then the user's own, which add and replace entries."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path
from typing import Any

from khronika.codebook.entries import (
    BUNDLED,
    ELSEWHERE,
    ONE_WORD,
    OWN,
    Classes,
    Context,
    Demand,
    extends,
    read_extension,
    read_kind,
)
from khronika.codebook.errors import CodebookError
from khronika.codebook.fields import Table, suggest
from khronika.codebook.model import Codebook, Kind
from khronika.model.ids import canonical, sha256
from khronika.model.plain import to_plain

LARGEST = 2_000_000  # bytes of one file


@dataclass(frozen=True, slots=True)
class Source:
    """One codebook file: its name, its tables, its language, and what its entries must bring."""

    table: Table
    demand: Demand
    language: str

    @property
    def bundled(self) -> bool:
        """True of a file that comes with the package."""
        return self.demand is not OWN


def load(paths: Sequence[Path] = ()) -> Codebook:
    """Load the bundled codebook and the user's files over it.

    Args:
        paths: the user's files, in order. A kind of the same id replaces the earlier one in every
            language that it has ways in; words of a class are added to those of the class of that
            name and language. In a file that names its language a `[[kind]]` with an id, ways and
            examples alone adds them to the kind of that id.

    Returns:
        The codebook; its digest depends on the content alone, not on names or the order of files.

    Raises:
        CodebookError: a file cannot be read, or an entry is incomplete or not understood.
    """
    sources = [*_bundled(), *(_source(_read(path), OWN) for path in paths)]
    for source in sources:
        source.table.only({"group", "classes", "kind", "language"})
    tongues = {source.language: None for source in sources}
    classes = {
        language: _classes([s.table for s in sources if s.language == language])
        for language in tongues
    }
    kinds: dict[str, Kind] = {}
    for source in sources:
        _add(source, classes[source.language], kinds)
    _check_follows(kinds)
    words = {language: each.words for language, each in classes.items()}
    english = words.pop("en", {})
    return Codebook(
        kinds=kinds, classes=english, digest=digest(kinds, english, words), classes_in=words
    )


def digest(
    kinds: Mapping[str, Kind],
    classes: Mapping[str, frozenset[str]],
    classes_in: Mapping[str, Mapping[str, frozenset[str]]] | None = None,
) -> str:
    """SHA-256 of the canonical content of a codebook."""
    content: dict[str, Any] = {"kinds": to_plain(kinds), "classes": _sorted(classes)}
    others = {language: _sorted(words) for language, words in (classes_in or {}).items() if words}
    return sha256(canonical(content | ({"classes_in": others} if others else {})))


def _sorted(classes: Mapping[str, frozenset[str]]) -> dict[str, list[str]]:
    return {name: sorted(members) for name, members in classes.items()}


def _add(source: Source, classes: Classes, kinds: dict[str, Kind]) -> None:
    """Add the kinds of a file to those there are, in place."""
    entries = source.table.tables("kind", "kind")
    whole = any(not extends(entry) for entry in entries)
    context = Context(
        group=source.table.text("group", needed=whole),
        language=source.language,
        classes=classes,
        demand=source.demand,
    )
    for entry in entries:
        name = entry.values.get("id")
        place = f"{source.table.place}, kind '{name}'" if isinstance(name, str) else entry.place
        table = Table(place, entry.values)
        if "language" in source.table.values and extends(entry):
            name = table.text("id", needed=True)
            if name not in kinds:
                raise table.refuse(f"unknown kind '{name}'", suggest(name, kinds))
            kinds[name] = read_extension(table, kinds[name], context)
            continue
        kind = read_kind(table, context)
        if source.bundled and kind.id in kinds:
            raise source.table.refuse(f"kind '{kind.id}' stands twice", "remove one of them")
        kinds[kind.id] = _over(kinds.get(kind.id), kind)


def _over(earlier: Kind | None, kind: Kind) -> Kind:
    """A kind in place of an earlier one, which still says it in languages that this one lacks."""
    if earlier is None:
        return kind
    new = kind.languages
    return replace(
        kind,
        ways=(*kind.ways, *(each for each in earlier.ways if each.language not in new)),
        examples=(*kind.examples, *(e for e in earlier.examples if e.language not in new)),
        counterexamples=(
            *kind.counterexamples,
            *(e for e in earlier.counterexamples if e.language not in new),
        ),
    )


def _source(table: Table, demand: Demand) -> Source:
    language = table.text("language") or "en"
    if not re.fullmatch(r"[a-z]{2}", language):
        raise table.refuse(f"'{language}' is no language", 'write its code: language = "ru"')
    other = demand is BUNDLED and language != "en"
    return Source(table, ELSEWHERE if other else demand, language)


def _bundled() -> Iterator[Source]:
    """The English files, then those of the folders of other languages, each in order of names."""
    folder = resources.files("khronika.codebook") / "bundled"
    inside = sorted(folder.iterdir(), key=lambda each: each.name)
    for place in (folder, *(each for each in inside if each.is_dir())):
        for file in sorted(place.iterdir(), key=lambda each: each.name):
            if file.name.endswith(".toml"):
                name = file.name if place is folder else f"{place.name}/{file.name}"
                yield _source(Table(name, _parse(name, file.read_bytes())), BUNDLED)


def _read(path: Path) -> Table:
    try:
        if path.stat().st_size > LARGEST:
            raise CodebookError(
                f"{path.name} is larger than {LARGEST} bytes.", remedy="split it in several files"
            )
        data = path.read_bytes()
    except OSError as error:
        raise CodebookError(
            f"{path.name} cannot be read: {error.strerror}.",
            remedy="check that the file exists and that you may read it",
        ) from error
    return Table(path.name, _parse(path.name, data))


def _parse(name: str, data: bytes) -> dict[str, Any]:
    try:
        return tomllib.loads(data.decode("utf-8"))
    except UnicodeDecodeError as error:
        raise CodebookError(f"{name} is not UTF-8.", remedy="save it as UTF-8") from error
    except tomllib.TOMLDecodeError as error:
        raise CodebookError(
            f"{name} is not TOML: {error}.", remedy="correct the line that is named"
        ) from error
    except RecursionError as error:
        raise CodebookError(
            f"{name} is nested too deeply.", remedy="write lists and tables as the manual shows"
        ) from error


def _classes(tables: Sequence[Table]) -> Classes:
    """All classes of words; an entry "@name" stands for the words of another class."""
    written: dict[str, tuple[str, ...]] = {}
    for table in tables:
        value = table.values.get("classes", {})
        if not isinstance(value, dict):
            raise table.refuse("'classes' is not a table", 'write [classes] and name = ["word"]')
        under = Table(f"{table.place}, classes", value)
        for name in value:
            written[name] = written.get(name, ()) + _lower(under, name)
    holds = {name: _holds(name, written, ()) for name in written}
    words = {
        name: frozenset(w for held in holds[name] for w in written[held] if w[0] != "@")
        for name in written
    }
    return Classes(words=words, holds=holds)


def _lower(table: Table, name: str) -> tuple[str, ...]:
    words = table.texts(name)
    for word in words:
        if word != word.lower():
            raise table.refuse(
                f"'{word}' has capitals in field '{name}'", f"write '{word.lower()}'"
            )
        if " " in word:
            raise table.refuse(f"'{word}' is not one word in field '{name}'", ONE_WORD)
    return words


def _holds(
    name: str, written: dict[str, tuple[str, ...]], above: tuple[str, ...]
) -> tuple[str, ...]:
    if name in above or name not in written:
        raise CodebookError(
            f"class '{(above or (name,))[-1]}' holds '@{name}', which is itself or unknown.",
            remedy=suggest(name, [each for each in written if each not in above]),
        )
    held = [name]
    for word in written[name]:
        if word.startswith("@"):
            held.extend(_holds(word[1:], written, (*above, name)))
    return tuple(dict.fromkeys(held))


def _check_follows(kinds: dict[str, Kind]) -> None:
    for kind in kinds.values():
        for other in kind.follows:
            if other not in kinds:
                raise CodebookError(
                    f"kind '{kind.id}': unknown kind '{other}' in field 'follows'.",
                    remedy=suggest(other, kinds),
                )
