from itertools import permutations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.linking import ContradictoryRulingsError, link
from khronika.linking.members import member_id, members_of
from khronika.linking.pool import Pool
from khronika.model.acts import Count, Modality
from khronika.model.links import Ruling
from linking.builders import (
    Story,
    a_codebook,
    actor_of,
    incident_of,
    linked,
    one_incident,
    told_apart,
)

MARFA, MARFA_TOO = "Marfa Lebedinskaya", "Марфа Лебединская"


def a_ruling(verb: str, *ids: str, number: int = 1, superseded: str | None = None) -> Ruling:
    return Ruling(
        id=f"rul_{number}", verb=verb, ids=ids, reviewer="r", time=f"2026-01-0{number}T00:00:00Z",
        why="w", superseded_by=superseded,
    )  # fmt: skip


def test_two_reports_of_one_arrest_are_one_incident_in_any_spelling() -> None:
    first, second = Story("one", publisher="A"), Story("two", publisher="B")
    a = first.act("arrest", [MARFA], "2023-04-04", where="Lipsk")
    b = second.act("arrest", [MARFA_TOO], "2023-04-04")
    links = linked(first, second)
    assert one_incident(links, a, b)
    assert incident_of(links, a).independent_sources == 2
    assert "the same day" in incident_of(links, a).why


def test_an_arrest_years_later_is_another_one() -> None:
    story = Story("one")
    acts = [story.act("arrest", [MARFA], when) for when in ("2018", "2021-11-08", "2023")]
    assert told_apart(linked(story), *acts)


def test_a_day_s_difference_is_one_incident_and_a_contradiction() -> None:
    first, second = Story("one"), Story("two")
    a = first.act("arrest", [MARFA], "2021-11-07", where="Lipsk")
    b = second.act("arrest", [MARFA], "2021-11-08", where="Verkhni Bor")
    links = linked(first, second)
    assert one_incident(links, a, b)
    found = incident_of(links, a).contradictions
    assert [c.attribute for c in found] == ["when", "where"]
    assert {v.value for v in found[0].values} == {"2021-11-07", "2021-11-08"}


def test_digits_of_a_day_that_changed_places_are_one_incident() -> None:
    first, second = Story("one"), Story("two")
    a = first.act("arrest", [MARFA], "2023-05-31")
    b = second.act("arrest", [MARFA], "2023-05-13")
    c = second.act("arrest", [MARFA], "2023-06-17")
    links = linked(first, second)
    assert one_incident(links, a, b)
    assert told_apart(links, b, c)


def test_other_victims_are_another_incident_on_the_same_day_in_the_same_place() -> None:
    first, second = Story("one"), Story("two")
    a = first.act("arrest", [MARFA], "2023-04-04", where="Lipsk")
    b = second.act("arrest", ["Anton Garidin"], "2023-04-04", where="Lipsk")
    assert told_apart(linked(first, second), a, b)


def test_a_crowd_is_one_only_on_the_same_days_and_in_the_same_place() -> None:
    six, eight = Count(least=6, most=6), Count(least=8, most=8)
    first, second, third = Story("one"), Story("two"), Story("three")
    a = first.act("arrest", ["volunteers"], "2023-04-04", where="Lipsk", count=six)
    b = second.act("arrest", ["volunteers"], "2023-04-05", where="Lipsk", count=eight)
    c = third.act("arrest", ["volunteers"], "2023-04-04", where="Verkhni Bor")
    links = linked(first, second, third)
    assert told_apart(links, a, c)
    same = Story("four").act("arrest", ["volunteers"], "2023-04-04", where="Lipsk", count=eight)
    assert same
    assert not one_incident(links, b, c)


def test_counts_that_can_both_hold_are_no_contradiction() -> None:
    first, second, third = Story("one"), Story("two"), Story("three")
    acts = [
        first.act("arrest", ["volunteers"], "2023-04-04", where="Lipsk", count=Count(least=5)),
        second.act("arrest", ["volunteers"], "2023-04-04", where="Lipsk",
                   count=Count(least=9, most=9)),
    ]  # fmt: skip
    links = linked(first, second)
    assert one_incident(links, *acts)
    assert incident_of(links, acts[0]).contradictions == ()
    third.act("arrest", ["volunteers"], "2023-04-04", where="Lipsk", count=Count(least=3, most=3))
    (found,) = incident_of(linked(first, second, third), acts[0]).contradictions
    assert found.attribute == "victim_count"
    assert {v.value for v in found.values} == {"at least 5", "9", "3"}


