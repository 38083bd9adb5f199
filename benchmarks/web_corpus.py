"""Invented reports for a large record to browse: each is made from its number alone.

Short reports of invented publishers over ten years and sixty countries. Persons and bodies bear
invented names, cities are real ones of the gazetteer. An incident is told by one to six reports,
which sometimes disagree; some reports copy another.
"""

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache, lru_cache

from khronika.codebook.model import Codebook
from khronika.ingest.captures import Capture
from khronika.model.acts import (
    Act,
    ActorType,
    Affiliation,
    Appeal,
    CastMember,
    Coding,
    Count,
    Designation,
    Figure,
    Involvement,
    Listed,
    Mention,
    MentionForm,
    Modality,
    Role,
    Signatory,
    When,
    Where,
)
from khronika.model.anchors import Anchor
from khronika.model.ids import act_id, report_id, sha256
from khronika.model.reports import Extracted, Known, Origin, Report
from khronika.text.gazetteer import gazetteer

FIRST = date(2015, 1, 5)
DAYS = 3650
NEAR = 120  # tellings of neighbouring incidents mix in reports
BASIS = "header of the file"
GIVEN = """Anton Daria Pavel Marfa Ruslan Oksana Timur Larisa Gennady Zinaida Kirill Dinara Armen
Gulnara Rustam Fatima Ilya Nadia Yusuf Leyla Marek Salome Davit Aigerim Bohdan Emine Tomas Irena
Kofi Amina Lucia Mateo""".split()
STARTS = "bal ver gor dan zel kar lum mar nov pol ras sar tur ush fed hol chel shab yar bir".split()
MIDDLES = "a e i o u an en or ir al ul ov ek is".split()
ENDS = "ov in enko sky ev uk ich adze yan bekov ides ero".split()
CITIES = """Minsk Gomel Brest Vitebsk Kyiv Kharkiv Odesa Lviv Moscow Kazan Samara Perm Almaty
Shymkent Tashkent Samarkand Bishkek Osh Dushanbe Ashgabat Baku Ganja Yerevan Gyumri Tbilisi Batumi
Kutaisi Chisinau Warsaw Vilnius Riga Tallinn Ankara Izmir Tehran Isfahan Baghdad Basra Damascus
Aleppo Beirut Amman Cairo Alexandria Tripoli Tunis Algiers Rabat Khartoum Nairobi Mombasa Kampala
Kigali Harare Lusaka Lagos Kano Accra Dakar Bamako Kinshasa Luanda Maputo Caracas Maracaibo Bogota
Medellin Quito Lima Managua Tegucigalpa Guatemala Havana Manila Davao Hanoi Yangon Mandalay Dhaka
Chittagong Lahore Karachi Kabul Kandahar Colombo Bangkok Jakarta Surabaya Beijing Chengdu
Ulaanbaatar Belgrade Skopje Tirana Sarajevo Budapest Bucharest Sofia""".split()
SIGHTS = ("Lantern", "Northgate", "Willow", "Harbour", "Open Page", "Meridian", "Small Square",
          "Two Rivers", "Signal", "Fourth Desk", "Linden", "Grey Heron")  # fmt: skip
PAPERS = ("News", "Wire", "Gazette", "Monitor", "Post", "Review", "Radio", "Bulletin")
CAUSES = ("Legal Aid Fund", "Monitoring Group", "Writers' Circle", "Helpline", "Archive",
          "Defence Committee", "Election Watch", "Mothers' Council")  # fmt: skip
DOERS = ("Regional Police", "City Police", "Security Service", "Investigative Committee",
         "Prosecutor's Office", "Border Service", "District Court", "Regional Court",
         "Prison No. 3", "Ministry of Justice")  # fmt: skip
TRADES = ("a lawyer", "a journalist", "a teacher", "an engineer", "a student", "a nurse",
          "a photographer", "a trade unionist")  # fmt: skip
