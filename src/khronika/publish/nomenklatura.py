"""Rulings on actors as lines of nomenklatura's resolver: target, source, judgement, and when.

Each line is a list: `["NK-...", "id", "positive", null, "khronika", "2024-05-06T07:08:09"]`.
"""

import json
import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from khronika.model.links import Ruling

JUDGEMENTS = {"same": "positive", "different": "negative"}
ACTOR = re.compile(r"(?:per|org|grp|cty)_[0-9a-f]{16}")
USER = "khronika"  # who ruled stays in the record
LONGEST_TIME = 28  # characters, of nomenklatura's column


def edges(rulings: Iterable[Ruling]) -> Iterator[str]:
    """The lines of the rulings on actors that stand, the oldest first; without who ruled."""
    for ruling in sorted(rulings, key=lambda r: (r.time, r.id)):
        judgement = JUDGEMENTS.get(ruling.verb)
        if judgement is None or ruling.superseded_by is not None:
            continue
        actors = sorted({each for each in ruling.ids if ACTOR.fullmatch(each)})
        for one, other in combinations(actors, 2):
            row = [other, one, judgement, None, USER, ruling.time[:LONGEST_TIME]]
            yield json.dumps(row)
