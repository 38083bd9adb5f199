"""A coding as reviewers say it is; every name is invented."""

import re
from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from khronika.model.acts import (
    Act,
    ActorType,
    Appeal,
    CastMember,
    Coding,
    Designation,
    Involvement,
    Mention,
    MentionForm,
    Modality,
    Role,
    When,
    Where,
)
from khronika.model.anchors import Anchor
from khronika.model.corrections import AddedAct, Correction, Filler
from khronika.model.ids import act_id
from khronika.model.links import Ruling
from khronika.model.plain import to_plain
from khronika.review.apply import apply

REPORT = "rpt_1"
TEXT = (
    "Ana Lind was arrested in Norvale on 3 May 2021. Officers beat her brother Ivo Lind. "
    "The brother of Ana Lind was fined. She was released."
)
WORDS = [found.span() for found in re.finditer(r"\S+", TEXT)]


def at(words: str) -> Anchor:
    start = TEXT.index(words)
    return Anchor.cut(TEXT, start, start + len(words))


def an_act(kind: str, quote: str, trigger: str, *involved: Involvement) -> Act:
    told, word = at(quote), at(trigger)
    return Act(
        id=act_id(REPORT, kind, (told.start, told.end), (word.start, word.end)),
        report_id=REPORT,
        kind=kind,
        modality=Modality.OCCURRED,
        quote=told,
        trigger=word,
        involvements=involved,
        when=When(edtf="2021-05-03", anchor=at("3 May 2021"), basis="stated", confidence=0.7),
        confidence=0.6,
    )


def a_member(index: int, name: str, *mentions: str) -> CastMember:
    return CastMember(
        index=index,
        name=name,
        type=ActorType.PERSON,
        mentions=tuple(Mention(anchor=at(each), form=MentionForm.NAME) for each in mentions),
    )


ANA = Involvement(
    role=Role.VICTIM,
    name="Ana Lind",
    type=ActorType.PERSON,
    anchor=at("Ana Lind"),
    cast=0,
    confidence=0.9,
)
OFFICERS = Involvement(
    role=Role.PERPETRATOR, name="Officers", type=ActorType.GROUP, anchor=at("Officers")
)
ARREST = an_act("arrest", "Ana Lind was arrested in Norvale on 3 May 2021.", "arrested", ANA)
BEATING = an_act(
    "beating",
    "Officers beat her brother Ivo Lind.",
    "beat",
    replace(ANA, anchor=at("her")),
    OFFICERS,
)
CODING = Coding(
    report_id=REPORT,
    coder="toy 1",
    codebook="toy",
    acts=(ARREST, BEATING),
    cast=(a_member(0, "Ana Lind", "Ana Lind"), a_member(1, "Ivo Lind", "Ivo Lind")),
)


def ruled(verb: str, act: str, number: int = 1, **said: Any) -> Ruling:
    return Ruling(
        id=f"rul_{number}",
        verb=verb,
        ids=(act,),
        reviewer="R",
        time=f"2030-01-01T00:00:{number:02}Z",
        why="",
        report=REPORT,
        **said,
    )


def corrected(act: Act, **said: Any) -> Act:
    ruling = ruled("correct", act.id, correction=Correction(**said))
    after = apply(CODING, REPORT, TEXT, [ruling])
    assert after is not None
    return next(each for each in after.acts if each.id == act.id)


def by(words: str, name: str = "", **said: Any) -> Filler:
    return Filler(name=name or words, words=at(words), **said)


def test_a_coding_without_rulings_is_itself() -> None:
    assert apply(CODING, REPORT, TEXT, []) is CODING
    assert apply(None, REPORT, TEXT, []) is None


def test_words_of_a_mention_mean_its_cast_member() -> None:
    [victim] = corrected(BEATING, fillers={Role.VICTIM: (by("Ivo Lind"),)}).in_role(Role.VICTIM)
    assert (victim.cast, victim.name, victim.confidence) == (1, "Ivo Lind", 1.0)


def test_words_by_which_the_coder_meant_somebody_mean_the_same() -> None:
    [victim] = corrected(ARREST, fillers={Role.VICTIM: (by("her"),)}).in_role(Role.VICTIM)
    assert (victim.cast, victim.name, victim.anchor) == (0, "Ana Lind", at("her"))


def test_a_part_of_a_name_means_who_bears_it() -> None:
    [victim] = corrected(ARREST, fillers={Role.VICTIM: (by("Ivo"),)}).in_role(Role.VICTIM)
    assert (victim.cast, victim.name) == (1, "Ivo Lind")


