"""Who fills the roles of an act: the deep arguments of a trigger, by the roles of its way."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from khronika.coding.slavic.cast import Cast, Filler
from khronika.coding.slavic.clauses import clause, decided_by
from khronika.coding.slavic.tongue import Tongue
from khronika.coding.slavic.triggers import Candidate
from khronika.coding.slavic.words import ParsedReport, ParsedUnit, Word
from khronika.model.acts import ActorType, MentionForm, Role
from khronika.model.reports import PassageRole

ROLES = {
    "victim": Role.VICTIM,
    "perpetrator": Role.PERPETRATOR,
    "intervener": Role.INTERVENER,
    "addressee": Role.ADDRESSEE,
}
LONGEST_LIST = 500  # items that one sentence may open
WORDS = frozenset({"what", "penalty", "reason"})


@dataclass(slots=True)
class Filled:
    """Who was found in each role, and the words for what is no actor."""

    actors: dict[Role, list[Filler]] = field(default_factory=dict)
    words: dict[str, Word] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """Fills the roles of candidates of one report."""

    cast: Cast
    tongue: Tongue

    def fill(self, candidate: Candidate) -> Filled:
        """Everybody in a role of a candidate's act."""
        filled = Filled()
        places = self._nominal(candidate) if candidate.nominal else self._verbal(candidate)
        for role, word, owner in places:
            self._put(filled, candidate, role, word, owner=owner)
        return filled

    def listed(self, unit: ParsedUnit, parsed: ParsedReport) -> Iterator[Filler]:
        """Who heads each item of the list that a sentence leads in: 'В реестр включены: ...'."""
        if not unit.text.rstrip().endswith(":"):
            return
        for item in parsed.units[unit.index + 1 : unit.index + 1 + LONGEST_LIST]:
            opened = item.text.lstrip()[:1]
            if item.unit.role is not PassageRole.LIST_ITEM and opened not in "-–—•*":
                return
            found = (
                f
                for word in item.words
                if word.sentence == 0 and word.pos in ("NOUN", "PROPN")
                for f in self.cast.fillers(item.index, word)
                if f.type in (ActorType.PERSON, ActorType.ORGANISATION) and f.cast is not None
            )
            first = next(found, None)
            if first is not None:
                yield first

    def _put(
        self, filled: Filled, candidate: Candidate, role: str, word: Word, *, owner: bool
    ) -> None:
        if role in WORDS:
            filled.words.setdefault(role, word)
            return
        if role not in ROLES or (word in candidate.matched and not owner):
            return
        unit = candidate.unit
        held = word.lemma in self.tongue.words["held"] and role == "victim"
        found = self.cast.owners(unit, word) if owner or held else ()
        if not found and not owner:
            found = self.cast.fillers(unit, word)
        if not found and not owner and role in ("victim", "addressee"):
            found = self.cast.owners(unit, word) if word.lemma in self.tongue.words["held"] else ()
        there = filled.actors.setdefault(ROLES[role], [])
        for filler in (*found, *self._among(candidate, word, found)):
            elsewhere = [f for r, fs in filled.actors.items() if r is not ROLES[role] for f in fs]
            if role == "victim" and filler.type is ActorType.COUNTRY:
                continue
            if all(filler.name != other.name for other in (*there, *elsewhere)):
                how = "whose it is" if filler.start != word.start and (owner or held) else ""
                path = tuple(filter(None, (_construction(word), how, *filler.path)))
                there.append(replace(filler, path=path))

    def _among(
        self, candidate: Candidate, word: Word, found: tuple[Filler, ...]
    ) -> Iterator[Filler]:
        """Those named of many: 'задержали шестерых, в том числе Анну Лис и Илью Кима'."""
        if len(found) != 1 or found[0].type is not ActorType.GROUP:
            return
        for child in word.below():
            if child is word or child.rel not in ("appos", "conj", "nmod", "parataxis"):
                continue
            for filler in self.cast.fillers(candidate.unit, child):
                if filler.form is MentionForm.NAME and filler.type is ActorType.PERSON:
                    yield filler

    # --- verbs and phrases ------------------------------------------------------------------------

    def _verbal(self, candidate: Candidate) -> Iterator[tuple[str, Word, bool]]:
        way, args = candidate.entry.way, candidate.arguments
        for word in args.object:
            yield way.object, word, way.owner
        if way.indirect:
            for word in args.indirect:
                yield way.indirect, word, False
        yield from self._prepositions(candidate, [candidate.head, *candidate.matched])
        for word in candidate.matched:
            yield from self._below(candidate, word)
        for word in args.subject:
            yield way.subject, word, False
        if way.subject == "perpetrator" and not args.subject:
            for word in decided_by(candidate.verb or candidate.head):
                yield way.subject, word, False

    def _below(self, candidate: Candidate, word: Word) -> Iterator[tuple[str, Word, bool]]:
        """Genitives and possessives of a word that the pattern holds: 'его арест'."""
        way = candidate.entry.way
        for child in word.children:
            if child in candidate.matched:
                continue
            if way.possessor and child.lower in self.tongue.possessives:
                yield way.possessor, child, False
            if child.rel != "nmod" or child.preposition():
                continue
            loose = [o for o in candidate.arguments.object if o not in candidate.matched]
            if way.of and child.case in ("Gen", "") and not word.preposition():
                yield way.of, child, False
            elif not loose and (child.case == "Acc" or child.animate):
                yield way.object, child, False  # 'отправил под арест редактора Анну Лис'

    def _prepositions(
        self, candidate: Candidate, tops: list[Word]
    ) -> Iterator[tuple[str, Word, bool]]:
        """Nouns behind a preposition that the way names, at the trigger or its objects."""
        mapping = candidate.entry.way.prepositions
        if not mapping:
            return
        args = candidate.arguments
        around = [*tops, *args.object, *(args.subject if args.passive else ())]
        seen: set[int] = set()
        for top in around:
            for child in top.children:
                if child.i in seen or child.rel in ("nsubj", "nsubj:pass"):
                    continue
                role = mapping.get(child.preposition())
                if role:
                    seen.add(child.i)
                    yield role, child, False
                yield from self._fixed(child, mapping)
        if candidate.verb is None and not candidate.nominal:
            yield from self._astray(candidate.head, mapping, seen)

    def _astray(
        self, verb: Word, mapping: Mapping[str, str], seen: set[int]
    ) -> Iterator[tuple[str, Word, bool]]:
        """'По итогам митинга в отношении X возбуждено дело': X hung on another noun."""
        for word in clause(verb):
            preposition = word.preposition()
            role = mapping.get(preposition) if " " in preposition and word.i not in seen else None
            if role and (word.i < verb.i or word.entity == "PER" or _names(word)):
                yield role, word, False

    def _fixed(self, child: Word, mapping: Mapping[str, str]) -> Iterator[tuple[str, Word, bool]]:
        """'в отношении X', 'со стороны X', where the parser takes the noun for one of its own."""
        said = f"{child.preposition()} {child.lower}"
        role = mapping.get(said)
        if role:
            for inner in child.children:
                if inner.rel in ("nmod", "appos", "flat:name") and inner.case in ("Gen", ""):
                    yield role, inner, False

    # --- nouns ------------------------------------------------------------------------------------

    def _nominal(self, candidate: Candidate) -> Iterator[tuple[str, Word, bool]]:
        way, head = candidate.entry.way, candidate.head
        for top in [head, *(w for w in candidate.matched if w is not head)]:
            for child in top.children:
                if child in candidate.matched or child.preposition():
                    continue
                if child.lower in self.tongue.possessives and way.possessor:
                    yield way.possessor, child, False
                elif child.rel in ("nmod", "obl", "appos", "flat:name") and child.case in (
                    "Gen",
                    "",
                ):
                    yield way.of, child, way.owner
                elif child.rel in ("nmod", "obl", "iobj") and child.case == "Ins":
                    yield way.by, child, False
                elif child.case == "Dat" and way.indirect:
                    yield way.indirect, child, False
        tops = [head, *candidate.matched]
        if candidate.verb is not None:
            tops.append(candidate.verb)
            yield from self._of_verb(candidate, candidate.verb)
        yield from self._prepositions(candidate, tops)

    def _of_verb(self, candidate: Candidate, verb: Word) -> Iterator[tuple[str, Word, bool]]:
        """'полиция провела обыск', 'он подвергся избиению', 'ему вынесли приговор'."""
        way, args = candidate.entry.way, candidate.arguments
        undergone = verb.lemma in self.tongue.words["undergo"]
        if undergone:
            for word in args.subject or args.object:
                if candidate.head not in word.below():
                    yield way.of or "victim", word, False
            return
        faces = verb.lemma in self.tongue.words["face"]
        if way.indirect or faces:
            for word in args.indirect:
                yield way.indirect or way.of, word, False
        direct = candidate.head in args.object or candidate.head.rel in ("obj", "nsubj:pass")
        if direct:
            for word in args.subject or tuple(decided_by(verb)):
                if word is not candidate.head:
                    yield way.subject or way.by, word, False


def _names(word: Word) -> bool:
    """True of a description that a name stands behind: 'директора фонда Анны Лис'."""
    return any(c.entity in ("PER", "ORG") for c in word.below())


CONSTRUCTIONS = {
    "nsubj": "subject",
    "nsubj:pass": "subject of a passive",
    "obj": "object",
    "iobj": "dative",
    "det": "possessive",
}
CASES = {"Ins": "in the instrumental", "Gen": "in the genitive", "Dat": "in the dative"}


def _construction(word: Word) -> str:
    """How a word hangs on the telling, in words."""
    preposition = word.preposition()
    if preposition:
        return f"behind '{preposition}'"
    return CONSTRUCTIONS.get(word.rel) or CASES.get(word.case, "")
