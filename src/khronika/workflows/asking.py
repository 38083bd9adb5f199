"""A language model as a second coder of what is added or coded anew, within a budget."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock

from khronika.codebook.model import Codebook
from khronika.coding.llm import (
    Answer,
    GaveUpError,
    Line,
    NoAnswerError,
    Reply,
    Request,
    StopAskingError,
    Transport,
    answers_of,
    coder_name,
    coding_of,
    key_of,
    lines_of,
    read_answer,
    sent,
    vote,
)
from khronika.coding.llm.coder import NO_JSON
from khronika.model.acts import Coding
from khronika.model.ids import canonical
from khronika.model.plain import from_plain, to_plain
from khronika.model.reports import Report
from khronika.store.derive import grouped, rows
from khronika.store.derive_report import report_of
from khronika.store.store import Store
from khronika.text.redaction import BLOCK
from khronika.workflows.forgetting import ANSWERS, without_blocks
from khronika.workflows.prepare import Prepared

NOT_ANSWERED = "the language model did not answer"
LOST_CAUSE = 3  # questions given up in a row
MOST_KEPT = 64  # answers of one report; older ones go first


class BudgetSpentError(StopAskingError):
    """The budget for asking a language model is used up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """The most that one run may spend; None sets no limit."""

    tokens: int | None = 1_000_000
    requests: int | None = None
    reports: int | None = None

    def words(self) -> str:
        """'1,000,000 tokens, 20 reports'."""
        limits = ((self.tokens, "tokens"), (self.requests, "requests"), (self.reports, "reports"))
        return ", ".join(f"{n:,} {unit}" for n, unit in limits if n is not None) or "no limit"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What asking came to. `unanswered` counts reports; `stopped` says why asking ended early."""

    reports: int = 0
    from_kept: int = 0
    requests: int = 0
    tokens: int = 0
    unanswered: int = 0
    dropped: tuple[tuple[str, int], ...] = ()
    failures: tuple[tuple[str, int], ...] = ()
    stopped: str = ""
    remedy: str = ""


@dataclass(slots=True)
class Asking:
    """One run's questions to one model.

    Attributes:
        transport: sends a request; None answers only from what the record keeps.
        model: the model's name.
        only: leave the rules out: the coding is the model's alone.
        budget: the most that may be spent.
        at_once: reports that are asked about at the same time.
        sleep: waits some seconds between tries.
    """

    transport: Transport | None
    model: str
    only: bool = False
    budget: Budget = field(default_factory=Budget)
    at_once: int = 1
    sleep: Callable[[float], None] = time.sleep
    _spent: "_Spent" = field(init=False)

    def __post_init__(self) -> None:
        self._spent = _Spent(self.budget)

    def groups(
        self, store: Store, codebook: Codebook, prepared: Sequence[Prepared]
    ) -> Iterator[list[Prepared]]:
        """Reports with the model's say, a few at a time, so that each group can be kept at once."""
        for start in range(0, len(prepared), self.at_once):
            group = prepared[start : start + self.at_once]
            kept = [store.part(each.id, ANSWERS) for each in group]
            if len(group) == 1:
                yield [self._second(group[0], kept[0], codebook)]
                continue
            with ThreadPoolExecutor(self.at_once) as pool:
                try:
                    done = list(pool.map(self._second, group, kept, [codebook] * len(group)))
                except BaseException:  # what is on its way ends, and nothing follows it
                    self._spent.stop(StopAskingError("It was stopped.", remedy="go on later."))
                    raise
            yield done

    def asked(self) -> Asked:
        """What it came to so far."""
        return self._spent.summary()

    def _second(self, each: Prepared, kept: bytes | None, codebook: Codebook) -> Prepared:
        text = each.parts["text"].decode()
        report = report_of(json.loads(each.parts["report"]), text)
        lines = lines_of(report)
        answers = _Answers(kept)
        told = self._answers(report, lines, codebook, answers)
        made = None if told is None else self._coding(each, report, lines, told, codebook)
        if made is None and self.only:
            each = replace(each, fault=NOT_ANSWERED)
        return _with(each, report, made, answers)

    def _answers(
        self, report: Report, lines: Sequence[Line], codebook: Codebook, answers: "_Answers"
    ) -> list[Answer] | None:
        """What counts of the answers about a report, or None where one of them is missing."""
        asked = False

        def ask(request: Request, shown: Sequence[Line]) -> Answer | None:
            nonlocal asked
            key = key_of(request, self.model, codebook)
            kept = answers.get(key)
            if kept is not None:
                return kept
            asked = True
            answer = self._answer(request, shown, report, codebook)
            if answer is not None:
                answers.put(key, answer)
            return answer

        found = list(answers_of(report, lines, codebook, ask))
        told = [answer for answer in found if answer is not None]
        whole = len(told) == len(found)
        self._spent.report(told, whole=whole, asked=asked)
        return told if whole else None

    def _answer(
        self, request: Request, shown: Sequence[Line], report: Report, codebook: Codebook
    ) -> Answer | None:
        reply = self._reply(request, report.id)
        if reply is None:
            return None
        answer = read_answer(reply, shown, codebook, report.publisher.value)
        if answer is None:
            self._spent.fail(NO_JSON)
        return answer

    def _reply(self, request: Request, report: str) -> Reply | None:
        spent, used = self._spent, 0
        if self.transport is None:
            return None
        try:
            reply = sent(self.transport, request, self.sleep, lambda: spent.take(request, report))
            used = reply.tokens or request.tokens + len(reply.text) // 3
        except NoAnswerError as error:
            spent.fail(error.problem, gave_up=isinstance(error, GaveUpError))
        except StopAskingError as error:
            spent.stop(error)
        else:
            spent.succeed()
            return reply
        finally:
            spent.settle(report, used)
        return None

    def _coding(
        self,
        each: Prepared,
        report: Report,
        lines: Sequence[Line],
        told: Sequence[Answer],
        codebook: Codebook,
    ) -> Coding:
        coding = coding_of(report, lines, told, codebook, coder_name(self.model))
        ruled = each.parts.get("coding")
        if self.only or ruled is None:
            return coding
        return vote(from_plain(json.loads(ruled), Coding), coding, report.text)


