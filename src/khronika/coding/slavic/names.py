"""Names of people and organisations as they stand, with their nominative.

Captions are nominative, whatever case the report uses: a name's gender and case are found for all
its words together, then each is put into the nominative.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field

from khronika.coding.slavic.declension import NameForms
from khronika.coding.slavic.morphology import Reading
from khronika.coding.slavic.words import ParsedUnit, Word, plain

GENDERS = ("Masc", "Fem")
CASES = ("Nom", "Gen", "Dat", "Acc", "Ins", "Loc")
LONGEST_NAME = 6  # words
OPENING, CLOSING = '«„“"', '»”"'


@dataclass(eq=False, slots=True, kw_only=True)
class Naming:
    """A name where it stands: words `[first, last)` of a unit, and how it reads.

    `given`, `patronymic` and `family` are keys to compare by: lemmas in lower case; an initial is
    one letter. `name` is the nominative as printed. `head` carries its grammar.
    """

    unit: int
    first: int
    last: int
    start: int
    end: int
    kind: str  # "person" or "organisation"
    name: str = field(repr=False)
    exact: str = field(repr=False)
    head: Word
    gender: str = ""
    given: str = ""
    patronymic: str = ""
    family: str = ""
    families: frozenset[str] = frozenset()
    key: tuple[str, ...] = ()
    nominative: bool = False
    case: str = ""


def people_in(unit: ParsedUnit, forms: NameForms) -> Iterator[Naming]:
    """Every name of a person in a unit."""
    for sentence in unit.sentences:
        at = 0
        words = sentence.words
        while at < len(words):
            size = _person_run(words, at, forms)
            if size:
                yield _person(unit, words[at : at + size], forms)
            at += size or 1


def _person_run(words: Sequence[Word], at: int, forms: NameForms) -> int:
    """How many words from `at` on are one name of a person; 0 for none."""
    if not _begins(words, at, forms):
        return 0
    end = at
    while end < len(words) and end - at < 2 * LONGEST_NAME:
        word = words[end]
        dot = word.text == "." and _initial(words[end - 1]) if end > at else False
        inside = _initial(word) and end + 1 < len(words) and words[end + 1].text == "."
        follows = end > at and word.pos == "PROPN" and _has(words[end - 1], "Name", forms)
        named = word.entity == "PER" or _nameish(word, forms) or (follows and not word.entity)
        if not (dot or inside or (word.capital and word.text[0].isalpha() and named)):
            break
        if end > at and not dot and _new_name(words[at:end], word, forms):
            break
        end += 1
    while end > at and words[end - 1].text == "." and not _initial(words[end - 2]):
        end -= 1
    letters = [w for w in words[at:end] if len(w.text) > 1 and w.text != "."]
    if len(letters) == 1 and _of_family(letters[0], forms):
        return 0
    return end - at if letters else 0


def _of_family(word: Word, forms: NameForms) -> bool:
    """True of a plural: 'Алиевых', 'Ивановы' are a family, no one person."""
    singular = any(r.known and r.number != "Plur" for r in forms.readings(word.text))
    many = word.number == "Plur" and word.lower.endswith(("ы", "ым"))
    return not singular and (many or word.lower.endswith(("ых", "их")))


def _new_name(before: Sequence[Word], word: Word, forms: NameForms) -> bool:
    """True if a second given name shows that another person's name begins: 'Анна Илья'."""
    full = [w for w in before if len(w.text) > 1]
    return len(full) >= 3 and _has(word, "Name", forms) and not _has(word, "Surn", forms)


def _begins(words: Sequence[Word], at: int, forms: NameForms) -> bool:
    word = words[at]
    if not word.capital or not word.text[0].isalpha():
        return False
    if _initial(word):
        following = words[at + 1 : at + 5]
        named = any(w.entity == "PER" and len(w.text) > 1 for w in following)
        return len(following) > 1 and following[0].text == "." and named
    if word.entity == "PER":
        return True
    if word.entity in ("ORG", "LOC"):
        return False
    return word.pos == "PROPN" and _nameish(word, forms)


