"""Loading a codebook: the bundled files, then the user's own, which add and replace entries."""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from khronika.codebook.entries import BUNDLED, ONE_WORD, OWN, Classes, Demand, read_kind
from khronika.codebook.errors import CodebookError
from khronika.codebook.fields import Table, suggest
from khronika.codebook.model import Codebook, Kind
from khronika.model.ids import canonical, sha256
from khronika.model.plain import to_plain

LARGEST = 2_000_000  # bytes of one file


@dataclass(frozen=True, slots=True)
class Source:
    """One codebook file: its name, its tables, and what its entries must bring."""

    table: Table
    demand: Demand


def load(paths: Sequence[Path] = ()) -> Codebook:
    """Load the bundled codebook and the user's files over it.

    Args:
        paths: the user's files, in order. A kind of the same id replaces the earlier one; words of
            a class are added to those of the class of that name.

    Returns:
        The codebook; its digest depends on the content alone, not on names or the order of files.

    Raises:
        CodebookError: a file cannot be read, or an entry is incomplete or not understood.
    """
    sources = [*_bundled(), *(Source(_read(path), OWN) for path in paths)]
    for source in sources:
        source.table.only({"group", "classes", "kind"})
    classes = _classes([source.table for source in sources])
    kinds: dict[str, Kind] = {}
    for source in sources:
        for kind in _kinds(source, classes):
            if source.demand is BUNDLED and kind.id in kinds:
                raise source.table.refuse(f"kind '{kind.id}' stands twice", "remove one of them")
            kinds[kind.id] = kind
    _check_follows(kinds)
    return Codebook(kinds=kinds, classes=classes.words, digest=digest(kinds, classes.words))


def digest(kinds: Mapping[str, Kind], classes: Mapping[str, frozenset[str]]) -> str:
    """SHA-256 of the canonical content of a codebook."""
    words = {name: sorted(members) for name, members in classes.items()}
    return sha256(canonical({"kinds": to_plain(kinds), "classes": words}))


def _bundled() -> Iterator[Source]:
    folder = resources.files("khronika.codebook") / "bundled"
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            yield Source(Table(file.name, _parse(file.name, file.read_bytes())), BUNDLED)


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


def _kinds(source: Source, classes: Classes) -> Iterator[Kind]:
    entries = source.table.tables("kind", "kind")
    group = source.table.text("group", needed=bool(entries))
    for entry in entries:
        name = entry.values.get("id")
        place = f"{source.table.place}, kind '{name}'" if isinstance(name, str) else entry.place
        yield read_kind(Table(place, entry.values), group, classes, source.demand)


def _check_follows(kinds: dict[str, Kind]) -> None:
    for kind in kinds.values():
        for other in kind.follows:
            if other not in kinds:
                raise CodebookError(
                    f"kind '{kind.id}': unknown kind '{other}' in field 'follows'.",
                    remedy=suggest(other, kinds),
                )
