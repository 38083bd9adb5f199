"""Where an act took place: the place that the clause of its trigger names."""

from spacy.tokens import Doc, Token

from khronika.coding.labels import labels
from khronika.coding.parsed import ParsedReport, sentence_of
from khronika.coding.places_clauses import (
    AT,
    BODIES,
    COURTS,
    FACILITY,
    LONGEST,
    MOVES,
    MOVING,
    ON,
    STATE,
    arguments,
    doers,
    has_date,
    is_state,
    is_time,
    locatives,
    run_start,
)
from khronika.coding.places_report import Named, countries, sections
from khronika.coding.times import PERFORMING
from khronika.coding.times_clauses import (
    FUTURE,
    SAYING,
    auxiliaries,
    clause_verb,
    coordinated,
    is_past,
    is_verb,
    lead,
)
from khronika.coding.times_rows import cell
from khronika.model.acts import Where
from khronika.text.gazetteer import Gazetteer, Place, PlaceKind, gazetteer

NO_PLACES = frozenset("PERSON NORP DATE TIME ORG LANGUAGE WORK_OF_ART LAW EVENT MONEY".split())
WELL_KNOWN = 100_000  # inhabitants of a place that outweigh what the parser takes for a body
CARRY_FAR = 2  # sentences through which a place goes on
ENOUGH = 2  # mentions from which a country can be the report's


