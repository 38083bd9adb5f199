"""Walks a report from left to right and says of each name, description and pronoun who it is."""

from dataclasses import replace

from spacy.tokens import Token

from khronika.coding.cast_addressed import addressed
from khronika.coding.cast_ahead import named_later
from khronika.coding.cast_beside import agents_of, examples, named_beside
from khronika.coding.cast_board import Board, Resolved
from khronika.coding.cast_described import described
from khronika.coding.cast_evidence import PERSON, PLACE
from khronika.coding.cast_names import Naming
from khronika.coding.cast_phrase_ends import is_plural
from khronika.coding.cast_phrases import Phrase, read_phrase
from khronika.coding.cast_pronouns import of_number, of_pronoun
from khronika.coding.cast_scene import THING, Referent
from khronika.coding.parsed import ParsedUnit
from khronika.model.acts import ActorType, MentionForm
from khronika.text.people import words

NOMINAL = frozenset({"NOUN", "PROPN", "NUM", "DET"})
VERBAL = frozenset({"ADJ", "VERB"})  # "the detained", "those arrested"
BARE = frozenset({"both", "police"})
CALLING = frozenset({"call", "nickname", "dub", "name", "know"})
RELATIVES = frozenset({"who", "whom", "which", "that", "whose"})
ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "pobj"})
PREDICATING = words("predicating")
ASKING = frozenset({"request", "demand", "order", "notice", "pressure", "warrant", "appeal"})


