import pytest

from khronika.model.acts import Act, ActorType, Involvement, Modality, Role
from khronika.publish.wording import dated, is_alleged, listing, spoken, told
from publish.builders import a_report, an_act


@pytest.mark.parametrize(
    ("edtf", "words"),
    [
        ("", ""),
        ("2018-07-05", "5 July 2018"),
        ("2018-07-05T12:30", "5 July 2018"),
        ("2017-10", "October 2017"),
        ("2006", "2006"),
        ("2018-21", "spring 2018"),
        ("201X", "2010 to 2019"),
        ("../2006", "by 2006"),
        ("../2006-03-01", "by 1 March 2006"),
        ("2006-03/..", "since March 2006"),
        ("2023-03-14/2023-03-17", "between 14 and 17 March 2023"),
        ("2023-03-14/2023-04-02", "between 14 March and 2 April 2023"),
        ("2022-12-30/2023-01-02", "between 30 December 2022 and 2 January 2023"),
        ("2012/2014-11-27", "between 2012 and 27 November 2014"),
        ("no date", "no date"),
    ],
)
def test_a_date_is_said_in_words(edtf: str, words: str) -> None:
    assert spoken(edtf) == words


@pytest.mark.parametrize(
    ("edtf", "parts"),
    [
        ("2018-07-05", ("2018", "5 Jul")),
        ("2017-10", ("2017", "Oct")),
        ("2006", ("2006", "")),
        ("2018-24", ("2018", "winter")),
        ("2023-03-14/2023-03-17", ("2023", "14 Mar?")),
        ("../2006", ("2006", "?")),
        ("201X", ("2010", "?")),
        ("", ("", "")),
        ("no date", ("", "no date")),
    ],
)
def test_a_chronicle_says_a_date_in_short(edtf: str, parts: tuple[str, str]) -> None:
    assert dated(edtf) == parts


def test_only_what_did_not_simply_happen_is_marked() -> None:
    assert told(Modality.OCCURRED) == ""
    assert told(Modality.DENIED) == "DENIED"


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ([], ""),
        (["A"], "A"),
        (["A", "A"], "A"),
        (["A", "B"], "A and B"),
        (["A", "B", "C"], "A, B and C"),
        (["A", "B", "C", "D"], "A, B and 2 more"),
    ],
)
def test_long_lists_are_cut(names: list[str], said: str) -> None:
    assert listing(names) == said


def told_by(name: str, kind: ActorType = ActorType.AUTHORITY) -> Act:
    doer = Involvement(
        role=Role.PERPETRATOR, name="Velmora police", type=ActorType.AUTHORITY, anchor=None
    )
    source = Involvement(role=Role.SOURCE, name=name, type=kind, anchor=None)
    return an_act(a_report(), involvements=(doer, source))


@pytest.mark.parametrize(
    ("source", "alleged"),
    [
        ("a neighbour", True),
        ("the ministry", True),
        ("Velmora District Court", False),
        ("Velmora police", False),
        ("the courtyard committee", True),
    ],
)
def test_a_doer_is_alleged_unless_a_court_or_itself_tells_it(source: str, alleged: bool) -> None:
    act = told_by(source)
    assert is_alleged(act, act.involvements[0]) is alleged


def test_a_person_called_court_is_no_court() -> None:
    act = told_by("Ada Court", ActorType.PERSON)
    assert is_alleged(act, act.involvements[0])


def test_the_doer_itself_is_known_by_its_actor() -> None:
    act = told_by("its spokesman")
    assert not is_alleged(act, act.involvements[0], {0: "org_1", 1: "org_1"})
    assert is_alleged(act, act.involvements[0], {0: "org_1", 1: "org_2"})


def test_a_suspect_stays_alleged_whoever_tells_it() -> None:
    suspect = Involvement(
        role=Role.ALLEGED_PERPETRATOR, name="X", type=ActorType.PERSON, anchor=None
    )
    court = Involvement(
        role=Role.SOURCE, name="District Court", type=ActorType.AUTHORITY, anchor=None
    )
    act = an_act(a_report(), involvements=(suspect, court))
    assert is_alleged(act, suspect)