def test_a_denial_stands_with_what_it_denies() -> None:
    story = Story("one")
    other = story.act("arrest", ["Anton Garidin"], "2023-01-10")
    told = story.act("kidnapping", [MARFA], "2023-04-04")
    denied = story.act("arrest", [MARFA], modality=Modality.DENIED)
    links = linked(story)
    assert one_incident(links, told, denied)
    assert told_apart(links, told, other)
    (found,) = incident_of(links, told).contradictions
    assert found.attribute == "occurrence"
    assert incident_of(links, told).modality is Modality.OCCURRED


def test_an_undated_act_joins_one_candidate_but_not_one_of_two() -> None:
    first, second = Story("one"), Story("two")
    a = first.act("arrest", [MARFA], "2021-11-07")
    undated = second.act("arrest", [MARFA])
    assert one_incident(linked(first, second), a, undated)
    first.act("arrest", [MARFA], "2018-03")
    assert told_apart(linked(first, second), a, undated)


def test_a_threat_of_arrest_is_not_the_arrest() -> None:
    story = Story("one")
    threatened = story.act("arrest", [MARFA], "2023-04-04", modality=Modality.THREATENED)
    told = story.act("arrest", [MARFA], "2023-04-04")
    assert told_apart(linked(story), threatened, told)


def test_a_sentence_and_its_appeal_are_two_decisions() -> None:
    story = Story("one")
    first = story.act("sentence", [MARFA], "2020-09", penalty="19 years in prison")
    appeal = story.act("sentence", [MARFA], "2020-09", quote="On appeal the term was reduced")
    assert told_apart(linked(story), first, appeal)


@pytest.mark.parametrize(
    ("one", "other", "contradict"),
    [
        ("7 років колонії", "six years in a colony", True),
        ("four years and six months in prison", "4.5 years", False),
        ("5 years in prison, then 2 years of probation", "five years", False),
        ("61,400 tenge", "73,900 tenge", True),
        ("up to four years", "three years", False),
    ],
)
def test_penalties_contradict_only_as_amounts(one: str, other: str, contradict: bool) -> None:
    first, second = Story("one"), Story("two")
    a = first.act("sentence", [MARFA], "2023-06-27", penalty=one)
    second.act("sentence", [MARFA], "2023-06-27", penalty=other)
    found = incident_of(linked(first, second), a).contradictions
    assert [c.attribute for c in found] == (["penalty"] if contradict else [])


def test_one_publisher_and_one_witness_are_one_source() -> None:
    first, second, third = (
        Story("one", publisher="A"), Story("two", publisher="A"), Story("three", publisher="B")
    )  # fmt: skip
    a = first.act("torture", [MARFA], "2023-03", said_by=["Anton Garidin"])
    second.act("torture", [MARFA], "2023-03")
    third.act("torture", [MARFA], "2023-03", said_by=["Anton Garidin"])
    assert incident_of(linked(first, second, third), a).independent_sources == 1


def test_a_report_that_names_its_source_is_no_second_source() -> None:
    first = Story("one", publisher="Harbour Watch")
    second = Story("two", publisher="Daily Lantern", sources=("Harbour Watch",))
    a = first.act("arrest", [MARFA], "2023-04-04")
    second.act("arrest", [MARFA], "2023-04-04")
    assert incident_of(linked(first, second), a).independent_sources == 1


def test_incidents_of_a_person_are_a_chain() -> None:
    story = Story("one")
    arrest = story.act("arrest", [MARFA], "2023-04-04")
    trial = story.act("trial", [MARFA], "2023-06-01")
    sentence = story.act("sentence", [MARFA], "2023-06-27")
    links = linked(story)
    told = {(r.relation, r.incident) for r in incident_of(links, trial).related}
    assert told == {
        ("after", incident_of(links, arrest).id),
        ("before", incident_of(links, sentence).id),
        ("consequence", incident_of(links, arrest).id),
    }


def test_a_court_that_is_only_described_is_the_one_that_another_report_names() -> None:
    first, second = Story("one"), Story("two")
    first.body("Lipsk Regional Court")
    second.body("a regional court")
    first.act("sentence", [MARFA], "2023-06-27", by=["Lipsk Regional Court"])
    second.act("sentence", [MARFA], "2023-06-27", by=["a regional court"])
    links = linked(first, second)
    court = actor_of(links, first, "Lipsk Regional Court")
    assert court == actor_of(links, second, "a regional court")