class Walk(Board):
    """One pass over a report, in the order of the text."""

    def go(self) -> None:
        """Resolve every unit."""
        for unit in self.parsed.units:
            self.section += self.in_headline(unit)
            for token in unit.tokens:
                if token.is_sent_start or token.i == 0:
                    self.sentence += 1
                self._meet(unit, token)

    def _meet(self, unit: ParsedUnit, token: Token) -> None:
        place = (unit.index, token.i)
        if place in self.naming_at:
            index, naming = self.naming_at[place]
            if token.i == naming.end - 1:
                self._meet_name(unit, index, naming)
            return
        word = token.text.lower()
        if place in self.resolved:
            return
        if token.orth_ == '"' and self.speech.quoted(unit.index, token.i + 1):
            self.addressees[place] = addressed(self, unit, token.nbor())
            return
        if self.people.pronouns.get(word) == "second" and token.pos_ == "PRON":
            self._settle(unit, token, self._spoken_to(place))
            return
        if word in self.people.pronouns:
            referents = of_pronoun(self, unit, token, self.people.pronouns[word])
            self._settle(unit, token, referents)
            self._keep_nickname(unit, token, referents)
        elif token.pos_ in NOMINAL or word in BARE or (token.pos_ in VERBAL and token.n_lefts):
            self._meet_noun(unit, token)

    def _spoken_to(self, place: tuple[int, int]) -> tuple[Referent, ...]:
        """Whom "you" means in a quotation."""
        opened = self.speech.opened(*place)
        return self.addressees.get((place[0], opened), ()) if opened is not None else ()

    def _keep_nickname(
        self, unit: ParsedUnit, token: Token, referents: tuple[Referent, ...]
    ) -> None:
        """As in "her friends call her Chelo": a name that is first met there is hers."""
        verb = token.head if token.dep_ != "poss" or not token.i else token.nbor(-1)
        if verb.lemma_.lower() not in CALLING or len(referents) != 1 or not referents[0].human:
            return
        for i in range(token.i + 1, min(token.i + 5, len(unit.doc))):
            found = self.naming_at.get((unit.index, i))
            if found is None:
                continue
            index, naming = found
            new = self.members[index].first == (unit.index, naming.start)
            if new and self.members[index].kind == PERSON and referents[0].cast is not None:
                self.nicknames[index] = referents[0].cast
            return

    def _meet_name(self, unit: ParsedUnit, index: int, naming: Naming) -> None:
        head = unit.doc[naming.start : naming.end].root
        referent = self.referent(index) or self._capital(index, head)
        if referent is None:
            return
        found = Resolved(
            referents=(referent,),
            form=MentionForm.NAME,
            start=naming.start,
            end=naming.end,
            classes=referent.classes,
        )
        for i in range(naming.start, naming.end):
            self.resolved[unit.index, i] = found
        self.show(unit, head, (referent,), named=True)
        self.show_list(unit, naming)

    def _capital(self, index: int, head: Token) -> Referent | None:
        """A capital stands for its government where it acts: "at Paris's request"."""
        member = self.members[index]
        country = self.people.capitals.get(member.name.lower(), "")
        if member.kind != PLACE or not country:
            return None
        prep = head.head
        acts = head.dep_ == "nsubj" or (
            head.dep_ in ("pobj", "poss")
            and (prep.text.lower() == "by" or {prep.lemma_, prep.head.lemma_} & ASKING)
        )
        if not acts:
            return None
        return Referent(
            name=member.name, type=ActorType.COUNTRY, cast=index, classes=frozenset({"country"})
        )

    def _meet_noun(self, unit: ParsedUnit, token: Token) -> None:
        if self._is_modifier(token) and (unit.index, token.i + 1) not in self.naming_at:
            self._meet_modifier(unit, token)
            return
        number = of_number(self, unit, token)
        if number:
            self._settle(unit, token, number)
            self._settle_part(unit, token, number)
            return
        phrase = read_phrase(token, self.people)
        if phrase is None or not self._meet_phrase(unit, token, phrase):
            self._meet_thing(unit, token)

    def _settle_part(self, unit: ParsedUnit, token: Token, whole: tuple[Referent, ...]) -> None:
        """In "five of them" the pronoun is the same group."""
        for of in token.rights:
            for inner in of.rights if of.text == "of" else ():
                if inner.text.lower() in ("them", "us"):
                    self._settle(unit, inner, whole)

    def _meet_modifier(self, unit: ParsedUnit, token: Token) -> None:
        """As in "police" in "police raids" acts, but draws no pronoun to itself."""
        phrase = read_phrase(token, self.people)
        if phrase is None or "authority" not in phrase.classes or phrase.weak:
            return
        self.resolved[unit.index, token.i] = Resolved(
            referents=(self._own(unit, phrase),),
            form=MentionForm.DESCRIPTION,
            start=token.i,
            end=token.i + 1,
            classes=phrase.classes,
            phrase=phrase,
        )

    def _is_modifier(self, token: Token) -> bool:
        """True for a noun that only qualifies the next one: "police" in "police raid"."""
        if token.dep_ not in ("compound", "amod", "nmod", "quantmod", "npadvmod"):
            return False
        nominal = token.head.pos_ in ("NOUN", "PROPN", "ADJ") or token.dep_ == "compound"
        return nominal and token.head.i > token.i

    def _meet_thing(self, unit: ParsedUnit, token: Token) -> None:
        """What cannot act still draws "it" and "they" to itself."""
        if token.pos_ == "NOUN" and token.dep_ in ARGUMENTS:
            thing = Referent(
                name=token.text, type=ActorType.GROUP, plural=is_plural(token), classes=THING
            )
            self.show(unit, token, (thing,))

    def _meet_phrase(self, unit: ParsedUnit, token: Token, phrase: Phrase) -> bool:
        """Resolve a description; False where it brings no actor up."""
        referents = self._predicated(unit, phrase) or self._referents_of(unit, phrase)
        own = len(referents) == 1 and referents[0].cast is None
        if (phrase.weak and own) or _is_branded(phrase):
            return False
        self.resolved[unit.index, token.i] = Resolved(
            referents=referents,
            form=MentionForm.DESCRIPTION,
            start=phrase.start,
            end=phrase.end,
            classes=phrase.classes if own else phrase.classes | referents[0].classes,
            phrase=phrase,
        )
        self._keep_owner(unit, phrase, referents)
        if phrase.core.i <= token.i:
            self.show(unit, token, referents)
        return True

    def _keep_owner(
        self, unit: ParsedUnit, phrase: Phrase, referents: tuple[Referent, ...]
    ) -> None:
        """As in "his wife, Ana": whose wife Ana is tells later who "her husband" is."""
        one = referents[0]
        owner = self.at(unit.index, phrase.owned) if phrase.owned is not None else None
        if owner is not None and one.cast is not None and "kin" in phrase.classes:
            self.owners.setdefault(one.cast, (owner.referents[0].same, phrase.role))

    def _predicated(self, unit: ParsedUnit, phrase: Phrase) -> tuple[Referent, ...]:
        """In "X is a lawyer" the lawyer is X."""
        if phrase.head.dep_ != "attr" or phrase.head.head.lemma_ != "be":
            return ()
        subject = next((t for t in phrase.head.head.lefts if t.dep_ == "nsubj"), None)
        found = self.at(unit.index, subject) if subject is not None else None
        if found is None or found.referents[0].human != (not phrase.plural):
            return ()
        return found.referents

    def _referents_of(self, unit: ParsedUnit, phrase: Phrase) -> tuple[Referent, ...]:
        named = named_beside(self, unit, phrase)
        if named:
            return named if self._are_all(phrase, named) else (self._own(unit, phrase), *named)
        body = agents_of(self, unit, phrase)
        if body:
            return body
        shown = examples(self, unit, phrase)
        if shown:
            return (self._own(unit, phrase), *shown)
        resolve = described if phrase.definite else named_later
        known = resolve(self, unit, phrase)
        return known or (self._own(unit, phrase),)

    def _are_all(self, phrase: Phrase, named: tuple[Referent, ...]) -> bool:
        count = phrase.count.most if phrase.count else None
        return not phrase.plural or count is None or count == len(named)

    def _own(self, unit: ParsedUnit, phrase: Phrase) -> Referent:
        owner = self.at(unit.index, phrase.owned) if phrase.owned is not None else None
        first = phrase.owned is not None and phrase.owned.text.lower() in ("my", "our")
        whose = owner.referents[0].name if owner is not None and first else ""
        return Referent(
            name=f"{phrase.core.text} of {whose}" if whose else phrase.name,
            type=phrase.type,
            count=phrase.count,
            age=phrase.age,
            gender=phrase.gender,
            role=phrase.role,
            plural=phrase.plural,
            classes=phrase.classes,
            owner=owner.referents[0].same if owner else None,
        )

    def _settle(self, unit: ParsedUnit, token: Token, referents: tuple[Referent, ...]) -> None:
        if not referents:
            return
        self.resolved[unit.index, token.i] = Resolved(
            referents=referents,
            form=MentionForm.PRONOUN,
            start=token.i,
            end=token.i + 1,
            classes=frozenset().union(*(r.classes for r in referents)),
        )
        if token.text.lower() not in RELATIVES:
            self.show(unit, token, tuple(self._current(r) for r in referents))

    def _current(self, referent: Referent) -> Referent:
        """The referent as it is known now: a pronoun may just have told its gender."""
        if referent.cast is None or referent.gender:
            return referent
        return replace(referent, gender=self.members[referent.cast].gender)


def _is_branded(phrase: Phrase) -> bool:
    """In "registered as foreign agents" the noun is what is said, not someone told of."""
    verb = phrase.head.head
    second = any(t.dep_ == "dobj" and t.i < phrase.head.i for t in verb.rights)
    if phrase.head.dep_ == "dobj" and second and verb.lemma_ in PREDICATING:
        return True
    if phrase.head.dep_ == "oprd" or any(t.dep_ == "nsubj" for t in phrase.head.lefts):
        return True  # "declares it an extremist body"
    prep = phrase.head.head
    return phrase.head.dep_ == "pobj" and prep.text == "as" and prep.head.lemma_ in PREDICATING
