"""Coding by a language model: what it is asked, and what of its answer counts.

Nothing here knows a network: whoever wants an answer hands in a `Transport`.
"""

from khronika.coding.llm.acts import coding_of
from khronika.coding.llm.answers import Answer, read_answer
from khronika.coding.llm.coder import ModelCoder, answers_of, coder_name, sent
from khronika.coding.llm.lines import Line, lines_of
from khronika.coding.llm.prompt import PROMPT, key_of, parts_of, request_of
from khronika.coding.llm.transport import (
    GaveUpError,
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
    "GaveUpError",
    "Line",
    "ModelCoder",
    "NoAnswerError",
    "Reply",
    "Request",
    "StopAskingError",
    "Transport",
    "TryAgainError",
    "answers_of",
    "coder_name",
    "coding_of",
    "key_of",
    "lines_of",
    "parts_of",
    "read_answer",
    "request_of",
    "sent",
    "vote",
]
