"""A shallow parse by morphology, order and the edges of clauses, where no parser is to be had.

Words get the parts of speech, features and relations of Universal Dependencies that the shared
steps ask for. What it does not see: arguments shared far off, attachment that only sense decides.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import metadata

from khronika.coding.slavic.attaching import Attacher
from khronika.coding.slavic.chunking import Chunker, Phrase
from khronika.coding.slavic.cutting import sentences
from khronika.coding.slavic.declension import NameForms
from khronika.coding.slavic.entities import Entities
from khronika.coding.slavic.grammar import Grammar
from khronika.coding.slavic.mending import mend
from khronika.coding.slavic.morphology import Morphology
from khronika.coding.slavic.tagging import Tagged, Tagger
from khronika.coding.slavic.tongue import Tongue
from khronika.coding.slavic.words import Sentence, Word
from khronika.text.gazetteer import Gazetteer

BREAKS = frozenset(",;:—–()-")
STRONG = frozenset(";:")


@dataclass(eq=False, slots=True)
class Segment:
    """What stands between two signs: tokens `[first, last)` and the sign before."""

    first: int
    last: int
    sign: str


@dataclass(eq=False, slots=True, kw_only=True)
class Clause:
    """A clause: its verb, its phrases, what it hangs on."""

    parent: "Clause | None" = None
    rel: str = "root"
    noun: Word | None = None
    verb: Word | None = None
    others: list[Word] = field(default_factory=list)  # infinitives and gerunds
    phrases: list[Phrase] = field(default_factory=list)
    small: list[Word] = field(default_factory=list)  # marks, particles, adverbs


class ShallowParser:
    """Parses a language from its dictionary alone."""

    def __init__(
        self, morphology: Morphology, grammar: Grammar, tongue: Tongue, table: Gazetteer
    ) -> None:
        self._tagger = Tagger(morphology, grammar)
        forms = NameForms(morphology=morphology, declensions=tongue.declensions, fixed=tongue.fixed)
        self._entities = Entities(grammar, tongue, table, forms)
        self._chunker = Chunker(grammar)
        self._attacher = Attacher(grammar, tongue)
        self._grammar, self._tongue = grammar, tongue

    @property
    def name(self) -> str:
        """Name and version of what parses."""
        return f"pymorphy3 {metadata.version('pymorphy3')}"

    def parse(self, texts: Sequence[str]) -> list[list[Sentence]]:
        """The sentences of each text, in order."""
        tagged: list[list[list[Tagged]]] = []
        for text in texts:
            first, made = 0, []
            for index, tokens in enumerate(sentences(text)):
                made.append(self._tagger.sentence(tokens, first, index))
                first += len(tokens)
            tagged.append(made)
        self._entities.mark([s for each in tagged for s in each])
        return [[self._sentence(words) for words in each] for each in tagged]

    def _sentence(self, words: list[Tagged]) -> Sentence:
        phrases = self._chunker.phrases(words)
        clauses = self._clauses(words, phrases)
        for clause in clauses:
            self._hang(words, clause)
        for clause in clauses:
            self._link(clause)
        self._attacher.spread(phrases)
        plain = [t.word for t in words]
        _rest(plain, clauses)
        mend(plain)
        for word in plain:
            if word.head is not None:
                word.head.children.append(word)
        return Sentence(plain)

    # --- clauses ----------------------------------------------------------------------------------

    def _clauses(self, words: Sequence[Tagged], phrases: Sequence[Phrase]) -> list[Clause]:
        found = [Clause()]
        current = found[0]
        for segment in self._segments(words, phrases):
            clause = self._clause_of(words, segment, phrases, current)
            inside = self._inserted(words, segment) and current.verb is None
            if clause not in found:
                found.append(clause)
            self._take(words, segment, phrases, clause)
            gerund = clause.verb is not None and clause.verb.form == "Conv"
            if not (inside or gerund):
                current = clause
        return found

    def _segments(self, words: Sequence[Tagged], phrases: Sequence[Phrase]) -> Iterator[Segment]:
        """Cut at signs, and at 'і' between two verbs."""
        first, sign, verb = 0, "", False
        inside = {i for p in phrases for i in range(p.first, p.last)}
        joint = -1
        for at, tagged in enumerate(words):
            word = tagged.word
            if word.text in BREAKS and at not in inside:
                yield Segment(first, at, sign)
                first, sign, verb, joint = at + 1, word.text, False, -1
            elif word.pos == "CCONJ" and verb:
                joint = at
            elif _finite(word) and word.lemma != "бути":
                if verb and joint > first:
                    yield Segment(first, joint, sign)
                    first, sign, joint = joint, "", -1
                verb = True
            elif word.form == "Inf" and verb and joint == at - 1 and joint > first:
                joint = -1
        yield Segment(first, len(words), sign)

    def _clause_of(
        self, words: Sequence[Tagged], segment: Segment, phrases: Sequence[Phrase], current: Clause
    ) -> Clause:
        """The clause that a segment belongs to: the current one, one above, or a new one."""
        verb = _verb_of(words, segment)
        opener = _opener(words, segment)
        if verb is None:
            contrast = opener is not None and opener.lower in self._grammar.words["but"]
            if contrast and segment.sign and current.verb is not None:
                return Clause(parent=_main(current), rel="parataxis")
            return current
        relative = self._relative(words, segment)
        if relative is not None:
            noun = _antecedent(segment, phrases)
            return Clause(parent=current, rel="acl:relcl" if noun else "advcl", noun=noun)
        if opener is not None and opener.pos == "SCONJ":
            return self._subordinate(opener, segment, words, phrases, current)
        if verb.form == "Conv":
            return Clause(parent=current, rel="advcl")
        if self._inserted(words, segment):
            return Clause(parent=current, rel="parataxis")
        return self._beside(verb, opener, segment, current)

    def _beside(self, verb: Word, opener: Word | None, segment: Segment, current: Clause) -> Clause:
        """A main clause, or one coordinated with the clause before."""
        if current.verb is None:
            return current
        above = current
        while above.parent is not None and above.rel != "conj":
            if above.parent.verb is None:
                return above.parent
            above = above.parent
        joined = opener is not None and opener.lower in self._grammar.words["and"]
        inner = segment.sign == "" or (joined and _parallel(verb, current.verb))
        target = current if inner else above
        return Clause(parent=target, rel="conj" if joined or segment.sign == "," else "parataxis")

    def _subordinate(
        self,
        opener: Word,
        segment: Segment,
        words: Sequence[Tagged],
        phrases: Sequence[Phrase],
        current: Clause,
    ) -> Clause:
        if opener.lower != "що":
            return Clause(parent=current, rel="advcl")
        said = current.verb is not None and current.verb.lemma in self._tongue.say
        before = next((p for p in reversed(phrases) if p.last <= segment.first), None)
        near = before is not None and before.last == segment.first - 1
        at = opener.i - words[0].word.i + 1
        behind = at < len(words) and _finite(words[at].word)
        if not said and near and behind and before is not None and before.head.pos == "NOUN":
            opener.pos, opener.lemma = "PRON", "що"
            opener.number, opener.case = "", "Nom"
            return Clause(parent=current, rel="acl:relcl", noun=before.head)
        return Clause(parent=current, rel="ccomp")

    def _relative(self, words: Sequence[Tagged], segment: Segment) -> Word | None:
        """The relative pronoun that opens a segment, behind a preposition or a noun at most."""
        for tagged in words[segment.first : min(segment.last, segment.first + 4)]:
            if tagged.word.lemma in self._grammar.words["relative"] and segment.sign:
                return tagged.word
            if tagged.word.lower in self._grammar.words["where"] and segment.sign:
                return tagged.word
            if tagged.word.pos not in ("ADP", "NOUN", "PUNCT"):
                break
        return None

    def _inserted(self, words: Sequence[Tagged], segment: Segment) -> bool:
        """', каже сусідка,', ', повідомив адвокат': a verb of saying and who says it."""
        inside = [t.word for t in words[segment.first : segment.last] if t.word.pos != "PUNCT"]
        if not inside or not segment.sign:
            return False
        verb = next((w for w in inside[:2] if w.pos == "VERB"), None)
        finite = [w for w in inside if _finite(w)]
        return verb is not None and verb.lemma in self._tongue.say and len(finite) == 1

    def _take(
        self, words: Sequence[Tagged], segment: Segment, phrases: Sequence[Phrase], clause: Clause
    ) -> None:
        """Put the words of a segment into its clause."""
        inside = {i for p in phrases for i in range(p.first, p.last)}
        verb = _verb_of(words, segment)
        for at in range(segment.first, segment.last):
            word = words[at].word
            if word is verb and clause.verb is None:
                clause.verb = word
            elif word.pos == "VERB":
                clause.others.append(word)
            elif at not in inside and word.pos != "PUNCT":
                clause.small.append(word)
        clause.phrases += [p for p in phrases if segment.first <= p.first < segment.last]

    # --- inside a clause --------------------------------------------------------------------------

    def _hang(self, words: Sequence[Tagged], clause: Clause) -> None:
        verbs = [w for w in (clause.verb, *clause.others) if w is not None]
        self._predicate(clause)
        self._attacher.chain(words, clause.phrases, verbs)
        verb = clause.verb
        if verb is None:
            self._attacher.verbless(clause.phrases)
            return
        infinitives = self._infinitives(clause, verb)
        negated = any(w.lower in ("не", "ні", "ані") and 0 < verb.i - w.i < 3 for w in clause.small)
        for host in (*reversed(infinitives), verb):
            behind = [p for p in clause.phrases if host is verb or p.head.i > host.i]
            self._attacher.fill(host, behind, negated=negated)
        for word in clause.small:
            _small(word, verb, clause)

    def _predicate(self, clause: Clause) -> None:
        """'Активістка затримана', 'був звільнений': a participle is the verb of its clause."""
        if clause.verb is not None and clause.verb.lemma != "бути":
            return
        for phrase in clause.phrases:
            head = phrase.head
            upright = head.form == "Part" and "Nom" in phrase.cases and not phrase.preposition
            if upright and not phrase.modifiers:
                being = clause.verb
                head.pos, head.short, head.tense = "VERB", True, "Past"
                phrase.settle("Nom")
                head.case = ""
                if being is not None:
                    being.pos, being.head, being.rel = "AUX", head, "aux:pass"
                    head.tense = being.tense or "Past"
                clause.verb = head
                clause.phrases.remove(phrase)
                return

    def _infinitives(self, clause: Clause, verb: Word) -> list[Word]:
        """Hang what else is a verb: infinitives, helpers, verbs without a joint."""
        found: list[Word] = []
        for word in clause.others:
            if word.lemma == "бути" and word.form == "Fin":
                word.pos, word.head, word.rel = "AUX", verb, "aux"
            elif word.form == "Inf":
                above = found[-1] if found and word.i - found[-1].i > 1 else verb
                word.head, word.rel = (above, "conj") if above is not verb else (verb, "xcomp")
                found.append(word)
            else:
                word.head, word.rel = verb, "advcl" if word.form == "Conv" else "conj"
                found.append(word)
        return found

    def _link(self, clause: Clause) -> None:
        """Hang a clause on what it belongs to."""
        top = _top(clause)
        if top is None or clause.parent is None:
            return
        above = clause.noun or _top(clause.parent)
        if above is not None and above is not top:
            top.head, top.rel = above, clause.rel


def _finite(word: Word) -> bool:
    return word.pos == "VERB" and (word.form == "Fin" or word.short)


def _verb_of(words: Sequence[Tagged], segment: Segment) -> Word | None:
    """The verb that makes a segment a clause: a finite one, else a gerund."""
    inside = [t.word for t in words[segment.first : segment.last]]
    finite = [w for w in inside if _finite(w)]
    other = [w for w in finite if w.lemma != "бути"]
    gerund = [w for w in inside if w.pos == "VERB" and w.form == "Conv"]
    return next(iter(other or finite or gerund), None)


def _opener(words: Sequence[Tagged], segment: Segment) -> Word | None:
    """The conjunction that opens a segment."""
    for tagged in words[segment.first : min(segment.last, segment.first + 3)]:
        if tagged.word.pos in ("SCONJ", "CCONJ"):
            return tagged.word
        if tagged.word.pos not in ("PUNCT", "PART", "ADV"):
            return None
    return None


def _antecedent(segment: Segment, phrases: Sequence[Phrase]) -> Word | None:
    """The noun that a relative pronoun takes up: the nearest."""
    before = [p for p in phrases if p.last <= segment.first and not p.date]
    return before[-1].head if before else None


def _main(clause: Clause) -> Clause:
    while clause.parent is not None and clause.rel != "conj":
        clause = clause.parent
    return clause


def _parallel(verb: Word, other: Word | None) -> bool:
    return other is not None and verb.number == other.number and verb.tense == other.tense


def _top(clause: Clause) -> Word | None:
    if clause.verb is not None:
        return clause.verb
    free = [p.head for p in clause.phrases if p.head.head is None]
    return free[0] if free else None


def _small(word: Word, verb: Word, clause: Clause) -> None:
    """Particles, adverbs and conjunctions hang on the verb, 'не' on what it stands before."""
    if word.head is not None or word is verb:
        return
    if word.lower in ("а", "але", "проте", "однак"):
        word.head, word.rel = verb, "advmod"  # a contrast shares nothing
        return
    rels = {"SCONJ": "mark", "CCONJ": "cc", "ADV": "advmod", "PART": "advmod", "PRON": "nsubj"}
    hosts = (
        [v for v in (verb, *clause.others) if v.i > word.i] if word.pos in ("PART", "ADV") else []
    )
    host = min(hosts, key=lambda v: v.i) if hosts else verb
    word.head, word.rel = host, rels.get(word.pos, "dep")


def _rest(words: Sequence[Word], clauses: Sequence[Clause]) -> None:
    """Hang whatever is left on the first clause, which is the root."""
    top = next((t for c in clauses if (t := _top(c)) is not None and t.head is None), None)
    top = top or next((w for w in words if w.head is None and w.pos != "PUNCT"), words[0])
    top.rel = "root"
    for word in words:
        if word.head is None and word is not top:
            word.head = top
            word.rel = "punct" if word.pos == "PUNCT" else word.rel or "dep"
