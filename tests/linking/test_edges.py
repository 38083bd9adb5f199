import pickle
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from khronika.linking.edges import Edge, EdgeSort, edges
from khronika.linking.grouping import group
from khronika.linking.pool import Pool
from khronika.linking.tellings import Parts, Telling, tellings_of
from khronika.model.acts import Count, Modality
from linking.builders import Story

PEOPLE = {"Marfa Lebedinskaya": 1, "Anton Garidin": 2, "Lipsk Regional Court": 3}


def told_in(*stories: Story) -> list[Telling]:
    """The stories' acts as they are compared, people of one name being one actor."""
    found: list[Telling] = []
    for story in stories:
        parts = Parts(
            published=738_000, home="BY", origin=story.id,
            actors={m.index: PEOPLE[m.name] for m in story.cast if m.name in PEOPLE},
            callings={}, shared=frozenset(PEOPLE.values()), bodies=frozenset({3}),
            interventions=frozenset({"protest"}), pool=Pool(),
        )  # fmt: skip
        found += tellings_of(story.acts, parts)
    return found


def all_edges(tellings: list[Telling]) -> list[Edge]:
    return [e for a, b in combinations(tellings, 2) if (e := edges(a, b))]


def components(tellings: list[Telling], found: list[Edge]) -> list[list[Telling]]:
    home = {t.id: {t.id} for t in tellings}
    for edge in found:
        home[edge.one] |= home[edge.other]
        for act in home[edge.one]:
            home[act] = home[edge.one]
    return [
        [t for t in tellings if t.id in ids] for ids in {id(h): h for h in home.values()}.values()
    ]


def grouped(tellings: list[Telling], found: list[Edge]) -> set[frozenset[str]]:
    clusters, _ = group(tellings, found, [], frozenset())
    return {frozenset(t.id for t in each) for each in clusters.groups()}


def test_an_edge_says_how_it_joins_and_why() -> None:
    first, second = Story("one"), Story("two")
    first.act("arrest", ["Marfa Lebedinskaya"], "2023-04-04")
    second.act("arrest", ["Marfa Lebedinskaya"], "2023-04-04")
    second.act("arrest", ["Marfa Lebedinskaya"], modality=Modality.DENIED)
    second.act("arrest", [], "2023-04-04")
    a, b, denial, mute = told_in(first, second)
    timed = edges(a, b)
    assert timed
    assert (timed.sort, timed.agreed.why[0]) == (EdgeSort.TIMED, "the same people or organisations")
    assert [e and e.sort for e in (edges(a, denial), edges(b, denial), edges(b, mute))] == [
        EdgeSort.DENIAL, EdgeSort.DENIAL, EdgeSort.MUTE,
    ]  # fmt: skip
    assert edges(a, mute) is None


def test_a_join_names_the_other_act_and_its_weight() -> None:
    first, second = Story("one"), Story("two")
    first.act("arrest", ["Marfa Lebedinskaya"], "2023-04-04")
    second.act("arrest", ["Marfa Lebedinskaya"], "2023-04-04")
    tellings = told_in(first, second)
    _, (join,) = group(tellings, all_edges(tellings), [], frozenset())
    assert {join.one, join.other} == {t.id for t in tellings}
    assert join.weight > 3
    assert "the same day" in join.why


def test_a_crowd_a_day_apart_is_one_if_both_reports_tell_another_thing_of_it() -> None:
    first, second = Story("one"), Story("two")
    for story, day in ((first, "04"), (second, "05")):
        story.act("arrest", ["volunteers"], f"2023-04-{day}", where="Lipsk")
        story.act("release", ["volunteers"], f"2023-04-{day}")
    (_, a), (_, b) = told_in(first), told_in(second)
    found = edges(a, b)
    assert found
    assert found.sort is EdgeSort.BESIDE
    alone = Story("three")
    alone.act("release", ["volunteers"], "2023-04-05")
    (c,) = told_in(alone)
    assert edges(a, c) is None


WHO = ("Marfa Lebedinskaya", "Anton Garidin", "volunteers", "")
DAYS = ("", "2023", "2023-03", "2023-04-04", "2023-04-05", "2021")


@settings(max_examples=80, deadline=None)
@given(
    told=st.lists(
        st.tuples(
            st.integers(0, 3), st.sampled_from(["arrest", "sentence", "kidnapping"]),
            st.sampled_from(WHO), st.sampled_from(DAYS), st.sampled_from(["", "Lipsk", "Bor"]),
            st.sampled_from(list(Modality)), st.sampled_from([None, 6, 8]),
        ),
        max_size=14,
    ),
    turn=st.randoms(use_true_random=False),
)  # fmt: skip
def test_a_component_gives_the_same_groups_alone_and_in_any_order(
    told: list[tuple[int, str, str, str, str, Modality, int | None]], turn: object
) -> None:
    stories = [Story(f"s{n}") for n in range(4)]
    for number, kind, who, when, where, modality, many in told:
        count = Count(least=many, most=many) if many and who == "volunteers" else None
        victims = [who] if who else []
        stories[number].act(kind, victims, when, where=where, modality=modality, count=count)
    tellings = told_in(*stories)
    found = all_edges(tellings)
    whole = grouped(tellings, found)
    ids = [{t.id for t in part} for part in components(tellings, found)]
    parts = [
        grouped([t for t in tellings if t.id in part], [e for e in found if e.one in part])
        for part in ids
    ]
    assert whole == set().union(*parts)
    kept = pickle.loads(pickle.dumps((tellings, found)))
    turn.shuffle(kept[0])  # type: ignore[attr-defined]
    turn.shuffle(kept[1])  # type: ignore[attr-defined]
    assert grouped(*kept) == whole
    assert all(edges(b, a) == edges(a, b) for a, b in combinations(tellings, 2))
