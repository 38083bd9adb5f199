"""A check beside other work: one at a time, told how far it is, its end always told."""

import time
from collections.abc import Callable, Iterator
from threading import Event

from khronika.evidence.verdict import Finding, Verdict
from khronika.store.errors import StorageError
from khronika.workflows.browsing.checking import MOST, Check, Checking, Progress

CLOCK = "2030-01-02T03:04:05Z"


def reached(checking: Checking, wanted: Callable[[Check], bool]) -> Check:
    """The check once it is as far as wanted."""
    for _ in range(500):
        check = checking.last
        if check is not None and wanted(check):
            return check
        time.sleep(0.01)
    raise AssertionError("the check does not go on")


def ended(checking: Checking) -> Check:
    return reached(checking, lambda check: bool(check.ended))


def a_finding(verdict: Verdict) -> Finding:
    return Finding(subject="x", check="y", verdict=verdict)


def test_one_check_at_a_time_says_how_far_it_is() -> None:
    checking, go = Checking(lambda: CLOCK), Event()

    def verify(tell: Progress) -> Iterator[Finding]:
        tell(1, 2)
        go.wait(5)
        yield a_finding(Verdict.PASSED)

    assert checking.last is None
    assert checking.start(verify, 7)
    assert not checking.start(verify, 7)
    check = reached(checking, lambda check: check.total == 2)
    assert (check.done, check.verdict, check.state) == (1, None, 7)
    go.set()
    assert ended(checking).verdict is Verdict.PASSED
    assert checking.start(lambda _tell: [], 8)


def test_what_did_not_pass_is_kept_within_bounds() -> None:
    checking = Checking(lambda: CLOCK)
    checking.start(lambda _tell: [a_finding(Verdict.FAILED)] * (MOST + 50), 1)
    found = ended(checking)
    assert found.failed == MOST + 50
    assert len(found.findings) == MOST
    assert found.verdict is Verdict.FAILED


def test_unchecked_never_counts_as_passed() -> None:
    checking = Checking(lambda: CLOCK)
    checking.start(lambda _tell: [a_finding(v) for v in (Verdict.PASSED, Verdict.UNCHECKED)], 1)
    assert ended(checking).verdict is Verdict.UNCHECKED


def test_a_check_that_breaks_off_is_unchecked_and_says_what_to_do() -> None:
    def broken(_tell: Progress) -> Iterator[Finding]:
        yield a_finding(Verdict.PASSED)
        raise StorageError("The disk is gone.", remedy="mount it.")

    def odd(_tell: Progress) -> Iterator[Finding]:
        yield a_finding(Verdict.PASSED)
        raise RuntimeError("Ada Lark")

    checking = Checking(lambda: CLOCK)
    checking.start(broken, 1)
    assert ended(checking).problem == ("The disk is gone.", "mount it.")
    assert ended(checking).verdict is Verdict.UNCHECKED
    checking.start(odd, 1)
    assert "Ada Lark" not in str(ended(checking))
