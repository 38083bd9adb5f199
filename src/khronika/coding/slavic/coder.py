"""The coder of one Slavic language: the shared steps over what the language brings.

A language is a `Tools`: its code, parser and morphology. Its words stand in `data/XX.toml`, its
ways in `codebook/bundled/XX/`, its dates in `text/data/dates-XX.toml`.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from khronika.codebook.model import Codebook
from khronika.coding.registers import designations_of
from khronika.coding.rule_of_thumb import filled_in
from khronika.coding.slavic.acts import act_of
from khronika.coding.slavic.assemble import Reader, drafts
from khronika.coding.slavic.beside import affiliations_of, appeals_of
from khronika.coding.slavic.cast import find_cast
from khronika.coding.slavic.fill import Filling
from khronika.coding.slavic.lexicon import Lexicon, compile_lexicon
from khronika.coding.slavic.morphology import Morphology
from khronika.coding.slavic.phrases import Phrases
from khronika.coding.slavic.places import Places
from khronika.coding.slavic.times import Times
from khronika.coding.slavic.tongue import tongue
from khronika.coding.slavic.triggers import Finder
from khronika.coding.slavic.words import ParsedReport, Parser, parse
from khronika.model.acts import Coding
from khronika.model.reports import Report
from khronika.text.gazetteer import gazetteer


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What a language brings besides its word lists."""

    language: str
    parser: Parser
    morphology: Morphology


class SlavicCoder:
    """Codes reports of one Slavic language by rule. Pure but for what its tools load once."""

    def __init__(self, tools: Tools, name: str) -> None:
        """Code with some tools under a name, which stands in each coding."""
        self._tools = tools
        self._name = name
        self._compiled: dict[str, Lexicon] = {}

    @property
    def name(self) -> str:
        """Name and version: "ru-rules 1.0"."""
        return self._name

    @property
    def languages(self) -> frozenset[str]:
        """The one language that it reads."""
        return frozenset({self._tools.language})

    def code(self, reports: Sequence[Report], codebook: Codebook) -> list[Coding]:
        """Code each report by itself; what one says never changes how another is coded.

        Args:
            reports: reports of the coder's language, read.
            codebook: the kinds of act and the ways to say them.

        Returns:
            One coding a report, in the same order.
        """
        tools = self._tools
        lexicon = self._lexicon(codebook)
        return [
            self._code(parse(report, tools.parser, tools.morphology), lexicon, codebook)
            for report in reports
        ]

    def _lexicon(self, codebook: Codebook) -> Lexicon:
        if codebook.digest not in self._compiled:
            self._compiled[codebook.digest] = compile_lexicon(
                codebook, self._tools.language, self._tools.morphology
            )
        return self._compiled[codebook.digest]

    def _code(self, parsed: ParsedReport, lexicon: Lexicon, codebook: Codebook) -> Coding:
        words = tongue(self._tools.language)
        phrases = Phrases(tongue=words, morphology=self._tools.morphology, table=gazetteer())
        cast = find_cast(parsed, phrases)
        reader = Reader(
            parsed=parsed,
            cast=cast,
            times=Times(parsed, self._tools.language),
            places=Places(parsed, phrases),
            finder=Finder(lexicon=lexicon, tongue=words, cast=cast),
            filling=Filling(cast=cast, tongue=words),
            tongue=words,
        )
        told = {act.id: (act, draft) for draft in drafts(reader) for act in [act_of(draft, reader)]}
        acts, appeals = appeals_of(
            [a for a, _ in told.values()], [d for _, d in told.values()], reader
        )
        affiliations = affiliations_of(reader)  # may add authorities to the cast
        return Coding(
            report_id=parsed.report.id,
            coder=self._name,
            codebook=codebook.digest,
            acts=tuple(filled_in(act) for act in acts),
            cast=cast.members(),
            affiliations=affiliations,
            appeals=appeals,
            designations=designations_of(acts, parsed.report.text),
        )
