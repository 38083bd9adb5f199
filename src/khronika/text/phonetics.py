"""Words of names as sounds: one key for all Latin traditions of spelling and for Cyrillic.

`plain` romanises, `skeleton` folds what the traditions write differently (`Zhukouski`,
`Жуковский` and `Zhukovsky` differ in no sound that counts), `coarse` keeps classes of
consonants alone, for looking up candidates. Scripts without a table of their own go through
anyascii, which knows all of them, some weakly.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from anyascii import anyascii

_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "ґ": "g", "д": "d", "е": "e", "ё": "yo", "є": "ye",
    "ж": "zh", "з": "z", "и": "i", "і": "i", "ї": "yi", "й": "y", "к": "k", "л": "l", "м": "m",
    "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ў": "w", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e",
    "ю": "yu", "я": "ya", "ә": "a", "ғ": "g", "қ": "q", "ң": "n", "ө": "o", "ұ": "u", "ү": "u",
    "һ": "h", "ҳ": "h", "ҷ": "j", "ӣ": "i", "ӯ": "u", "ј": "y", "љ": "ly", "њ": "ny", "џ": "dzh",
    "ђ": "dj", "ћ": "ch", "ѓ": "g", "ќ": "k", "ҹ": "j", "ҝ": "g", "ҡ": "q", "ҫ": "s",
    "ҙ": "z", "җ": "j", "ӡ": "dz", "ӑ": "a", "ӗ": "e", "ӧ": "o", "ӱ": "u", "ӳ": "u",
}  # fmt: skip
# Latin letters that anyascii would strip to a bare letter of another sound.
_LATIN = {
    "š": "sh", "ş": "sh", "ș": "sh", "ś": "sh", "č": "ch", "ç": "ch", "ć": "ch", "ž": "zh",
    "ż": "zh", "ź": "zh", "ğ": "g", "ə": "a", "ñ": "n", "ň": "n", "ń": "n", "ł": "l", "đ": "d",
    "ð": "d", "ţ": "ts", "ț": "ts", "ä": "a", "ö": "o", "ü": "u", "ø": "o", "å": "a", "æ": "e",
    "ß": "ss", "ı": "i", "ř": "rzh", "ě": "e", "ý": "y", "þ": "t", "œ": "e", "ʼ": "", "ʻ": "",
    "ʿ": "", "ʾ": "", "’": "", "‘": "", "'": "", "`": "", "´": "", "ʹ": "", "ʺ": "",
    "ŝ": "shch",
}  # fmt: skip
_LETTERS = str.maketrans(_CYRILLIC | _LATIN)
_VOWELS = "aeiouy"

# In this order: longest first, each to one sound (capitals are sounds of several letters). Before
# each the letters of which a word must hold one for the pattern to be worth trying.
_SOUNDS: tuple[tuple[frozenset[str], re.Pattern[str], str], ...] = tuple(
    (frozenset(letters), re.compile(pattern), sound)
    for letters, pattern, sound in (
        ("hz", "shch|schtsch|stsch|szcz|chtch|shtsh|shtch|schsch", "S"),
        ("hz", "tsch|tsh|tch|cz|ch", "C"),
        ("hjz", "dzh|dzj|dj|zh|zs", "Z"),
        ("hz", "sch|sh|sz", "S"),
        ("j", "^j(?=[aeou])|(?<=[^aeiouy])j(?=[aeou])", "Z"),
        ("j", "j", "i"),
        ("h", "ph", "f"),
        ("h", "th", "t"),
        ("bn", "n(?=[bp])", "m"),
        ("h", "(?<=[ae])h$", ""),
        ("h", "kh", "h"),
        ("h", "dh", "d"),
        ("h", "(?<!n)gh", "g"),
        ("c", "ck", "k"),
        ("x", "x", "ks"),
        ("q", "q", "k"),
        ("t", "tz|ts", "t"),
        ("c", "c(?=[eiy])", "t"),
        ("c", "c", "k"),
        ("d", "dz(?=[eiy])", "d"),
        ("w", "w", "v"),
        # Belarusian -ou, -au, -eu stand for -ov, -av, -ev; elsewhere French `ou` is u
        ("u", "(?<=[aoe])u(?=$|sk|tsk|k[aiy]|C$)", "v"),
        ("o", "ou|oo", "u"),
        ("eiyj", "ee|ii|yy", "i"),
        ("y", "(?<=[^aeiouy])yo", "e"),
        ("iyj", "[iy]+(?=[aou])", ""),
        ("yi", "^ye|^ie", "e"),
        ("iyj", "[aeo][iy](?=[^aeiou]|$)", "e"),
        ("eiyj", "[eiy]+", "i"),
        ("ao", "[ao]+", "a"),
        ("eiyj", "[iau]*i$", "i"),
        ("ao", "(?<=[SCZ])a(?=v)", "i"),
    )
)
_DOUBLE = re.compile(r"(.)\1+")
_CLASS = str.maketrans({
    "g": "k", "h": "k", "q": "k", "w": "v", "f": "v", "b": "p", "d": "t", "z": "s", "S": "C",
    "Z": "C", "a": "", "i": "", "u": "", "e": "", "o": "", "y": "",
})  # fmt: skip


@lru_cache(maxsize=65536)
def plain(word: str) -> str:
    """A word in lower-case Latin letters and digits: `Қайсар` is `qaysar`.

    Args:
        word: one word in any script.

    Returns:
        ASCII letters and digits; empty if nothing in it is a letter or a digit.
    """
    lower = unicodedata.normalize("NFC", word).casefold()
    if "\u0370" <= lower[:1] <= "\u03ff":
        lower = _read_greek(lower)
    lower = lower.translate(_LETTERS)
    if not lower.isascii():
        lower = anyascii(lower).casefold()
    return "".join(letter for letter in lower if letter.isalnum())


_GREEK = (("ού", "u"), ("ου", "u"), ("τζ", "dzh"), ("τσ", "ts"), ("σσ", "s"))
_GREEK_STOPS = (("μπ", "b"), ("ντ", "d"), ("γκ", "g"), ("γγ", "ng"))


def _read_greek(word: str) -> str:
    """Two Greek letters that stand for one foreign sound, put as that sound."""
    for written, sound in (*_GREEK, *_GREEK_STOPS):
        word = word.replace(written, sound)
    return word


# How a tradition of spelling gives itself away, and what its letters mean in English ones.
Traditions = tuple[tuple[re.Pattern[str], tuple[tuple[str, str], ...]], ...]
_TRADITIONS: Traditions = tuple(
    (re.compile(mark), changes)
    for mark, changes in (
        ("j", (("j", "y"),)),
        ("j", (("dj", "zh"), ("j", "zh"), ("(?<=in)e$", ""))),
        ("[^aeiou]in[e]", (("(?<=[^aeiou]in)e$", ""),)),
        ("sch|w|j|[aeiou]z", (("dse", "dze"), ("schtsch", "S"), ("dsch", "dzh"), ("tsch", "C"),
                              ("sch", "sh"), ("ch", "kh"), ("z", "ts"), ("j", "y"))),
        ("sch", (("dsch", "dzh"), ("tsch", "C"), ("sch", "zh"), ("ch", "kh"), ("j", "y"))),
        ("j|w|cz|sz|rz|ck|zh", (("szcz", "S"), ("cz", "C"), ("sz", "sh"), ("rz", "zh"),
                                ("ch", "kh"), ("ck", "tsk"), ("c", "ts"), ("j", "y"))),
        ("j|w|cz|sz|zh|sh|ch", (("c(?!h|z)", "ts"), ("j", "y"))),
        ("sz|gyi|tyi|nyi|ij |ij$|cs|zs", (("scs", "shch"), ("zs", "zh"), ("cs", "C"), ("sz", "Q"),
                                          ("s(?!h)", "sh"), ("Q", "s"), ("c(?!h)", "ts"),
                                          ("([gtnl])yi", r"\1i"), ("gi(?=[aeiou]?m)", "di"),
                                          ("gy", "dy"), ("j", "y"))),
        ("ou|tch", (("chtch", "S"), ("tch", "C"), ("ch", "sh"), ("ou(?=[aei])", "v"), ("ou", "u"),
                    ("gu(?=[ei])", "g"),
                    ("(?<=in)e$", ""))),
        ("gui|gue", (("gu(?=[ei])", "g"), ("(?<=in)e$", ""))),
        ("oe|[stz]j|ie", (("sjtj|sjtsj", "S"), ("tsj", "C"), ("ch", "kh"), ("sj", "sh"),
                          ("zj", "zh"), ("oe", "u"), ("ie", "i"), ("j", "y"))),
        ("ic( |$)", (("ic$", "ich"), ("j", "y"))),
        ("eh( |$)|aw[^aeiouwy ]", (("eh$", "ah"), ("aw(?=[^aeiouwy])", "au"))),
        ("ic( |$)", (("ic$", "ich"), ("s(?!h)", "sh"), ("j", "y"))),
        ("x", (("x", "kh"),)),
        ("eo|eu", (("eo", "o"), ("eu", "u"), ("^j", "zh"))),
        ("eo", (("eo", "u"), ("^j", "zh"))),
        ("[stz]j", (("sjtj|sjtsj", "S"), ("ch", "kh"), ("sj", "sh"), ("tj", "C"), ("zj", "zh"),
                    ("j", "y"))),
    )
)  # fmt: skip

# Turkish and Azerbaijani `c` is English `j`; Azerbaijani `x` is `kh`, `q` is `g`.
_SCIENTIFIC_LETTERS = re.compile("[čšžʹ]")
_SCIENTIFIC: Traditions = ((re.compile("[cj]"), (("c(?!h)", "ts"), ("j", "y"))),)
_MARKED_LETTERS = re.compile("[šžčćşçđśźżńřě]")
_SPANISH_LETTERS = re.compile("[áéíóúñ]")
_SPANISH: Traditions = (
    (re.compile("j"), (("^j(?=[aeou])", "zh"), ("j", "kh"), ("ch", "C"))),
    (re.compile("j"), (("j", "kh"),)),
)
_TURKIC_LETTERS = re.compile("[şğıəç]|i̇|[og][ʻ‘’'ʼ]")
_TURKIC: Traditions = (
    (re.compile(""), (("c(?!h)", "zh"), ("x", "kh"))),
    (re.compile("q"), (("c(?!h)", "zh"), ("x", "kh"), ("q", "g"))),
)


@lru_cache(maxsize=65536)
def readings(word: str, name: str) -> tuple[str, ...]:
    """Every skeleton that a word has in the traditions of spelling its whole name may follow.

    `Schabanow` is German or nothing: the marks of a tradition must stand in the name, so that an
    English `Chan` is never read as `Khan`.

    Args:
        word: one word of a name.
        name: the whole name as written.
    """
    sounds, marks = plain(word), " ".join(plain(part) for part in name.split())
    found = [skeleton(word)]
    if any("\u0400" <= letter <= "\u052f" for letter in word):
        found += _read_cyrillic(word.casefold(), sounds, name.casefold())
        return tuple(dict.fromkeys(found))
    if _MARKED_LETTERS.search(word.casefold()):  # in print such marks are often lost
        found.append(_sound_out("".join(c for c in anyascii(word).casefold() if c.isalnum())))
    if "õ" in word.casefold():  # Estonian y
        found.append(_sound_out(plain(word.casefold().replace("õ", "y"))))
    traditions: Traditions = _TURKIC if _TURKIC_LETTERS.search(name.casefold()) else ()
    if _SCIENTIFIC_LETTERS.search(name.casefold()):
        sounds = plain(word.casefold().replace("ch", "kh"))
        traditions += _SCIENTIFIC
    if _SPANISH_LETTERS.search(name.casefold()):
        traditions += _SPANISH
    for mark, changes in (*_TRADITIONS, *traditions):
        if mark.search(marks):
            said = sounds
            for old, new in changes:
                said = re.sub(old, new, said)
            found.append(_sound_out(said))
    return tuple(dict.fromkeys(found))


def _read_cyrillic(word: str, sounds: str, name: str) -> Iterator[str]:
    """Letters that two languages write for two sounds."""
    if "г" in word:  # Russian g, Ukrainian and Belarusian h
        yield _sound_out(sounds.replace("g", "h"))
    if "ў" in name or ("і" in name and ("ы" in name or "э" in name)):  # Belarusian
        yield _sound_out(plain(word.replace("дз", "д").replace("ц", "т").replace("я", "е")))
    if "ў" in word:  # Belarusian w, Uzbek o
        yield _sound_out(plain(word.replace("ў", "о")))
        yield _sound_out(plain(word.replace("ў", "у")))


def _sound_out(sounds: str) -> str:
    letters = set(sounds)
    for needed, pattern, sound in _SOUNDS:
        if not needed.isdisjoint(letters):
            sounds = pattern.sub(sound, sounds)
    return _DOUBLE.sub(r"\1", sounds)


@lru_cache(maxsize=65536)
def skeleton(word: str) -> str:
    """What a word sounds like once every tradition of spelling is undone.

    Vowels are reduced to three, doubled letters are one; `Arlou` and `Орлов` are both
    `arlav`. Meant for comparing, never for showing.
    """
    return _sound_out(plain(word))


@lru_cache(maxsize=65536)
def coarse(word: str) -> str:
    """Classes of consonants, and `a` for a vowel at the front: a key to look candidates up by."""
    return classes(skeleton(word))


def classes(sounds: str) -> str:
    """The consonant classes of a skeleton; see `coarse`."""
    start = "a" if sounds[:1] in ("a", "i", "u") else ""
    return start + sounds.translate(_CLASS)
