"""Acts that no verb and no noun tells: penalties that stand alone, calls with 'must'.

'For her, three years, suspended.' 'Ten years in prison (16 May).' 'The government must free them.'
"""

import re
from collections.abc import Iterator, Mapping

from spacy.tokens import Span, Token

from khronika.codebook.model import Kind, Way
from khronika.coding.cast import Cast
from khronika.coding.clauses import Arguments, arguments, is_verb
from khronika.coding.details import TERM
from khronika.coding.lexicon import Entry
from khronika.coding.nominal import FRAGMENTS
from khronika.coding.parsed import ParsedUnit
from khronika.coding.triggers import Candidate

# A term that can only be a penalty: 'eight years in prison', 'three years, suspended'.
PENAL_TERM = re.compile(
    rf"\b{TERM}(?:'? (?:in|of) (?:a |an )?(?:[\w-]+ ){{0,2}}"
    r"(?:prison|jail|colony|imprisonment|labou?r)"
    r"|'? (?:imprisonment|probation)|,? suspended)",
    re.IGNORECASE,
)
PERSONAL_TERM = re.compile(rf"\b{TERM} for (?:him|her|them)\b|\bfor (?:him|her|them), {TERM}\b")
CALLING = frozenset({"must", "should"})
ADDRESSED = frozenset({"authority", "country"})
ADDRESSED_WORDS = frozenset(
    "leader government state official member minister president court".split()
)


def find_fragments(
    unit: ParsedUnit, found: list[Candidate], kinds: Mapping[str, Kind], cast: Cast
) -> Iterator[Candidate]:
    """Candidates of sentences in which nothing else tells the same kind."""
    for sentence in unit.doc.sents:
        inside = range(sentence.start, sentence.end)
        told = {c.entry.kind.id for c in found if c.head.i in inside}
        if "sentence" in kinds and not told & {"sentence", "charge", "arrest", "release", "fine"}:
            yield from _penalties(unit, sentence, kinds["sentence"])
        if "appeal" in kinds and not told & {"appeal", "open-letter"}:
            yield from _calls(unit, sentence, kinds["appeal"], cast)


def _penalties(unit: ParsedUnit, sentence: Span, kind: Kind) -> Iterator[Candidate]:
    """A penalty that stands alone: in a table or list, or as 'six years for him'."""
    pattern = PENAL_TERM if unit.unit.role in FRAGMENTS else PERSONAL_TERM
    way = Way(prepositions={"for": "victim"})
    text = unit.text[sentence.start_char : sentence.end_char]
    for match in pattern.finditer(text):
        start, end = sentence.start_char + match.start(), sentence.start_char + match.end()
        tokens = [t for t in sentence if t.idx < end and t.idx + len(t) > start]
        if not tokens or "no " in text[max(0, match.start() - 8) : match.start()]:
            continue
        span = sentence.doc[tokens[0].i : tokens[-1].i + 1]
        people = tuple(("for", t.nbor()) for t in span[:-1] if t.lower_ == "for")
        yield Candidate(
            unit=unit.index,
            head=span.root,
            entry=Entry(kind=kind, way=way, rule="sentence/fragment/penalty alone"),
            matched=tuple(span),
            arguments=Arguments(prepositions=people),
        )
        return


def _calls(unit: ParsedUnit, sentence: Span, kind: Kind, cast: Cast) -> Iterator[Candidate]:
    """'The government must ...': a call on whoever must, by whoever says so."""
    for token in sentence:
        if token.lower_ in CALLING and token.dep_ == "aux" and is_verb(verb := token.head):
            args = arguments(verb)
            addressed = [t for t in args.subject if _addressed(unit.index, t, cast)]
            past = any(
                c.lower_ in ("have", "not") for c in verb.children if c.dep_ in ("aux", "neg")
            )
            if addressed and not args.passive and not past:
                yield Candidate(
                    unit=unit.index,
                    head=verb,
                    entry=Entry(
                        kind=kind, way=Way(subject="addressee"), rule="appeal/fragment/must"
                    ),
                    matched=(token,),
                    arguments=args,
                )
                return


def _addressed(unit: int, token: Token, cast: Cast) -> bool:
    return token.lemma_.lower() in ADDRESSED_WORDS or bool(cast.classes(unit, token) & ADDRESSED)
