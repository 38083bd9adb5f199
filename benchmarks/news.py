"""Invented news for benchmarks: sentences of function words, made-up words by Zipf's law, names.

In English, Russian and Ukrainian. Nothing in them is true; no name is anybody's.
"""

import random
from bisect import bisect
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate


@dataclass(frozen=True)
class Tongue:
    """What sentences of a language are made of: `{n}` noun, `{v}` verb, `{a}` adjective.

    A sentence is who, what they did, to whom, and up to three of where, when, why and who says so.
    """

    who: tuple[str, ...]
    did: tuple[str, ...]
    whom: tuple[str, ...]
    more: tuple[str, ...]
    phrases: tuple[str, ...]
    days: tuple[str, ...]
    months: tuple[str, ...]
    onsets: str
    vowels: str
    codas: str
    endings: dict[str, tuple[str, ...]]
    given: tuple[str, ...]
    family: tuple[str, ...]


ENGLISH = Tongue(
    who=("{name}", "the {n}", "a {a} {n}", "{num} {n}", "the {n} of the {org}", "men in {town}",
         "the {a} {n} and two {n}", "her {n}", "neither {n} nor {n}", "one of the {n}", "people"),
    did=("{v}", "had {v}", "were {v} by", "refused to be {v} with", "has since {v}",
         "is said to have {v}",
         "will be {v} for", "{v} and {v}", "could not {v}", "did not {v}", "began to {v}"),
    whom=("the {n}", "{num} {n}", "{name}", "a {n}", "his {a} {n}", "the {a} {n} of {town}",
          "{a} {n} and {n}", "each {n}", "nobody", "the {org}", "their {n} without any {n}"),
    more=("on {day}", "in {town}", "near the {n}", "since {date}", "for {num} days",
          "after the {n}",
          "{phrase}", "with a {n}", "because of the {a} {n}", "who {v} to {v}", "while {name} {v}",
          "under the {n} of {n}", "from {town} to the {n}", "as the {n} {v}", "despite {n}"),
    phrases=("according to the ministry", "the spokesman said", "on condition of anonymity",
             "it was not immediately clear whether", "as of Monday evening", "in a statement",
             "at least", "for the first time since", "in the early hours of the morning",
             "the head of the regional administration", "one of the lawyers said"),
    days=("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
    months=("January", "February", "March", "April", "May", "June", "July", "August", "September",
            "October", "November", "December"),
    onsets="b,bl,br,c,cl,cr,d,dr,f,fl,g,gr,h,l,m,n,p,pl,pr,r,s,sl,st,str,t,tr,v,w",
    vowels="a,e,i,o,u,ea,ou,ai", codas=",,,,n,r,l,s,t,nd,st",
    endings={"n": ("", "er", "ion", "ment", "ance", "ity"), "v": ("ed", "ed", "ates", "ised"),
             "a": ("al", "ive", "ous", "ed", "")},
    given=("Anton", "Daria", "Pavel", "Marfa", "Ruslan", "Oksana", "Timur", "Larisa", "Kirill"),
    family=("ov", "in", "enko", "sky", "ev", "uk", "adze", "yan", "bekov"),
)  # fmt: skip
RUSSIAN = Tongue(
    who=("{name}", "{n}", "{a} {n}", "{num} {n}", "{n} организации «{org}»",
         "полиция города {town}",
         "{a} {n} и двое {n}", "её {n}", "ни {n}, ни {n}", "один из {n}", "люди"),
    did=("{v}", "уже {v}", "были {v}", "отказался {v}", "с тех пор {v}", "как говорят, {v}",
         "будет {v}", "{v} и {v}", "не мог {v}", "не {v}", "стали {v}"),
    whom=("{n}", "{num} {n}", "{name}", "каждый {n}", "его {a} {n}", "{a} {n} города {town}",
          "{a} {n} и {n}", "всех {n}", "никого", "«{org}»", "их {n} без {n}"),
    more=("в {day}", "в {town}", "рядом с {n}", "с {date}", "на {num} суток", "после {n}",
          "{phrase}", "вместе с {n}", "из-за {a} {n}", "который {v}", "пока {name} {v}",
          "под {n} {n}", "от {town} до {n}", "когда {n} {v}", "несмотря на {n}"),
    phrases=("по данным министерства", "сообщил представитель ведомства", "на условиях анонимности",
             "по состоянию на вечер", "говорится в сообщении", "по меньшей мере",
             "впервые с начала",
             "ранним утром", "глава областной администрации", "сказал один из адвокатов"),
    days=("понедельник", "вторник", "среду", "четверг", "пятницу", "субботу", "воскресенье"),
    months=("января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
            "октября", "ноября", "декабря"),
    onsets="б,бр,в,вр,г,гр,д,др,ж,з,к,кл,кр,л,м,н,п,пр,р,с,сл,ст,стр,т,тр,х,ч,ш",
    vowels="а,е,и,о,у,я", codas=",,,,н,р,л,с,т,к",
    endings={"n": ("", "ость", "ение", "тель", "ация", "ка"), "v": ("ал", "или", "ила", "ован"),
             "a": ("ный", "ский", "овый", "ная", "ние")},
    given=("Антон", "Дарья", "Павел", "Марфа", "Руслан", "Тимур", "Лариса", "Кирилл"),
    family=("ов", "ин", "енко", "ский", "ев", "ук", "адзе", "ян"),
)  # fmt: skip
UKRAINIAN = Tongue(
    who=("{name}", "{n}", "{a} {n}", "{num} {n}", "{n} організації «{org}»",
         "поліція міста {town}",
         "{a} {n} та двоє {n}", "її {n}", "ні {n}, ні {n}", "один із {n}", "люди"),
    did=("{v}", "вже {v}", "були {v}", "відмовився {v}", "відтоді {v}", "як кажуть, {v}",
         "буде {v}", "{v} і {v}", "не міг {v}", "не {v}", "почали {v}"),
    whom=("{n}", "{num} {n}", "{name}", "кожен {n}", "його {a} {n}", "{a} {n} міста {town}",
          "{a} {n} і {n}", "усіх {n}", "нікого", "«{org}»", "їхній {n} без {n}"),
    more=("у {day}", "у {town}", "поряд із {n}", "з {date}", "на {num} діб", "після {n}",
          "{phrase}", "разом із {n}", "через {a} {n}", "який {v}", "поки {name} {v}",
          "під {n} {n}", "від {town} до {n}", "коли {n} {v}", "попри {n}"),
    phrases=("за даними міністерства", "повідомив речник відомства", "на умовах анонімності",
             "станом на вечір", "йдеться у повідомленні", "щонайменше", "уперше від початку",
             "рано-вранці", "голова обласної адміністрації", "сказав один з адвокатів"),
    days=("понеділок", "вівторок", "середу", "четвер", "п'ятницю", "суботу", "неділю"),
    months=("січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня",
            "вересня", "жовтня", "листопада", "грудня"),
    onsets=RUSSIAN.onsets, vowels="а,е,и,о,у,я,і,ї", codas=RUSSIAN.codas,
    endings={"n": ("", "ість", "ення", "тель", "ація", "ка"), "v": ("ав", "или", "ила", "ований"),
             "a": ("ний", "ський", "овий", "на", "ні")},
    given=("Антон", "Дарина", "Павло", "Марта", "Руслан", "Оксана", "Тимур", "Кирило"),
    family=("енко", "ук", "ський", "ів", "ич", "як"),
)  # fmt: skip
TONGUES = {"en": ENGLISH, "ru": RUSSIAN, "uk": UKRAINIAN}
_SIZES = {"n": 5000, "v": 1500, "a": 2000}


@lru_cache(maxsize=3)
def _lexicon(language: str) -> dict[str, tuple[list[str], list[float]]]:
    """For each sort of word the words, and how often they come: as the inverse of their rank."""
    tongue, rng = TONGUES[language], random.Random(language)
    lexicon = {}
    for sort, size in _SIZES.items():
        words = [_coined(tongue, rng, 1 + rng.randrange(3)) + rng.choice(tongue.endings[sort])
                 for _ in range(size)]  # fmt: skip
        lexicon[sort] = words, list(accumulate(1 / (rank + 3) for rank in range(size)))
    return lexicon


def _coined(tongue: Tongue, rng: random.Random, syllables: int) -> str:
    parts = (tongue.onsets, tongue.vowels, tongue.codas)
    return "".join(rng.choice(p.split(",")) for _ in range(syllables) for p in parts)


def a_word(language: str, sort: str, rng: random.Random) -> str:
    """A word, the common ones often."""
    words, weights = _lexicon(language)[sort]
    return words[bisect(weights, rng.random() * weights[-1])]


def a_name(language: str, rng: random.Random) -> str:
    """A given name and a surname."""
    tongue = TONGUES[language]
    family = _coined(tongue, rng, 1 + rng.randrange(2)) + rng.choice(tongue.family)
    return f"{rng.choice(tongue.given)} {family.capitalize()}"


def facts(language: str, rng: random.Random) -> dict[str, str]:
    """What one report is about: a place, some people, a body, days and numbers."""
    tongue = TONGUES[language]
    return {
        "town": _coined(tongue, rng, 2).capitalize(),
        "org": f"{_coined(tongue, rng, 2).capitalize()} {_coined(tongue, rng, 2).capitalize()}",
        "name": a_name(language, rng), "other": a_name(language, rng),
        "day": rng.choice(tongue.days), "date": f"{rng.randint(1, 28)} {rng.choice(tongue.months)}",
    }  # fmt: skip


def a_pattern(language: str, rng: random.Random) -> str:
    """A sentence with its words left open."""
    tongue = TONGUES[language]
    more = rng.sample(tongue.more, rng.randint(0, 3))
    ahead = [f"{more.pop()},"] if more and rng.random() < 0.3 else []
    parts = [*ahead, *(rng.choice(part) for part in (tongue.who, tongue.did, tongue.whom)), *more]
    return " ".join(parts)


def a_sentence(language: str, told: dict[str, str], rng: random.Random) -> str:
    """One sentence about what is told."""
    tongue = TONGUES[language]
    out = []
    for piece in a_pattern(language, rng).replace("{", "}").split("}"):
        if piece in _SIZES:
            out.append(a_word(language, piece, rng))
        elif piece == "num":
            out.append(str(int(3 * 1.6 ** (rng.random() * 9))))
        elif piece == "phrase":
            out.append(rng.choice(tongue.phrases))
        elif piece == "name":
            out.append(told[rng.choice(("name", "other"))])
        else:
            out.append(told.get(piece, piece))
    text = "".join(out)
    return text[0].upper() + text[1:] + "."


def an_article(language: str, rng: random.Random, words: int) -> list[list[str]]:
    """Paragraphs of sentences, about so many words in all."""
    told, paragraphs, count = facts(language, rng), [], 0
    while count < words:
        paragraph = [a_sentence(language, told, rng) for _ in range(rng.randint(1, 4))]
        count += sum(len(s.split()) for s in paragraph)
        paragraphs.append(paragraph)
    return paragraphs


def printed(paragraphs: list[list[str]]) -> str:
    """An article as text."""
    return "\n\n".join(" ".join(paragraph) for paragraph in paragraphs)