GROUPS = ("volunteers", "teachers", "journalists", "students", "residents", "strikers")
# Kind, what follows the name, the body's part of the sentence, whether an organisation suffers it.
WAYS: tuple[tuple[str, str, str, bool], ...] = (
    ("arrest", " was detained", " by officers of the {}", False),
    ("search", "'s flat was searched", " by officers of the {}", False),
    ("trial", " was put on trial", " before the {}", False),
    ("sentence", " was sentenced to {} in prison", " by the {}", False),
    ("charge", " was charged with incitement", " by the {}", False),
    ("release", " was released", " by the {}", False),
    ("acquittal", " was acquitted", " by the {}", False),
    ("torture", " was beaten in custody", " by guards of the {}", False),
    ("assault", " was attacked in the street", " by men of the {}", False),
    ("killing", " was killed", " by soldiers of the {}", False),
    ("enforced-disappearance", " was taken away and has not been seen since", " by the {}", False),
    ("kidnapping", " was abducted", " by men of the {}", False),
    ("threat", " was threatened by telephone", " by an officer of the {}", False),
    ("surveillance", " was followed", " by agents of the {}", False),
    ("harassment", " was summoned again and again", " by the {}", False),
    ("smear", " was called a traitor on television", " by the head of the {}", False),
    ("dismissal", " was dismissed", " at the demand of the {}", False),
    ("denial-of-care", " was refused medicine", " by doctors of the {}", False),
    ("forced-psychiatry", " was put into a psychiatric hospital", " by order of the {}", False),
    ("exile", " left the country", " after a summons of the {}", False),
    ("deportation", " was deported", " by the {}", False),
    ("travel-ban", " was not let across the border", " by officers of the {}", False),
    ("wanted-listing", " was put on the wanted list", " by the {}", False),
    ("fine", " was fined {} days' wages", " by the {}", True),
    ("closure", " was closed", " by the {}", True),
    ("inspection", " was inspected", " by officers of the {}", True),
    ("blocking", "'s site was blocked", " by order of the {}", True),
    ("censorship", "'s issue was withdrawn from sale", " by order of the {}", True),
    ("registration-refusal", " was refused registration", " by the {}", True),
    ("forced-designation", " was entered in the register of foreign agents", " by the {}", True),
    ("open-letter", " was defended in an open letter", " of the {}", False),
    ("complaint", "'s complaint was filed", " with the {}", False),
)
WEIGHTS = (20, 9, 8, 8, 6, 7, 1, 5, 5, 2, 1, 2, 4, 2, 3, 2, 2, 2, 1, 2, 2, 2, 2, 6, 2, 2, 2, 1, 1,
           3, 2, 2)  # fmt: skip
TELLINGS = (1, 1, 1, 1, 2, 2, 2, 3, 3, 4, 5, 6)
WHO = """relatives neighbours colleagues lawyers witnesses passers-by teachers doctors miners
drivers students pensioners editors readers parishioners cyclists bakers librarians gardeners
musicians tenants fishermen beekeepers printers nurses cashiers plumbers pilots weavers
hikers""".split()
DID = """described remembered recalled photographed noticed heard counted reported feared doubted
expected watched followed discussed recorded denied repeated confirmed mentioned questioned
explained regretted awaited demanded collected examined prepared translated published
compared""".split()
WHAT = """cars voices papers windows doors boxes flags leaflets candles receipts footprints letters
benches radios keys ladders coats umbrellas suitcases notebooks phones tickets fences curtains
bicycles gates lamps stamps archives bells""".split()
HOW = """quietly openly twice again together separately carefully briefly slowly hurriedly at-noon
at-dawn all-night for-weeks in-vain by-chance in-writing from-memory on-foot in-tears on-Monday
on-Friday in-spring in-autumn last-winter that-evening next-morning at-length in-turn
afterwards""".split()
TELL = ("say", "told us", "confirmed", "report", "wrote", "recalled", "insist", "testified")
LINKS = ("while", "because", "although", "after", "before", "until", "since", "so", "and", "but")


def name(number: int) -> str:
    """An invented person's name."""
    rng = random.Random(f"person {number}")
    family = rng.choice(STARTS) + rng.choice(MIDDLES) + rng.choice(STARTS) + rng.choice(ENDS)
    return f"{rng.choice(GIVEN)} {family.capitalize()}"


def body(number: int) -> str:
    """An invented organisation's name."""
    rng = random.Random(f"body {number}")
    word = rng.choice(STARTS) + rng.choice(MIDDLES) + rng.choice(("gar", "lin", "mera", "tova"))
    return f"{word.capitalize()} {rng.choice(CAUSES)}"


