"""Which kinds of act a sentence tells, judged by its words alone: a second opinion to the rules.

One linear model a kind, over the sentence's lemmas, pairs of neighbours and dependencies; names,
places, dates and sums are replaced by what they are. It was trained on sentences written for the
purpose and on development reports (tools/train_told.py); the weights are hashed and hold no text.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from importlib.resources import files

from spacy.tokens import Span, Token

from khronika.coding.learned.features import Features
from khronika.coding.learned.model import Linear, WeightsError, unpack

FILE = "told.bin"
MODEL = "told"
MASKED = frozenset(
    ("PERSON", "NORP", "GPE", "LOC", "FAC", "ORG", "DATE", "TIME", "MONEY", "CARDINAL", "ORDINAL")
)
ARGUMENTS = frozenset(
    ("dobj", "nsubjpass", "nsubj", "prep", "prt", "xcomp", "acomp", "attr", "pobj", "agent", "neg")
)
JUDGED = "khronika sentences judged"
BIAS = "always"  # a feature of every sentence
LONGEST = 120  # tokens; what is longer is a table or no sentence


def features_of(tokens: Sequence[Token]) -> Features:
    """The features of a sentence's tokens; each names the token that it comes from first."""
    found = Features()
    found.put(BIAS, 1.0)
    before = ""
    for token in tokens[:LONGEST]:
        word = _word(token)
        if not word or word == before:
            continue
        found.put(f"u {word}", 1.0)
        found.put(f"b {before} {word}", 1.0)
        before = word
        if token.dep_ in ARGUMENTS:
            above = token.head.lemma_.lower()
            found.put(f"d {above} {token.dep_}", 1.0)
            found.put(f"d {above} {token.dep_} {word}", 1.0)
    return found


def _word(token: Token) -> str:
    """A lemma, or what a name or number is; "" for punctuation."""
    if token.is_punct or token.is_space:
        return ""
    kind: str = token.ent_type_
    if kind in MASKED:
        return f"<{kind}>"
    if token.pos_ == "PROPN":
        return "<NAME>"
    lemma: str = token.lemma_
    return lemma.lower()


def told(sentence: Span) -> Mapping[str, float]:
    """The probability of each kind that a sentence tells it."""
    known = sentence.doc.user_data.setdefault(JUDGED, {})
    if sentence.start not in known:
        known[sentence.start] = model().each(features_of(list(sentence)))
    found: Mapping[str, float] = known[sentence.start]
    return found


@lru_cache(maxsize=1)
def model() -> Linear:
    """The model that comes with the package."""
    table = files("khronika.coding.learned") / FILE
    if not table.is_file():
        raise WeightsError(
            "The weights of the learned part are missing.", remedy="install khronika again."
        )
    return unpack(table.read_bytes())[MODEL]


def weightiest(tokens: Sequence[Token], kind: str) -> Iterator[tuple[Token, float]]:
    """The tokens of a sentence with what each adds to the score of a kind, the most first."""
    judge = model()
    at = judge.outcomes.index(kind)
    scores = {n: float(part[at]) for n, part in judge.parts(features_of(tokens)).items()}
    ranked = []
    for token in tokens[:LONGEST]:
        word = _word(token)
        if word:
            score = scores.get(f"u {word}", 0.0)
            if token.dep_ in ARGUMENTS:
                above = token.head.lemma_.lower()
                score += scores.get(f"d {above} {token.dep_} {word}", 0.0)
            ranked.append((token, score))
    yield from sorted(ranked, key=lambda each: (-each[1], each[0].i))
