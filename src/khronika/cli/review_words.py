"""Corrections in the terminal: what is so, in words of the passages that are on the screen."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from khronika.model.acts import Modality, Role, When, Where
from khronika.model.anchors import Anchor
from khronika.model.corrections import Correction, Filler
from khronika.review.words import WordsError, words_near

if TYPE_CHECKING:
    from khronika.workflows.reviewing.rows import ReviewItem, Slice

NONE = "-"
ROLES = {
    "v": Role.VICTIM,
    "d": Role.PERPETRATOR,
    "i": Role.INTERVENER,
    "a": Role.ADDRESSEE,
    "s": Role.SOURCE,
}
QUESTION = (
    "What is otherwise? k kind, m modality, w when, p place,"
    " v victims, d doers, i interveners, a addressees, s sources; any other key: nothing"
)
SEVERAL = f"as the report has it, several parted by ';', {NONE} for none"


class Asks(Protocol):
    """Asks a person."""

    def key(self, prompt: str = "") -> str:
        """One key."""
        ...

    def line(self, prompt: str) -> str:
        """A line without blanks around it; "" for nothing."""
        ...


def correction(item: "ReviewItem", asks: Asks) -> Correction | None:
    """What a person says is so in place of what was coded; None if nothing was said.

    Raises:
        WordsError: words do not stand in the passages that are shown, or in several places.
    """
    match asks.key(QUESTION):
        case "k":
            kind = asks.line("Which kind is it? Its id, as `khronika codebook show` has it: ")
            return Correction(kind=kind) if kind else None
        case "m":
            return _modality(asks)
        case "w":
            return _when(item, asks)
        case "p":
            places = _several(item, asks, f"Where was it? The words, {SEVERAL}: ")
            if places is None:
                return None
            return Correction(where=tuple(Where(name=p.exact, anchor=p) for p in places))
        case key if key in ROLES:
            return _fillers(item, asks, ROLES[key])
    return None


def _modality(asks: Asks) -> Correction | None:
    names = [each.value for each in Modality]
    said = ", ".join(f"{number} {name}" for number, name in enumerate(names, 1))
    key = asks.key(f"How is it told? {said}")
    if key.isdecimal() and 1 <= int(key) <= len(names):
        return Correction(modality=Modality(names[int(key) - 1]))
    return None


def _when(item: "ReviewItem", asks: Asks) -> Correction | None:
    edtf = asks.line(f"When was it? 2021-03-05, 2021-03, 2021-03-01/2021-03-05; {NONE} for none: ")
    if edtf in {"", NONE}:
        return Correction(when=When()) if edtf else None
    words = asks.line("The words of the report that give it; Enter if none do: ")
    if words:
        return Correction(when=When(edtf=edtf, anchor=_found(item, words)))
    basis = asks.line("What does it stand on? ")
    return Correction(when=When(edtf=edtf, basis=basis)) if basis else None


def _fillers(item: "ReviewItem", asks: Asks, role: Role) -> Correction | None:
    found = _several(item, asks, f"Who was {role.value}? The words, {SEVERAL}: ")
    if found is None:
        return None
    return Correction(fillers={role: tuple(Filler(name="", words=each) for each in found)})


def _several(item: "ReviewItem", asks: Asks, prompt: str) -> list[Anchor] | None:
    """Quotations that were typed; an empty list for none of them, None for no answer."""
    said = asks.line(prompt)
    if not said:
        return None
    return [_found(item, words) for words in said.split(";") if words.strip() not in {"", NONE}]


def _found(item: "ReviewItem", words: str) -> Anchor:
    assert item.act is not None
    return found_in(item.context, words, item.act.act.trigger.start)


def found_in(slices: "Sequence[Slice]", words: str, near: int) -> Anchor:
    """Words as they stand in some passages of a report, nearest to a place.

    Raises:
        WordsError: they stand in none, or in two equally near places.
    """
    anchors: list[Anchor] = []
    problem: WordsError | None = None
    for each in slices:
        text = "".join(piece.text for piece in each.pieces)
        try:
            found = words_near(text, words, near - each.start)
        except WordsError as error:
            problem = error
        else:
            start, end = found.start + each.start, found.end + each.start
            anchors.append(Anchor(start=start, end=end, exact=found.exact))
    if anchors:
        return min(anchors, key=lambda anchor: (abs(anchor.start - near), anchor.start))
    raise problem or WordsError(
        "No passage is shown.", remedy="correct the act with `khronika correct`."
    )