def _initial(word: Word) -> bool:
    return len(word.text) == 1 and word.text.isupper()


def _nameish(word: Word, forms: NameForms) -> bool:
    """True of a capitalised word that the dictionary knows as part of a person's name."""
    if (
        not word.capital
        or word.entity in ("ORG", "LOC")
        or len(word.text) < 3
        or word.text.isupper()
    ):
        return False
    readings = forms.readings(word.text)
    return word.pos in ("PROPN", "NOUN") and any(
        r.known and (r.given or r.family or r.patronymic) and r.score > 0.05 for r in readings
    )


def _has(word: Word, mark: str, forms: NameForms) -> bool:
    return any(mark in r.marks and r.known for r in forms.readings(word.text))


def _person(unit: ParsedUnit, words: Sequence[Word], forms: NameForms) -> Naming:
    full = [w for w in words if len(w.text) > 1]
    gender, case = gender_and_case(full, forms)
    printed = []
    for word in words:
        if len(word.text) == 1:
            printed.append(word.text)
        else:
            printed.append(nominative(word, gender, case, forms))
    name = " ".join(printed).replace(" .", ".")
    parts = _parts(words, gender, case, forms)
    head = next((w for w in words if w.head is None or w.head not in words), words[0])
    return Naming(
        unit=unit.index,
        first=words[0].i,
        last=words[-1].i + 1,
        start=words[0].start,
        end=words[-1].end,
        kind="person",
        name=name,
        exact=unit.text[words[0].start : words[-1].end],
        head=head,
        gender=gender,
        given=parts[0],
        patronymic=parts[1],
        family=parts[2],
        families=parts[3],
        nominative=case == "Nom",
        case=case if gender else "",
    )


def _fits(reading: Reading, gender: str, case: str) -> bool:
    if reading.number == "Plur" or reading.pos not in ("NOUN", "ADJF"):
        return False
    same = reading.gender in (gender, "") or "ms-f" in {m.lower() for m in reading.marks}
    return same and (reading.case == case or "Fixd" in reading.marks)


def gender_and_case(words: Sequence[Word], forms: NameForms) -> tuple[str, str]:
    """The gender and case that suit all the words of a name best; ("", "Nom") if nothing does."""
    best, found = 0.0, ("", "Nom")
    for gender in GENDERS:
        for case in CASES:
            score = sum(_suits(word, gender, case, forms) for word in words)
            score += _agreement(words, gender, case)
            if score > best:
                best, found = score, (gender, case)
    return found


def _suits(word: Word, gender: str, case: str, forms: NameForms) -> float:
    """How well one word bears a gender and case."""
    worth = 0.0
    for reading in forms.readings(word.text):
        if _fits(reading, gender, case):
            named = reading.given or reading.family or reading.patronymic
            sure = reading.given or reading.patronymic
            worth = max(worth, 1 + named * reading.known + sure + (0.2 if reading.known else 0))
    if not worth:
        return 0.0
    return worth + (0.6 if word.case == case else 0.0) + (0.3 if word.gender == gender else 0.0)


ROLES = {"obj": ("Acc",), "nsubj": ("Nom",), "nsubj:pass": ("Nom",), "iobj": ("Dat",)}


def _agreement(words: Sequence[Word], gender: str, case: str) -> float:
    """What the verb and the noun beside a name say of its gender and case."""
    head = next((w for w in words if w.head is None or w.head not in words), words[0])
    if head.head is not None and head.head.entity == "PER" and len(head.head.text) == 1:
        head = head.head  # the initial before a family name
    above = head.head
    if above is None:
        return 0.0
    return _gender_beside(head, above, gender) + 0.5 * (case in ROLES.get(head.rel, ()))


