"""A report's text as its page shows it: pieces with their marks, and the notes beside them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from khronika.model.acts import Role
from khronika.model.anchors import Anchor, Span
from khronika.model.reports import CODED_ROLES, Known, PassageRole
from khronika.publish.wording import DOERS, is_alleged
from khronika.web.language import N_, Language
from khronika.web.rendering import ACTOR_TYPES, ATTRIBUTES, ROLES
from khronika.workflows.browsing.report import Named, Said, Told, marks_of
from khronika.workflows.browsing.texts import Mark, Segment, Slice, Sort, segments
from khronika.workflows.browsing.veil import Veil
from khronika.workflows.rows import ActRow

WORDS = {
    Sort.ACT: N_("act"),
    Sort.TRIGGER: N_("the words that tell the act"),
    Sort.NAME: N_("name"),
    Sort.SOURCE: N_("who says it"),
    Sort.WHEN: N_("date"),
    Sort.WHERE: N_("place"),
    Sort.DETAIL: N_("detail"),
    Sort.FIGURE: N_("figure"),
    Sort.AFFILIATION: N_("who belongs to what"),
    Sort.SHARED: N_("the same words in the other report"),
    Sort.ASKED: N_("the words asked for"),
}
PASSAGES = {
    PassageRole.HEADLINE: N_("headline"),
    PassageRole.DATELINE: N_("dateline"),
    PassageRole.BYLINE: N_("byline"),
    PassageRole.BODY: "",
    PassageRole.QUOTATION: N_("quotation"),
    PassageRole.LIST_ITEM: "",
    PassageRole.TABLE_ROW: N_("row of a table"),
    PassageRole.CAPTION: N_("caption"),
    PassageRole.FOOTNOTE: N_("footnote"),
    PassageRole.CONTACT: N_("contact data"),
    PassageRole.BOILERPLATE: N_("boilerplate, not read for acts"),
    PassageRole.REPEAT: N_("repeats an earlier passage, counted once"),
}
DIM = frozenset({PassageRole.CONTACT, PassageRole.BOILERPLATE, PassageRole.REPEAT})
DETAILS = ("what", "reason", "penalty", "response")
LONGEST = 160  # characters of a quotation in a note
OPENING = (Sort.NAME, Sort.SOURCE, Sort.WHEN, Sort.WHERE, Sort.DETAIL, Sort.FIGURE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A piece of text as the page shows it.

    Attributes:
        text: as it stands there, veiled.
        classes: of its marks.
        says: what its marks are, in words.
        opening: what begins here, in words, for who hears the page.
        ids: fragments that lead here.
        badges: number and id of each act that begins here.
        actor: whom the words name.
        there: the range of the same words in the other report, "start-end".
    """

    text: str = field(repr=False)
    classes: str = ""
    says: str = ""
    opening: str = ""
    ids: tuple[str, ...] = ()
    badges: tuple[tuple[int, str], ...] = ()
    actor: str = ""
    there: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A line of a note: what it is, its words, where they stand, what they stand on."""

    label: str
    words: str = field(default="", repr=False)
    place: int | None = None
    basis: str = ""
    edtf: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """An act in the margin."""

    number: int
    row: ActRow
    lines: tuple[Line, ...]
    ruled: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A passage on the page: its text, and what stands beside it.

    `label` says what it is where that differs from the passage before (`said` says it always).
    """

    slice: Slice
    role: str
    label: str
    said: str
    dim: bool
    coded: bool
    runs: tuple[Run, ...]
    notes: tuple[Note, ...]
    lines: tuple[Line, ...]
    names: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One page of a report, and how it is to be shown.

    Attributes:
        text: of this page, veiled.
        span: where that stands in the report.
        told: what was read from it.
        facts: what is known of the report.
        more: further marks.
        act: the id of an act that is asked for, "" for none.
        ruled: verbs of the rulings that stand, by act.
    """

    text: str = field(repr=False)
    span: Span
    told: Told
    facts: Mapping[str, Known]
    more: Sequence[Mark] = ()
    act: str = ""
    ruled: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def parts_of(
    sheet: Sheet, slices: Sequence[Slice], veil: Veil, language: Language
) -> tuple[Part, ...]:
    """The passages of a page with their marks and notes; blank stretches are passed over."""
    marks = [*marks_of(sheet.told, sheet.facts), *sheet.more]
    numbers = {row.act.id: number for number, row in sheet.told.acts}
    writer = _Writer(veil, language, numbers, sheet.act)
    found: list[Part] = []
    for each in slices:
        text = sheet.text[each.span.start - sheet.span.start : each.span.end - sheet.span.start]
        if text.strip():
            here = [mark for mark in marks if mark.span.overlaps(each.span)]
            runs = tuple(writer.run(one) for one in segments(text, here, each.span.start))
            part = writer.part(each, runs, sheet)
            again = bool(found) and found[-1].said == part.label
            found.append(replace(part, label="") if again else part)
    return tuple(found)


class _Writer:
    """Says in a language what marks are."""

    def __init__(
        self, veil: Veil, language: Language, numbers: Mapping[str, int], act: str
    ) -> None:
        self._veil = veil
        self._say = language.say
        self._numbers = numbers
        self._act = act

    def run(self, segment: Segment) -> Run:
        """A piece of text."""
        marks = segment.marks
        if not marks:
            return Run(text=segment.text)
        named = segment.mark(Sort.SOURCE, Sort.NAME)
        shared = segment.mark(Sort.SHARED)
        classes = dict.fromkeys(f"m-{mark.sort.value}" for mark in marks)
        if any(mark.sort is Sort.ACT and mark.key == self._act for mark in marks):
            classes["m-asked"] = None
        opened = {mark.sort for mark in segment.opens}
        ids = ["at"] if Sort.ASKED in opened else []
        if opened - {Sort.ACT, Sort.TRIGGER}:
            ids.append(f"w{segment.start}")
        opening = [self._words(mark) for mark in segment.opens if mark.sort in OPENING]
        return Run(
            text=segment.text,
            classes=" ".join(classes),
            says="; ".join(dict.fromkeys(self._words(mark) for mark in marks)),
            opening=", ".join(dict.fromkeys(opening)),
            ids=tuple(ids),
            badges=tuple(
                (self._numbers[mark.key], mark.key)
                for mark in segment.opens
                if mark.sort is Sort.ACT and mark.key in self._numbers
            ),
            actor=named.key if named is not None and "_" in named.key else "",
            there=shared.key if shared is not None else "",
        )

    def _words(self, mark: Mark) -> str:
        """'act 3', 'name: victim', 'date'."""
        said = self._say(WORDS[mark.sort])
        if mark.sort is Sort.ACT:
            return f"{said} {self._numbers.get(mark.key, '')}".rstrip()
        if mark.sort is Sort.NAME and mark.words in ROLES_BY_VALUE:
            return f"{said}: {self._say(ROLES_BY_VALUE[mark.words])}"
        if mark.sort is Sort.DETAIL and mark.words in ATTRIBUTES:
            return self._say(ATTRIBUTES[mark.words])
        return said

    def part(self, each: Slice, runs: tuple[Run, ...], sheet: Sheet) -> Part:
        """A passage with its notes."""
        role = each.block.role
        known = PassageRole(role) if role else None
        label = self._say(PASSAGES[known]) if known and PASSAGES[known] else ""
        begun = [
            (number, row)
            for number, row in sheet.told.acts
            if each.span.start <= max(row.act.quote.start, sheet.span.start) < each.span.end
        ]
        return Part(
            slice=each,
            role=role.replace(" ", "-") or "between",
            label=label,
            said=label,
            dim=known is None or known in DIM,
            coded=known in CODED_ROLES,
            runs=runs,
            notes=tuple(
                Note(
                    number=number,
                    row=row,
                    lines=tuple(self._act_lines(row)),
                    ruled=tuple(
                        self._say(RULED[verb])
                        for verb in sheet.ruled.get(row.act.id, ())
                        if verb in RULED
                    ),
                )
                for number, row in begun
            ),
            lines=tuple(self._other_lines(each.span, sheet)),
            names=tuple(self._others(each.span, begun, sheet)),
        )

    def _act_lines(self, row: ActRow) -> Iterator[Line]:
        act, actors = row.act, dict(enumerate(row.actors))
        for one in act.involvements:
            role = one.role
            if role in DOERS:
                alleged = is_alleged(act, one, actors)
                role = Role.ALLEGED_PERPETRATOR if alleged else Role.PERPETRATOR
            yield Line(
                label=self._say(ROLES[role]),
                words=self._veil.say(one.name),
                place=one.anchor.start if one.anchor else None,
                basis=one.basis,
            )
        when = act.when
        if when.edtf or when.anchor is not None:
            place = when.anchor.start if when.anchor else None
            yield Line(
                label=self._say(ATTRIBUTES["when"]),
                edtf=when.edtf,
                place=place,
                basis="" if when.basis == "stated" else when.basis,
            )
        for where in act.where:
            words = where.name
            if where.place not in ("", where.name):
                words = f"{words} ({where.place})"
            yield Line(label=self._say(ATTRIBUTES["where"]), words=words, place=where.anchor.start)
        details = [(name, getattr(act, name)) for name in DETAILS]
        for name, anchor in (*details, *(("demands", each) for each in act.demands)):
            if anchor is not None:
                yield self._quoted(self._say(ATTRIBUTES[name]), anchor)

    def _quoted(self, label: str, anchor: Anchor) -> Line:
        words = self._veil.over(anchor.exact, anchor.start)
        short = words if len(words) <= LONGEST else f"{words[:LONGEST]}…"
        return Line(label=label, words=short, place=anchor.start)

    def _other_lines(self, span: Span, sheet: Sheet) -> Iterator[Line]:
        """What the report says of itself; figures; who belongs to what."""
        for name, words in OF_REPORT.items():
            anchor = sheet.facts[name].anchor
            if anchor is not None and span.start <= anchor.start < span.end:
                yield self._quoted(self._say(words), anchor)
        for said in sheet.told.said:
            if span.start <= said.span.start < span.end:
                yield self._said(said)

    def _others(
        self, span: Span, begun: Sequence[tuple[int, ActRow]], sheet: Sheet
    ) -> Iterator[Line]:
        """Whom a passage names besides those whom its acts involve, each once."""
        seen = {one.name for _, row in begun for one in row.act.involvements}
        for named in sheet.told.names:
            if span.start <= named.span.start < span.end and named.name not in seen:
                seen.add(named.name)
                yield self._named(named)

    def _said(self, said: Said) -> Line:
        by = ", ".join(map(self._veil.say, said.by))
        return Line(
            label=self._say(WORDS[said.sort]),
            words=self._veil.say(said.what),
            place=said.span.start,
            basis=by,
        )

    def _named(self, named: Named) -> Line:
        label = self._say(ACTOR_TYPES.get(named.type, named.type))
        return Line(label=label, words=self._veil.say(named.name), place=named.span.start)


ROLES_BY_VALUE = {role.value: words for role, words in ROLES.items()}
RULED = {
    "accept": N_("accepted by a reviewer"),
    "reject": N_("rejected by a reviewer"),
    "correct": N_("corrected by a reviewer"),
    "add": N_("added by a reviewer"),
    "sensitive": N_("marked as sensitive"),
}
OF_REPORT = {
    "publisher": N_("publisher of the report"),
    "published": N_("date of the report"),
    "place": N_("place of the report"),
}
