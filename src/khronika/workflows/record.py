"""The record, from Python: open it, look, search, add, rule, verify."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from khronika.codebook.model import Codebook
from khronika.evidence.verdict import Finding
from khronika.ingest.captures import Capture, Refusal
from khronika.model.anchors import Anchor
from khronika.model.corrections import AddedAct, Correction
from khronika.model.links import Actor
from khronika.review.rejected import OftenRejected
from khronika.store.errors import NoRecordError, OldLinksError, RecordBusyError, StorageError
from khronika.store.store import Store
from khronika.workflows import (
    build,
    correcting,
    firing,
    importing,
    judgements,
    looking,
    recalibrating,
    ruling,
    searching,
    showing,
    unsure,
    upkeep,
    versions,
)
from khronika.workflows.choosing import Typed, correction_typed, report_words
from khronika.workflows.filtering import filters_from
from khronika.workflows.parts import Parts, bare_chance, real_parts
from khronika.workflows.relink import own_codebook
from khronika.workflows.reviewing import items, paging
from khronika.workflows.reviewing.keeping import keep_queue
from khronika.workflows.reviewing.rows import Asked, QueueCounts, QueueRow, ReviewItem
from khronika.workflows.rows import (
    ActRow,
    Added,
    AppealRow,
    ConflictRow,
    DesignationRow,
    FigureRow,
    Hit,
    Imported,
    IncidentRow,
    JournalRow,
    Judged,
    ReportRow,
    RuleRow,
    RulingResult,
    Shown,
    Summary,
    Unsure,
)
from khronika.workflows.rulings import Rulings, rulings_of
from khronika.workflows.sensitive import withheld
from khronika.workflows.verify import verify_record
from khronika.workflows.view import StoredView
from khronika.workflows.withdraw import withdraw

if TYPE_CHECKING:  # estimation is not wanted by who only looks at a record
    from khronika.workflows.estimating.draws import Linkage
    from khronika.workflows.estimating.question import Question
    from khronika.workflows.estimating.tables import RecordTables

Expected = Mapping[str, str] | None
EVERYTHING = Asked()


class Record:
    """One record on disk.

    Every look takes the filters of `khronika.workflows.rows.Filters` by name: `kind`, `modality`,
    `actor`, `role`, `place`, `country`, `publisher`, `report`, `since`, `until`, `at_least`,
    `limit`. A single word may stand where several can.

    Example:
        Record.open(Path("khronika-record")).acts(kind="arrest", country="KZ")
    """

    def __init__(self, store: Store, parts: Parts | None = None) -> None:
        self._store = store
        self._given = parts

    @classmethod
    def open(cls, path: Path | str, parts: Parts | None = None) -> Self:
        """Open a record that is there.

        Raises:
            NoRecordError: the folder is none.
            NewerRecordError: a later version of Khronika wrote it.
        """
        return cls(Store.open(Path(path), keep_queue), parts)

    @classmethod
    def create(cls, path: Path | str, parts: Parts | None = None) -> Self:
        """Make a new, empty record.

        Raises:
            RecordExistsError: something lies there already.
        """
        chance = parts.chance if parts else bare_chance()
        return cls(Store.create(Path(path), chance, keep_queue), parts)

    @classmethod
    def at(cls, path: Path | str, parts: Parts | None = None) -> Self:
        """Open the record, or make one where nothing is."""
        try:
            return cls.open(path, parts)
        except NoRecordError:
            return cls.create(path, parts)

    @property
    def path(self) -> Path:
        """The folder of the record."""
        return self._store.path

    @property
    def store(self) -> Store:
        """Its tables and kept files, for whoever reads them page by page."""
        return self._store

    @cached_property
    def parts(self) -> Parts:
        """The steps that change the record; the bundled ones unless others were given.

        A record that was made with somebody's own codebook keeps to that one.
        """
        return self._given or real_parts(self.own_codebook())

    def own_codebook(self) -> Codebook | None:
        """The codebook that the record is coded with, if it is not the bundled one."""
        return own_codebook(self._store)

    def use(self, parts: Parts) -> None:
        """Change the record with other steps from now on."""
        self._given = parts
        self.__dict__.pop("parts", None)

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- changing it

    def add(
        self,
        captures: Iterable[Capture | Refusal],
        *,
        effort: build.Effort | None = None,
        progress: Callable[[build.Progress], None] | None = None,
    ) -> Added:
        """Add reports as `khronika.ingest` yields them; see `build.add_reports`."""
        return build.add_reports(
            self._store, captures, self.parts, effort=effort, progress=progress
        )

    def add_acts(
        self,
        files: Sequence[Path],
        *,
        by: str = "",
        progress: Callable[[importing.Placing], None] | None = None,
    ) -> Imported:
        """Code reports by hand: add acts that somebody coded; see `importing.add_acts`."""
        return importing.add_acts(self._store, files, self.parts, by=by, progress=progress)

    def add_judgements(self, path: Path) -> Judged:
        """Keep judgements of nomenklatura as rulings; see `judgements.add_judgements`."""
        return judgements.add_judgements(self._store, path, self.parts)

    def rule(
        self,
        verb: ruling.Verb,
        ids: Sequence[str],
        *,
        why: str,
        reviewer: str,
        expect: Expected = None,
    ) -> RulingResult:
        """Keep a ruling and apply it; see `ruling.rule`.

        `expect`, here and below, is by id the `version` that the reviewer saw; what has changed
        since is refused with a `StaleError`.
        """
        reason = _reason(why, reviewer, expect)
        return ruling.rule(self._linked(), verb, ids, reason=reason, parts=self.parts)

    def correct(
        self,
        act: str,
        correction: Correction,
        *,
        why: str,
        reviewer: str,
        expect: Expected = None,
    ) -> RulingResult:
        """Say of an act what is so in place of what was coded; see `correcting.correct`."""
        reason = _reason(why, reviewer, expect)
        return correcting.correct(self._linked(), act, correction, reason=reason, parts=self.parts)

    def add_act(
        self, report: str, act: AddedAct, *, why: str, reviewer: str, expect: Expected = None
    ) -> RulingResult:
        """Add an act that no coder found; the result's ruling names its id."""
        reason = _reason(why, reviewer, expect)
        return correcting.add_act(self._linked(), report, act, reason=reason, parts=self.parts)

    def mark_sensitive(
        self,
        ids: Sequence[str],
        words: Sequence[Anchor] = (),
        *,
        why: str,
        reviewer: str,
        expect: Expected = None,
    ) -> RulingResult:
        """Mark acts, actors, or words of the one report in `ids`, as not to be published."""
        reason = _reason(why, reviewer, expect)
        return correcting.mark_sensitive(
            self._linked(), ids, words, reason=reason, parts=self.parts
        )

    def note(self, ids: Sequence[str], words: str, *, reviewer: str) -> RulingResult:
        """Keep words with acts, incidents, actors or reports."""
        reason = _reason(words, reviewer, None)
        return correcting.note(self._linked(), ids, reason=reason, parts=self.parts)

    def retract(self, ruled: str, *, why: str, reviewer: str) -> RulingResult:
        """Take back a ruling, by its id; what it had replaced stands again."""
        reason = _reason(why, reviewer, None)
        return correcting.retract(self._linked(), ruled, reason=reason, parts=self.parts)

    def typed(self, act: str, typed: Typed) -> Correction:
        """The correction that was typed; see `choosing.correction_typed`."""
        return correction_typed(self._linked(), act, typed)

    def words(self, report: str, typed: Sequence[str]) -> tuple[Anchor, ...]:
        """Words of a report that were typed; see `choosing.report_words`."""
        return report_words(self._linked(), report, typed)

    def version(self, thing: str) -> str:
        """What an act, incident, actor or report is now, as a digest; see `versions.version`."""
        return versions.version(self._linked(), thing)

    def rulings(self) -> Rulings:
        """All rulings, and ways to find them."""
        return rulings_of(self._store)

    def withdraw(self, asked: str, *, why: str) -> str:
        """Erase a report or a person; see `withdraw.withdraw`."""
        return withdraw(self._linked(), asked, why=why, parts=self.parts)

    def rebuild(self) -> int:
        """Make the tables again from the kept files; see `upkeep.rebuild_record`."""
        return upkeep.rebuild_record(self._store, self.parts)

    def recode(
        self,
        *,
        effort: build.Effort | None = None,
        progress: Callable[[int, int], None] | None = None,
    ) -> upkeep.Recoded:
        """Read, code and link anew; see `upkeep.recode_record`."""
        return upkeep.recode_record(self._store, self.parts, effort=effort, progress=progress)

    # --- checking and exporting it

    def verify(self, progress: Callable[[int, int], None] | None = None) -> Iterable[Finding]:
        """Check every digest, anchor and row; see `verify.verify_record`."""
        return verify_record(self._store, progress)

    def view(self, at_least: float = 0.0, *, sensitive: bool = False) -> StoredView:
        """What an export reads; without what was marked as sensitive, unless that is asked for."""
        store = self._linked()
        fewer = at_least > 0 or (not sensitive and bool(withheld(rulings_of(store))))
        parts = self.parts if fewer else None
        return StoredView(store, parts, at_least, sensitive=sensitive)

    def captures(self, asked: "Question") -> "RecordTables":
        """Who is on which publisher's list, for estimates; see `estimating.tables`."""
        from khronika.workflows.estimating.tables import tables_of  # noqa: PLC0415 - as above

        return tables_of(self._linked(), asked, self.parts.engine)

    def drawn(
        self, found: "RecordTables", *, draws: int, seed: int | None = None
    ) -> "Linkage | None":
        """The same tables under other decisions on who is who; see `estimating.draws`."""
        from khronika.workflows.estimating.draws import linkage_of  # noqa: PLC0415 - as above

        return linkage_of(self._linked(), found, self.parts.engine, draws=draws, seed=seed)

    # --- looking at it

    def reports(self, *, listed: bool = False, **filters: Any) -> list[ReportRow]:
        """Reports, the earliest published first; `listed`: the pieces of lists, too."""
        return self._look().reports(filters_from(filters), listed=listed)

    def acts(self, **filters: Any) -> list[ActRow]:
        """Acts, the earliest first, those without a date last; rejected ones are left out."""
        return self._look().acts(filters_from(filters))

    def incidents(self, **filters: Any) -> list[IncidentRow]:
        """Incidents of which a telling passes, the earliest first."""
        return self._look().incidents(filters_from(filters))

    def timeline(self, **filters: Any) -> list[IncidentRow]:
        """The same as `incidents`: what happened, in the order of time."""
        return self.incidents(**filters)

    def conflicts(self, **filters: Any) -> list[ConflictRow]:
        """What cannot both hold."""
        return self._look().conflicts(filters_from(filters))

    def actors(
        self,
        *,
        type: str = "",  # noqa: A002  the design's word
        name: str = "",
        country: str = "",
        limit: int | None = None,
        listed: bool = False,
    ) -> list[Actor]:
        """Persons, organisations, authorities, groups and countries, by caption.

        With `listed` those are among them whom only a list that was added for reference names.
        """
        return self._look().actors(
            type=type, name=name, country=country, limit=limit, listed=listed
        )

    def appeals(self) -> list[AppealRow]:
        """Open letters, petitions and calls."""
        return self._look().appeals()

    def registers(self) -> list[DesignationRow]:
        """Entries of official lists."""
        return self._look().registers()

    def figures(self) -> list[FigureRow]:
        """Attributed quantities."""
        return self._look().figures()

    def rules(self, *, kind: Sequence[str] = ()) -> list[RuleRow]:
        """The ways of the codebook that found the acts, the most rejected first."""
        return firing.rules(self._store, (kind,) if isinstance(kind, str) else kind)

    def often_rejected(self) -> tuple[OftenRejected, ...]:
        """Ways of the codebook that reviewers surely reject often, and what to do about them."""
        return recalibrating.learned(self._store).rejected

    def search(self, query: str, **filters: Any) -> list[Hit]:
        """Passages that hold what is sought; see `searching.search` for how to ask."""
        return searching.search(self._linked(), query, filters_from(filters))

    def show(self, asked: str, *, why: bool = False) -> Shown:
        """One thing, whole, by its id or the beginning of it.

        Args:
            asked: the id, or its beginning.
            why: say of an act, too, which other readings the coder left; it codes the report anew.
        """
        return showing.show(self._linked(), asked, self.parts if why else None)

    def unsure(self, limit: int | None = unsure.MOST) -> Unsure:
        """What a person should decide; see `unsure.unsure`."""
        return unsure.unsure(self._reviewed(), self.parts.engine, limit)

    def review_queue(
        self,
        asked: Asked = EVERYTHING,
        *,
        after: str | QueueRow = "",
        limit: int | None = paging.MOST,
    ) -> list[QueueRow]:
        """Items that wait for a reviewer, what matters most first; see `paging.page`."""
        return paging.page(self._reviewed(), asked, after, limit)

    def review_item(self, item: str, asked: Asked = EVERYTHING) -> ReviewItem:
        """One item of the queue with all that it takes to rule on it; see `items.item`."""
        return items.item(self._reviewed(), item, asked)

    def review_counts(self, asked: Asked = EVERYTHING) -> QueueCounts:
        """How many items wait, by sort and kind."""
        return paging.counts(self._reviewed(), asked)

    def journal(self) -> list[JournalRow]:
        """Everything that happened to the record, from the first entry."""
        return [looking.journal_row(entry) for entry in self._store.entries()]

    def summary(self) -> Summary:
        """How much the record holds."""
        return self._look().summary()

    def _reviewed(self) -> Store:
        """The store, once the queue is what the tables say, if nobody else is writing now."""
        store = self._linked()
        if store.queue_is_due():
            with suppress(RecordBusyError, StorageError, OSError), store.writing(bare_chance()):
                pass
        return store

    def _look(self) -> looking.Look:
        return looking.Look(self._linked())

    def _linked(self) -> Store:
        """The store, once its links are in a form that this version reads.

        Raises:
            OldLinksError: an earlier version linked the record.
        """
        if self._store.links_are_of_before():
            raise OldLinksError(
                "An earlier version of Khronika linked this record.",
                remedy="run `khronika rebuild` once; it links anew and changes nothing else.",
            )
        return self._store


def _reason(why: str, reviewer: str, expect: Expected) -> ruling.Reason:
    return ruling.Reason(why=why, reviewer=reviewer, expect=expect or {})