def _gender_beside(head: Word, above: Word, gender: str) -> float:
    if head.rel.startswith("nsubj") and above.gender in GENDERS and above.tense == "Past":
        return 1.5 if above.gender == gender else -1.5
    if head.rel in ("appos", "flat:name") and above.animate and above.gender == gender:
        return 0.3
    return 0.0


def nominative(word: Word, gender: str, case: str, forms: NameForms) -> str:
    """A word of a name in the nominative, as it is printed."""
    fitting = [r for r in forms.readings(word.text) if _fits(r, gender, case)]
    if not fitting or case == "Nom":
        return word.text
    best = max(
        fitting,
        key=lambda r: (
            r.given or r.family or r.patronymic,
            r.known,
            "Fixd" not in r.marks,
            r.animate,
            r.score,
        ),
    )
    if "Fixd" in best.marks:
        return word.text
    return forms.nominative(word.text, best, gender) or word.text


def _parts(
    words: Sequence[Word], gender: str, case: str, forms: NameForms
) -> tuple[str, str, str, frozenset[str]]:
    """The keys of given name, patronymic and family name, and all that the last may be."""
    given = patronymic = family = ""
    families: frozenset[str] = frozenset()
    full = [w for w in words if w.text != "."]
    for at, word in enumerate(full):
        if _initial(word):
            letter = word.text.lower()
            given, patronymic = (given or letter), (letter if given else patronymic)
            continue
        readings = [r for r in forms.readings(word.text) if _fits(r, gender, case)]
        is_given = any(r.given for r in readings)
        is_patronymic = any(r.patronymic for r in readings)
        is_family = any(r.family for r in readings)
        if is_patronymic and (given or at) and not patronymic:
            patronymic = _lemma(readings, "Patr", word)
        elif is_given and not given and not (is_family and len(full) == 1):
            given = _lemma(readings, "Name", word)
        elif not family:
            family = _lemma(readings, "Surn", word)
            families = frozenset(r.lemma for r in readings if r.family) or frozenset(
                {r.lemma for r in readings} | {plain(word.text)}
            )
        elif not given:
            given = _lemma(readings, "Name", word)
    return given, patronymic, family, families


def _lemma(readings: Sequence[Reading], mark: str, word: Word) -> str:
    marked = [r for r in readings if mark in r.marks] or list(readings)
    return marked[0].lemma if marked else plain(word.text)


def surnames_in(
    unit: ParsedUnit, known: Collection[str], taken: Collection[tuple[int, int]], forms: NameForms
) -> Iterator[Naming]:
    """Family names of people named elsewhere in the report, where the parser saw no name."""
    for word in unit.words:
        free = (unit.index, word.i) not in taken and word.entity not in ("ORG", "LOC")
        if not (free and word.capital and word.pos in ("NOUN", "PROPN", "ADJ")):
            continue
        opens = word is unit.sentences[word.sentence].words[0]
        lemmas = {r.lemma for r in forms.readings(word.text)} | {plain(word.text)}
        fits = {plain(word.text)} if opens else lemmas
        if fits & set(known) and word.text[1:2].islower():
            yield _person(unit, [word], forms)


def quoted_in(unit: ParsedUnit) -> Iterator[tuple[int, int]]:
    """Short runs of words between quotation marks that begin with a capital: `[first, last)`."""
    words = unit.words
    for at, word in enumerate(words):
        if word.text not in OPENING:
            continue
        end = next(
            (
                i
                for i in range(at + 1, min(at + 2 + LONGEST_NAME, len(words)))
                if words[i].text in CLOSING
            ),
            None,
        )
        if end is None or end == at + 1 or not words[at + 1].text[:1].isupper():
            continue
        inside = words[at + 1 : end]
        speech = (
            any(w.form == "Fin" and w.pos == "VERB" for w in inside) or inside[-1].text in ".!?,"
        )
        if not speech:
            yield at + 1, end
