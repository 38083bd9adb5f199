"""Say how far the records of one report in two languages agree.

    python benchmarks/ovd_info.py [--acts]

OVD-Info published its report on detentions in Moscow, January to March 2013, in English and in
Russian. Both are read and coded here by the coder of their language. For each record the share of
its acts that the other one has is printed: an act that only one record has is a miss of the other
or an invention of its own. Then, among the acts of one kind that both records have, how often date,
place, count and named victims agree, and how many linking holds to be one incident. Needs the
shared folder (KHRONIKA_SHARED) and the extra `russian`.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")

from corpus import SHARED
from khronika.codebook import load
from khronika.coding import coder_for
from khronika.ingest.captures import GIVEN, Capture
from khronika.ingest.extract import extract
from khronika.linking import facts_of, link
from khronika.model import edtf
from khronika.model.acts import Act, Coding, Role
from khronika.model.reports import Known, Origin, Report
from khronika.reading import read
from khronika.text.likeness import Likeness, compare_people

FOLDER = SHARED / "data" / "ovd-info"
FILES = {"en": "2013-04-23-report-2013-1-en.md", "ru": "2013-04-23-report-2013-1.md"}
PUBLISHED = "2013-04-23"


@dataclass(frozen=True)
class Told:
    """One record: its acts in the order of the text, each with its place in it from 0 to 1."""

    report: Report
    coding: Coding
    seconds: float

    def at(self, act: Act) -> float:
        """How far into the text an act is told."""
        return act.quote.start / max(1, len(self.report.text))


def told(path: Path, language: str) -> Told:
    """Read and code one file."""
    given = Known(value=PUBLISHED, basis=GIVEN)
    origin = Origin(name=path.name, published=given)
    capture = Capture(
        name=path.name, data=path.read_bytes(), media_type="text/markdown", origin=origin
    )
    report = read(extract(capture))
    coder = coder_for(language)
    if coder is None:
        sys.exit(f"No coder reads '{language}': install the extra 'russian'.")
    coder.code([report], load())  # loads the parser
    start = time.process_time()
    coding = coder.code([report], load())[0]
    return Told(report, coding, time.process_time() - start)


def same_date(a: Act, b: Act) -> bool | None:
    """True if both dates share a day; None where one has none."""
    if not a.when.edtf or not b.when.edtf:
        return None
    (start, end), (first, last) = edtf.bounds(a.when.edtf), edtf.bounds(b.when.edtf)
    before = end is not None and first is not None and end < first
    after = start is not None and last is not None and last < start
    return not (before or after)


def same_place(a: Act, b: Act) -> bool | None:
    """True if both name one place of the gazetteer; None where one names none."""
    here, there = ({w.geonameid or w.place for w in act.where} - {None, ""} for act in (a, b))
    return bool(here & there) if here and there else None


def same_count(a: Act, b: Act) -> bool | None:
    """True if both give one number of victims; None where one gives none."""
    here, there = (
        {i.count.least for i in act.in_role(Role.VICTIM) if i.count is not None} for act in (a, b)
    )
    return bool(here & there) if here and there else None


def same_victims(a: Act, b: Act) -> bool | None:
    """True if one named victim of each may be one person; None where one names nobody."""
    here, there = (
        [i.name for i in act.in_role(Role.VICTIM) if i.type == "person" and i.cast is not None]
        for act in (a, b)
    )
    if not here or not there:
        return None
    return any(compare_people(x, y).likeness >= Likeness.LIKELY for x in here for y in there)


CHECKS: dict[str, Callable[[Act, Act], bool | None]] = {
    "date": same_date,
    "place": same_place,
    "count": same_count,
    "named victims": same_victims,
}


def paired(one: Told, other: Told) -> list[tuple[Act, Act]]:
    """Acts of one kind within a tenth of the text, one to one, those that agree most first."""
    near = sorted(
        (-_agreement(a, b), abs(one.at(a) - other.at(b)), i, j)
        for i, a in enumerate(one.coding.acts)
        for j, b in enumerate(other.coding.acts)
        if a.kind == b.kind and abs(one.at(a) - other.at(b)) < 0.1
    )
    left, right, pairs = set[int](), set[int](), []
    for _, _, i, j in near:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            pairs.append((one.coding.acts[i], other.coding.acts[j]))
    return pairs


def _agreement(a: Act, b: Act) -> int:
    """How many of date, place, count and victims agree, less those that do not."""
    return sum({True: 1, False: -1, None: 0}[check(a, b)] for check in CHECKS.values())


def linked(english: Told, russian: Told, pairs: Sequence[tuple[Act, Act]]) -> int:
    """How many pairs are one incident once both records are linked."""
    records = (english, russian)
    links = link(
        [facts_of(each.report) for each in records], [each.coding for each in records], (), load()
    )
    home = {act: incident.id for incident in links.incidents for act in incident.acts}
    return sum(home[a.id] == home[b.id] for a, b in pairs)


def lines(english: Told, russian: Told) -> Iterator[str]:
    """The report, line by line."""
    pairs = paired(english, russian)
    for name, record in (("English", english), ("Russian", russian)):
        acts = len(record.coding.acts)
        share = len(pairs) / acts if acts else 0.0
        dated = sum(bool(act.when.edtf) for act in record.coding.acts)
        yield (
            f"{name}: {acts} acts, {dated} dated, {len(pairs)} of them ({share:.2f}) in the other; "
            f"{record.seconds:.2f} CPU seconds"
        )
    for kind in sorted({a.kind for told in (english, russian) for a in told.coding.acts}):
        counts = [sum(a.kind == kind for a in t.coding.acts) for t in (english, russian)]
        both = sum(a.kind == kind for a, _ in pairs)
        yield f"  {kind:22} English {counts[0]:3}  Russian {counts[1]:3}  both {both:3}"
    for name, check in CHECKS.items():
        found = [check(a, b) for a, b in pairs]
        known = [each for each in found if each is not None]
        agree = f"{sum(known) / len(known):.2f}" if known else "-"
        yield f"same {name:14} {agree}  of the {len(known)} pairs in which both have one"
    together = linked(english, russian, pairs)
    yield f"same incident       {together / max(1, len(pairs)):.2f}  of the {len(pairs)} pairs"
    modality = sum(a.modality is b.modality for a, b in pairs)
    yield f"same modality       {modality / max(1, len(pairs)):.2f}"


def unpaired(one: Told, other: Told) -> Iterator[str]:
    """The acts that only one record has."""
    pairs = paired(one, other)
    for name, record, at in (("English", one, 0), ("Russian", other, 1)):
        there = {pair[at].id for pair in pairs}
        for act in record.coding.acts:
            if act.id not in there:
                yield f"{name} only: {act.kind} {act.when.edtf} {act.quote.exact[:100]!r}"


def main(arguments: Sequence[str]) -> None:
    """Code both texts and compare."""
    if not FOLDER.is_dir():
        sys.exit("The shared folder is missing: set KHRONIKA_SHARED to it.")
    english, russian = (told(FOLDER / name, language) for language, name in FILES.items())
    for line in lines(english, russian):
        print(line)
    if "--acts" in arguments:
        for line in unpaired(english, russian):
            print(line)


if __name__ == "__main__":
    main(sys.argv[1:])