def test_rulings_outrank_what_was_derived() -> None:
    first, second = Story("one"), Story("two")
    a = first.act("arrest", [MARFA], "2023-04-04")
    b = second.act("arrest", [MARFA], "2023-04-04")
    c = second.act("arrest", ["Anton Garidin"], "2022-01-01")
    parted = linked(first, second, rulings=[a_ruling("different", a, b)])
    assert told_apart(parted, a, b)
    joined = linked(first, second, rulings=[a_ruling("same", a, c)])
    assert one_incident(joined, a, c)
    rejected = linked(first, second, rulings=[a_ruling("reject", c)])
    assert all(c not in i.acts for i in rejected.incidents)
    undone = [a_ruling("different", a, b, superseded="rul_2")]
    assert one_incident(linked(first, second, rulings=undone), a, b)


def test_an_incident_s_id_stands_for_its_least_act() -> None:
    first, second = Story("one"), Story("two")
    a = first.act("arrest", [MARFA], "2023-04-04")
    c = second.act("arrest", ["Anton Garidin"], "2022-01-01")
    ids = [incident_of(linked(first, second), act).id for act in (a, c)]
    assert one_incident(linked(first, second, rulings=[a_ruling("same", *ids)]), a, c)


def test_rulings_on_actors() -> None:
    first, second = Story("one"), Story("two")
    first.member(MARFA)
    second.member(MARFA)
    second.member("Anton Garidin")
    members = [m for s in (first, second) for m in members_of(s.coding, s.facts, Pool())]
    same, too, other = (member_id(m) for m in members)
    parted = linked(first, second, rulings=[a_ruling("different", same, too)])
    assert actor_of(parted, first, MARFA) != actor_of(parted, second, MARFA)
    joined = linked(first, second, rulings=[a_ruling("same", same, other)])
    assert actor_of(joined, first, MARFA) == actor_of(joined, second, "Anton Garidin")


def test_rulings_that_cannot_all_be_obeyed_are_an_error_with_a_remedy() -> None:
    rulings = [
        a_ruling("same", "act_a", "act_b", number=1),
        a_ruling("same", "act_b", "act_c", number=2),
        a_ruling("different", "act_a", "act_c", number=3),
    ]
    with pytest.raises(ContradictoryRulingsError, match="withdraw one"):
        linked(rulings=rulings)


def some_stories() -> list[Story]:
    stories = []
    for number, (who, day) in enumerate(
        [(MARFA, "2023-04-04"), (MARFA_TOO, "2023-04-05"), ("M. Lebedinskaya", "2023-03"),
         ("Anton Garidin", "2023-04-04")]
    ):  # fmt: skip
        story = Story(f"s{number}", publisher=f"P{number}")
        story.act("arrest", [who], day, where="Lipsk", by=["State Security Committee (KGB)"])
        story.act("arrest", ["volunteers"], day, where="Lipsk", count=Count(least=6, most=6))
        story.act("arrest", [who], modality=Modality.DENIED)
        story.act("sentence", [who], "", penalty=f"{number + 3} years")
        stories.append(story)
    return stories


def test_the_order_of_reports_does_not_matter() -> None:
    stories = some_stories()
    expected = linked(*stories)
    for order in permutations(stories):
        assert linked(*order) == expected


NAMES = (MARFA, MARFA_TOO, "Anton Garidin", "volunteers", "Antoni Garidin", "A. Garidin")
DAYS = ("", "2023", "2023-03", "2023-04-04", "2023-04-05", "2021")


@settings(max_examples=40, deadline=None)
@given(
    told=st.lists(
        st.tuples(
            st.integers(0, 3), st.sampled_from(["arrest", "sentence", "kidnapping"]),
            st.sampled_from(NAMES), st.sampled_from(DAYS), st.sampled_from(["", "Lipsk", "Bor"]),
            st.sampled_from(list(Modality)),
        ),
        max_size=12,
    ),
    turn=st.randoms(use_true_random=False),
)  # fmt: skip
def test_each_act_is_in_one_incident_whatever_the_order(
    told: list[tuple[int, str, str, str, str, Modality]], turn: object
) -> None:
    stories = [Story(f"s{n}") for n in range(4)]
    for number, kind, who, when, where, modality in told:
        stories[number].act(kind, [who], when, where=where, modality=modality)
    links = linked(*stories)
    assert sorted(a for i in links.incidents for a in i.acts) == sorted(
        act.id for s in stories for act in s.acts
    )
    shuffled = list(stories)
    turn.shuffle(shuffled)  # type: ignore[attr-defined]
    facts, codings = [s.facts for s in reversed(shuffled)], [s.coding for s in shuffled]
    assert link(facts, codings, [], a_codebook()) == links


