"""Candidates to acts: one act a telling, without what a headline repeats and mere reasons."""

from collections.abc import Iterator, Sequence

from spacy.tokens import Token

from khronika.codebook.model import Kind
from khronika.coding import details
from khronika.coding.arguments import (
    Filled,
    fill,
    hedged,
    involvement,
    involvements,
)
from khronika.coding.arguments_beside import complete
from khronika.coding.attribution import speakers
from khronika.coding.carried import answer, carry, in_its_place
from khronika.coding.cast import Filler
from khronika.coding.demands import demanded_units, elsewhere
from khronika.coding.denials import find_denials
from khronika.coding.doers import settle_doers
from khronika.coding.fragments import find_fragments
from khronika.coding.gapped import gapped
from khronika.coding.headed import heading, listed_below
from khronika.coding.judged import modality_of
from khronika.coding.modality import DENY
from khronika.coding.nominal import FRAGMENTS
from khronika.coding.parsed import ParsedReport, sentence_of
from khronika.coding.proposals import propose
from khronika.coding.row_doers import doers_of_rows
from khronika.coding.rows import by_cells, columns_of
from khronika.coding.scenes import set_scenes
from khronika.coding.story import of_story
from khronika.coding.tellers import others, retold
from khronika.coding.telling import Draft, Reader, share
from khronika.coding.triggers import Candidate, find_triggers
from khronika.coding.utterances import find_utterances
from khronika.model.acts import (
    Act,
    ActorType,
    Involvement,
    Listed,
    MentionForm,
    Modality,
    Role,
    When,
)
from khronika.model.anchors import Anchor
from khronika.model.ids import act_id
from khronika.model.reports import PassageRole


def drafts(reader: Reader) -> list[Draft]:
    """Every telling of the report, merged and sifted, in the order of the text."""
    made: list[Draft] = []
    columns: dict[int, Kind] = {}
    section: Kind | None = None
    demanded = demanded_units(reader.parsed)
    for unit in reader.parsed.units:
        if unit.index in demanded or elsewhere(unit):
            continue
        columns = columns_of(unit, reader.lexicon) or columns
        found = list(find_triggers(unit, reader.lexicon, reader.cast))
        found = by_cells(unit, found, columns, reader.lexicon, reader.cast)
        found.extend(find_fragments(unit, found, reader.lexicon.kinds, reader.cast))
        found.extend(find_utterances(unit, found, reader.lexicon, reader.cast))
        found.extend(propose(unit, found, reader.lexicon))
        reasons = _reason_tokens(found)
        there = [d for c in found if c.head.i not in reasons for d in _draft(c, reader)]
        threatened(there)
        carry(there, made, unit, reader)
        there = [d for d in there if in_its_place(d, [*made, *there])]
        there = _without_lesser(_merge(_once(there, reader)))
        there = gapped(there, unit, reader)
        heads, named = heading(unit, reader.lexicon)
        section = named if heads else section
        if section is not None and not heads:
            there = listed_below(section, unit, there, made, reader)
        made.extend(find_denials(there, made, unit, reader))
    answer(made, reader)
    settle_doers(made)
    doers_of_rows(made, reader)
    of_story(made, reader)
    set_scenes(made, reader)
    return _without_headlines(made, reader)


# What the greater kind says already when both are done to the same people in one sentence.
LESSER = {
    "torture": {"assault", "harassment"},
    "killing": {"assault"},
    "kidnapping": {"arrest", "assault"},
    "arrest": {"harassment"},
    "search": {"harassment"},
    "enforced-disappearance": {"arrest", "kidnapping"},
}


def _without_lesser(there: list[Draft]) -> list[Draft]:
    """'was beaten and tortured' is one telling of torture, by whoever did either."""
    kept: list[Draft] = []
    for draft in there:
        greater = next((other for other in there if _greater(other, draft)), None)
        if greater is not None:
            _absorb(greater, draft)
        elif not any(_in_penalty(draft, other) for other in there):
            kept.append(draft)
    return kept


def _in_penalty(one: Draft, other: Draft) -> bool:
    """'sentenced to two years' imprisonment' tells of no arrest."""
    if one.kind != "arrest" or other.kind not in ("sentence", "appeal", "amnesty-or-pardon"):
        return False
    span = details.penalty(other.candidate)
    return span is not None and span[0] <= one.candidate.head.idx < span[1]


def _greater(one: Draft, other: Draft) -> bool:
    return (
        other.kind in LESSER.get(one.kind, ())
        and one.modality is other.modality
        and sentence_of(one.candidate.head).start == sentence_of(other.candidate.head).start
        and share(one, other, Role.VICTIM)
    )