def test_words_that_only_hold_a_name_are_another_person() -> None:
    brother = by("The brother of Ana Lind")
    [victim] = corrected(ARREST, fillers={Role.VICTIM: (brother,)}).in_role(Role.VICTIM)
    assert (victim.cast, victim.name) == (2, "The brother of Ana Lind")


def test_two_who_are_only_told_by_a_pronoun_are_two() -> None:
    text = "She was held. She was fined."
    spans = [found.span() for found in re.finditer("She", text)]
    fillers = tuple(Filler(name="She", words=Anchor.cut(text, *span)) for span in spans)
    quote = Anchor.cut(text, 0, len(text))
    said = AddedAct(kind="arrest", quote=quote, trigger=quote, fillers={Role.VICTIM: fillers})
    after = apply(None, REPORT, text, [ruled("add", "act_1", added=said)])
    assert after is not None
    assert [member.index for member in after.cast] == [0, 1]
    forms = {each.form for member in after.cast for each in member.mentions}
    assert forms == {MentionForm.DESCRIPTION}


def test_a_typed_name_goes_before_whom_the_words_meant() -> None:
    [victim] = corrected(BEATING, fillers={Role.VICTIM: (by("her", "Ivo Lind"),)}).in_role(
        Role.VICTIM
    )
    assert (victim.cast, victim.name, victim.anchor) == (1, "Ivo Lind", at("her"))


def test_who_is_known_from_elsewhere_has_a_basis() -> None:
    said = Filler(name="Mara Quist", basis="the court's list", type=ActorType.PERSON)
    [victim] = corrected(ARREST, fillers={Role.VICTIM: (said,)}).in_role(Role.VICTIM)
    assert (victim.cast, victim.anchor, victim.basis) == (2, None, "the court's list")


def test_a_role_may_be_empty_and_the_others_stay() -> None:
    after = corrected(BEATING, fillers={Role.PERPETRATOR: ()})
    assert [one.role for one in after.involvements] == [Role.VICTIM]


def test_what_is_said_is_certain_and_the_rest_as_it_was() -> None:
    after = corrected(ARREST, where=(Where(name="Norvale", anchor=at("Norvale")),))
    assert [(where.path, where.confidence) for where in after.where] == [(("by a reviewer",), 1.0)]
    assert (after.confidence, after.when.confidence) == (1.0, 0.7)
    assert after.involvements == ARREST.involvements
    assert after.evidence == ("corrected by a reviewer: where",)


def test_a_date_may_be_taken_away() -> None:
    assert corrected(ARREST, when=When(basis="a reviewer found none")).when == When(
        basis="a reviewer found none"
    )


def test_a_ruling_that_quotes_another_text_says_nothing() -> None:
    elsewhere = Filler(name="Iris", words=Anchor(start=0, end=4, exact="Iris"))
    assert corrected(ARREST, fillers={Role.VICTIM: (elsewhere,)}) == ARREST


def test_an_appeal_follows_its_act() -> None:
    appeal = Appeal(act_id=ARREST.id, kind="appeal", addressees=("Officers",))
    coding = replace(CODING, acts=(replace(ARREST, kind="appeal"), BEATING), appeals=(appeal,))
    to = Correction(fillers={Role.ADDRESSEE: (by("Officers", "The Officers"),)})
    after = apply(coding, REPORT, TEXT, [ruled("correct", ARREST.id, correction=to)])
    assert after is not None
    assert after.appeals[0].addressees == ("The Officers",)
    other = ruled("correct", ARREST.id, correction=Correction(kind="arrest"))
    after = apply(coding, REPORT, TEXT, [other])
    assert after is not None
    assert after.appeals == ()


def test_an_entry_of_a_register_follows_its_act() -> None:
    entry = Designation(
        register="register",
        authority="",
        organisation="Ana Lind",
        designation="listed",
        when="2021-05-03",
        reason="",
        act_id=ARREST.id,
    )
    coding = replace(CODING, designations=(entry,))
    said = Correction(when=When(edtf="2021"), fillers={Role.VICTIM: (by("Ivo Lind"),)})
    after = apply(coding, REPORT, TEXT, [ruled("correct", ARREST.id, correction=said)])
    assert after is not None
    assert [(each.organisation, each.when) for each in after.designations] == [("Ivo Lind", "2021")]


def test_an_added_act_wins_over_the_same_of_a_coder() -> None:
    said = AddedAct(
        kind="arrest",
        modality=Modality.ATTEMPTED,
        quote=ARREST.quote,
        trigger=ARREST.trigger,
        fillers={Role.VICTIM: (by("Ivo Lind"),)},
    )
    after = apply(CODING, REPORT, TEXT, [ruled("add", ARREST.id, added=said)])
    assert after is not None
    [act] = [each for each in after.acts if each.id == ARREST.id]
    assert (act.modality, [one.name for one in act.involvements]) == (
        Modality.ATTEMPTED,
        ["Ivo Lind"],
    )


