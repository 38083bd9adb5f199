"""Acts with their quotations as a page may show them: what is hidden stays hidden."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from khronika.store.store import Store
from khronika.workflows.browsing.tellings import act_rows
from khronika.workflows.browsing.veil import NOTHING, veils
from khronika.workflows.rows import ActRow


@dataclass(frozen=True, slots=True, kw_only=True)
class QuotedAct:
    """An act with the report that tells it, and its quotation with what is hidden left hidden."""

    row: ActRow
    quote: str = field(repr=False)


def quoted_acts(store: Store, ids: Iterable[str]) -> dict[str, QuotedAct]:
    """Some acts by id; those that are not there are left out."""
    with store.reading() as connection:
        rows = act_rows(connection, ids, {})
    hidden = veils(store, sorted({row.report.id for row in rows.values()}))
    return {
        act: QuotedAct(
            row=row,
            quote=hidden.get(row.report.id, NOTHING).over(row.act.quote.exact, row.act.quote.start),
        )
        for act, row in rows.items()
    }
