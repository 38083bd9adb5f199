"""Hand-coded lines of one report as an ordinary coding: every value an anchor or a basis."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from khronika.codebook.model import Codebook
from khronika.coding.given.cast import Cast
from khronika.coding.given.counts import count_of
from khronika.coding.given.dates import Dates
from khronika.coding.given.fields import GivenError, Quoted
from khronika.coding.given.lines import (
    GivenAct,
    GivenActor,
    GivenAffiliation,
    GivenWhen,
    GivenWhere,
)
from khronika.coding.given.standing import Standing
from khronika.coding.llm.acts import appeals_of
from khronika.coding.registers import designations_of
from khronika.model.acts import (
    Act,
    Affiliation,
    Coding,
    Involvement,
    When,
    Where,
)
from khronika.model.anchors import Anchor
from khronika.model.ids import act_id
from khronika.model.reports import Report
from khronika.text.gazetteer import Place, gazetteer

BY_HAND = "by hand"
GIVEN = "given by whoever coded it"
SAME_ID = "Another line has its id."
OTHER_ID = "leave the `id` out; one is made."
ACT_ID = re.compile(r"act_[0-9a-f]{16}")
CAPITALISED = re.compile(r"[^\W\d_a-zа-яёіїєґў][\w’'\-]{2,40}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What of a line did not go in. `whole` is true if the line was left out altogether."""

    line: int
    problem: str
    remedy: str
    whole: bool = True


def coding_of_given(
    report: Report, given: Sequence[GivenAct], codebook: Codebook, by: str = ""
) -> tuple[Coding, tuple[Fault, ...]]:
    """The coding that lines about one report make.

    Args:
        report: the report that they are about.
        given: its lines.
        codebook: the kinds of act.
        by: who coded it, "" for nobody named.

    Returns:
        The coding, and what of the lines could not go in.
    """
    standing, faults = Standing(report), list[Fault]()
    placed = list(_placed(given, standing, codebook, faults))
    placer = _Placer(
        report=report,
        standing=standing,
        dates=Dates(report),
        cast=Cast(report.text, standing, [act for act, _ in placed], codebook.kinds),
        near=_countries(report),
        faults=faults,
    )
    acts = tuple(placer.acts(placed))
    coding = Coding(
        report_id=report.id,
        coder=BY_HAND,
        codebook=codebook.digest,
        acts=acts,
        cast=placer.cast.members(),
        affiliations=tuple(placer.affiliations(placed)),
        appeals=tuple(appeals_of(acts)),
        designations=designations_of(acts, report.text),
        given_by=by,
    )
    return coding, tuple(faults)


def _placed(
    given: Sequence[GivenAct], standing: Standing, codebook: Codebook, faults: list[Fault]
) -> Iterator[tuple[GivenAct, Anchor]]:
    """The lines whose kind the codebook has and whose quotation stands in the report."""
    for act in given:
        try:
            quote = _quote(act, standing, codebook)
            _refuse_withdrawn(act, standing)
            yield act, quote
        except GivenError as error:
            faults.append(Fault(line=act.number, problem=error.problem, remedy=error.remedy))


def _quote(act: GivenAct, standing: Standing, codebook: Codebook) -> Anchor:
    if act.kind not in codebook.kinds:
        raise GivenError(
            "Its kind is none of the codebook's.",
            remedy="`khronika codebook show` lists them; --codebook FILE adds your own.",
        )
    anchor = standing.quote(act.quote)
    if anchor is None:
        raise GivenError(
            "Its quotation does not stand in the report.",
            remedy="copy the words from the report as they stand, whole words, nothing left out.",
        )
    return anchor


