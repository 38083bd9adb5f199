"""Checking a record beside other work: in a thread of its own, with how far it is."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Thread

from khronika.evidence.verdict import Finding, Verdict
from khronika.workflows.browsing.aside import Aside
from khronika.workflows.browsing.turns import short_turns

MOST = 200  # findings that are kept to be shown

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """How far a check is, or how it ended.

    Attributes:
        began: when, RFC 3339.
        ended: when, "" while it runs.
        state: of the record when it began: the number of the journal's last entry.
        done: subjects that are checked.
        total: subjects there are; 0 until that is known.
        passed: findings that passed.
        failed: findings that failed.
        unchecked: findings of what could not be checked.
        findings: those that did not pass, the first of them.
        problem: what broke the check off, and what to do about it.
    """

    began: str
    ended: str = ""
    state: int = 0
    done: int = 0
    total: int = 0
    passed: int = 0
    failed: int = 0
    unchecked: int = 0
    findings: tuple[Finding, ...] = ()
    problem: tuple[str, str] | None = None

    @property
    def verdict(self) -> Verdict | None:
        """Passed, failed, or unchecked; None while it runs."""
        if not self.ended:
            return None
        if self.failed:
            return Verdict.FAILED
        return Verdict.UNCHECKED if self.unchecked or self.problem else Verdict.PASSED


class Checking(Aside[Check]):
    """One check at a time, and the last one's outcome."""

    def __init__(self, now: Callable[[], str]) -> None:
        super().__init__(now, "check", "verify")

    def start(self, verify: Callable[[Progress], Iterable[Finding]], state: int) -> bool:
        """Begin a check, unless one runs; True if it began.

        Args:
            verify: the check, given what to tell how far it is.
            state: the number of the journal's last entry.
        """
        with self._lock:
            if self._is_busy():
                return False
            self._last = Check(began=self._now(), state=state)
        Thread(target=self._run, args=(verify,), name="verify", daemon=True).start()
        return True

    def _run(self, verify: Callable[[Progress], Iterable[Finding]]) -> None:
        with short_turns():
            self._check(verify)

    def _check(self, verify: Callable[[Progress], Iterable[Finding]]) -> None:
        counts: Counter[Verdict] = Counter()
        kept: list[Finding] = []
        problem = None
        try:
            for finding in verify(self._tell):
                counts[finding.verdict] += 1
                if finding.verdict is not Verdict.PASSED and len(kept) < MOST:
                    kept.append(finding)
        except Exception as error:  # noqa: BLE001  the thread's end must be told
            problem = self._problem(error)
        self._change(
            ended=self._now(),
            passed=counts[Verdict.PASSED],
            failed=counts[Verdict.FAILED],
            unchecked=counts[Verdict.UNCHECKED],
            findings=tuple(kept),
            problem=problem,
        )
