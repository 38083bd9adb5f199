"""The cast of a piece of a list: people and bodies with their names, and no act of anyone."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from khronika.codebook.model import Codebook
from khronika.model.acts import ActorType, CastMember, Coding, Mention, MentionForm
from khronika.model.anchors import Anchor
from khronika.model.reports import Report
from khronika.text.redaction import BLOCK

NAME = "list 1.0"
TYPES = {"Person": ActorType.PERSON, "PublicBody": ActorType.AUTHORITY}
GENDERS = {"male": "m", "female": "f"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One line of a list's text: an entity's id and schema, and its fields with where they start.

    `index` is that of its cast member; `fields` are name, value, and the offset of the value.
    """

    index: int
    id: str
    schema: str
    fields: tuple[tuple[str, str, int], ...] = field(repr=False)

    def values(self, name: str) -> list[str]:
        """The values of a field."""
        return [value for key, value, _ in self.fields if key == name]


class ListCoder:
    """Makes a cast of the entities of a list.

    Two of a list who share a name are two: their names join them with nobody, as a name alone
    would not say which of them is meant.
    """

    name = NAME

    def code(self, reports: Sequence[Report], codebook: Codebook) -> list[Coding]:
        """One coding a piece, with a cast and no acts."""
        return [
            Coding(
                report_id=report.id,
                coder=NAME,
                codebook=codebook.digest,
                cast=tuple(_cast(report.text)),
            )
            for report in reports
        ]


def entries(text: str) -> Iterator[Listed]:
    """The entries of a list's text; its first line names the list, withdrawn ones are left out."""
    at = text.find("\n") + 1
    for index, line in enumerate(text[at:].split("\n")):
        start, at = at, at + len(line) + 1
        parts = line.split("\t")
        if BLOCK in line or len(parts) < 3:  # id, schema, a name
            continue
        fields = []
        offset = start + len(parts[0]) + len(parts[1]) + 2
        for part in parts[2:]:
            key, _, value = part.partition("=")
            fields.append((key, value, offset + len(key) + 1))
            offset += len(part) + 1
        yield Listed(index=index, id=parts[0], schema=parts[1], fields=tuple(fields))


def _cast(text: str) -> Iterator[CastMember]:
    for one in entries(text):
        named = [(v, at) for key, v, at in one.fields if key in ("name", "alias") and v]
        form = MentionForm.DESCRIPTION if one.values("namesake") else MentionForm.NAME
        countries = {value.upper() for value in one.values("country") if len(value) == 2}
        yield CastMember(
            index=one.index,
            name=named[0][0] if named else one.id,
            type=TYPES.get(one.schema, ActorType.ORGANISATION),
            forms=tuple(dict.fromkeys(value for value, _ in named)),
            gender=next((GENDERS[g] for g in one.values("gender") if g in GENDERS), ""),
            country=countries.pop() if len(countries) == 1 else "",
            mentions=tuple(
                Mention(anchor=Anchor.cut(text, at, at + len(value)), form=form)
                for value, at in named
            ),
        )
