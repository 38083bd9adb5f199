"""What a check says: passed, failed or unchecked; unchecked never counts as passed."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """The three outcomes of a check, kept apart."""

    PASSED = "passed"
    FAILED = "failed"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One check of one thing. `detail` says what is wrong, without personal text."""

    subject: str
    check: str
    verdict: Verdict
    detail: str = ""


def exit_status(findings: Iterable[Finding]) -> int:
    """3 if any finding failed, else 4 if any went unchecked or nothing was checked, else 0."""
    verdicts = {finding.verdict for finding in findings}
    if Verdict.FAILED in verdicts:
        return 3
    return 4 if Verdict.UNCHECKED in verdicts or not verdicts else 0