def test_an_added_act_needs_no_coder() -> None:
    said = AddedAct(kind="arrest", quote=ARREST.quote, trigger=ARREST.trigger)
    after = apply(None, REPORT, TEXT, [ruled("add", ARREST.id, added=said)])
    assert after is not None
    assert [each.id for each in after.acts] == [ARREST.id]


# --- laws

spans = st.tuples(st.integers(0, len(WORDS) - 1), st.integers(1, 4)).map(
    lambda pair: Anchor.cut(
        TEXT, WORDS[pair[0]][0], WORDS[min(pair[0] + pair[1], len(WORDS)) - 1][1]
    )
)
names = st.sampled_from(["Ana Lind", "Ivo Lind", "Mara Quist", "Lind", "officers"])
fillers = st.one_of(
    spans.map(lambda words: Filler(name=words.exact, words=words)),
    st.builds(Filler, name=names, words=spans),
    st.builds(Filler, name=names, basis=st.just("a list"), type=st.sampled_from(ActorType)),
)
people = st.dictionaries(
    st.sampled_from([Role.VICTIM, Role.PERPETRATOR, Role.SOURCE]),
    st.lists(fillers, max_size=3).map(tuple),
    max_size=2,
)
places = st.lists(spans.map(lambda words: Where(name=words.exact, anchor=words)), max_size=2)
corrections = st.builds(
    Correction,
    kind=st.sampled_from([None, "fine", "appeal"]),
    modality=st.one_of(st.none(), st.sampled_from(Modality)),
    when=st.sampled_from([None, When(), When(edtf="2021", basis="its title")]),
    where=st.one_of(st.none(), places.map(tuple)),
    fillers=people,
)
added = st.builds(AddedAct, kind=st.just("search"), quote=spans, trigger=spans, fillers=people)


@st.composite
def some_rulings(draw: st.DrawFn) -> list[Ruling]:
    found = []
    for number in range(draw(st.integers(1, 5))):
        if draw(st.booleans()):
            act = draw(st.sampled_from([ARREST.id, BEATING.id, "act_gone"]))
            found.append(ruled("correct", act, number, correction=draw(corrections)))
        else:
            said = draw(added)
            quote, word = said.quote, said.trigger
            made = act_id(REPORT, said.kind, (quote.start, quote.end), (word.start, word.end))
            found.append(ruled("add", made, number, added=said))
    return found


@given(rulings=some_rulings())
def test_saying_the_same_twice_is_saying_it_once(rulings: list[Ruling]) -> None:
    once = apply(CODING, REPORT, TEXT, rulings)
    assert apply(CODING, REPORT, TEXT, [*rulings, *rulings]) == once


@given(rulings=some_rulings(), order=st.randoms())
def test_the_order_of_rulings_on_different_acts_is_no_matter(
    rulings: list[Ruling], order: Any
) -> None:
    acts = list(dict.fromkeys(ruling.ids[0] for ruling in rulings))
    order.shuffle(acts)
    other = sorted(rulings, key=lambda ruling: acts.index(ruling.ids[0]))
    assert apply(CODING, REPORT, TEXT, other) == apply(CODING, REPORT, TEXT, rulings)


@given(rulings=some_rulings())
def test_every_quotation_stands_in_the_text(rulings: list[Ruling]) -> None:
    after = apply(CODING, REPORT, TEXT, rulings)
    for start, end, exact in quotations(to_plain(after)):
        assert TEXT[start:end] == exact


@given(rulings=some_rulings())
def test_acts_keep_their_ids_and_everybody_is_in_the_cast(rulings: list[Ruling]) -> None:
    after = apply(CODING, REPORT, TEXT, rulings)
    assert after is not None
    assert {ARREST.id, BEATING.id} <= {act.id for act in after.acts}
    assert len({act.id for act in after.acts}) == len(after.acts)
    cast = {member.index for member in after.cast}
    assert after.cast[: len(CODING.cast)] == CODING.cast
    assert {one.cast for act in after.acts for one in act.involvements} - {None} <= cast


def quotations(value: Any) -> list[tuple[int, int, str]]:
    if isinstance(value, dict):
        inner = [each for one in value.values() for each in quotations(one)]
        if {"exact", "start", "end"} <= value.keys():
            inner.append((value["start"], value["end"], value["exact"]))
        return inner
    if isinstance(value, list):
        return [each for one in value for each in quotations(one)]
    return []
