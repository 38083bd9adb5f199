"""A cleaned text and the map back to the text it came from."""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field

from khronika.model.anchors import Span


@dataclass(frozen=True, slots=True)
class MappedText:
    """Another text made for a parser, and for each of its characters where it stands originally.

    `at[i]` is the offset in the original of `text[i]`; offsets never decrease. A character that was
    put in (a comma after a date) carries the offset of the character before it.
    """

    text: str = field(repr=False)
    at: array  # type: ignore[type-arg]

    def original(self, start: int, end: int) -> Span:
        """The span of the original that `text[start:end]` was made from."""
        if not 0 <= start < end <= len(self.text):
            raise ValueError(f"nothing at [{start}, {end}) of a text of {len(self.text)}")
        return Span(self.at[start], self.at[end - 1] + 1)


def inserted(mapped: MappedText, where: int, letters: str) -> MappedText:
    """The same text with `letters` put in at `where`; they map to the character before them."""
    at = mapped.at[:where] + array("I", [mapped.at[where - 1]] * len(letters)) + mapped.at[where:]
    return MappedText(mapped.text[:where] + letters + mapped.text[where:], at)


def join(text: str, spans: Iterable[Span]) -> MappedText:
    """Quote `spans` of `text` one after the other: white space folded to one blank, marks 1:1.

    Typographic quotation marks and dashes become plain ones, character for character, so that a
    parser trained on plain text reads them; anchors still quote the original.
    """
    letters: list[str] = []
    at = array("I")
    for span in spans:
        if letters and letters[-1] != " " and text[span.start : span.start + 1] not in CLOSING:
            letters.append(" ")
            at.append(at[-1])
        for offset in range(span.start, span.end):
            letter = PLAIN.get(text[offset], text[offset])
            if letter in INVISIBLE:
                continue
            if letter.isspace():
                if not letters or letters[-1] == " ":
                    continue
                letter = " "
            letters.append(letter)
            at.append(offset)
    while letters and letters[-1] == " ":
        letters.pop()
        at.pop()
    return MappedText("".join(letters), at)


CLOSING = frozenset(".,;:!?)]”»")  # stand close to the word even where a note was set aside
INVISIBLE = frozenset("\u00ad\u200b\u2060\ufeff")  # where a word may break, and nothing else
PLAIN = {
    "“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‟": '"',
    "‘": "'", "’": "'", "‚": "'", "‛": "'", "`": "'", "´": "'",
    "‐": "-", "‑": "-", "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u200a": " ",
}  # fmt: skip
