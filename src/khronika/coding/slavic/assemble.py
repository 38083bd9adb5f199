"""Candidates to tellings: one an act, without what a headline repeats and mere reasons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from khronika.coding.slavic import details
from khronika.coding.slavic.attribution import speakers
from khronika.coding.slavic.cast import Cast, Filler, same_filler
from khronika.coding.slavic.clauses import arguments, negated
from khronika.coding.slavic.fill import Filled, Filling
from khronika.coding.slavic.modality import is_denial, is_untrue, judge
from khronika.coding.slavic.places import Places
from khronika.coding.slavic.times import Times
from khronika.coding.slavic.tongue import Tongue
from khronika.coding.slavic.triggers import FRAGMENTS, Candidate, Finder
from khronika.coding.slavic.words import ParsedReport, ParsedUnit, Word
from khronika.model.acts import (
    ActorType,
    MentionForm,
    Modality,
    Role,
)
from khronika.model.reports import PassageRole

# What the greater kind says already when both are done to the same people in one sentence.
LESSER = {
    "torture": {"assault", "harassment"},
    "killing": {"assault"},
    "kidnapping": {"arrest", "assault"},
    "arrest": {"harassment"},
    "search": {"harassment"},
    "enforced-disappearance": {"arrest", "kidnapping"},
    "sentence": {"trial", "fine"},
    "forced-designation": {"exclusion-from-register"},
}
OF_RECORD = frozenset(
    "charge trial sentence release acquittal extradition-request wanted-listing asylum-application "
    "asylum-refusal asylum-grant amnesty-or-pardon restrictive-law membership-suspension".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """What the coder knows of one report while it reads it."""

    parsed: ParsedReport
    cast: Cast
    times: Times
    places: Places
    finder: Finder
    filling: Filling
    tongue: Tongue


@dataclass(slots=True, kw_only=True)
class Draft:
    """A candidate judged and filled, before it is an act."""

    candidate: Candidate
    modality: Modality
    filled: Filled
    said_by: list[Filler]

    @property
    def kind(self) -> str:
        """The kind of act that the trigger's way belongs to."""
        return self.candidate.entry.kind.id

    def of(self, role: Role) -> list[Filler]:
        """Who is in a role."""
        return self.filled.actors.get(role, [])


def drafts(reader: Reader) -> list[Draft]:
    """Every telling of the report, merged and sifted, in the order of the text."""
    made: list[Draft] = []
    for unit in reader.parsed.units:
        found = list(reader.finder.find(unit))
        reasons = _reason_words(found)
        there = [d for c in found if c.head.i not in reasons for d in _draft(c, unit, reader)]
        for draft in there:
            _complete(draft, unit, made, reader)
            _threaten(draft, there)
        told = [
            d for d in there if not _says_too_little(d, unit) and not _goes_on(d, unit, made, there)
        ]
        made.extend(_without_lesser(_merge(told)))
        made.extend(_plain_denials(unit, made, reader))
    return _without_headlines(made, reader)


def _goes_on(draft: Draft, unit: ParsedUnit, made: Sequence[Draft], there: Sequence[Draft]) -> bool:
    """'Обыск продолжался четыре часа': a noun with nobody in it, told before in full."""
    if _told_on(draft, unit, there):
        return True
    if any(draft.filled.actors.values()) or not draft.candidate.nominal:
        return False
    before = [d for d in made if unit.index - d.candidate.unit <= 2]
    before += [d for d in there if d.candidate.head.i < draft.candidate.head.i]
    stated = _has_date(draft, unit)
    return not stated and any(
        d.kind == draft.kind and d.modality is draft.modality and any(d.filled.actors.values())
        for d in before
    )


def _told_on(draft: Draft, unit: ParsedUnit, there: Sequence[Draft]) -> bool:
    """'Его задержали. Его увезли в отдел': the next sentence only tells on."""
    victims = draft.of(Role.VICTIM)
    pronouns = victims and all(f.form is MentionForm.PRONOUN for f in victims)
    if not pronouns or draft.said_by or _has_date(draft, unit):
        return False
    head = draft.candidate.head
    return any(
        d.kind == draft.kind
        and d.modality is draft.modality
        and 0 < head.sentence - d.candidate.head.sentence <= 1
        and any(same_filler(a, b) for a in victims for b in d.of(Role.VICTIM))
        for d in there
    )


def _has_date(draft: Draft, unit: ParsedUnit) -> bool:
    """True if a day or year stands in the sentence of a telling."""
    words = unit.sentence_of(draft.candidate.head).words
    return any(w.text.isdigit() and len(w.text) in (1, 2, 4) for w in words)