def test_two_numbers_in_one_report_are_two_crowds_unless_two_people_count_one() -> None:
    story, counts = Story("one"), [Count(least=n, most=n) for n in (2, 4)]
    two = [story.act("kidnapping", ["villagers"], count=c, by=["gunmen"]) for c in counts]
    assert told_apart(linked(story), *two)
    other = Story("two")
    fines = [
        other.act("fine", ["villagers"], "2024", count=count, said_by=[teller])
        for count, teller in zip(counts, ("Harbour Ministry", "Quay Monitor"), strict=True)
    ]
    links = linked(other)
    assert one_incident(links, *fines)
    assert [c.attribute for c in incident_of(links, fines[0]).contradictions] == ["victim_count"]


def test_a_count_of_a_year_is_not_one_of_its_days() -> None:
    story = Story("one")
    day = story.act("deportation", ["villagers"], "2022-07-09")
    year = story.act("deportation", ["villagers"], "2022")
    assert told_apart(linked(story), day, year)


def test_hundreds_in_one_country_are_one_claim_about_many() -> None:
    first, second = Story("one", country="UA"), Story("two", country="UA")
    hundreds = Count(least=100, approximate=True)
    a = first.act("inspection", ["associations"], "2015/2017", count=hundreds, by=["government"])
    b = second.act("inspection", ["associations"], count=hundreds, by=["the authorities"])
    assert one_incident(linked(first, second), a, b)


def test_a_described_person_is_another_unless_the_report_calls_the_named_one_so() -> None:
    for calling, same in (("blogger", False), ("lawyer", True)):
        story = Story("one")
        story.member(MARFA, description=calling)
        a = story.act("arrest", [MARFA], "2023-04-04")
        b = story.act("arrest", ["a lawyer"], count=Count(least=1, most=1))
        assert one_incident(linked(story), a, b) is same


def test_an_organisation_s_calls_on_others_are_other_calls() -> None:
    story = Story("one")
    calls = []
    for place in ("Belarusian government", "Kazakh government"):
        story.body(place)
        story.body("Harbour Watch")
        calls.append(story.act("protest", ["Harbour Watch"], "2023-04-04", to=[place]))
    assert told_apart(linked(story), *calls)


def test_another_time_is_another_incident() -> None:
    story = Story("one")
    a = story.act("search", [MARFA], "2023-04-04")
    b = story.act("search", [MARFA], quote="The flat of the same woman was searched again")
    assert told_apart(linked(story), a, b)


def test_an_act_that_names_nobody_joins_the_one_incident_of_its_kind() -> None:
    story = Story("one")
    a = story.act("sentence", [MARFA], "2023-06-27", by=["a court"])
    mute = story.act("sentence", [], "2023-06-27")
    assert one_incident(linked(story), a, mute)
    other = story.act("sentence", ["Anton Garidin"], "2023-06-27")
    assert told_apart(linked(story), other, mute)


def test_two_acts_of_one_sentence_are_not_one_for_sharing_its_words() -> None:
    story = Story("one")
    sentence = "Officers searched the flat of the lawyer and the office of the association"
    a = story.act("search", ["villagers"], quote=sentence, at=0)
    b = story.act("search", ["teachers"], quote=sentence, at=0)
    assert told_apart(linked(story), a, b)


def test_words_of_another_language_do_not_hide_a_crowd() -> None:
    first, second = Story("one"), Story("two")
    a = first.act("arrest", ["volunteers"], "2023-04-04", where="Lipsk")
    b = second.act("arrest", ["волонтёры"], "2023-04-04", where="Липск")
    assert one_incident(linked(first, second), a, b)


def test_a_copy_is_found_by_its_words_though_it_lost_its_date() -> None:
    quote = "two men kept her awake for three nights in the cellar of the old mill"
    first, second = Story("one"), Story("two")
    a = first.act("torture", [MARFA], "2023-03", where="Lipsk", quote=quote)
    b = second.act("torture", [MARFA], quote=quote)
    links = linked(first, second)
    assert one_incident(links, a, b)
    assert incident_of(links, a).independent_sources == 1


def test_a_denial_dated_by_its_year_still_denies_the_day() -> None:
    story, count = Story("one"), Count(least=12, most=12)
    told = story.act("deportation", ["villagers"], "2022-07-09", count=count)
    denied = story.act("deportation", ["villagers"], "2022", count=count, modality=Modality.DENIED)
    assert one_incident(linked(story), told, denied)
