"""By which path a filler was found: from the trigger through the parse, and who is meant there."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from khronika.coding.locating import Locator
from khronika.coding.parsed import sentence_of
from khronika.model.acts import CastMember, MentionForm
from khronika.model.anchors import Anchor

# What a dependency label says of the word below it; the labels are ClearNLP's.
STEPS = {
    "nsubj": "subject",
    "nsubjpass": "subject",
    "csubj": "subject",
    "dobj": "object",
    "obj": "object",
    "dative": "indirect object",
    "iobj": "indirect object",
    "attr": "what it is",
    "oprd": "what it is called",
    "poss": "whose it is",
    "appos": "beside it",
    "conj": "listed with it",
    "compound": "before it",
    "nmod": "before it",
    "amod": "before it",
    "nummod": "how many",
    "relcl": "in a clause about it",
    "acl": "in a clause about it",
    "advcl": "in a clause beside it",
    "ccomp": "in what is said",
    "xcomp": "in what it does",
    "npadvmod": "beside the verb",
    "dep": "beside it",
    "parataxis": "beside it",
}
LISTING = frozenset({"including", "like", "among", "namely", "notably", "as"})
DEEPEST = 12  # steps; a longer path says nothing


@dataclass(frozen=True, slots=True, kw_only=True)
class Path:
    """How a filler hangs on its trigger.

    Attributes:
        up: labels passed from the trigger to the word above both.
        down: labels from there to the filler; a preposition as "prep:by".
        apart: sentences between the trigger and the filler, 0 in one; before counts as more than 0.
    """

    up: tuple[str, ...] = ()
    down: tuple[str, ...] = ()
    apart: int = 0

    def words(self) -> str:
        """'subject of a verb above it', 'after 'by'', '2 sentences before'."""
        if self.apart:
            many = abs(self.apart)
            side = "before" if self.apart > 0 else "after"
            return f"{many} sentence{'' if many == 1 else 's'} {side}"
        steps = list(_down(self.down))
        if not steps:
            return "the noun that the clause is about" if self.up else "the word itself"
        said = ", ".join(steps)
        return f"{said}, of the clause above" if self.up else said


def _down(labels: Sequence[str]) -> Iterator[str]:
    for label in labels:
        word = label.removeprefix("prep:")
        if word in LISTING and word != label:
            yield f"listed after '{word}'"
        elif word != label:
            yield f"after '{word}'"
        else:
            yield STEPS.get(label, "beside it")


def path_between(trigger: Token, filler: Token) -> Path:
    """The path from a trigger to a filler of the same unit."""
    first, second = sentence_of(trigger), sentence_of(filler)
    if first.start != second.start:
        between = (i for i in (first.start, second.start))
        low, high = sorted(between)
        many = sum(t.is_sent_start is True for t in trigger.doc[low + 1 : high + 1])
        return Path(apart=many if second.start < first.start else -many)
    above = [trigger, *trigger.ancestors]
    below = [filler, *filler.ancestors]
    places = {token.i: at for at, token in enumerate(above)}
    at = next((n for n, token in enumerate(below) if token.i in places), None)
    if at is None:
        return Path(down=("dep",))
    up = tuple(token.dep_ for token in above[: places[below[at].i]])
    return Path(up=up[:DEEPEST], down=tuple(_labels(reversed(below[:at])))[:DEEPEST])


def _labels(tokens: Iterator[Token]) -> Iterator[str]:
    """The labels on the way down; a preposition and what it leads are one step."""
    preposition = ""
    for token in tokens:
        if token.dep_ in ("prep", "agent", "dative") and token.pos_ in ("ADP", "SCONJ", "VERB"):
            preposition = f"{preposition} {token.lower_}".strip()
        elif preposition:
            yield f"prep:{preposition}"
            preposition = ""
        else:
            yield token.dep_


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """How the words of a filler say who it is.

    Attributes:
        form: a name, a description or a pronoun.
        named: sentences back to where the name stood last; None if it stands there, or nowhere.
        later: True if the name stands only further on; `named` is 0 if in the same sentence.
        rivals: other people whose names stand as near.
    """

    form: MentionForm
    named: int | None = None
    later: bool = False
    rivals: int = 0

    def words(self) -> str:
        """'a pronoun, last named 2 sentences before'."""
        if self.form is MentionForm.NAME:
            return "by name"
        said = f"a {self.form.value}"
        if self.named is None:
            return f"{said}, named {'further on' if self.later else 'nowhere'}"
        if self.later:
            return f"{said}, named beside it"
        many = f"{self.named} sentence{'' if self.named == 1 else 's'} before"
        where = many if self.named else "in the same sentence"
        return f"{said}, last named {where}"


class References:
    """What the cast's names say of where somebody was named last."""

    def __init__(self, cast: Sequence[CastMember], locator: Locator) -> None:
        self._locator = locator
        self._names = {m.index: [x.anchor.start for x in m.mentions] for m in cast}
        self._cast = cast

    def of(self, anchor: Anchor, cast: int | None, token: Token | None) -> Reference:
        """How the words at an anchor refer to a member of the cast."""
        starts = self._names.get(-1 if cast is None else cast, [])
        if any(anchor.start <= start < anchor.end for start in starts):
            return Reference(form=MentionForm.NAME)
        pronoun = token is not None and _is_pronoun(token)
        form = MentionForm.PRONOUN if pronoun else MentionForm.DESCRIPTION
        before = [start for start in starts if start < anchor.start]
        here = self._locator.sentence(anchor.start)
        if not before:
            beside = any(self._locator.sentence(start) == here for start in starts)
            return Reference(form=form, later=bool(starts), named=0 if beside else None)
        named = here - self._locator.sentence(max(before))
        rivals = len(self.rivals(anchor, cast, max(before))) if pronoun else 0
        return Reference(form=form, named=named, rivals=rivals)

    def others(self, anchor: Anchor, cast: int | None, token: Token) -> tuple[CastMember, ...]:
        """Whom else a pronoun might mean: others who are named between it and its name."""
        if not _is_pronoun(token):
            return ()
        before = [s for s in self._names.get(-1 if cast is None else cast, []) if s < anchor.start]
        return self.rivals(anchor, cast, max(before)) if before else ()

    def rivals(self, anchor: Anchor, cast: int | None, since: int) -> tuple[CastMember, ...]:
        """Others of the same type who are named between a name and the word that stands for it."""
        own = next((m for m in self._cast if m.index == cast), None)
        return tuple(
            m
            for m in self._cast
            if own is not None
            and m.index != cast
            and m.type is own.type
            and any(since < start < anchor.start for start in self._names[m.index])
        )


def _is_pronoun(token: Token) -> bool:
    return token.pos_ == "PRON" or token.tag_ in ("PRP", "PRP$")