def publisher(number: int) -> str:
    """An invented publisher's name; a few publish most."""
    rng = random.Random(f"paper {number}")
    return f"{rng.choice(SIGHTS)} {rng.choice(PAPERS)}" + (f" {number}" if number > 20 else "")


def respelt(text: str, rng: random.Random) -> str:
    """A name as another tradition spells it."""
    old, new = rng.choice((("y", "i"), ("ev", "yev"), ("sh", "sch"), ("u", "ou"), ("k", "q")))
    return text.replace(old, new)


@cache
def cities() -> tuple[tuple[str, str, int | None], ...]:
    """Name, country and number of every city that the gazetteer knows for certain."""
    found = ((each, gazetteer().only(each)) for each in CITIES)
    return tuple((word, at.country, at.geonameid) for word, at in found if at and at.country)


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What all tellings of one incident stand on."""

    number: int
    way: int
    day: date
    city: int
    victim: str
    sort: ActorType
    count: int | None
    doer: str

    @classmethod
    def of(cls, number: int, of: int) -> "Happening":
        """The incident with this number, of so many."""
        rng = random.Random(f"incident {number}")
        way = rng.choices(range(len(WAYS)), WEIGHTS)[0]
        day = FIRST + timedelta(days=min(DAYS, number * DAYS // of + rng.randrange(9)))
        city, people = rng.randrange(len(cities())), max(50, of // 2)
        sort, count = ActorType.PERSON, None
        victim = name(int(people * rng.random() ** 1.7))
        if WAYS[way][3]:
            sort, victim = ActorType.ORGANISATION, body(int(people / 8 * rng.random() ** 1.5))
        elif rng.random() < 0.15:
            sort, count = ActorType.GROUP, rng.randrange(2, 40)
            victim = rng.choice(GROUPS)
        town = cities()[city][0]
        doer = f"{town} {rng.choice(DOERS)}"
        if WAYS[way][0] == "open-letter":
            doer = body(int(people / 8 * rng.random() ** 1.5))
        return cls(
            number=number, way=way, day=day, city=city, victim=victim, sort=sort, count=count,
            doer=doer,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One report's telling of an incident, as it differs from the others."""

    happening: Happening
    day: date
    count: int | None
    modality: Modality
    sure: float

    @classmethod
    def of(cls, happening: Happening, number: int) -> "Telling":
        """The telling with this number."""
        rng = random.Random(f"telling {happening.number} {number}")
        late = rng.randrange(1, 6) if number and rng.random() < 0.1 else 0
        count = happening.count
        if count and number and rng.random() < 0.2:
            count += rng.randrange(1, 9)
        modality = Modality.OCCURRED
        if rng.random() < 0.06:
            modality = rng.choice([each for each in Modality if each is not Modality.OCCURRED])
        return cls(
            happening=happening, day=happening.day + timedelta(days=late), count=count,
            modality=modality, sure=round(0.35 + 0.64 * rng.random() ** 0.6, 3),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Slot:
    """One telling in one report."""

    happening: int
    telling: int


@lru_cache(maxsize=2)
def plan(acts: int) -> tuple[tuple[tuple[Slot, ...], ...], int]:
    """What each report tells, at least so many acts in all; how many incidents there are."""
    rng = random.Random(f"plan {acts}")
    slots: list[tuple[float, Slot]] = []
    number = 0
    while len(slots) < acts:
        slots.extend(
            (number + NEAR * rng.random(), Slot(number, telling))
            for telling in range(rng.choice(TELLINGS))
        )
        number += 1
    slots.sort(key=lambda each: each[0])
    reports: list[tuple[Slot, ...]] = []
    told: list[Slot] = []
    most = rng.choice((1, 2, 2, 3, 4))
    for _, slot in slots:
        if len(told) == most or any(slot.happening == each.happening for each in told):
            reports.append(tuple(told))
            told, most = [], rng.choice((1, 2, 2, 3, 4))
        told.append(slot)
    reports.append(tuple(told))
    return tuple(reports), number


@dataclass(slots=True)
class Page:
    """A report's text as it grows, and what it holds."""

    report: str
    coder: str
    codebook: str
    text: str = ""
    acts: list[Act] = field(default_factory=list)
    cast: dict[str, tuple[ActorType, list[Mention]]] = field(default_factory=dict)
    figures: list[Figure] = field(default_factory=list)
    affiliations: list[Affiliation] = field(default_factory=list)
    appeals: list[Appeal] = field(default_factory=list)
    designations: list[Designation] = field(default_factory=list)

    def say(self, words: str) -> Anchor:
        """Write on; where it stands."""
        start = len(self.text)
        self.text += words
        return Anchor(start, len(self.text), words)

    def actor(self, full: str, sort: ActorType, anchor: Anchor) -> int:
        """The place of an actor in the cast, mentioned here once more."""
        mentions = self.cast.setdefault(full, (sort, []))[1]
        form = MentionForm.DESCRIPTION if sort is ActorType.GROUP else MentionForm.NAME
        mentions.append(Mention(anchor=anchor, form=form))
        return list(self.cast).index(full)

    def coding(self) -> Coding:
        """All that it says."""
        cast = tuple(
            CastMember(
                index=at, name=full, type=sort, mentions=tuple(mentions),
                forms=tuple(sorted({m.anchor.exact for m in mentions} - {full})),
            )
            for at, (full, (sort, mentions)) in enumerate(self.cast.items())
        )  # fmt: skip
        return Coding(
            report_id=self.report, coder=self.coder, codebook=self.codebook,
            acts=tuple(self.acts), cast=cast, figures=tuple(self.figures),
            affiliations=tuple(self.affiliations), appeals=tuple(self.appeals),
            designations=tuple(self.designations),
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A report's number, and what it shares with the one that it copies."""

    number: int
    of: int  # acts of the whole record

    @property
    def source(self) -> int:
        """The report that it copies, or itself."""
        rng = random.Random(f"copy {self.number}")
        if self.number % 16 == 9:
            before = self.number - rng.randrange(1, 9)
            return before if before % 16 != 9 else self.number
        return self.number

    @property
    def publisher(self) -> str:
        """Who published it."""
        return publisher(int(150 * random.Random(f"by {self.number}").random() ** 2.5))

    @property
    def tellings(self) -> tuple[Telling, ...]:
        """What it tells."""
        reports, incidents = plan(self.of)
        return tuple(
            Telling.of(Happening.of(slot.happening, incidents), slot.telling)
            for slot in reports[self.source]
        )

    @property
    def published(self) -> date:
        """The day on which it was published, after all that it tells."""
        wait = random.Random(f"day {self.number}").randrange(6)
        return max(each.day for each in self.tellings) + timedelta(days=wait)

    @property
    def name(self) -> str:
        """The name of its file."""
        return f"{self.published:%Y/%m}/{self.number:06}.txt"

    def page(self, report: str = "", codebook: str = "") -> Page:
        """It, written."""
        page = Page(report=report, coder="invented 1.0", codebook=codebook)
        rng = random.Random(f"text {self.source}")
        tellings = self.tellings
        first = tellings[0].happening
        city = cities()[first.city][0]
        page.say(f"{city}: {_headline(first)}\n\n")
        page.say(f"{city}, {_written(self.published)}\n\n")
        if self.source != self.number:
            other = Issue(number=self.source, of=self.of).publisher
            page.say(f"This report was first published by {other}.\n\n")
        for telling in tellings:
            _tell(page, telling, rng)
            for _ in range(rng.randrange(1, 4)):
                page.say(" " + _filler(rng))
            page.say("\n\n")
        if rng.random() < 0.04:
            _count(page, rng)
        page.say(f"{self.publisher}\nWrite to us: desk{self.number % 150}@example.org\n")
        return page

    def capture(self) -> Capture:
        """It, as received."""

        def known(value: str) -> Known:
            return Known(value=value, basis=BASIS)

        issue, told = self.name, self.tellings[0].happening
        slug = issue.removesuffix(".txt")
        origin = Origin(
            name=issue, publisher=known(self.publisher), published=known(str(self.published)),
            place=known(cities()[told.city][0]), url=known(f"https://example.org/{slug}"),
        )  # fmt: skip
        data = self.page().text.encode()
        return Capture(name=issue, data=data, media_type="text/plain", origin=origin)


def _headline(happening: Happening) -> str:
    kind = WAYS[happening.way][0].replace("-", " ")
    return f"{happening.victim[0].upper()}{happening.victim[1:]}: {kind}"


def _filler(rng: random.Random) -> str:
    """A sentence that tells no act; hardly one is like another."""
    parts = [
        f"{rng.choice(WHO)} {rng.choice(DID)} {rng.choice(WHAT)} {rng.choice(HOW)}"
        for _ in range(rng.randrange(1, 4))
    ]
    text = parts[0] + "".join(f", {rng.choice(LINKS)} {each}" for each in parts[1:])
    return text.replace("-", " ").capitalize() + "."


def _written(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _verb(happening: Happening) -> str:
    return WAYS[happening.way][1]


def _tell(page: Page, telling: Telling, rng: random.Random) -> None:
    """Write the sentence that tells an act, and keep the act."""
    happening = telling.happening
    kind, _, by, _ = WAYS[happening.way]
    start = len(page.text)
    involved = [_sufferer(page, telling, rng)]
    penalty = None
    before, mark, after = _verb(happening).partition("{}")
    trigger = page.say(before)
    if mark:
        penalty = page.say(f"{rng.randrange(2, 13)} years" if kind == "sentence" else "30")
        page.say(after)
    place: dict[str, Anchor] = {}
    for piece in rng.sample(("city", "aside", "day", "doer"), 4):
        if piece == "city":
            page.say(" in ")
            place["city"] = page.say(cities()[happening.city][0])
        elif piece == "day":
            page.say(" on ")
            place["day"] = page.say(_written(telling.day))
        elif piece == "doer" and rng.random() < 0.85:
            involved.append(_doer(page, happening, by, kind))
        elif piece == "aside" and rng.random() < 0.8:
            page.say(f", {rng.choice(WHO)} {rng.choice(TELL)} {rng.choice(HOW).replace('-', ' ')},")
    where, when = place["city"], place["day"]
    reason = _reason(page, rng)
    page.say(".")
    quote = Anchor.cut(page.text, start, len(page.text))
    town, country, geonameid = cities()[happening.city]
    act = Act(
        id=act_id(page.report, kind, (quote.start, quote.end), (trigger.start, trigger.end)),
        report_id=page.report, kind=kind, modality=telling.modality, quote=quote,
        trigger=trigger, involvements=tuple(involved),
        when=When(edtf=str(telling.day), anchor=when, basis="stated", confidence=telling.sure),
        where=(Where(name=where.exact, anchor=where, place=town, country=country,
                     geonameid=geonameid, confidence=telling.sure),),
        penalty=penalty, reason=reason, rule=f"{kind}/verb/{trigger.exact.split()[-1]}",
        confidence=telling.sure, evidence=("the verb of the sentence", "the passive"),
        listed=Listed(stated=12, named=1) if rng.random() < 0.02 else None,
    )  # fmt: skip
    page.acts.append(act)
    _after(page, act, happening, rng)


def _sufferer(page: Page, telling: Telling, rng: random.Random) -> Involvement:
    happening, count = telling.happening, None
    written = happening.victim
    if happening.sort is ActorType.PERSON and rng.random() < 0.15:
        written = respelt(written, rng)
    if telling.count:
        anchor = page.say(f"{telling.count} {written}")
        count = Count(least=telling.count, most=telling.count)
    else:
        anchor = page.say(written)
    at = page.actor(written, happening.sort, anchor)
    return Involvement(
        role=Role.VICTIM, name=written, type=happening.sort, anchor=anchor, cast=at, count=count,
        confidence=telling.sure, age=rng.randrange(17, 80) if rng.random() < 0.05 else None,
        path=("subject of the passive",),
    )  # fmt: skip


def _doer(page: Page, happening: Happening, by: str, kind: str) -> Involvement:
    before, _, after = by.partition("{}")
    page.say(before)
    anchor = page.say(happening.doer)
    page.say(after)
    sort = ActorType.ORGANISATION if kind == "open-letter" else ActorType.AUTHORITY
    role = {"open-letter": Role.INTERVENER, "complaint": Role.ADDRESSEE}.get(kind, Role.PERPETRATOR)
    at = page.actor(happening.doer, sort, anchor)
    return Involvement(
        role=role, name=happening.doer, type=sort, anchor=anchor, cast=at, confidence=0.8,
        path=("agent of the passive",),
    )  # fmt: skip


def _reason(page: Page, rng: random.Random) -> Anchor | None:
    if rng.random() > 0.3:
        return None
    page.say(" over ")
    return page.say(rng.choice(("a post on a blog", "a leaflet", "an interview", "a street stand")))


def _after(page: Page, act: Act, happening: Happening, rng: random.Random) -> None:
    """What is said further of the act: who the victim is, a list, who signed."""
    if happening.sort is ActorType.PERSON and rng.random() < 0.5:
        full = act.involvements[0].name
        page.say(" ")
        surname = page.say(full.split()[-1])
        page.actor(full, ActorType.PERSON, surname)
        page.say(" is ")
        trade = page.say(rng.choice(TRADES))
        if rng.random() < 0.3:
            page.say(" of the ")
            home = page.say(body(int(2000 * rng.random() ** 2)))
            page.actor(home.exact, ActorType.ORGANISATION, home)
            stated = Anchor.cut(page.text, surname.start, home.end)
            page.affiliations.append(
                Affiliation(person=full, role=trade.exact, organisation=home.exact, anchor=stated)
            )
        page.say(".")
    if act.kind == "forced-designation":
        page.designations.append(
            Designation(
                register="foreign agents", authority=happening.doer,
                organisation=act.involvements[0].name,
                designation=rng.choice(("listed", "listed", "listed", "excluded", "refused")),
                when=act.when.edtf, reason="", act_id=act.id,
            )
        )  # fmt: skip
    if act.kind == "open-letter":
        page.appeals.append(_letter(page, act, rng))


def _letter(page: Page, act: Act, rng: random.Random) -> Appeal:
    page.say(" It asks for ")
    demand = page.say(rng.choice(("an independent inquiry", "a release without conditions")))
    page.say(". Signed by ")
    signed = []
    for at in range(rng.randrange(2, 25)):
        page.say(", " if at else "")
        signed.append(page.say(name(rng.randrange(20_000))))
    page.say(".")
    signatories = tuple(
        Signatory(name=each.exact, anchor=each, country=rng.choice(cities())[1]) for each in signed
    )
    most = len(signed) + rng.randrange(40)
    return Appeal(
        act_id=act.id, kind="open-letter", signatories=signatories,
        signatory_count=Count(least=len(signed), most=most),
        signatory_countries=tuple(sorted({each.country for each in signatories})),
        addressees=("Prosecutor General",), demands=(demand,),
    )  # fmt: skip


def _count(page: Page, rng: random.Random) -> None:
    value = rng.randrange(20, 900)
    page.say("In all ")
    number = page.say(f"{value} people")
    page.say(" have been held in the region this year, lawyers say.\n\n")
    page.figures.append(
        Figure(
            report_id=page.report, value=value, approximate=False, least=None, most=None,
            what="people held", said_by=("lawyers",), anchor=number,
        )
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class InventedCoder:
    """Knows what an invented report tells, since it can be made again from its number."""

    of: int
    name: str = "invented 1.0"

    def code(self, reports: list[Report], codebook: Codebook) -> list[Coding]:
        """One coding a report."""
        return [self._code(report, codebook) for report in reports]

    def _code(self, report: Report, codebook: Codebook) -> Coding:
        number = int(report.name.rpartition("/")[2].removesuffix(".txt"))
        page = Issue(number=number, of=self.of).page(report.id, codebook.digest)
        if page.text != report.text:
            raise ValueError(f"report {number} is not what was made")
        return page.coding()


class PlainText:
    """Takes a capture's bytes for text, in this process."""

    def __enter__(self) -> "PlainText":
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def extract(self, capture: Capture) -> Extracted:
        """The text."""
        digest = sha256(capture.data)
        return Extracted(
            id=report_id(digest), sha256=digest, media_type="text/plain", encoding="utf-8",
            text=capture.data.decode(), origin=capture.origin,
        )  # fmt: skip
