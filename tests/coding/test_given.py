"""Acts coded by hand: placed in their report, or refused in words that say what to do."""

from typing import Any

import pytest

from coding.reports import a_report
from khronika.codebook import load
from khronika.codebook.model import Codebook
from khronika.coding.given import Fault, GivenError, act_of_line, coding_of_given
from khronika.coding.given.actor_types import actor_type, is_described
from khronika.coding.given.counts import count_of
from khronika.model.acts import Act, ActorType, Coding, Count, MentionForm, Modality, Role

TEXT = """Velmora: printer led away

On 4 March 2024 officers of the Customs Service of Arland led
away the printer Odessa Quill in Velmora. Quill was held for two days.

Her sister, Mara Quill, said that "two men in grey coats" came first. The Lantern, a newspaper,
wrote that Odessa Quill was led away again in April.
"""


@pytest.fixture(scope="module")
def codebook() -> Codebook:
    return load()


def placed(codebook: Codebook, *lines: dict[str, Any], text: str = TEXT) -> Coding:
    coding, faults = coding_with_faults(codebook, *lines, text=text)
    assert not faults
    return coding


def coding_with_faults(
    codebook: Codebook, *lines: dict[str, Any], text: str = TEXT
) -> tuple[Coding, tuple[Fault, ...]]:
    given = [act_of_line({"report": "made", **each}, n) for n, each in enumerate(lines, start=1)]
    return coding_of_given(a_report(text), given, codebook, by="Somebody")


def the_act(codebook: Codebook, **line: Any) -> Act:
    act = placed(codebook, {"kind": "arrest", "quote": "led away the printer", **line}).acts[0]
    assert_anchored(act)
    return act


def assert_anchored(act: Act, text: str = TEXT) -> None:
    assert act.quote.stands_in(text)
    for one in act.involvements:
        assert (one.anchor is not None and one.anchor.stands_in(text)) or one.basis
    for where in act.where:
        assert where.anchor.stands_in(text)


def test_the_shortest_line(codebook: Codebook) -> None:
    coding = placed(codebook, {"kind": "arrest", "quote": {"exact": "led away the printer"}})
    [act] = coding.acts
    assert act.quote.exact == "led\naway the printer"
    assert act.modality is Modality.OCCURRED
    assert (act.when.edtf, act.when.basis) == ("", "not given")
    assert (coding.coder, coding.given_by, act.confidence) == ("by hand", "Somebody", 1.0)


def test_a_name_is_anchored_in_the_quotation_by_its_surname(codebook: Codebook) -> None:
    act = the_act(codebook, quote="Quill was held", victims=["Odessa Quill"])
    [victim] = act.involvements
    assert victim.anchor is not None
    assert (victim.name, victim.anchor.exact, victim.type) == (
        "Odessa Quill",
        "Quill",
        ActorType.PERSON,
    )
    assert act.quote.span.holds(victim.anchor.span)


def test_a_name_is_anchored_before_the_quotation_else_given(codebook: Codebook) -> None:
    line = {"quote": "came first", "kind": "threat", "victims": ["Odessa Quill", "Ada Lark"]}
    named, stranger = the_act(codebook, **line).involvements
    assert named.anchor is not None
    assert named.anchor.start == TEXT.index("Odessa Quill")
    assert stranger.anchor is None
    assert stranger.basis == "given by whoever coded it"


def test_a_surname_and_the_full_name_are_one(codebook: Codebook) -> None:
    coding = placed(
        codebook,
        {"kind": "arrest", "quote": "led away the printer", "victims": ["Odessa Quill"]},
        {"kind": "arrest", "quote": "Quill was held", "victims": ["ODESSA  QUILL"]},
        {"kind": "threat", "quote": "came first", "said_by": ["Mara Quill"]},
    )
    assert sorted(m.name for m in coding.cast) == ["Mara Quill", "Odessa Quill"]
    odessa = next(m for m in coding.cast if m.name == "Odessa Quill")
    assert [m.form for m in odessa.mentions] == [MentionForm.NAME] * 3


def test_a_surname_that_two_share_is_nobody_s(codebook: Codebook) -> None:
    coding = placed(
        codebook,
        {"kind": "arrest", "quote": "led away the printer", "victims": ["Odessa Quill"]},
        {"kind": "threat", "quote": "came first", "victims": ["Mara Quill", "Quill"]},
    )
    assert len(coding.cast) == 3