def _once(there: Sequence[Draft], reader: Reader) -> list[Draft]:
    """Without those that only go on with what the sentence before tells."""
    kept: list[Draft] = []
    for draft in there:
        if not any(_goes_on(earlier, draft, reader) for earlier in kept):
            kept.append(draft)
    return kept


def _goes_on(earlier: Draft, draft: Draft, reader: Reader) -> bool:
    first, second = sentence_of(earlier.candidate.head), sentence_of(draft.candidate.head)
    wound = {earlier.kind, draft.kind} <= WOUNDING and _wound(draft, reader)
    if earlier.modality is not draft.modality or (earlier.kind != draft.kind and not wound):
        return False
    near = 0 <= second.start - first.end <= 1 or not draft.filled.actors.get(Role.VICTIM)
    if second.start < first.end or not near or draft.said_by or earlier.said_by:
        return False
    pronouns = all(
        f.form is MentionForm.PRONOUN or f.cast is None
        for f in draft.filled.actors.get(Role.PERPETRATOR, [])
    )
    stated = reader.times.of(draft.candidate.unit, draft.candidate.head).basis == "stated"
    return pronouns and not stated and (wound or share(earlier, draft, Role.VICTIM))


WOUNDING = frozenset({"assault", "torture", "killing"})


def _wound(draft: Draft, reader: Reader) -> bool:
    """'His collarbone was broken': what the blows did that are told before."""
    args = draft.candidate.arguments
    return not args.subject and any(
        reader.lexicon.one_of(t, ("body-parts",))
        and any(c.dep_ == "poss" and c.pos_ == "PRON" for c in t.children)
        for t in args.object
    )


def _reason_tokens(found: Sequence[Candidate]) -> set[int]:
    """Tokens inside the reason of another act: what is told only as a reason is no act."""
    return {
        token.i for candidate in found for phrase in details.reasons(candidate) for token in phrase
    }


def threatened(there: Sequence[Draft]) -> None:
    """'told her that she would be jailed if ...': what a threat foretells is threatened."""
    for threat in there:
        if threat.kind != "threat" or threat.modality is not Modality.OCCURRED:
            continue
        for draft in there:
            later = draft.modality in (Modality.PLANNED, Modality.POSSIBLE)
            if later and _within(draft.candidate.head, threat.candidate):
                draft.modality = Modality.THREATENED


def _within(head: Token, threat: Candidate) -> bool:
    """True if a word stands in what is said, or in the sentence of a threat told otherwise."""
    if threat.said:
        return head in threat.said
    return sentence_of(head).start == sentence_of(threat.head).start


def _draft(candidate: Candidate, reader: Reader) -> Iterator[Draft]:
    unit = reader.parsed.units[candidate.unit]
    modality = modality_of(candidate)
    if modality is None:
        return
    said_by = others(speakers(unit, candidate.head, reader.cast), reader)
    if modality is Modality.DENIED and not _may_deny(candidate, said_by, reader):
        return
    filled = fill(candidate, reader.cast)
    complete(candidate, filled, reader.cast)
    said_by = retold(candidate, modality, filled, said_by, reader)
    if _empty(candidate, filled, in_fragment=unit.unit.role in FRAGMENTS):
        return
    yield Draft(candidate=candidate, modality=modality, filled=filled, said_by=said_by)


# What is done on the record: that it was not is no denial ('he has not been convicted').
OF_RECORD = frozenset(
    "charge trial sentence release acquittal extradition-request wanted-listing asylum-application "
    "asylum-refusal asylum-grant amnesty-or-pardon restrictive-law membership-suspension".split()
)


def _may_deny(candidate: Candidate, said_by: Sequence[Filler], reader: Reader) -> bool:
    """A denial is the accused side's, an authority or a state; anybody else only negates."""
    if candidate.entry.way.modality:  # 'denies holding him': the way itself denies
        return True
    if any(above.lemma_.lower() in DENY for above in candidate.head.ancestors):
        return bool(said_by)
    if candidate.entry.kind.intervention or candidate.entry.kind.id in OF_RECORD:
        return False
    return any(
        s.type in (ActorType.AUTHORITY, ActorType.COUNTRY) or reader.official(s) for s in said_by
    )


def _empty(candidate: Candidate, filled: Filled, *, in_fragment: bool) -> bool:
    """A nominal trigger with nobody in it tells too little, unless its way says otherwise."""
    nominal = candidate.entry.rule.split("/")[1] == "noun"
    told = candidate.entry.way.eventive and not in_fragment
    return nominal and not any(filled.actors.values()) and not told


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
    if one.kind != other.kind or one.modality is not other.modality:
        return False
    if sentence_of(one.candidate.head).start != sentence_of(other.candidate.head).start:
        return False
    return share(one, other, Role.VICTIM)


