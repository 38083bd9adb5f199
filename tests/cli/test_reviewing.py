"""The queue in the terminal: what a person sees and what each key does."""

from collections.abc import Iterator
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console, RenderableType

from khronika.cli.main import main
from khronika.cli.review_screen import KEYS, OF_SORT, helped, keys_of
from khronika.cli.reviewing import Sitting
from khronika.model.acts import Modality, Role
from khronika.review.priority import Sort
from khronika.workflows.record import Record
from khronika.workflows.reviewing.rows import Asked
from workflows.toys import a_capture, linking_parts, toy_parts

TEXTS = {
    "a.txt": "M Orlan was arrested on 2021-03-03.\nShe was at home with Lada Mirov.",
    "b.txt": "Marfa Orlan was arrested on 2021-03-09.",
    "c.txt": "Maksim Orlan was arrested on 2021-03-19.",
    "d.txt": "Zora Fenik was fined on 2021-05-01.\x1b[2J",
}


ACTS = Asked(sort=("act",))


@pytest.fixture
def record(tmp_path: Path) -> Iterator[Record]:
    with Record.create(tmp_path / "record", linking_parts()) as made:
        made.add([a_capture(name, text) for name, text in TEXTS.items()])
        yield made


class Script:
    """Hands that do what is written: keys one by one; ("...") in them is a typed line."""

    def __init__(self, *given: str) -> None:
        self._given = iter(given)
        self.console = Console(record=True, width=100, file=StringIO())
        self.prompts: list[str] = []

    def show(self, what: RenderableType) -> None:
        self.console.print(what)

    say = show

    def key(self, prompt: str = "") -> str:
        self.prompts.append(prompt)
        found = next(self._given, None)
        if found is None:
            raise EOFError
        return found

    def line(self, prompt: str) -> str:
        self.prompts.append(prompt)
        return next(self._given, "")

    def seen(self) -> str:
        return self.console.export_text(clear=False)


def sit(record: Record, *given: str, asked: Asked = ACTS, limit: int | None = None) -> Script:
    hands = Script(*given)
    Sitting(record=record, asked=asked, reviewer="R", hands=hands, limit=limit).run()
    return hands


def verbs(record: Record) -> list[str]:
    return [ruling.verb for ruling in record.rulings().standing()]


def acts(record: Record) -> list[str]:
    return [row.id for row in record.review_queue(Asked(sort=("act",)))]


def act_of(record: Record, text: str) -> str:
    rows = record.review_queue(Asked(sort=("act",)))
    return next(row.id for row in rows if text in row.texts[0])


def test_each_key_rules_and_goes_on(record: Record) -> None:
    order = acts(record)
    hands = sit(record, "a", "r", " ", "l", "q")
    assert verbs(record) == ["accept", "reject", "left"]
    assert [ruling.ids[0] for ruling in record.rulings().all] == [order[0], order[1], order[3]]
    assert {ruling.reviewer for ruling in record.rulings().all} == {"R"}
    assert acts(record) == [order[2]]
    assert "probability" in hands.seen()


def test_a_sitting_goes_on_behind_the_last_ruling(record: Record) -> None:
    order = acts(record)
    sit(record, "j", "a")
    hands = sit(record, "q")
    assert order[2] in hands.seen()
    assert order[0] not in hands.seen()
    assert order[0] in sit(record, "g", "q").seen()


def test_undo_takes_rulings_back_the_latest_first(record: Record) -> None:
    order = acts(record)
    hands = sit(record, "a", "r", "u", "u", "u", "q")
    assert verbs(record) == ["retract", "retract"]
    assert acts(record) == order
    assert "Nothing was ruled in this sitting." in hands.seen()


def test_a_capital_asks_for_the_reason(record: Record) -> None:
    sit(record, "R", "told by nobody", "A", "", "q")
    assert [(r.verb, r.why) for r in record.rulings().all] == [("reject", "told by nobody")]


