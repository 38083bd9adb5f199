"""Roughly where sentences end, by signs alone: which acts stand near a place or a date."""

import re
from bisect import bisect_right
from collections import defaultdict

from khronika.model.acts import Act, Coding
from khronika.model.reports import Report

END = re.compile(r"(?<=[.!?”\"])\s{1,9}(?=[A-Z“\"])|\n{1,9}")


class Sentences:
    """The acts of a report by the sentence that tells them."""

    def __init__(self, report: Report, coding: Coding) -> None:
        self._starts = [0, *(found.end() for found in END.finditer(report.text))]
        self._acts: dict[int, list[Act]] = defaultdict(list)
        for act in coding.acts:
            self._acts[self._at(act.trigger.start)].append(act)

    def acts(self, at: int) -> list[Act]:
        """Those told in the sentence that holds a character."""
        return self._acts.get(self._at(at), [])

    def _at(self, place: int) -> int:
        return bisect_right(self._starts, place)
