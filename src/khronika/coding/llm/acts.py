"""A model's answers as an ordinary coding: every value an anchor of the report."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from khronika.codebook.model import Codebook, Kind
from khronika.coding.llm.actors import Actors, path_of
from khronika.coding.llm.answers import LONGEST_QUOTE, Answer, ToldAct
from khronika.coding.llm.lines import Line
from khronika.coding.llm.quotes import Place, find, find_inflected, within
from khronika.coding.llm.support import bears_out
from khronika.coding.llm.whens import Whens
from khronika.coding.registers import designations_of
from khronika.coding.rule_of_thumb import filled_in
from khronika.model.acts import (
    Act,
    Appeal,
    Coding,
    Involvement,
    Modality,
    Role,
    When,
    Where,
)
from khronika.model.anchors import Anchor
from khronika.model.ids import act_id
from khronika.model.reports import Report
from khronika.text.gazetteer import Gazetteer, PlaceKind, gazetteer

# Of an act that only a model tells; nothing calibrates it. Its quotation is proven to stand, but
# that it tells this kind of act is the model's word: the codebook's own words may bear that out.
CONFIDENCE = {True: 0.6, None: 0.5, False: 0.4}
EVIDENCE: dict[bool | None, tuple[str, ...]] = {
    True: ("words of the codebook for this kind stand in the quotation",),
    None: (),
    False: ("no words of the codebook for this kind stand in the quotation",),
}
WITHOUT_ANYBODY = 0.1  # less, where nobody is involved
APPEALS = frozenset({"open-letter", "appeal"})
PERFORMED = frozenset({"open-letter", "appeal", "press-conference", "report-published"})
OF_REPORT = "the report's own date"
ADDRESSED = frozenset({"open-letter", "appeal", "complaint"})


def coding_of(
    report: Report, lines: Sequence[Line], answers: Sequence[Answer], codebook: Codebook, coder: str
) -> Coding:
    """The coding that some answers about a report make.

    Args:
        report: the report.
        lines: all lines that were shown, by number from 1.
        answers: what counts of the answers, in the order of the requests.
        codebook: the kinds of act.
        coder: the name of the coder; it stands as the rule of each act, too.
    """
    told = [act for answer in answers for act in answer.acts]
    builder = _Builder(
        report=report,
        lines=lines,
        kinds=codebook.kinds,
        actors=Actors(report, lines, [who for act in told for who in act.involved]),
        whens=Whens(report, lines),
        places=gazetteer(),
        near=frozenset(_countries(report, told, gazetteer())),
        coder=coder,
    )
    made = (builder.act(each) for each in told)
    acts = tuple({act.id: act for act in made if act is not None}.values())
    return Coding(
        report_id=report.id,
        coder=coder,
        codebook=codebook.digest,
        acts=acts,
        cast=builder.actors.cast(),
        appeals=tuple(appeals_of(acts)),
        designations=designations_of(acts, report.text),
    )


def appeals_of(acts: Sequence[Act]) -> Iterator[Appeal]:
    """The appeals over acts: to whom, and what they demand."""
    for act in acts:
        if act.kind in APPEALS and act.modality is not Modality.DENIED:
            yield Appeal(
                act_id=act.id,
                kind=act.kind,
                addressees=tuple(i.name for i in act.in_role(Role.ADDRESSEE)),
                demands=act.demands,
                delivered=act.when.edtf,
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Builder:
    report: Report
    lines: Sequence[Line]
    kinds: Mapping[str, Kind]
    actors: Actors
    whens: Whens
    places: Gazetteer
    near: frozenset[str]
    coder: str

    def act(self, told: ToldAct) -> Act | None:
        place = find(told.quote, self.lines, told.passage - 1)
        if place is None:
            return None
        trigger = (within(told.trigger, self.lines, place) if told.trigger else None) or place
        quote, head = self.anchor(place), self.anchor(trigger)
        if len(quote.span) > LONGEST_QUOTE:
            return None  # a note of the page stands within it
        involved = tuple(self._involved(told, place))
        language = self.report.language.value
        borne = bears_out(self.kinds[told.kind], told.quote, language)
        doers = [i for i in involved if i.role is not Role.SOURCE]
        act = Act(
            id=act_id(self.report.id, told.kind, (quote.start, quote.end), (head.start, head.end)),
            report_id=self.report.id,
            kind=told.kind,
            modality=Modality(told.modality),
            quote=quote,
            trigger=head,
            involvements=involved,
            when=self._when(told, place),
            where=tuple(self._where(told, place)),
            what=self._words(told.what, place),
            reason=self._words(told.reason, place),
            penalty=self._words(told.penalty, place),
            demands=tuple(self._demands(told, place)),
            rule=self.coder,
            confidence=round(CONFIDENCE[borne] - (0 if doers else WITHOUT_ANYBODY), 2),
            evidence=(*((f"set off by '{head.exact}'",) if told.trigger else ()), *EVIDENCE[borne]),
        )
        return filled_in(act)

    def anchor(self, place: Place) -> Anchor:
        return self.lines[place.index].anchor(self.report, place.start, place.end)

    def _when(self, told: ToldAct, quote: Place) -> When:
        place, published = self._place(told.when, quote), self.report.published
        if told.kind in PERFORMED and not told.when and told.edtf == published.value:
            return When(edtf=published.value, anchor=published.anchor, basis=OF_REPORT)
        return self.whens.of(place, told.edtf, modality=told.modality)

    def _place(self, words: str, quote: Place) -> Place | None:
        if not words:
            return None
        return within(words, self.lines, quote) or find(words, self.lines, quote.index)

    def _words(self, words: str, quote: Place) -> Anchor | None:
        """What stands in the act's own passage."""
        place = self._place(words, quote)
        return self.anchor(place) if place and place.index == quote.index else None

    def _involved(self, told: ToldAct, quote: Place) -> Iterator[Involvement]:
        seen = set()
        for each in told.involved:
            involved = self.actors.involve(each, self._role(each.role, told.kind), quote)
            key = involved and (involved.role, involved.name)
            if involved is not None and key not in seen:
                seen.add(key)
                yield involved

    def _role(self, role: str, kind: str) -> Role:
        """Whoever carries out an intervention is an intervener, whatever the model says."""
        does = (Role.PERPETRATOR, Role.ALLEGED_PERPETRATOR)
        if self.kinds[kind].intervention and role in does:
            return Role.INTERVENER
        return Role(role)

    def _where(self, told: ToldAct, quote: Place) -> Iterator[Where]:
        for words in told.where:
            place = self._place(words, quote) or find_inflected(words, self.lines, quote.index)
            if place is None:
                continue
            anchor = self.anchor(place)
            known = self.places.only(words, self.near)
            if known is None:
                yield Where(name=anchor.exact, anchor=anchor, path=path_of(place, quote))
            else:
                yield Where(
                    name=anchor.exact,
                    anchor=anchor,
                    place=known.name,
                    country=known.country,
                    geonameid=known.geonameid,
                    path=path_of(place, quote),
                )

    def _demands(self, told: ToldAct, quote: Place) -> Iterator[Anchor]:
        if told.kind in ADDRESSED:
            for words in told.demands:
                place = self._place(words, quote)
                if place is not None:
                    yield self.anchor(place)


def _countries(report: Report, told: Sequence[ToldAct], table: Gazetteer) -> Iterator[str]:
    """The countries that the report's own place and the places of its acts name outright."""
    if report.place.value and (home := table.only(report.place.value)) is not None:
        yield home.country
    for words in (words for act in told for words in act.where):
        place = table.only(words)
        if place is not None and place.kind is PlaceKind.COUNTRY:
            yield place.country