@pytest.mark.parametrize(
    ("keys", "attribute", "said"),
    [
        (("k", "fine"), "kind", "fine"),
        (("m", "6"), "modality", Modality.DENIED),
        (("w", "2021-03-04", "", "another report says so"), "when", None),
        (("w", "2021-03-04", "2021-03-03"), "when", None),
        (("w", "-"), "when", None),
        (("p", "home"), "where", None),
        (("p", "-"), "where", ()),
        (("v", "Lada Mirov; M Orlan"), Role.VICTIM, ("Lada Mirov", "M Orlan")),
        (("d", "-"), Role.PERPETRATOR, ()),
    ],
)
def test_a_correction_takes_words_of_the_report(
    record: Record, keys: tuple[str, ...], attribute: str | Role, said: object
) -> None:
    act = act_of(record, "M Orlan")
    order = acts(record)
    sit(record, *["j"] * order.index(act), "c", *keys, "q")
    [ruling] = record.rulings().all
    assert ruling.ids == (act,)
    assert ruling.correction is not None
    if isinstance(attribute, Role):
        assert tuple(each.name for each in ruling.correction.fillers[attribute]) == said
    else:
        assert attribute in ruling.correction.attributes()
        assert said is None or getattr(ruling.correction, attribute) == said
    assert act not in acts(record)


@pytest.mark.parametrize(
    "keys",
    [("v", "nobody of that name"), ("k", ""), ("m", "x"), ("w", ""), ("w", "soon", ""), ("x",)],
)
def test_a_correction_that_says_nothing_or_stands_on_nothing_is_not_kept(
    record: Record, keys: tuple[str, ...]
) -> None:
    sit(record, "c", *keys)
    assert record.rulings().all == ()


def test_notes_and_marks_leave_the_item_where_it_is(record: Record) -> None:
    order = acts(record)
    hands = sit(record, "n", "ask the lawyer", "m", "q")
    assert verbs(record) == ["note", "sensitive"]
    assert acts(record) == order
    assert "ask the lawyer" in hands.seen()


def test_a_pair_is_ruled_on_with_both_quotations_in_sight(record: Record) -> None:
    asked = Asked(sort=("actors",))
    hands = sit(record, "a", "s", asked=asked)
    for words in ("M Orlan", "for:", "against:", "That key does nothing here"):
        assert words in hands.seen()
    assert verbs(record) == ["same"]


def test_what_another_changed_meanwhile_is_refused_and_shown_anew(record: Record) -> None:
    order = acts(record)

    class Slow(Script):
        def show(self, what: RenderableType) -> None:
            super().show(what)
            if not record.rulings().all:
                record.rule("reject", [order[0]], why="seen first", reviewer="S")

        say = Script.show

    hands = Slow("a", "q")
    Sitting(record=record, asked=Asked(sort=("act",)), reviewer="R", hands=hands).run()
    assert "Changed since you looked" in hands.seen()
    assert "seen first" in hands.seen()
    assert verbs(record) == ["reject"]


def test_a_limit_ends_the_sitting(record: Record) -> None:
    sit(record, "a", "a", "a", limit=2)
    assert verbs(record) == ["accept", "accept"]


def test_a_waiting_ruling_says_what_it_waits_for(record: Record) -> None:
    one, two, *_ = acts(record)
    record.rule("accept", [one, two], why="both read", reviewer="S")
    [gone] = [row for row in record.acts() if row.act.id == one]
    record.withdraw(gone.report.id, why="asked to")
    hands = sit(record, "q", asked=Asked())
    assert f"not here: {one}" in hands.seen()
    assert "both read" in hands.seen()


def test_nothing_of_a_report_steers_the_terminal(record: Record) -> None:
    hands = sit(record, *"jjjj")
    assert "\x1b[2J" not in hands.console.export_text(styles=True)


def test_moving_about(record: Record) -> None:
    order = acts(record)
    hands = sit(record, "j", "k", "k", "?", "x", "g", "j", "j", "j", "j", "q")
    assert "That was the last; this is the first." in hands.seen()
    assert all(act in hands.seen() for act in order)
    assert "undo the last ruling" in hands.seen()


def test_an_empty_queue_ends_at_once(tmp_path: Path) -> None:
    with Record.create(tmp_path / "empty", toy_parts()) as record:
        assert sit(record).seen() == ""


def test_without_a_terminal_it_says_what_to_do_instead(
    record: Record, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["review", "--record", str(record.path)])
    assert ended.value.code == 2
    assert "needs a terminal" in capsys.readouterr().err


def test_every_key_is_explained() -> None:
    console = Console(record=True, width=120, file=StringIO())
    console.print(helped())
    said = console.export_text()
    assert all(f" {key} " in said for key in KEYS)
    assert {key for sort in Sort for key in keys_of(sort)} <= set(KEYS)
    assert set(OF_SORT) == set(Sort)
