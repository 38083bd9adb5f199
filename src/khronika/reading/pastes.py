"""Text pasted twice with other line breaks: sentence by sentence, across paragraphs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from khronika.model.reports import PassageRole
from khronika.reading.drafts import Draft
from khronika.reading.shapes import words

END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]?[^\W_a-zа-яёіїєґ])")
SHORTEST = 5  # words of a sentence that can be told again by itself
RUN_WORDS = 12  # words of sentences in a row that make a paste
PARTED = frozenset({None, PassageRole.BODY, PassageRole.QUOTATION})
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sentence:
    """A sentence, its passage, and the words it is known again by."""

    draft: int
    start: int
    end: int
    key: Key


@dataclass(frozen=True, slots=True)
class _Run:
    """Sentences `[first, last]` that stand from `earlier` on already."""

    first: int
    last: int
    earlier: int


def part_pastes(text: str, drafts: list[Draft]) -> list[Draft]:
    """Cut out, as repeats, runs of sentences that an earlier passage has word for word."""
    sentences = [s for i, draft in enumerate(drafts) for s in _sentences(draft, i)]
    runs = _runs(sentences)
    if not runs:
        return drafts
    copies = {index: run for run in runs for index in range(run.first, run.last + 1)}
    found: list[Draft] = []
    home: dict[int, int] = {}  # where each sentence stands in `found`
    by_draft: dict[int, list[int]] = {}
    for number, sentence in enumerate(sentences):
        by_draft.setdefault(sentence.draft, []).append(number)
    for index, draft in enumerate(drafts):
        numbers = by_draft.get(index, [])
        if not any(number in copies for number in numbers):
            home.update(dict.fromkeys(numbers, len(found)))
            found.append(draft)
            continue
        for group in _grouped(numbers, copies):
            home.update(dict.fromkeys(group, len(found)))
            found.append(_part(text, draft, sentences, group, copies, home))
    return found


def _sentences(draft: Draft, index: int) -> list[_Sentence]:
    if draft.role not in PARTED:
        return []
    cuts = [0, *(m.end() for m in END.finditer(draft.text)), len(draft.text)]
    return [
        _Sentence(
            index,
            draft.start + start,
            draft.start + end,
            tuple(word.casefold() for word in words(draft.text[start:end])),
        )
        for start, end in pairwise(cuts)
        if end > start
    ]


def _runs(sentences: Sequence[_Sentence]) -> list[_Run]:
    seen: dict[Key, int] = {}
    runs: list[_Run] = []
    at = 0
    while at < len(sentences):
        earlier = seen.setdefault(sentences[at].key, at)
        last = at
        if earlier < at and len(sentences[at].key) >= SHORTEST:
            while (
                last + 1 < len(sentences)
                and earlier + last + 1 - at < at
                and sentences[last + 1].key == sentences[earlier + last + 1 - at].key
            ):
                last += 1
            if sum(len(s.key) for s in sentences[at : last + 1]) >= RUN_WORDS:
                runs.append(_Run(at, last, earlier))
            else:
                last = at
        at = last + 1
    return runs


def _grouped(numbers: Sequence[int], copies: dict[int, _Run]) -> list[list[int]]:
    """Neighbouring sentences that are copied by the same run, or by none."""
    groups: list[list[int]] = []
    for number in numbers:
        if groups and copies.get(groups[-1][-1]) is copies.get(number):
            groups[-1].append(number)
        else:
            groups.append([number])
    return groups


def _part(
    text: str,
    draft: Draft,
    sentences: Sequence[_Sentence],
    group: Sequence[int],
    copies: dict[int, _Run],
    home: dict[int, int],
) -> Draft:
    start, end = sentences[group[0]].start, sentences[group[-1]].end
    words_of_part = text[start:end].rstrip()
    run = copies.get(group[0])
    made = Draft(
        start=start,
        end=start + len(words_of_part),
        gap=draft.gap if start == draft.start else 0,
        text=words_of_part,
        role=draft.role,
        words=len(words(words_of_part)),
    )
    if run is not None:
        made.role = PassageRole.REPEAT
        made.repeat_of = home[run.earlier + group[0] - run.first]
    return made