def _absorb(kept: Draft, other: Draft) -> None:
    for role, fillers in other.filled.actors.items():
        there = kept.filled.actors.setdefault(role, [])
        if not there:
            there.extend(fillers)
    for name, token in other.filled.words.items():
        kept.filled.words.setdefault(name, token)


def _without_headlines(made: list[Draft], reader: Reader) -> list[Draft]:
    """A headline that says what the body says in full is not coded again."""

    def in_headline(draft: Draft) -> bool:
        return reader.parsed.units[draft.candidate.unit].unit.role is PassageRole.HEADLINE

    told = {draft.kind for draft in made if not in_headline(draft)}
    return [d for d in made if not in_headline(d) or d.kind not in told]


def act_of(draft: Draft, reader: Reader) -> Act:
    """The act that a draft tells, every part of it anchored in the report."""
    candidate, parsed = draft.candidate, reader.parsed
    unit, head = candidate.unit, candidate.head
    quoted = parsed.anchor(unit, *details.quote(candidate))
    trigger = parsed.anchor_of(unit, head)
    alleged = hedged(candidate)
    involved = involvements(draft.filled, parsed, unit, alleged=alleged)
    involved = (*involved, *_callers(draft, reader))
    sources = tuple(involvement(f, Role.SOURCE, parsed, unit) for f in draft.said_by)
    words = {name: _words(parsed, unit, token) for name, token in draft.filled.words.items()}
    return Act(
        id=act_id(
            parsed.report.id,
            draft.kind,
            (quoted.start, quoted.end),
            (trigger.start, trigger.end),
        ),
        report_id=parsed.report.id,
        kind=draft.kind,
        modality=draft.modality,
        quote=quoted,
        trigger=trigger,
        involvements=(*involved, *sources),
        when=_when(draft, reader),
        where=draft.where,
        what=words.get("what"),
        reason=_reason(candidate, parsed) or words.get("reason"),
        penalty=_span(parsed, unit, details.penalty(candidate)) or words.get("penalty"),
        listed=_listed(draft),
        rule=candidate.entry.rule,
        confidence=_confidence(draft),
    )


def _callers(draft: Draft, reader: Reader) -> Iterator[Involvement]:
    """Who calls, where the sentence does not say: its speaker, else the report's publisher."""
    if draft.kind != "appeal" or draft.filled.actors.get(Role.INTERVENER):
        return
    publisher = reader.parsed.report.publisher
    if draft.said_by:
        for filler in draft.said_by:
            yield involvement(filler, Role.INTERVENER, reader.parsed, draft.candidate.unit)
    elif publisher.value:
        yield Involvement(
            role=Role.INTERVENER,
            name=publisher.value,
            type=ActorType.ORGANISATION,
            anchor=publisher.anchor,
            basis="the report's publisher, in its own voice",
            cast=reader.cast_index(publisher.value),
        )


def _when(draft: Draft, reader: Reader) -> When:
    """The date of the act; a call is of the report's day, a threat of when it was said."""
    unit, head = draft.candidate.unit, draft.candidate.head
    found = reader.times.of(unit, head)
    if found.edtf:
        return found
    present = head.tag_ in ("VBP", "VBZ", "NNS", "VB")
    if draft.kind == "appeal" and present and draft.modality is Modality.OCCURRED:
        return reader.times.of_report()
    if draft.kind == "threat" or draft.modality is Modality.THREATENED:
        return reader.times.of_saying(unit, head)
    return found


def _words(parsed: ParsedReport, unit: int, token: Token) -> Anchor:
    return parsed.anchor(unit, *details.subtree_span(token))


def _span(parsed: ParsedReport, unit: int, span: tuple[int, int] | None) -> Anchor | None:
    return parsed.anchor(unit, *span) if span else None


def _reason(candidate: Candidate, parsed: ParsedReport) -> Anchor | None:
    for tokens in details.reasons(candidate):
        start, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
        if end - start < details.LONGEST:
            return parsed.anchor(candidate.unit, start, end)
    return None


def _listed(draft: Draft) -> Listed | None:
    """'15 organisations, including A and B': what is stated and how many are named."""
    victims = draft.filled.actors.get(Role.VICTIM, [])
    stated = [f for f in victims if f.count is not None and f.count.least == f.count.most]
    named = [f for f in victims if f.count is None and f.cast is not None]
    if stated and named and stated[0].count is not None:
        total = stated[0].count.least or 0
        return Listed(stated=total, named=len(named)) if total > len(named) else None
    return None


def _confidence(draft: Draft) -> float:
    """A first guess by construction; calibration is for later work."""
    score = 0.9 if draft.candidate.entry.rule.split("/")[1] == "verb" else 0.75
    if draft.candidate.arguments.inherited:
        score -= 0.05
    if not draft.filled.actors:
        score -= 0.2
    return round(score, 2)
