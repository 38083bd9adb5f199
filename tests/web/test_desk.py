"""What was worked out before, for one state of the record."""

from pathlib import Path

from khronika.web.desk import MOST_KEPT, Desk
from khronika.web.security import Settings
from web.serving import empty_record


def test_it_is_made_once_for_each_state(tmp_path: Path) -> None:
    made: list[int] = []
    with empty_record(tmp_path) as record:
        desk = Desk(record, Settings())
        state = desk.state()
        for now in (state, state, state + 1, state + 1):
            desk.once(now, "key", lambda now=now: made.append(now))  # type: ignore[misc]
    assert made == [state, state + 1]


def test_what_is_kept_is_bounded(tmp_path: Path) -> None:
    with empty_record(tmp_path) as record:
        desk = Desk(record, Settings())
        for key in range(MOST_KEPT + 10):
            desk.once(1, key, lambda: 0)
        made: list[int] = []
        desk.once(1, 0, lambda: made.append(0))
        desk.once(1, MOST_KEPT, lambda: made.append(1))
    assert made == [0]
