"""An export in one file: made in a folder that goes at once, counted and checked on the way."""

import os
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory, TemporaryFile
from typing import IO, Any

from sqlalchemy import func, select

from khronika.model.acts import Act, Coding
from khronika.model.anchors import Anchor
from khronika.model.links import Links, Ruling
from khronika.model.reports import LIST, Report
from khronika.publish import FORMATS, ExportOptions
from khronika.publish.folder import ExportError
from khronika.publish.masks import Masks
from khronika.publish.selection import standing
from khronika.store import schema
from khronika.store.chunks import in_chunks
from khronika.store.errors import RecordBusyError
from khronika.store.lock import export_lock
from khronika.store.store import Store
from khronika.workflows.filtering import threshold
from khronika.workflows.recalibrating import learned
from khronika.workflows.record import Record
from khronika.workflows.rows import Filters
from khronika.workflows.rulings import kept_rulings, rulings_of
from khronika.workflows.sensitive import SENSITIVE
from khronika.workflows.view import StoredView

DRAFT = ".export-"  # what a folder is called in which an export grows
ALWAYS = (1980, 1, 1, 0, 0, 0)  # the time of each file: the same record gives the same bytes
PIECE = 1 << 16  # bytes
Progress = Callable[[int, int], None]  # reports that are written, and all of them
LEASTS = (0.5, 0.7, 0.9)  # probabilities below which acts are counted


def silent(_done: int, _total: int) -> None:
    """Nobody wants to know how far it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What went into an export, and whether its quotations stand where they say."""

    reports: int = 0
    acts: int = 0
    incidents: int = 0
    actors: int = 0
    anchors: int = 0
    wrong: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An export as one ZIP: a file without a name, gone when it is closed."""

    file: IO[bytes]
    size: int
    counts: Counts


class CountingView:
    """A view that counts what passes, and holds every quotation against its report."""

    def __init__(self, view: StoredView, tell: Progress, total: int) -> None:
        self._view = view
        self._tell = tell
        self._total = total
        self._reports = self._acts = self._anchors = self._wrong = 0

    def coded_reports(self) -> Iterator[tuple[Report, Coding | None]]:
        """Each report with its coding."""
        for report, coding in self._view.coded_reports():
            self._reports += 1
            if coding is not None:
                self._acts += len(coding.acts)
                for anchor in anchors_of(coding):
                    self._anchors += 1
                    self._wrong += not anchor.stands_in(report.text)
            yield report, coding
            self._tell(self._reports, self._total)

    def masks(self) -> Masks:
        """What is masked."""
        return self._view.masks()

    def links(self) -> Links:
        """Actors, incidents and copies."""
        return self._view.links()

    def rulings(self) -> Sequence[Ruling]:
        """What reviewers ruled."""
        return self._view.rulings()

    def former_ids(self) -> Mapping[str, Sequence[str]]:
        """Ids that lead to an actor."""
        return self._view.former_ids()

    def counts(self) -> Counts:
        """What passed."""
        links = self._view.links()
        return Counts(
            reports=self._reports,
            acts=self._acts,
            incidents=len(links.incidents),
            actors=len(links.actors),
            anchors=self._anchors,
            wrong=self._wrong,
        )


def anchors_of(coding: Coding) -> Iterator[Anchor]:
    """Every quotation of a coding."""
    for act in coding.acts:
        yield from _of_act(act)
    for member in coding.cast:
        yield from (mention.anchor for mention in member.mentions)
    yield from (figure.anchor for figure in coding.figures)
    yield from (each.anchor for each in coding.affiliations)
    for appeal in coding.appeals:
        yield from (one.anchor for one in appeal.signatories)
        yield from appeal.demands


def _of_act(act: Act) -> Iterator[Anchor]:
    yield act.quote
    yield act.trigger
    yield from (one.anchor for one in act.involvements if one.anchor is not None)
    yield from (where.anchor for where in act.where)
    yield from act.demands
    for anchor in (act.when.anchor, act.what, act.reason, act.penalty, act.response):
        if anchor is not None:
            yield anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What an export is to hold."""

    form: str
    at_least: float = 0.0
    sensitive: bool = False
    options: ExportOptions = field(default_factory=ExportOptions)


@dataclass(frozen=True, slots=True, kw_only=True)
class Holds:
    """What an export would hold, and what stays out of it.

    Attributes:
        reports: with their texts.
        acts: that nobody rejected.
        rejected: acts that stay out.
        unsure: acts below each of some probabilities that nobody accepted.
        contacts: stretches of contact data, which are masked unless they are asked for.
        sensitive: rulings that mark something as sensitive.
    """

    reports: int
    acts: int
    rejected: int
    unsure: tuple[tuple[float, int], ...]
    contacts: int
    sensitive: int