def _with(each: Prepared, report: Report, coding: Coding | None, answers: "_Answers") -> Prepared:
    """A prepared report with the coding, where there is one, and the answers that are kept."""
    parts = dict(each.parts)
    if answers.fresh:
        parts[ANSWERS] = answers.data()
    if coding is None:
        return replace(each, parts=parts)
    plain = to_plain(coding)
    parts["coding"] = canonical(without_blocks(plain) if BLOCK in report.text else plain)
    return replace(
        each,
        parts=parts,
        rows=grouped(rows(each.id, parts.get)),
        acts=len(coding.acts),
        coder=coding.coder,
        fault="",
    )


class _Answers:
    """What the record keeps of the answers about one report, by all that they depend on."""

    def __init__(self, kept: bytes | None) -> None:
        self._held: dict[str, Answer] = {}
        self.fresh = False
        try:
            found = json.loads(kept) if kept else {}
            self._held = {key: from_plain(data, Answer) for key, data in found.items()}
        except Exception:  # noqa: BLE001  what another version kept is asked for again
            self._held = {}

    def get(self, key: str) -> Answer | None:
        return self._held.get(key)

    def put(self, key: str, answer: Answer) -> None:
        self._held[key] = answer
        self.fresh = True

    def data(self) -> bytes:
        kept = list(self._held.items())[-MOST_KEPT:]
        return canonical({key: to_plain(answer) for key, answer in kept})


class _Spent:
    """What was spent, counted by several threads."""

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._lock = Lock()
        self._asked: set[str] = set()
        self._requests = 0
        self._tokens = 0
        self._reserved: dict[str, int] = {}  # by report: what a question on its way may cost
        self._counts: Counter[str] = Counter()
        self._dropped: Counter[str] = Counter()
        self._failures: Counter[str] = Counter()
        self._in_a_row = 0  # questions that were given up
        self._stop: StopAskingError | None = None

    def take(self, request: Request, report: str) -> None:
        """Count one try.

        Raises:
            StopAskingError: no more may be spent, or asking was stopped before.
        """
        with self._lock:
            if self._stop is not None:
                raise self._stop
            limit = self._exceeded(request, report)
            if limit:
                raise BudgetSpentError(
                    f"The budget is used up: {limit}.",
                    remedy="run `khronika recode` with the same model and a --budget;"
                    " what was answered is kept and is not asked again.",
                )
            self._requests += 1
            self._asked.add(report)
            self._reserved[report] = request.tokens + request.most

    def _exceeded(self, request: Request, report: str) -> str:
        budget = self._budget
        others = sum(n for each, n in self._reserved.items() if each != report)
        wanted = request.tokens + request.most
        if budget.tokens is not None and self._tokens + others + wanted > budget.tokens:
            return f"{self._tokens:,} of {budget.tokens:,} tokens, and the next may cost {wanted:,}"
        if budget.requests is not None and self._requests >= budget.requests:
            return f"{self._requests:,} requests"
        full = budget.reports is not None and len(self._asked) >= budget.reports
        return f"{len(self._asked):,} reports" if full and report not in self._asked else ""

    def settle(self, report: str, used: int) -> None:
        """Count the tokens of what is no longer on its way."""
        with self._lock:
            self._reserved.pop(report, None)
            self._tokens += used

    def succeed(self) -> None:
        """A server that answers is no lost cause."""
        with self._lock:
            self._in_a_row = 0

    def fail(self, problem: str, *, gave_up: bool = False) -> None:
        """Count a question that got no answer; after several in a row, ask nothing more."""
        with self._lock:
            self._failures[problem] += 1
            self._in_a_row += gave_up
            if self._in_a_row >= LOST_CAUSE:
                self._stop = self._stop or StopAskingError(
                    problem, remedy="see to the model's server, then run `khronika recode`."
                )

    def stop(self, error: StopAskingError) -> None:
        """Ask nothing more in this run."""
        with self._lock:
            self._stop = self._stop or error

    def report(self, told: Sequence[Answer], *, whole: bool, asked: bool) -> None:
        """Count one report."""
        with self._lock:
            self._counts["reports"] += whole
            self._counts["from kept"] += whole and not asked
            self._counts["unanswered"] += not whole
            for answer in told:
                self._dropped.update(answer.dropped)

    def summary(self) -> Asked:
        """All of it."""
        with self._lock:
            return Asked(
                reports=self._counts["reports"],
                from_kept=self._counts["from kept"],
                requests=self._requests,
                tokens=self._tokens,
                unanswered=self._counts["unanswered"],
                dropped=tuple(sorted(self._dropped.items())),
                failures=tuple(sorted(self._failures.items())),
                stopped=self._stop.problem if self._stop else "",
                remedy=self._stop.remedy if self._stop else "",
            )