def _plain_denials(unit: ParsedUnit, made: Sequence[Draft], reader: Reader) -> Iterator[Draft]:
    """'Департамент полиции это отрицает': what was told last is denied."""
    earlier = [d for d in made if unit.index - d.candidate.unit <= 1]
    for word in unit.words:
        if not word.is_verb or word.lemma not in reader.tongue.deny or negated(word):
            continue
        pointing = any(
            c.lower in ("это", "этого", "це", "все", "всё")
            or c.lemma in reader.tongue.words["reported"]
            for c in word.children
            if c.rel in ("obj", "nsubj", "obl")
        )
        inside = any(d.candidate.head in word.below() for d in made)
        last = next(
            (d for d in reversed(earlier) if _deniable(d.candidate) and _before(d, unit, word)),
            None,
        )
        subjects = [s for s in word.children if s.rel == "nsubj" and s.pos != "PRON"]
        said = [f for s in subjects for f in reader.cast.fillers(unit.index, s)]
        if pointing and not inside and last and any(_official(f, reader) for f in said):
            candidate = replace(
                last.candidate, unit=unit.index, head=word, matched=(word,), verb=None
            )
            yield Draft(
                candidate=candidate, modality=Modality.DENIED, filled=last.filled, said_by=said
            )


def _before(draft: Draft, unit: ParsedUnit, word: Word) -> bool:
    """True if a telling stands before a word, at most two sentences back or in the last unit."""
    head = draft.candidate.head
    if draft.candidate.unit != unit.index:
        return word.sentence == 0 and draft.modality is Modality.OCCURRED
    return head.i < word.i and word.sentence - head.sentence <= 2


def _reason_words(found: Sequence[Candidate]) -> set[int]:
    """Words inside the reason of another act: what is told only as a reason is no act."""
    return {
        word.i for candidate in found for top in details.reasons(candidate) for word in top.below()
    } - {
        candidate.head.i
        for candidate in found
        if not candidate.nominal and candidate.head.form == "Fin"
    }


def _draft(candidate: Candidate, unit: ParsedUnit, reader: Reader) -> Iterator[Draft]:
    modality, said_by = _judged(candidate, unit, reader)
    if modality is None or unit.text.rstrip().endswith("?"):
        return
    filled = reader.filling.fill(candidate)
    yield Draft(candidate=candidate, modality=modality, filled=filled, said_by=said_by)


def _judged(
    candidate: Candidate, unit: ParsedUnit, reader: Reader
) -> tuple[Modality | None, list[Filler]]:
    """The modality and who says it; what the accused side calls untrue is denied."""
    modality = _modality(candidate, reader)
    said_by = speakers(unit, candidate.head, reader.cast, reader.tongue)
    sentence = unit.sentence_of(candidate.head).words
    untrue = is_denial(candidate.head, sentence, reader.tongue)
    if untrue and (modality is None or candidate.nominal or is_untrue(sentence, reader.tongue)):
        said_by = said_by or _who_calls(candidate, reader)
        by = said_by or _publisher(reader)
        official = any(_official(s, reader) for s in by)
        return (Modality.DENIED if official and _deniable(candidate) else None), said_by
    if modality is Modality.DENIED and not said_by:
        return None, said_by
    return modality, said_by


def _who_calls(candidate: Candidate, reader: Reader) -> list[Filler]:
    """Who calls it untrue: 'управление назвало сообщения об избиении ложью'."""
    for above in candidate.head.above():
        if above.is_verb and above.lemma in reader.tongue.words["call"]:
            subjects = arguments(above).subject
            return [f for s in subjects for f in reader.cast.fillers(candidate.unit, s)]
    return []


def _publisher(reader: Reader) -> list[Filler]:
    """The report's publisher as a speaker: an authority denies in its own voice."""
    name = reader.parsed.report.publisher.value
    words = set(name.lower().split())
    if not words & reader.tongue.authority:
        return []
    return [
        Filler(
            name=name, type=ActorType.AUTHORITY, form=MentionForm.NAME, cast=None, start=0, end=0,
            unit=0,
        )
    ]  # fmt: skip


def _official(speaker: Filler, reader: Reader) -> bool:
    """True of an authority and of a person who speaks for one."""
    if speaker.type in (ActorType.AUTHORITY, ActorType.COUNTRY):
        return True
    words = set(speaker.name.lower().split())
    if speaker.cast is not None:
        words |= set(reader.cast.member(speaker.cast).roles)
    return bool(words & (reader.tongue.words["officials"] | reader.tongue.person_authority))


def _deniable(candidate: Candidate) -> bool:
    kind = candidate.entry.kind
    return not kind.intervention and kind.id not in OF_RECORD


def _modality(candidate: Candidate, reader: Reader) -> Modality | None:
    way, kind = candidate.entry.way, candidate.entry.kind.id
    judged = judge(candidate.head, reader.tongue, kind, inverted=way.negated)
    if way.modality and judged is Modality.OCCURRED:
        return Modality(way.modality)
    return judged


def _says_too_little(draft: Draft, unit: ParsedUnit) -> bool:
    """A telling with nobody in it says too little, unless its way says otherwise."""
    if any(draft.filled.actors.values()) or draft.modality is Modality.DENIED:
        return False
    told = draft.candidate.entry.way.eventive and unit.unit.role not in FRAGMENTS
    return not told and draft.kind != "charge"


