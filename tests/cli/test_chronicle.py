import pytest

from cli.builders import a_clash, a_report_row, an_act_row, an_incident_row, somebody
from khronika.cli import chronicle
from khronika.model.acts import ActorType, Count, Modality, Role
from khronika.model.links import Contradiction, Told
from khronika.workflows.rows import ActRow, ConflictRow

OTHER = a_report_row("b.txt", "Northern Herald")


@pytest.fixture(autouse=True)
def _wide(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "160")


def a_denial() -> ActRow:
    office = somebody(Role.SOURCE, "the prosecutor's office", ActorType.AUTHORITY)
    return an_act_row("search", office, modality=Modality.DENIED, report=OTHER)


def test_a_timeline_says_who_allegedly_did_what_to_whom(
    capsys: pytest.CaptureFixture[str],
) -> None:
    chronicle.timeline([an_incident_row()])
    (line,) = capsys.readouterr().out.splitlines()
    assert "2023  14 Mar  search" in line
    assert "Odessa Quill, allegedly by the security service, Velmora" in line
    assert "1 report" in line


def test_incidents_alike_but_for_their_kind_share_a_line() -> None:
    rows = [an_incident_row(), an_incident_row(an_act_row("arrest"))]
    (line,) = chronicle.lines(rows)
    assert line.kinds == ("search", "arrest")


def test_a_denial_has_a_line_of_its_own_with_who_denies() -> None:
    denial = a_denial()
    told, denied = chronicle.lines([an_incident_row(an_act_row(), denial)])
    assert (told.kinds, told.denied) == (("search",), False)
    assert (denied.kinds, denied.what) == (("search DENIED",), "by the prosecutor's office")


def test_the_chronicle_goes_by_date_and_ends_with_what_has_none() -> None:
    rows = [
        an_incident_row(an_act_row("fine", when=""), when=""),
        an_incident_row(an_act_row("arrest", when="2024"), when="2024"),
        an_incident_row(),
    ]
    assert [line.kinds[0] for line in chronicle.lines(rows)] == ["search", "arrest", "fine"]


def test_a_date_that_is_a_stretch_is_marked_and_said(capsys: pytest.CaptureFixture[str]) -> None:
    chronicle.timeline([an_incident_row(when="2023-03-14/2023-03-17")])
    out = capsys.readouterr().out
    assert "14 Mar?" in out
    assert "“between 14 and 17 March 2023”" in out


@pytest.mark.parametrize("show", [chronicle.incidents, chronicle.timeline])
def test_every_perpetrator_is_alleged(show: object, capsys: pytest.CaptureFixture[str]) -> None:
    show([an_incident_row()])  # type: ignore[operator]
    assert "allegedly" in capsys.readouterr().out


def test_what_a_court_tells_is_not_alleged(capsys: pytest.CaptureFixture[str]) -> None:
    row = an_act_row(
        "torture",
        somebody(Role.VICTIM, "Odessa Quill"),
        somebody(Role.PERPETRATOR, "a guard"),
        somebody(Role.SOURCE, "Velmora District Court", ActorType.AUTHORITY),
    )
    chronicle.acts([row])
    out = capsys.readouterr().out
    assert "a guard" in out
    assert "allegedly" not in out


def test_a_contradiction_names_both_sides_with_their_words() -> None:
    one, other = an_act_row(), an_act_row(report=OTHER)
    row = ConflictRow(
        incident=an_incident_row(one, other).incident,
        contradiction=a_clash(one, other),
        tellings=(one, other),
    )
    said, sides = chronicle.conflict(row)
    assert said == "search of Odessa Quill, 14 March 2023 - number of victims: 7 or 6"
    assert sides[0].startswith("7: Velmora Watch, “On 14 March")
    assert sides[1].startswith("6: Northern Herald, “")


@pytest.mark.parametrize(
    ("attribute", "value", "said"),
    [
        ("when", "2023-03-14", "14 March 2023"),
        ("occurrence", "denied", "it is denied"),
        ("occurrence", "occurred", "it occurred"),
        ("penalty", "", "none"),
    ],
)
def test_a_side_of_a_contradiction_is_said_in_words(attribute: str, value: str, said: str) -> None:
    one = an_act_row()
    clash = Contradiction(attribute=attribute, values=(Told(value=value, acts=(one.act.id,)),))
    row = ConflictRow(incident=an_incident_row(one).incident, contradiction=clash, tellings=(one,))
    assert chronicle.conflict(row)[1][0].startswith(f"{said}: Velmora Watch")


@pytest.mark.parametrize(
    ("count", "said"),
    [
        (None, "volunteers"),
        (Count(least=1, most=1), "volunteers"),
        (Count(least=7, most=7), "volunteers (7)"),
        (Count(least=7), "volunteers (7+)"),
        (Count(least=100, most=100, approximate=True), "volunteers (about 100)"),
    ],
)
def test_a_group_says_how_many(count: Count | None, said: str) -> None:
    assert chronicle.counted(somebody(Role.VICTIM, "volunteers", count=count)) == said


def test_a_hostile_name_steers_no_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    row = an_act_row("arrest", somebody(Role.VICTIM, "\x1b[2JOdessa\u202e [red]Quill[/red]"))
    chronicle.acts([row])
    out = capsys.readouterr().out
    assert "\x1b" not in out
    assert "\u202e" not in out
    assert "[red]" in out
