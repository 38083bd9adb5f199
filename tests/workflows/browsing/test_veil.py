"""Contact data are covered, with every other letter where it was."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from khronika.model.anchors import Span
from khronika.workflows.browsing.veil import NOTHING, Veil, veils
from khronika.workflows.record import Record
from workflows.browsing.samples import MAIL, TEXTS, a_record, ids


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Record]:
    path: Path = tmp_path_factory.mktemp("veil") / "record"
    with a_record(path) as made:
        yield made


def test_contact_data_are_covered_wherever_they_stand(record: Record) -> None:
    of = ids(record)["alert.txt"]
    text = TEXTS["alert.txt"]
    covered = veils(record.store, [of])[of].over(text)
    assert MAIL not in covered
    assert len(covered) == len(text)
    assert covered.replace("█" * len(MAIL), MAIL) == text


def test_what_somebody_asked_to_see_is_shown(record: Record) -> None:
    of = ids(record)["alert.txt"]
    assert veils(record.store, [of], {of})[of] is NOTHING
    assert not veils(record.store, ["rpt_unknown"])["rpt_unknown"]


def test_a_piece_of_a_text_is_covered_as_the_whole_is() -> None:
    veil = Veil(spans=(Span(10, 20),), said=("0123456789",))
    assert veil.over("56789 and", 15) == "█████ and"
    assert veil.over("before", 0) == "before"
    assert veil.say("call 0123456789 now") == "call ██████████ now"
