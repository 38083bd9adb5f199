"""Repeats at any length: a headline told twice, a body pasted twice, a pull quote."""

import re
from collections.abc import Iterator

from khronika.model.reports import CODED_ROLES, PassageRole
from khronika.reading.drafts import Draft
from khronika.reading.shapes import words

SHORTEST = 3  # words of a headline or caption that stands twice
SHORTEST_PROSE = 6  # words of other passages: two lists may both say "in prison"
SHORTEST_PART = 7  # words of a sentence quoted out of a passage
CUT = 6  # words that a headline must share with its fuller form
SENTENCE_END = re.compile(r"[.!?…]+")
ELIGIBLE = CODED_ROLES | {PassageRole.FOOTNOTE}


def mark_repeats(drafts: list[Draft]) -> None:
    """Mark the later of two equal passages, and the shorter of a cut-off one and its whole."""
    keys = [_key(draft) for draft in drafts]
    _whole(drafts, keys)
    _cut_off(drafts, keys)
    _pulled(drafts, keys)
    for draft in drafts:  # what repeats a repeat repeats what that one repeats
        while draft.repeat_of is not None and drafts[draft.repeat_of].repeat_of is not None:
            draft.repeat_of = drafts[draft.repeat_of].repeat_of


def _key(draft: Draft) -> tuple[str, ...]:
    return tuple(word.casefold() for word in words(draft.text))


def _whole(drafts: list[Draft], keys: list[tuple[str, ...]]) -> None:
    seen: dict[tuple[str, ...], int] = {}
    for index, (draft, key) in enumerate(zip(drafts, keys, strict=True)):
        if draft.role not in ELIGIBLE or len(key) < _shortest(draft):
            continue
        first = seen.setdefault(key, index)
        if first != index and not _is_table_cell(draft, drafts[first]):
            _mark(drafts, index, first)


def _shortest(draft: Draft) -> int:
    if draft.role in (PassageRole.HEADLINE, PassageRole.CAPTION):
        return SHORTEST
    leads = draft.text.endswith(":")  # 'The committee asks the government:' before two lists
    return 10**9 if leads else SHORTEST_PROSE


def _is_table_cell(draft: Draft, first: Draft) -> bool:
    """Short rows of a table may say the same twice and mean two things."""
    return draft.role is PassageRole.TABLE_ROW and first.role is PassageRole.TABLE_ROW


def _mark(drafts: list[Draft], index: int, of: int) -> None:
    drafts[index].role = PassageRole.REPEAT
    drafts[index].repeat_of = of


def _cut_off(drafts: list[Draft], keys: list[tuple[str, ...]]) -> None:
    """'... ahead of the S' before '... ahead of the Summit', and a teaser that ends in '…'."""
    by_start: dict[tuple[str, ...], list[int]] = {}
    for index, key in enumerate(keys):
        if drafts[index].role in CODED_ROLES and len(key) >= CUT:
            by_start.setdefault(key[: CUT - 1], []).append(index)
    for group in by_start.values():
        for index in group[:20]:
            for other in group[:20]:
                if index != other and _is_cut(drafts, keys, index, other):
                    _mark(drafts, index, other)
                    break


def _is_cut(drafts: list[Draft], keys: list[tuple[str, ...]], index: int, other: int) -> bool:
    short, full = keys[index], keys[other]
    if drafts[other].role is PassageRole.REPEAT or len(short) > len(full):
        return False
    last = len(short) - 1
    if short[:last] != full[:last] or not full[last].startswith(short[last]) or short == full:
        return False
    ellipsis = drafts[index].text.rstrip(" \"'”’»[]()").endswith(("…", "..."))
    cut_word = short[last] != full[last]
    return ellipsis or cut_word or len(short) >= 12


def _pulled(drafts: list[Draft], keys: list[tuple[str, ...]]) -> None:
    """A passage all of whose sentences stand in one other, longer passage."""
    wanted = {
        index: sentences
        for index, draft in enumerate(drafts)
        if draft.role in (PassageRole.BODY, PassageRole.QUOTATION, PassageRole.HEADLINE)
        and len(keys[index]) <= 120
        and (sentences := _sentences(draft.text))
    }
    held: dict[tuple[str, ...], list[int]] = {}
    for index, sentences in wanted.items():
        for sentence in sentences:
            held.setdefault(sentence[:SHORTEST_PART], []).append(index)
    for index, draft in enumerate(drafts):
        if draft.role is PassageRole.BODY:
            for candidate in _candidates(keys[index], held):
                if candidate != index and drafts[candidate].role is not PassageRole.REPEAT:
                    _pull(drafts, keys, candidate, index, wanted[candidate])


def _pull(
    drafts: list[Draft],
    keys: list[tuple[str, ...]],
    index: int,
    other: int,
    sentences: list[tuple[str, ...]],
) -> None:
    whole = keys[other]
    if len(whole) <= len(keys[index]):
        return
    joined = " " + " ".join(whole) + " "
    if all(f" {' '.join(sentence)} " in joined for sentence in sentences):
        _mark(drafts, index, other)


def _candidates(key: tuple[str, ...], held: dict[tuple[str, ...], list[int]]) -> Iterator[int]:
    seen: set[int] = set()
    for at in range(len(key) - SHORTEST_PART + 1):
        for index in held.get(key[at : at + SHORTEST_PART], ())[:8]:
            if index not in seen:
                seen.add(index)
                yield index


def _sentences(text: str) -> list[tuple[str, ...]]:
    """The sentences of a passage as words, if all are long enough to be told apart."""
    found = [tuple(word.casefold() for word in words(part)) for part in SENTENCE_END.split(text)]
    found = [each for each in found if each]
    return found if found and all(len(each) >= SHORTEST_PART for each in found) else []
