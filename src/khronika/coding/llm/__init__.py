"""Coding by a language model: what it is asked, and what of its answer counts.

Nothing here knows a network: whoever wants an answer hands in a `Transport`.
"""

from khronika.coding.llm.acts import coding_of
from khronika.coding.llm.answers import Answer, read_answer
from khronika.coding.llm.coder import ModelCoder, coder_name
from khronika.coding.llm.lines import Line, lines_of
from khronika.coding.llm.prompt import PROMPT, requests_of
from khronika.coding.llm.transport import (
    NoAnswerError,
    Reply,
    Request,
    StopAskingError,
    Transport,
    TryAgainError,
)
from khronika.coding.llm.voting import vote

__all__ = [
    "PROMPT",
    "Answer",
    "Line",
    "ModelCoder",
    "NoAnswerError",
    "Reply",
    "Request",
    "StopAskingError",
    "Transport",
    "TryAgainError",
    "coder_name",
    "coding_of",
    "lines_of",
    "read_answer",
    "requests_of",
    "vote",
]
