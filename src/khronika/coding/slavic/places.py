"""Where an act was: the place named in its clause, its sentence, or the sentence before."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from khronika.coding.slavic.clauses import clause, clause_verb
from khronika.coding.slavic.morphology import like
from khronika.coding.slavic.phrases import Phrases
from khronika.coding.slavic.words import ParsedReport, ParsedUnit, Word
from khronika.model.acts import Where
from khronika.model.reports import PassageRole
from khronika.text.gazetteer import Place, PlaceKind

LONGEST = 4  # words of the name of a place


@dataclass(frozen=True, slots=True)
class Named:
    """A place named in a unit: its words, and which place it is, if that is certain."""

    words: tuple[Word, ...]
    place: Place | None
    preposition: str

    @property
    def head(self) -> Word:
        """The word that hangs on something else."""
        return next(
            (w for w in self.words if w.head is None or w.head not in self.words), self.words[0]
        )


class Places:
    """The places of one parsed report."""

    def __init__(self, parsed: ParsedReport, phrases: Phrases) -> None:
        self._parsed, self._phrases = parsed, phrases
        self._table = phrases.table
        self._near = self._countries()
        self._found = {u.index: list(self._named(u)) for u in parsed.units}
        self._sections = {u.index: head for u in parsed.units if (head := self._heading(u))}

    def of(self, unit: ParsedUnit, head: Word) -> tuple[Where, ...]:
        """The place of the act that `head` tells; none if nothing names it."""
        named = self._own(unit, head) or self._before(unit, head)
        if named is None:
            return self._of_section(unit)
        return (self._where(unit, named),)

    def _of_section(self, unit: ParsedUnit) -> tuple[Where, ...]:
        """The town that heads the section, in a report whose sections are towns."""
        heads = [index for index in self._sections if index < unit.index]
        if len(self._sections) < 2 or not heads:
            return ()
        last = max(heads)
        return (self._where(self._parsed.units[last], self._sections[last]),)

    def _own(self, unit: ParsedUnit, head: Word) -> Named | None:
        there = [n for n in self._found[unit.index] if n.words[0].sentence == head.sentence]
        verb = clause_verb(head)
        scopes = [set(head.below()), set(clause(verb))]
        if verb.rel in ("conj", "xcomp", "ccomp", "acl:relcl", "advcl") and verb.head is not None:
            scopes.append(set(clause(clause_verb(verb.head))))
        moving = verb.lemma in self._phrases.tongue.moving
        for scope in scopes:
            inside = [n for n in there if any(w in scope for w in n.words)]
            chosen = [n for n in inside if self._locates(n, moving=moving)]
            if chosen:
                return min(chosen, key=lambda n: abs(n.words[0].i - head.i))
            seats = [n for n in inside if self._seat(n)]
            if seats:
                return min(seats, key=lambda n: abs(n.words[0].i - head.i))
        return None

    def _locates(self, named: Named, *, moving: bool) -> bool:
        """True of 'в Гродно'; of 'из Гродно' only where somebody is moved."""
        if named.preposition in ("из", "з", "із", "с", "со"):
            return moving
        return named.preposition in self._phrases.tongue.place_prepositions

    def _seat(self, named: Named) -> bool:
        """'Ленинский суд Мурманска', 'суд города Мурманска': the seat of who acts."""
        head = named.head.head
        while head is not None and head.lemma in self._phrases.tongue.facility:
            head = head.head
        courts = self._phrases.tongue.court | self._phrases.tongue.authority
        return head is not None and head.lemma in courts and not named.preposition

    def _before(self, unit: ParsedUnit, head: Word) -> Named | None:
        """The place of the sentence before, where the telling goes on in the past."""
        verb = clause_verb(head)
        if not (verb.tense == "Past" or verb.short) or head.sentence == 0:
            return None
        there = [
            n
            for n in self._found[unit.index]
            if n.words[0].sentence == head.sentence - 1 and self._locates(n, moving=False)
        ]
        return (
            there[-1] if len({n.words[0].lemma for n in there}) == 1 and there[-1].place else None
        )

    def _heading(self, unit: ParsedUnit) -> Named | None:
        """'КАЗАНЬ — 1 человек': a headline that begins with the name of a place."""
        if unit.unit.role is not PassageRole.HEADLINE or not unit.words:
            return None
        for size in (2, 1):
            run = tuple(unit.words[:size])
            if len(run) == size and all(w.capital for w in run) and (place := self._place(run)):
                return Named(run, place, "")
        return None

    # --- finding ----------------------------------------------------------------------------------

    def _named(self, unit: ParsedUnit) -> Iterator[Named]:
        at = 0
        words = unit.words
        while at < len(words):
            size = self._size(words, at)
            if size:
                run = tuple(words[at : at + size])
                yield Named(run, self._place(run), self._preposition(run))
            at += size or 1

    def _size(self, words: list[Word], at: int) -> int:
        word = words[at]
        if not word.capital or word.entity in ("PER", "ORG"):
            return 0
        if word.entity == "LOC":
            size = 1
            while at + size < len(words) and size < LONGEST:
                following = words[at + size]
                if following.entity != "LOC" or not (
                    following.capital or following.lemma in self._phrases.tongue.facility
                ):
                    break
                size += 1
            return size
        single = word.pos == "PROPN" and self._place((word,)) is not None
        return 1 if single else 0

    def _preposition(self, run: tuple[Word, ...]) -> str:
        """The preposition before a name, also before 'город', 'поселок' that it stands behind."""
        named = Named(run, None, "").head
        for word in (named, *named.above()):
            found = word.preposition()
            if found:
                return found
            if word is not named and word.lemma not in self._phrases.tongue.facility:
                return ""
            if word.rel not in ("appos", "nmod", "flat", "flat:name", "conj", "flat:foreign"):
                return ""
        return ""

    def _place(self, run: tuple[Word, ...]) -> Place | None:
        for name in self._names(run):
            place = self._table.only(name, self._near)
            if place is not None:
                return place
        return None

    def _names(self, run: tuple[Word, ...]) -> Iterator[str]:
        """What a name may be in the nominative."""
        morphology = self._parsed.morphology
        if len(run) == 1:
            yield run[0].lemma
            readings = morphology.readings(run[0].text)
            yield from dict.fromkeys(
                r.lemma for r in readings if r.pos == "NOUN" and "Geox" in r.marks
            )
            yield run[0].text
            return
        yield " ".join(w.text for w in run)
        head = next((w for w in run if w.head is None or w.head not in run), run[-1])
        said = []
        for word in run:
            fits = [r for r in morphology.readings(word.text) if r.case == head.case]
            made = morphology.inflected(word.text, fits[0], "Nom", "Sing") if fits else ""
            said.append(made or word.text)
        yield " ".join(said)

    def _caption(self, named: Named) -> str:
        """The name in the nominative, as captions have it."""
        names = list(self._names(named.words))
        printed = " ".join(w.text for w in named.words)
        if len(named.words) > 1:
            return names[-1]
        made = next((n for n in names if self._table.places(n)), names[0])
        if printed.isupper() and len(printed) > 4:
            printed = printed.title()
        return like(printed, made)

    def _countries(self) -> tuple[str, ...]:
        """The countries that the report names most: they settle which town a name is."""
        counts: Counter[str] = Counter()
        for unit in self._parsed.units:
            for word in unit.words:
                if word.capital and word.entity != "PER":
                    counts.update(
                        p.country
                        for p in self._table.places(word.lemma)
                        if p.kind is PlaceKind.COUNTRY or p.population > 300_000
                    )
        return tuple(country for country, _ in counts.most_common(2))

    def _where(self, unit: ParsedUnit, named: Named) -> Where:
        first, last = named.words[0], named.words[-1]
        anchor = self._parsed.anchor(unit.index, first.start, last.end)
        place = named.place
        name = self._caption(named)
        if place is None:
            return Where(name=name, anchor=anchor)
        return Where(
            name=name,
            anchor=anchor,
            place=place.name,
            country=place.country,
            geonameid=place.geonameid,
        )
