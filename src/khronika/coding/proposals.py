"""Acts that no way of the codebook finds, proposed by what the words of a sentence tell.

The learned judge (khronika.coding.learned.told) says which kinds a sentence tells; where it is sure
and no rule found such an act, the verb that weighs most becomes the trigger. Who did it to whom is
read as the kind's own ways read it.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from spacy.tokens import Span, Token

from khronika.codebook.model import Kind, Way
from khronika.coding.clauses import arguments, clause, is_verb
from khronika.coding.learned.told import told, weightiest
from khronika.coding.lexicon import Entry, Lexicon
from khronika.coding.parsed import ParsedUnit
from khronika.coding.triggers import Candidate
from khronika.model.reports import PassageRole

SURE = 0.75  # at half, one in three was wrong
SHORTEST, LONGEST = 4, 80  # tokens of a sentence that is judged
SPOKEN = frozenset({"threat", "smear"})  # lie in what is said, which utterances.py reads
READ = frozenset({PassageRole.BODY, PassageRole.LIST_ITEM})


def propose(unit: ParsedUnit, found: Sequence[Candidate], lexicon: Lexicon) -> Iterator[Candidate]:
    """One candidate for each kind that a sentence surely tells and no rule found there."""
    if unit.unit.role not in READ:
        return
    for sentence in unit.doc.sents:
        if not SHORTEST <= len(sentence) <= LONGEST or sentence[-1].text == "?":
            continue
        there = [c for c in found if sentence.start <= c.head.i < sentence.end]
        known = {c.entry.kind.id for c in there}
        heads = {(c.verb or c.head).i for c in there}
        for kind, chance in told(sentence).items():
            if chance >= SURE and kind not in known | SPOKEN and kind in lexicon.kinds:
                head = _head(sentence, kind)
                if head is not None and head.i not in heads:
                    yield _candidate(unit, head, lexicon.kinds[kind])


def _head(sentence: Span, kind: str) -> Token | None:
    """The verb in whose clause stands most of what speaks for the kind."""
    weights: dict[int, float] = {}
    scores = {token.i: score for token, score in weightiest(list(sentence), kind)}
    verbs = [t for t in sentence if is_verb(t)]
    for verb in verbs:
        weights[verb.i] = sum(max(0.0, scores.get(t.i, 0.0)) for t in clause(verb))
    return max(verbs, key=lambda verb: (weights[verb.i], -verb.i), default=None)


def _candidate(unit: ParsedUnit, head: Token, kind: Kind) -> Candidate:
    entry = Entry(kind=kind, way=_usual(kind), rule=f"{kind.id}/learned/{head.lemma_.lower()}")
    return Candidate(
        unit=unit.index, head=head, entry=entry, matched=(head,), arguments=arguments(head)
    )


_USUAL: dict[str, Way] = {}


def _usual(kind: Kind) -> Way:
    """What subject and object are in most of a kind's ways that are set off by a verb.

    A subject is never a perpetrator: nobody is accused because a sentence has the words of a deed.
    """
    if kind.id not in _USUAL:
        ways = [w for w in kind.ways if w.verbs and w.language == "en" and not w.owner]
        subject = Counter(w.subject for w in ways if w.subject).most_common(1)
        objects = Counter(w.object for w in ways if w.object).most_common(1)
        _USUAL[kind.id] = Way(
            subject=subject[0][0] if subject and subject[0][0] != "perpetrator" else "",
            object=objects[0][0] if objects else "",
            prepositions={"by": "intervener" if kind.intervention else "perpetrator"},
        )
    return _USUAL[kind.id]