def test_other_forms_are_given_with_also(codebook: Codebook) -> None:
    victim = {"name": "Odessa Marion Quill", "also": ["the printer"]}
    act = the_act(codebook, victims=[victim])
    assert act.involvements[0].anchor is not None
    assert act.involvements[0].anchor.exact == "the printer"


def test_dates_places_and_counts_in_short(codebook: Codebook) -> None:
    act = the_act(
        codebook,
        when="2024-03-04",
        where="Velmora, Arland",
        victims=[{"name": "Odessa Quill", "count": "at least 2"}],
    )
    assert act.when.anchor is not None
    assert (act.when.edtf, act.when.anchor.exact, act.when.basis) == (
        "2024-03-04",
        "4 March 2024",
        "stated",
    )
    assert [w.name for w in act.where] == ["Velmora", "Arland"]
    assert act.involvements[0].count == Count(least=2)


def test_a_date_that_no_words_mean_is_given(codebook: Codebook) -> None:
    act = the_act(codebook, when="2024-03-05")
    assert (act.when.anchor, act.when.basis) == (None, "given by whoever coded it")


def test_a_wrong_place_is_mended_by_the_quotation(codebook: Codebook) -> None:
    near_the_end = {"exact": "Odessa Quill", "start": 400, "end": 412}
    act = the_act(
        codebook,
        quote={"exact": "led away", "start": 300, "end": 308},
        victims=[{"name": "Odessa Quill", **near_the_end}],
    )
    assert act.quote.start == TEXT.index("led away again")
    assert act.involvements[0].anchor is not None
    assert act.involvements[0].anchor.start == TEXT.rindex("Odessa Quill")


def test_two_acts_of_one_kind_in_one_quotation_have_two_ids(codebook: Codebook) -> None:
    quote = "Quill was held for two days"
    one = {"kind": "arrest", "quote": quote, "victims": ["Odessa Quill"]}
    other = {"kind": "arrest", "quote": quote, "victims": ["Mara Quill"]}
    acts = placed(codebook, one, other, one).acts
    assert len({act.id for act in acts}) == len(acts) == 2


def test_the_order_of_lines_changes_nothing(codebook: Codebook) -> None:
    lines = [
        {"kind": "arrest", "quote": "led away the printer", "victims": ["Odessa Quill"]},
        {"kind": "arrest", "quote": "Quill was held", "victims": ["Quill"]},
        {"kind": "threat", "quote": "came first", "perpetrators": ["two men in grey coats"]},
    ]
    assert placed(codebook, *lines) == placed(codebook, *reversed(lines))


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ({"quote": "led away"}, "no kind"),
        ({"kind": "arrest"}, "no quotation"),
        ({"kind": "arrest", "quote": "x" * 601}, "longer than 600"),
        ({"kind": "arrest", "quote": "led away", "victim": ["A B"]}, "unknown key `victim`"),
        ({"kind": "arrest", "quote": "led away", "when": "spring"}, "none in EDTF"),
        ({"kind": "arrest", "quote": "led away", "modality": "sure"}, "`modality` is unknown"),
        ({"kind": "arrest", "quote": "led away", "victims": [{"role": "victim"}]}, "no name"),
        ({"kind": "arrest", "quote": "led away", "victims": [7]}, "no JSON object"),
        ({"kind": "arrest", "quote": "led away", "victims": [{"name": "A", "age": -1}]}, "`age`"),
        ({"kind": "arrest", "quote": "led away", "involvements": [{"name": "A"}]}, "no role"),
        ({"kind": "arrest", "quote": {"start": 1}}, "quotes nothing"),
        ({"kind": "arrest", "quote": "led away", "confidence": 2}, "no probability"),
    ],
)
def test_what_a_line_may_not_say(line: dict[str, Any], problem: str) -> None:
    with pytest.raises(GivenError, match=problem):
        act_of_line({"report": "made", **line}, 1)


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ({"kind": "knitting", "quote": "led away the printer"}, True),
        ({"kind": "arrest", "quote": "arrested the printer"}, True),
        ({"kind": "arrest", "quote": "led away", "penalty": "three years"}, False),
        ({"kind": "arrest", "quote": "led away", "where": "Norvale"}, False),
    ],
)
def test_what_does_not_stand_in_the_report_stays_out(
    codebook: Codebook, line: dict[str, Any], whole: bool
) -> None:
    good = {"kind": "arrest", "quote": "Quill was held"}
    coding, faults = coding_with_faults(codebook, line, good)
    assert [(fault.line, fault.whole) for fault in faults] == [(1, whole)]
    assert len(coding.acts) == (1 if whole else 2)