def _complete(draft: Draft, unit: ParsedUnit, made: Sequence[Draft], reader: Reader) -> None:
    """Add whom the construction leaves to what stands around it."""
    if not draft.of(Role.VICTIM) and "victim" in draft.candidate.entry.way.object:
        listed = list(reader.filling.listed(unit, reader.parsed))
        if listed:
            draft.filled.actors[Role.VICTIM] = listed
    if draft.kind == "charge" and not draft.of(Role.VICTIM):
        before = _told_last(unit, made)
        if before:
            draft.filled.actors[Role.VICTIM] = before
    if draft.kind == "assault" and any(_tortured(draft, d, unit) for d in made):
        torture = reader.finder.lexicon.any_of("torture")
        draft.candidate = replace(draft.candidate, entry=torture or draft.candidate.entry)


def _threaten(draft: Draft, there: Sequence[Draft]) -> None:
    """What is threatened is threatened to whom the threat is made, by who makes it."""
    if draft.modality is not Modality.THREATENED:
        return
    sentence = draft.candidate.head.sentence
    for other in there:
        if other.kind == "threat" and other.candidate.head.sentence == sentence:
            for role, fillers in other.filled.actors.items():
                draft.filled.actors.setdefault(role, list(fillers))


def _told_last(unit: ParsedUnit, made: Sequence[Draft]) -> list[Filler]:
    """The one person to whom something was done in the paragraph, or in the one before it."""
    near = [d for d in made if unit.index - d.candidate.unit <= 1]
    victims = {f.name: f for d in near for f in d.of(Role.VICTIM)}
    people = [f for f in victims.values() if f.type is ActorType.PERSON and f.cast is not None]
    return people if len(people) == 1 and len(victims) == 1 else []


def _tortured(draft: Draft, earlier: Draft, unit: ParsedUnit) -> bool:
    """True if the same people are told to have been tortured just before: it goes on."""
    near = unit.index - earlier.candidate.unit <= 1
    mine, theirs = draft.of(Role.VICTIM), earlier.of(Role.VICTIM)
    return (
        near and earlier.kind == "torture" and any(same_filler(a, b) for a in mine for b in theirs)
    )


def _merge(found: Sequence[Draft]) -> list[Draft]:
    """One act for triggers of one kind in one sentence that do not tell of different people."""
    kept: list[Draft] = []
    for draft in found:
        twin = next((k for k in kept if _one_telling(k, draft)), None)
        if twin is None:
            kept.append(draft)
        else:
            _absorb(twin, draft)
    return kept


def _one_telling(one: Draft, other: Draft) -> bool:
    same = one.kind == other.kind and one.modality is other.modality
    near = one.candidate.head.sentence == other.candidate.head.sentence
    return same and near and _share(one, other)


def _share(one: Draft, other: Draft) -> bool:
    role = Role.INTERVENER if one.candidate.entry.kind.intervention else Role.VICTIM
    first, second = one.of(role), other.of(role)
    return not first or not second or any(same_filler(a, b) for a in first for b in second)


def _absorb(kept: Draft, other: Draft) -> None:
    for role, fillers in other.filled.actors.items():
        there = kept.filled.actors.setdefault(role, [])
        if not there:
            there.extend(fillers)
    for name, word in other.filled.words.items():
        kept.filled.words.setdefault(name, word)


def _without_lesser(there: list[Draft]) -> list[Draft]:
    """'избили и пытали' is one telling of torture, by whoever did either."""
    kept: list[Draft] = []
    for draft in there:
        greater = next((other for other in there if _greater(other, draft)), None)
        if greater is not None:
            _absorb(greater, draft)
        elif not any(_in_penalty(draft, other) for other in there):
            kept.append(draft)
    return kept


def _in_penalty(one: Draft, other: Draft) -> bool:
    """'приговорили к административному аресту' tells of no other arrest."""
    nominal = one.kind == "arrest" and one.candidate.nominal and not one.of(Role.VICTIM)
    below = one.candidate.head in other.candidate.head.below()
    return (
        nominal and below and other.kind in ("sentence", "appeal", "amnesty-or-pardon", "release")
    )


def _greater(one: Draft, other: Draft) -> bool:
    return (
        other.kind in LESSER.get(one.kind, ())
        and one.modality is other.modality
        and one.candidate.head.sentence == other.candidate.head.sentence
        and _share(one, other)
    )


def _without_headlines(made: list[Draft], reader: Reader) -> list[Draft]:
    """A headline that says what the body says in full is not coded again."""

    def in_headline(draft: Draft) -> bool:
        return reader.parsed.units[draft.candidate.unit].unit.role is PassageRole.HEADLINE

    told = {draft.kind for draft in made if not in_headline(draft)}
    return [d for d in made if not in_headline(d) or d.kind not in told]