def holds(store: Store) -> Holds:
    """Count what an export would hold."""
    act, contact = schema.act, schema.contact
    ruled = standing(kept_rulings(store))
    rejected = [each for each, ruling in ruled.items() if ruling.verb == "reject"]
    accepted = [each for each, ruling in ruled.items() if ruling.verb == "accept"]
    with store.reading() as connection:

        def count(asked: Any) -> int:
            return connection.execute(asked).scalar() or 0

        def among(ids: Sequence[str], *conditions: Any) -> int:
            asked = select(func.count()).select_from(act)
            return sum(count(asked.where(act.c.id.in_(s), *conditions)) for s in in_chunks(ids))

        def below(least: float) -> int:
            low = act.c.confidence < threshold(learned(store).filters(Filters(at_least=least)))
            every = count(select(func.count()).select_from(act).where(low))
            return every - among(rejected, low) - among(accepted, low)

        out = among(rejected)
        return Holds(
            reports=_reports(store),
            acts=count(select(func.count()).select_from(act)) - out,
            rejected=out,
            unsure=tuple((least, below(least)) for least in LEASTS),
            contacts=count(select(func.count()).select_from(contact)),
            sensitive=len(rulings_of(store).standing(SENSITIVE)),
        )


def _reports(store: Store) -> int:
    report = schema.report
    told = select(func.count()).select_from(report).where(report.c.media_type != LIST)
    with store.reading() as connection:
        return connection.execute(told).scalar() or 0


def make(record: Record, choice: Choice, tell: Progress = silent) -> Made:
    """Write an export, the same as `khronika export` writes, into one ZIP.

    It grows in a hidden folder inside the record, so that what it holds touches no other disk; the
    folder is gone when this returns or raises, and one that a killed process left goes first.

    Raises:
        RecordBusyError: another export of the record is being made.
        ExportError: the disk refused.
    """
    try:
        with export_lock(record.path):
            tidy(record.path)
            return _made(record, choice, tell)
    except OSError as problem:
        raise ExportError(
            f"The export could not be written: {problem.strerror or type(problem).__name__}.",
            remedy="make room on the disk of the record, and see that you may write there.",
        ) from problem


def _made(record: Record, choice: Choice, tell: Progress) -> Made:
    with TemporaryDirectory(prefix=DRAFT, dir=record.path) as draft:
        tell(0, total := _reports(record.store))
        found = record.view(choice.at_least, sensitive=choice.sensitive)
        view = CountingView(found, tell, total)
        folder = Path(draft) / f"khronika-{choice.form}"
        FORMATS[choice.form](view, folder, choice.options)
        counts = view.counts()
        file = TemporaryFile(prefix=DRAFT, dir=record.path)  # noqa: SIM115  it is handed on
        try:
            _zip(folder, file, about(choice, counts))
            size = file.seek(0, os.SEEK_END)
            file.seek(0)
        except BaseException:
            file.close()
            raise
    return Made(file=file, size=size, counts=counts)


def clear_left(path: Path) -> None:
    """Remove what a killed process left of an export, unless one is being made."""
    if any(path.glob(f"{DRAFT}*")):
        with suppress(RecordBusyError, OSError), export_lock(path):
            tidy(path)


def tidy(path: Path) -> None:
    """Remove what a killed process left; only who holds the lock may."""
    for left in path.glob(f"{DRAFT}*"):
        if left.is_dir() and not left.is_symlink():
            shutil.rmtree(left, ignore_errors=True)
        else:
            left.unlink(missing_ok=True)


def _zip(folder: Path, file: IO[bytes], about_it: str) -> None:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as pack:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            info = _entry(path.relative_to(folder.parent).as_posix())
            info.file_size = path.stat().st_size
            with path.open("rb") as source, pack.open(info, "w") as target:
                shutil.copyfileobj(source, target, PIECE)
        pack.writestr(_entry("ABOUT.txt"), about_it)


def _entry(name: str) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, ALWAYS)
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


def about(choice: Choice, counts: Counts) -> str:
    """What an export says of itself beside its folder."""
    options = choice.options
    sound = (
        f"All {counts.anchors:,} quotations stand in their reports where they say."
        if not counts.wrong
        else f"{counts.wrong:,} of {counts.anchors:,} quotations DO NOT stand in their reports:"
        " publish nothing, and run `khronika verify`."
    )
    lines = [
        f"An export of Khronika in the format {choice.form}.",
        "",
        f"Reports: {counts.reports:,}",
        f"Acts: {counts.acts:,}",
        f"Incidents: {counts.incidents:,}",
        f"Actors: {counts.actors:,}",
        f"Least probability of an act that nobody accepted: {choice.at_least:g}",
        f"Contact data: {'included' if options.contacts else 'left out and masked'}",
        f"What is marked as sensitive: {'included' if choice.sensitive else 'left out and masked'}",
        "",
        sound,
        "",
        "Acts that reviewers rejected are left out. An export names people: it is not a public",
        "edition. A perpetrator is alleged unless a court or the actor itself is the source.",
        "",
    ]
    return "\n".join(lines)