def test_nobody_who_was_withdrawn_comes_back(codebook: Codebook) -> None:
    text = TEXT.replace("Odessa Quill", "██████ █████")
    line = {"kind": "arrest", "quote": "led away the printer", "victims": ["Odessa Quill"]}
    coding, faults = coding_with_faults(codebook, line, text=text)
    assert not coding.acts
    assert not coding.cast
    assert "withdrawn" in faults[0].problem


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Odessa Quill", ActorType.PERSON),
        ("Мария Скворцова", ActorType.PERSON),
        ("a journalist", ActorType.PERSON),
        ("her brother", ActorType.PERSON),
        ("two men in grey coats", ActorType.GROUP),
        ("the activists", ActorType.GROUP),
        ("hundreds of NGOs", ActorType.GROUP),
        ("NGOs", ActorType.GROUP),
        ("Norwegians", ActorType.GROUP),
        ("Norway", ActorType.COUNTRY),
        ("Ministry of Justice", ActorType.AUTHORITY),
        ("Министерство юстиции", ActorType.AUTHORITY),
        ("the police", ActorType.AUTHORITY),
        ("officers of the Customs Service", ActorType.AUTHORITY),
        ("Velmora District Court", ActorType.AUTHORITY),
        ("Union of Velmora Printers", ActorType.ORGANISATION),
        ("Amnesty International", ActorType.ORGANISATION),
        ("VPU", ActorType.ORGANISATION),
        ("a human rights organisation", ActorType.ORGANISATION),
    ],
)
def test_what_sort_of_actor_a_name_is(name: str, type_: ActorType) -> None:
    assert actor_type(name) is type_


def test_a_calling_before_an_unknown_name_tells_what_it_is() -> None:
    assert actor_type("Zyxt Orrow", ["according to the newspaper"]) is ActorType.ORGANISATION
    assert actor_type("Orrow", ["they held the printer Elena"]) is ActorType.PERSON


@pytest.mark.parametrize(
    ("name", "type_"),
    [
        ("Z. Orrow", ActorType.PERSON),
        ("ZYXT Orrow", ActorType.PERSON),
        ("Orrowshvili", ActorType.PERSON),
        ("Orrow", ActorType.ORGANISATION),
        ("Open Orrow", ActorType.ORGANISATION),
        ("UN Orrow", ActorType.ORGANISATION),
    ],
)
def test_the_way_a_name_is_written_tells_what_it_is(name: str, type_: ActorType) -> None:
    assert actor_type(name) is type_


def test_what_was_done_to_an_unknown_name_tells_what_it_is() -> None:
    assert actor_type("Orrow", (), frozenset({"life, body, liberty"})) is ActorType.PERSON
    assert actor_type("Zyxt Orrow", (), frozenset({"closure"})) is ActorType.ORGANISATION


def test_descriptions_and_names() -> None:
    assert is_described("Two men in masks")
    assert is_described("the printers")
    assert not is_described("Odessa Quill")
    assert not is_described("Guild of Printers")


@pytest.mark.parametrize(
    ("name", "count"),
    [
        ("two men", Count(least=2, most=2)),
        ("at least 14 villagers", Count(least=14)),
        ("about 20 villagers", Count(least=20, approximate=True)),
        ("hundreds of NGOs", Count(least=100, approximate=True)),
        ("the villagers", None),
    ],
)
def test_how_many_a_description_speaks_of(name: str, count: Count | None) -> None:
    assert count_of(name, ActorType.GROUP) == count


def test_affiliations_and_who_says_so(codebook: Codebook) -> None:
    coding = placed(
        codebook,
        {
            "kind": "arrest",
            "quote": "led away again in April",
            "victims": ["Odessa Quill"],
            "said_by": [{"name": "The Lantern", "type": "organisation"}],
            "affiliations": [{"person": "Odessa Quill", "role": "printer"}],
        },
    )
    [act] = coding.acts
    assert [i.name for i in act.in_role(Role.SOURCE)] == ["The Lantern"]
    assert [(a.person, a.role, a.anchor.exact) for a in coding.affiliations] == [
        ("Odessa Quill", "printer", "printer")
    ]
    assert {m.name: m.description for m in coding.cast}["Odessa Quill"] == "printer"