def _refuse_withdrawn(act: GivenAct, standing: Standing) -> None:
    """In a report from which someone was withdrawn, only names that still stand there go in."""
    if not standing.redacted:
        return
    said = [each.person for each in act.affiliations] + [
        each.organisation for each in act.affiliations
    ]
    said += [name for each in act.involved for name in (each.name, *each.also)]
    if any(name and not standing.everywhere(name) for name in said):
        raise GivenError(
            "Someone was withdrawn from the report, and a name of the line does not stand in it.",
            remedy="leave out whom the report does not name.",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Placer:
    """Finds where the values of lines stand in one report."""

    report: Report
    standing: Standing
    dates: Dates
    cast: Cast
    near: frozenset[str]
    faults: list[Fault] = field(repr=False)

    def acts(self, placed: Sequence[tuple[GivenAct, Anchor]]) -> Iterator[Act]:
        """The acts, in the order of the text; two of one kind in one quotation have two ids."""
        told = Counter[tuple[str, Anchor]]()
        ids: set[str] = set()
        seen: set[GivenAct] = set()
        for given, quote in sorted(placed, key=lambda p: (p[1].start, p[1].end, p[0].number)):
            said = replace(given, number=0)
            if said in seen:
                continue  # the same line once more
            seen.add(said)
            act = self._act(given, quote, told[given.kind, quote])
            told[given.kind, quote] += 1
            if act.id in ids:
                self.faults.append(Fault(line=given.number, problem=SAME_ID, remedy=OTHER_ID))
            else:
                ids.add(act.id)
                yield act

    def affiliations(self, placed: Sequence[tuple[GivenAct, Anchor]]) -> Iterator[Affiliation]:
        """Whose roles in which organisations the lines state, each once."""
        found = ((each, act, quote) for act, quote in placed for each in act.affiliations)
        made = (self._affiliation(each, act, quote) for each, act, quote in found)
        yield from dict.fromkeys(each for each in made if each is not None)

    def _act(self, given: GivenAct, quote: Anchor, before: int) -> Act:
        trigger = _trigger(quote, before)
        ends = (quote.start, quote.end), (trigger.start, trigger.end)
        kept = given.id if ACT_ID.fullmatch(given.id) else ""
        return Act(
            id=kept or act_id(self.report.id, given.kind, *ends),
            report_id=self.report.id,
            kind=given.kind,
            modality=given.modality,
            quote=quote,
            trigger=trigger,
            involvements=tuple(self._involved(each, quote) for each in given.involved),
            when=self._when(given.when, given, quote),
            where=tuple(self._where(given, quote)),
            what=self._words("what", given.what, given, quote),
            reason=self._words("reason", given.reason, given, quote),
            penalty=self._words("penalty", given.penalty, given, quote),
            demands=tuple(self._demands(given, quote)),
            response=self._words("response", given.response, given, quote),
            listed=given.listed,
            confidence=given.confidence,
        )

    def _involved(self, given: GivenActor, quote: Anchor) -> Involvement:
        index = self.cast.index(given)
        anchor = None if given.basis and not given.quoted else self.cast.anchor(given, quote.span)
        type_ = self.cast.type(index)
        return Involvement(
            role=given.role,
            name=given.name if given.actor else self.cast.name(index),
            type=type_,
            anchor=anchor,
            basis=given.basis or ("" if anchor else GIVEN),
            cast=index,
            count=given.count if given.counted else count_of(given.name, type_),
            age=given.age,
            path=(BY_HAND,),
            confidence=given.confidence,
        )

    def _when(self, given: GivenWhen, act: GivenAct, quote: Anchor) -> When:
        anchor = self._words("when", given.quoted, act, quote)
        basis = given.basis
        if basis is None and anchor is None and given.edtf:
            anchor, basis = self.dates.words(given.edtf, quote.span) or (None, GIVEN)
        elif basis is None:
            basis = "stated" if given.edtf else "not given"
        return When(
            edtf=given.edtf,
            anchor=anchor,
            basis=basis,
            flags=given.flags,
            confidence=given.confidence,
        )

    def _where(self, act: GivenAct, quote: Anchor) -> Iterator[Where]:
        for given in act.where:
            found = list(self._spots(given, quote))
            if not found:
                self._missing("where", act)
            yield from found

    def _spots(self, given: GivenWhere, quote: Anchor) -> Iterator[Where]:
        """A place; of 'Absar, Turbat' each part that the report names."""
        if given.quoted is not None:
            anchor = self.standing.near(given.quoted, quote.span)
            if anchor is not None:
                yield self._spot(given, anchor, given.name)
            return
        whole = self.standing.name((given.name,), quote.span)
        if whole is not None:
            yield self._spot(given, whole, given.name)
            return
        for part in given.name.split(","):
            anchor = self.standing.name((part.strip(),), quote.span) if part.strip() else None
            if anchor is not None:
                yield self._spot(given, anchor, part.strip())

    def _spot(self, given: GivenWhere, anchor: Anchor, name: str) -> Where:
        known = None if given.settled else self._place(name, given)
        return Where(
            name=name,
            anchor=anchor,
            place=given.place or (known.name if known else ""),
            country=given.country or (known.country if known else ""),
            geonameid=given.geonameid or (known.geonameid if known else None),
            path=(BY_HAND,),
            confidence=given.confidence,
        )

    def _place(self, name: str, given: GivenWhere) -> Place | None:
        table = gazetteer()
        named = {table.country(part.strip()) for part in given.name.split(",")} - {""}
        near = {given.country} if given.country else named or self.near
        for words in dict.fromkeys((name, name.split(",", maxsplit=1)[0].strip())):
            found = table.only(words, near)
            if found is not None and given.country in ("", found.country):
                return found
        return None

    def _demands(self, act: GivenAct, quote: Anchor) -> Iterator[Anchor]:
        for each in act.demands:
            anchor = self._words("demands", each, act, quote)
            if anchor is not None:
                yield anchor

    def _words(
        self, key: str, quoted: Quoted | None, act: GivenAct, quote: Anchor
    ) -> Anchor | None:
        if quoted is None:
            return None
        anchor = self.standing.near(quoted, quote.span)
        if anchor is None:
            self._missing(key, act)
        return anchor

    def _affiliation(
        self, given: GivenAffiliation, act: GivenAct, quote: Anchor
    ) -> Affiliation | None:
        anchor = self.standing.near(given.quoted, quote.span) if given.quoted else None
        anchor = anchor or self.standing.name(
            (given.role, given.organisation, given.person), quote.span
        )
        if anchor is None:
            self._missing("affiliations", act)
            return None
        return Affiliation(
            person=given.person, role=given.role, organisation=given.organisation, anchor=anchor
        )

    def _missing(self, key: str, act: GivenAct) -> None:
        self.faults.append(
            Fault(
                line=act.number,
                problem=f"What its `{key}` says does not stand in the report; that was left out.",
                remedy="copy the words from the report as they stand.",
                whole=False,
            )
        )


def _trigger(quote: Anchor, before: int) -> Anchor:
    """The quotation; for a second act of one kind in it, from a later word on."""
    starts = [m.start() for m in re.finditer(r"\S+", quote.exact)]
    cut = starts[min(before, len(starts) - 1)] if before else 0
    return Anchor(quote.start + cut, quote.end, quote.exact[cut:])


def _countries(report: Report) -> frozenset[str]:
    """The countries that a report names, or whose people it names."""
    table = gazetteer()
    words = {m.group() for m in CAPITALISED.finditer(report.text)}
    found = {table.country(word) for word in words}
    home = table.only(report.place.value) if report.place.value else None
    return frozenset((found | {home.country if home else ""}) - {""})
