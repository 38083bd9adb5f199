"""What a record counted can be told in every language of a report."""

import pytest

from khronika.estimation.wording import LANGUAGES, Words
from khronika.workflows.estimating import scoped
from khronika.workflows.estimating.question import Question

REASONS = [
    value
    for name, value in vars(scoped).items()
    if isinstance(value, str) and name.strip("_").isupper() and " " in value
    and not value.startswith("tellings")
]  # fmt: skip
PERIODS = [Question(since="2023", until="2024-05"), Question(since="2023"), Question(until="2024")]


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_reason_to_leave_somebody_out_is_worded(language: str) -> None:
    assert len(REASONS) > 8
    words = Words(language)
    for reason in REASONS:
        assert words.known(reason) != reason
        assert Words("en").known(reason) == reason


@pytest.mark.parametrize("asked", [*PERIODS, Question()])
def test_what_was_asked_for_is_worded(asked: Question) -> None:
    for language in ("ru", "uk"):
        said = Words(language).scope(asked.scope())
        assert not [letter for letter in said if "a" <= letter <= "z"]
    assert Words("en").scope(asked.scope()) == asked.scope()
