"""Whether the words of a quotation bear out the kind that a model gave it."""

from khronika.codebook.model import Kind
from khronika.text.lemmas import LEMMATISED, lemma, words


def bears_out(kind: Kind, quote: str, language: str) -> bool | None:
    """True if the quotation holds a way of the codebook to say this kind, in any order of words.

    None where the codebook has no words for it in the quotation's script, or nobody knows the
    dictionary forms of the language.
    """
    if language not in LEMMATISED:
        return None
    plain = {word for word, _, _ in words(quote)}
    there = plain | {lemma(word, language) for word in plain}
    cyrillic = language != "en"
    entries = [
        entry
        for way in kind.ways
        for entry in (*way.verbs, *way.nouns, *way.phrases)
        if _is_cyrillic(entry) == cyrillic
    ]
    if not entries:
        return None
    return any(_stands(entry, there, language) for entry in entries)


def _stands(entry: str, there: set[str], language: str) -> bool:
    """True if of each word of an entry one alternative is there."""
    return all(
        any(
            word in there or lemma(word, language) in there
            for alternative in position.split("|")
            for word, _, _ in words(alternative)
        )
        for position in entry.split()
    )


def _is_cyrillic(entry: str) -> bool:
    return any("\u0400" <= letter <= "\u04ff" for letter in entry)
