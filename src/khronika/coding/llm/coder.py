"""A language model as a coder like any other, for who codes without a record."""

from collections.abc import Callable, Iterator, Sequence

from khronika.codebook.model import Codebook
from khronika.coding.llm.acts import coding_of
from khronika.coding.llm.answers import Answer, read_answer
from khronika.coding.llm.lines import Line, lines_of
from khronika.coding.llm.prompt import PROMPT, parts_of, request_of
from khronika.coding.llm.transport import (
    GaveUpError,
    NoAnswerError,
    Reply,
    Request,
    StopAskingError,
    Transport,
    TryAgainError,
)
from khronika.model.acts import Coding
from khronika.model.reports import Report

TRIES = 4
LONGEST_WAIT = 120.0  # seconds; a server that asks for more is not waited for
NO_JSON = "The model answered something that is no list of acts."


def coder_name(model: str) -> str:
    """What a coding says of its coder: the model and the version of the prompt."""
    return f"llm {model} prompt {PROMPT}"


class ModelCoder:
    """Codes reports in any language by asking a model; see `Coder`.

    A report whose questions are not all answered raises what the transport raised.
    """

    languages: frozenset[str] = frozenset()  # whichever the model reads

    def __init__(self, transport: Transport, model: str, sleep: Callable[[float], None]) -> None:
        """Ask through `transport`; `sleep` waits some seconds between tries."""
        self.name = coder_name(model)
        self._transport = transport
        self._sleep = sleep

    def code(self, reports: Sequence[Report], codebook: Codebook) -> list[Coding]:
        """One coding a report, in the same order."""
        return [self._code(report, codebook) for report in reports]

    def _code(self, report: Report, codebook: Codebook) -> Coding:
        lines = lines_of(report)

        def ask(request: Request, shown: Sequence[Line]) -> Answer:
            reply = sent(self._transport, request, self._sleep)
            answer = read_answer(reply, shown, codebook, report.publisher.value)
            if answer is None:
                raise NoAnswerError(NO_JSON, remedy="try another model.")
            return answer

        answers = [a for a in answers_of(report, lines, codebook, ask) if a is not None]
        return coding_of(report, lines, answers, codebook, self.name)


def answers_of(
    report: Report,
    lines: Sequence[Line],
    codebook: Codebook,
    ask: Callable[[Request, Sequence[Line]], Answer | None],
) -> Iterator[Answer | None]:
    """The answers to all questions about a report; where one was cut off, those to its halves.

    Args:
        report: the report.
        lines: its lines.
        codebook: the kinds of act.
        ask: asks about the lines that it is given; None where no answer is to be had.
    """
    waiting = list(parts_of(lines))[::-1]
    while waiting:
        part = waiting.pop()
        answer = ask(request_of(report, part, codebook), part)
        if answer is None or not answer.cut or len(part) == 1:
            yield answer
        else:
            middle = len(part) // 2
            waiting += [part[middle:], part[:middle]]


def sent(
    transport: Transport,
    request: Request,
    sleep: Callable[[float], None],
    allowed: Callable[[], None] = lambda: None,
) -> Reply:
    """Send a request, again where that may help: after 1, 2, 4 seconds or as the server asks.

    Args:
        transport: sends it.
        request: what to send.
        sleep: waits some seconds.
        allowed: called before each try; raises where no more may be spent.

    Raises:
        GaveUpError: it was tried as often as it is worth.
        NoAnswerError: nothing came of it.
        StopAskingError: nothing will come of any request.
    """
    for tried in range(TRIES):
        allowed()
        try:
            return transport.send(request)
        except TryAgainError as error:
            wait = 2.0**tried if error.wait is None else error.wait
            if wait > LONGEST_WAIT:
                raise StopAskingError(
                    f"The model's server asks to wait for {wait:,.0f} seconds.",
                    remedy="run the same command again then.",
                ) from error
            if tried + 1 == TRIES:
                raise GaveUpError(error.problem, remedy=error.remedy) from error
            sleep(wait)
    raise AssertionError  # the last try returned or raised