class Places:
    """The places of one parsed report, for whoever asks where a trigger's act took place."""

    def __init__(self, parsed: ParsedReport, table: Gazetteer | None = None) -> None:
        self._parsed = parsed
        self._table = table or gazetteer()
        self._counts = countries(parsed, self._table)
        self._near = frozenset(self._counts)
        self._sections = dict(sections(parsed, self._table))
        texts = [unit.text for unit in parsed.units]
        self._labels = dict(labels(texts, self._table, self._near))

    def country_of_report(self) -> str:
        """The country that the report speaks of most (ISO 3166 alpha-2), "" if none stands out."""
        ranked = self._counts.most_common(2)
        if not ranked or ranked[0][1] < ENOUGH:
            return ""
        rival = ranked[1][1] if len(ranked) > 1 else 0
        return ranked[0][0] if ranked[0][1] >= 2 * rival else ""

    def of(self, unit: int, head: Token) -> tuple[Where, ...]:
        """Where the act took place that `head` tells; empty where nothing says so.

        Args:
            unit: index of the unit that `head` stands in.
            head: the trigger, a verb or a noun.
        """
        part = cell(self._parsed.units[unit], head)
        named = self._there(head) or self._in_clause(head)
        if part is not None and not (named and part[0] <= named.start < part[1]):
            named = self._in_cell(head, part)  # another cell speaks of something else
        elif named is None:
            named = self._carried(head)
        if named is None:
            unsure = auxiliaries(clause_verb(head)) & FUTURE
            return () if unsure else self._of_label(unit) or self._of_section(unit)
        return (self._where(unit, head.doc, named),)

    # --- in the sentence -------------------------------------------------------------------------

    def _in_clause(self, head: Token) -> Named | None:
        if not is_verb(head):
            found = self._below(head)
            if found is not None:
                return found
        verb: Token | None = clause_verb(head)
        while verb is not None:
            found = self._of_verb(verb)
            if found is not None:
                return found
            verb = lead(verb) if verb.dep_ != "conj" else None
        found = self._after(head)
        if found is not None or has_date(clause_verb(head)):
            return found
        for other in coordinated(clause_verb(head)):
            if is_past(other) or not is_past(clause_verb(head)):
                found = found or self._below(other)
        return found

    def _there(self, head: Token) -> Named | None:
        """'They arrested him there': the place that was named last."""
        there = (t for t in arguments(clause_verb(head)) if t.lower_ == "there")
        if not any(t.dep_ == "advmod" for t in there):
            return None
        doc = head.doc
        for token in reversed(doc[: head.i]):
            if token.lower_ in ("in", "at", "to", "near", "from"):
                named = self._known(doc, token.i + 1, head.i)
                if named is not None:
                    return named
        return None

    def _of_antecedent(self, verb: Token) -> Named | None:
        """'the Astana blogger whom a court sentenced', 'people in Osh who were fined'."""
        if verb.dep_ != "relcl":
            return None
        preps = (t for t in verb.head.children if t.lower_ in AT and t.i < verb.i)
        found = (self._named_by(prep) for prep in preps)
        return self._compound(verb.head) or next((n for n in found if n is not None), None)

    def _after(self, head: Token) -> Named | None:
        """'from his house in occupied Melitopol': by order of words, where the parse is odd."""
        doc = head.doc
        for token in doc[head.i + 1 : sentence_of(head).end]:
            if token.text in (",", ";", ":") or token.tag_ in ("VBD", "VBZ", "VBP"):
                return None
            if token.lower_ not in ("in", "at", "near"):
                continue
            at = token.i + 1
            while at < sentence_of(head).end and doc[at].text[:1].islower() and at < token.i + 3:
                at += 1
            if doc[at + 1 : at + 2].text == "-":
                at += 3  # 'Russia-occupied Crimea'
            named = self._known(doc, at, sentence_of(head).end)
            if named is not None:
                return named
        return None

    def _of_verb(self, verb: Token) -> Named | None:
        if verb.lemma_ in MOVING:
            found = self._moved(verb)
            if found is not None:
                return found
        found = self._below(verb) or self._of_doer(verb) or self._of_antecedent(verb)
        return found or self._of_bench(verb)

    def _of_bench(self, verb: Token) -> Named | None:
        """'The trial opens before the Court of Tela': where the court sits."""
        for prep in verb.children:
            if prep.lower_ != "before":
                continue
            for noun in (t for t in prep.children if t.dep_ == "pobj"):
                start = run_start(noun)
                if not any(t.lower_ in COURTS for t in noun.doc[start : noun.i + 1]):
                    continue
                seat = self._seat(noun.doc, start, noun.i)
                of = (self._named_by(c) for c in noun.rights if c.lower_ in ("of", "in"))
                found = seat or next((n for n in of if n is not None), None)
                if found is not None:
                    return found
        return None

    def _below(self, head: Token) -> Named | None:
        """The nearest place that a locative names below a word, in its own clause."""
        if head.lemma_ in MOVES:
            moved = self._moved(head)
            if moved is not None:
                return moved
        if head.lemma_ in PERFORMING:
            return None  # where the addressees are, not where the call is made
        found = [named for prep in locatives(head) if (named := self._named_by(prep)) is not None]
        found += [named for noun in arguments(head) if (named := self._compound(noun)) is not None]
        doer = next((t for t in head.children if t.dep_ in ("nsubj", "nsubjpass")), None)
        of_doer = range(doer.left_edge.i, doer.right_edge.i + 1) if doer is not None else range(0)
        # a doer's place is where the act was only if nothing nearer is said
        return min(found, key=lambda n: (n.start in of_doer, abs(n.start - head.i)), default=None)

    def _moved(self, verb: Token) -> Named | None:
        """'fled Russia', 'deported to Russia', 'expelled from Lebanon': as named most plainly."""
        for child in verb.children:
            if child.dep_ == "dobj":
                named = self._name(child)
                if named is not None and named.place is not None:
                    return named
        for wanted in ("through", "to", "into", "for", "from"):
            for child in arguments(verb):
                if child.dep_ in ("prep", "dative") and child.lower_ == wanted:
                    named = self._named_by(child)
                    if named is not None:
                        return named
        return None

    def _named_by(self, prep: Token) -> Named | None:
        """The place that stands after a preposition: 'in Hrodna', 'at Baku airport'."""
        for noun in prep.children:
            if noun.dep_ != "pobj" or (prep.lower_ == "on" and noun.lower_ not in ON):
                continue
            named = self._name(noun) or self._kind_of(noun) or self._way_to(noun)
            named = named or self._by_preposition(noun, prep)
            if named is not None:
                return named
        return None

    def _way_to(self, noun: Token) -> Named | None:
        """'on the road to Malaba', 'the highway between Gori and Khashuri'."""
        if noun.lower_ not in ("road", "highway", "track", "path", "route"):
            return None
        for child in noun.rights:
            if child.lower_ in ("to", "from", "between", "towards"):
                for inner in (t for t in child.children if t.dep_ == "pobj"):
                    if inner.text[:1].isupper():
                        return Named(noun.i, inner.i + 1, None)
        return None

    def _by_preposition(self, noun: Token, prep: Token) -> Named | None:
        """'in Nduta': a name that no list has, where only a place can stand."""
        doc, start = noun.doc, run_start(noun)
        plain = prep.lower_ in ("in", "near", "outside") and start == prep.i + 1
        if not plain or is_time(noun) or noun.pos_ != "PROPN" or noun.ent_type_ in NO_PLACES:
            return None
        if any(c.lower_ in ("of", "'s") for c in noun.children) or noun.text.isupper():
            return None
        return (
            Named(start, noun.i + 1, None) if noun.i - start < 3 and len(doc[start]) > 2 else None
        )

    def _kind_of(self, noun: Token) -> Named | None:
        """'the city of Isfahan', 'the capital, Kyiv': the name behind the kind of place."""
        if noun.lemma_.lower() not in FACILITY:
            return None
        for child in noun.children:
            if child.dep_ == "appos" and (named := self._name(child)) is not None:
                return named
            if child.lower_ == "of" and (named := self._named_by(child)) is not None:
                return named
        doc, start = noun.doc, noun.i + 1
        start += start < len(doc) and doc[start].text == ","
        return self._known(doc, start, sentence_of(noun).end)

    def _known(self, doc: Doc, start: int, stop: int) -> Named | None:
        """The longest name of a known place that begins at a word."""
        if start >= stop or not doc[start].text[:1].isupper() or is_time(doc[start]):
            return None
        for end in range(min(start + LONGEST, stop), start, -1):
            place = self._table.only(doc[start:end].text, self._near)
            whole = doc[end - 1].is_alpha and (end == len(doc) or doc[end].text != "-")
            if place is not None and whole:
                return self._widened(doc, Named(start, end, place))
        return None

    def _name(self, noun: Token) -> Named | None:
        """The run of capitals that a noun heads, if it is a place."""
        doc, start, end = noun.doc, run_start(noun), noun.i + 1
        if is_time(noun) or not any(t.text[0].isupper() for t in doc[start:end]):
            return None
        if start < noun.i and noun.lower_ in FACILITY and self._table.country(doc[start].text):
            return None  # 'the Ukrainian capital'
        place = self._table.only(doc[start:end].text, self._near)
        if place is None:
            return self._unknown(noun, start)
        if noun.ent_type_ == "ORG" and place.population < WELL_KNOWN:
            return None
        return self._widened(doc, Named(start, end, place))

    def _unknown(self, noun: Token, start: int) -> Named | None:
        """A name that the gazetteer lacks: 'Baku airport', 'Gldani, Tbilisi', by its look."""
        doc, end = noun.doc, noun.i + 1
        if noun.lower_ in FACILITY and start < noun.i:
            if doc[start].text.isupper() or not doc[start].text[0].isupper():
                return None  # 'the KGB prison', 'the remand prison': no name of a place
            seat = self._table.only(doc[start : end - 1].text, self._near)
            return self._widened(doc, Named(start, end, seat))
        if noun.ent_type_ in ("PERSON", "ORG", "NORP"):
            return None
        wider = self._widened(doc, Named(start, end, None))
        looks = noun.ent_type_ in ("GPE", "LOC", "FAC") and end - start <= 2
        return (
            wider if wider.place is not None or (looks and len(doc[start:end].text) > 2) else None
        )

    def _widened(self, doc: Doc, named: Named) -> Named:
        """'Gldani, Tbilisi', 'Green Street in Almaty': with the larger place that follows."""
        if named.end + 1 >= len(doc) or doc[named.end].text not in (",", "in"):
            return named
        last = named.end + 1
        while last < min(len(doc), named.end + 1 + LONGEST) and doc[last].text[:1].isupper():
            last += 1
        for end in range(last, named.end + 1, -1):
            place = self._table.only(doc[named.end + 1 : end].text, self._near)
            if place is not None and (named.place is None or place.country == named.place.country):
                return Named(named.start, end, _finer(named.place, place))
        return named

    def _compound(self, noun: Token) -> Named | None:
        """'the Bishkek newsroom', 'the Almaty activist': a city set before a common noun."""
        if noun.pos_ != "NOUN":
            return None
        start = run_start(noun)
        if start == noun.i or noun.lemma_ in BODIES or not _is_name(noun.doc[start]):
            return None
        place = self._table.only(noun.doc[start : noun.i].text, self._near)
        if place is None or place.kind is not PlaceKind.CITY:
            return None
        if noun.doc[start].ent_type_ in ("ORG", "NORP") and place.population < WELL_KNOWN:
            return None  # a party or a people, not the village that is called so
        return Named(start, noun.i, place)

    def _of_doer(self, verb: Token) -> Named | None:
        """The seat of the court or the state that acts: 'the Yerevan Court', 'Norway refused'."""
        for doer in doers(verb):
            start = run_start(doer)
            for word in (w for w in doer.subtree if w.dep_ == "poss"):
                place = self._table.only(word.text, self._near)
                if place is not None and word.head == doer and is_state(doer):
                    return Named(word.i, word.i + 1, place)
            if doer.lower_ in COURTS or any(t.lower_ in COURTS for t in doer.doc[start : doer.i]):
                seat = self._seat(doer.doc, start, doer.i)
                if seat is not None:
                    return seat
            land = self._land(doer)
            if land is not None:
                return land
            place = self._table.only(doer.text, self._near) if doer.pos_ == "PROPN" else None
            if place is not None and place.kind is PlaceKind.COUNTRY and start == doer.i:
                return Named(doer.i, doer.i + 1, place)
        return None

    def _land(self, doer: Token) -> Named | None:
        """'the Migration Service of Ukraine': the country of a body of the state."""
        if doer.lemma_.lower() not in STATE:
            return None
        for prep in (t for t in doer.children if t.lower_ == "of"):
            for noun in (t for t in prep.children if t.dep_ == "pobj"):
                place = self._table.only(noun.text, self._near)
                if place is not None and place.kind is PlaceKind.COUNTRY:
                    return Named(noun.i, noun.i + 1, place)
        return None

    def _seat(self, doc: Doc, start: int, end: int) -> Named | None:
        for last in range(end, start, -1):
            place = self._table.only(doc[start:last].text, self._near)
            if place is not None and place.kind is PlaceKind.CITY:
                return Named(start, last, place)
        return None

    def _in_cell(self, head: Token, part: tuple[int, int]) -> Named | None:
        """A place in the trigger's own cell of a row."""
        doc = head.doc
        if any(is_verb(t) and t != head for t in doc[part[0] : part[1]]):
            return None
        found = (self._known(doc, start, part[1]) for start in range(part[0], part[1]))
        return next((named for named in found if named is not None), None)

    # --- from the sentence before ----------------------------------------------------------------

    def _carried(self, head: Token) -> Named | None:
        """The place of the sentence before, where the telling goes on in the simple past."""
        verb = clause_verb(head)
        while verb.dep_ == "xcomp" and is_verb(verb.head):
            verb = verb.head
        told = verb.dep_ == "ccomp" and verb.i < verb.head.i  # 'Police took him, she said'
        if not is_past(verb) or not (told or verb.dep_ in ("ROOT", "conj")):
            return None
        if any(map(has_date, (verb, *coordinated(verb)))):
            return None  # another day, perhaps another place
        before = sentence_of(verb)
        for _ in range(CARRY_FAR):
            if not before.start:
                return None
            before = sentence_of(before.doc[before.start - 1])
            root = clause_verb(before.root)
            if not is_past(root) or root.lemma_ in SAYING:
                return None
            found = self._below(root)
            if found is not None:
                return found if found.place is not None else None
        return None

    def _of_label(self, unit: int) -> tuple[Where, ...]:
        """The place that labels the paragraph: 'OSH | A clinic was fined'."""
        label = self._labels.get(unit)
        if label is None:
            return ()
        doc = self._parsed.units[unit].doc
        words = doc.char_span(label.start, label.end, alignment_mode="expand")
        if words is None:
            return ()
        return (self._where(unit, doc, Named(words.start, words.end, label.place)),)

    def _of_section(self, unit: int) -> tuple[Where, ...]:
        """The country that heads the section, in a report whose sections are countries."""
        heads = {index: named for index, named in self._sections.items() if index <= unit}
        if len(self._sections) < 2 or not heads:
            return ()
        index = max(heads)
        return (self._where(index, self._parsed.units[index].doc, heads[index]),)

    # --- results ---------------------------------------------------------------------------------

    def _where(self, unit: int, doc: Doc, named: Named) -> Where:
        anchor = self._parsed.anchor_of(unit, doc[named.start : named.end])
        place = named.place
        if place is None:
            return Where(name=anchor.exact, anchor=anchor)
        return Where(
            name=anchor.exact,
            anchor=anchor,
            place=place.name,
            country=place.country,
            geonameid=place.geonameid,
        )


def _is_name(token: Token) -> bool:
    """A name, not a common noun ('media outlets') or a word that opens a sentence ('Many men')."""
    return token.text[:1].isupper() and token.pos_ == "PROPN" and not is_time(token)


def country_of_report(parsed: ParsedReport) -> str:
    """The country that a report speaks of most (ISO 3166 alpha-2), "" if none stands out."""
    return Places(parsed).country_of_report()


def _finer(first: Place | None, second: Place) -> Place:
    """Which of 'Gldani, Tbilisi' is the known place: a town in a region, but no part of a town."""
    if first is None:
        return second
    part = second.kind is PlaceKind.CITY and second.population > first.population
    return second if part else first
