"""Invented reports to link: made from their number alone, so that none need be kept.

People, organisations and incidents are told by several reports in several spellings; there are
near-copies and bulletins of one template.
"""

import random
from datetime import date, timedelta
from functools import cache

from khronika.codebook.model import Codebook, Kind
from khronika.linking import ReportFacts
from khronika.model.acts import (
    Act,
    ActorType,
    CastMember,
    Coding,
    Count,
    Involvement,
    Mention,
    MentionForm,
    Modality,
    Role,
    When,
    Where,
)
from khronika.model.anchors import Anchor
from khronika.model.ids import act_id
from khronika.text.shingles import hash_words, pack, sample

KINDS = ("arrest", "search", "trial", "sentence", "torture", "fine", "release", "threat")
GIVEN = ("Anton", "Daria", "Pavel", "Marfa", "Ruslan", "Oksana", "Timur", "Larisa", "Gennady",
         "Zinaida", "Kirill", "Dinara", "Armen", "Gulnara", "Rustam", "Fatima")  # fmt: skip
STARTS = ("bal", "ver", "gor", "dan", "zel", "kar", "lum", "mar", "nov", "pol", "ras", "sar", "tur",
          "ush", "fed", "hol", "chel", "shab", "yar", "bir", "dol", "kol")  # fmt: skip
MIDDLES = "a e i o u an en or ir al ul ov ek is".split()
ENDS = "ov in enko sky ev uk ich adze yan bekov".split()
CITIES = [
    (a + b + c).capitalize() for a in STARTS for b in MIDDLES[:6] for c in ("gar", "na", "sk")
]
ACTS = 3  # of a report
TOLD = 2  # how often an incident is told
NEAR = 900  # incidents that are told of at one time
PEOPLE = 250_000


def name(number: int) -> str:
    """An invented name; every fifth bearer shares a surname with others."""
    rng = random.Random(number)
    family = rng.choice(STARTS) + rng.choice(MIDDLES) + rng.choice(STARTS) + rng.choice(ENDS)
    return f"{rng.choice(GIVEN)} {family.capitalize()}"


def respelt(text: str, rng: random.Random) -> str:
    """A name as another tradition spells it."""
    old, new = rng.choice((("y", "i"), ("ev", "yev"), ("sh", "sch"), ("u", "ou"), ("k", "k")))
    return text.replace(old, new)


def anchor(text: str, start: int) -> Anchor:
    return Anchor(start, start + len(text), text)


def coding(index: int) -> Coding:
    """A report: some incidents that the reports before and after it tell of, too."""
    rng = random.Random(index)
    report = f"rpt_{index:08}"
    first = index * ACTS // TOLD  # what happened lately is told of most, however large the record
    told = [first + rng.randrange(NEAR) for _ in range(ACTS)]
    cast: list[CastMember] = []
    places: dict[str, int] = {}

    def member(text: str, kind: ActorType) -> int:
        if text not in places:
            places[text] = len(cast)
            form = MentionForm.DESCRIPTION if kind is ActorType.GROUP else MentionForm.NAME
            mention = Mention(anchor=anchor(text, 50 * len(cast)), form=form)
            cast.append(CastMember(index=len(cast), name=text, type=kind, mentions=(mention,)))
        return places[text]

    acts = [act(report, place, number, member) for place, number in enumerate(told)]
    return Coding(report_id=report, coder="b", codebook="b", acts=tuple(acts), cast=tuple(cast))


def act(report: str, place: int, number: int, member) -> Act:  # type: ignore[no-untyped-def]
    """The telling of incident `number`: its facts come from the number alone."""
    facts = random.Random(number * 7 + 1)
    spelling = random.Random(f"{report}{number}")
    kind = facts.choice(KINDS)
    day = date(2012, 1, 1) + timedelta(days=facts.randrange(4000))
    city = facts.choice(CITIES)
    if facts.random() < 0.7:
        victim, sort, count = name(facts.randrange(PEOPLE)), ActorType.PERSON, None
        if spelling.random() < 0.3:
            victim = respelt(victim, spelling)
    else:
        victim, sort = facts.choice(("volunteers", "teachers", "journalists")), ActorType.GROUP
        count = Count(least=(n := facts.randrange(2, 30)), most=n)
    doer = f"{city} {facts.choice(('Regional Court', 'City Police', 'Security Service'))}"
    start = place * 200
    quote = anchor(f"{victim} {kind} in {city} on {day} told by {report} as number {place}", start)
    involved = tuple(
        Involvement(role=role, name=text, type=type_, anchor=anchor(text, start),
                    cast=member(text, type_), count=count if role is Role.VICTIM else None)
        for role, text, type_ in (
            (Role.VICTIM, victim, sort),
            (Role.PERPETRATOR, doer, ActorType.AUTHORITY),
        )
    )  # fmt: skip
    edtf = day.isoformat() if spelling.random() < 0.8 else ""
    return Act(
        id=act_id(report, kind, (start, quote.end), (start, place)), report_id=report, kind=kind,
        modality=Modality.OCCURRED, quote=quote, trigger=quote, involvements=involved,
        when=When(edtf=edtf, basis="stated"),
        where=(Where(name=city, anchor=anchor(city, start), country="XX"),),
    )  # fmt: skip


def facts(index: int) -> ReportFacts:
    """A report's facts: a tenth copy an earlier report, a tenth follow one template."""
    own = random.Random(index)
    source = own.randrange(index) if index and index % 10 == 0 else index
    rng = random.Random(source)
    words = [f"w{int(40000 * rng.random() ** 3)}" for _ in range(350)]
    if index % 10 == 5:
        words[:200] = [f"template{n}" for n in range(200)]
    if source != index:
        words = words[: own.randrange(150, 350)]
    marks = pack(hash_words(str(rng.randrange(10**6)) for _ in range(30)))
    return ReportFacts(
        id=f"rpt_{index:08}", name=f"{index}.txt", publisher=f"Publisher {index % 300}",
        published=(date(2012, 1, 1) + timedelta(days=index % 4000)).isoformat(), language="en",
        words=len(words), shingles=pack(sample(words)), marks=marks, countries=(("UA", 3),),
    )  # fmt: skip


@cache
def codebook() -> Codebook:
    """The kinds that are told of."""
    kinds = {
        k: Kind(id=k, label=k, group="g", definition="", is_not="", esf="", plover="", rights=())
        for k in KINDS
    }
    return Codebook(kinds=kinds, classes={}, digest="b")
