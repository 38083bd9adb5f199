"""Why an act was coded so: what it was read from, how sure each part is, what was left."""

from collections.abc import Iterator

from khronika.coding.coder import Explaining
from khronika.model.acts import Considered, Involvement
from khronika.publish.wording import chance
from khronika.store.store import Store
from khronika.workflows.parts import Parts
from khronika.workflows.relink import kept_codebook
from khronika.workflows.rows import ActRow
from khronika.workflows.view import kept_report


def reasons(row: ActRow) -> Iterator[str]:
    """What the coding itself keeps: the rule, the construction, the path of each filler."""
    act = row.act
    yield f"found by {row.coder} with codebook {row.codebook[:12]}"
    if act.rule:
        yield ": ".join(filter(None, (f"by the way '{act.rule}'", ", ".join(act.evidence))))
    yield f"that the report tells this act: {chance(act.confidence)}"
    for one in act.involvements:
        yield _of_filler(one)
    if act.when.edtf or act.when.basis:
        said = f"when {act.when.edtf or 'unknown'}: {act.when.basis or 'no basis given'}"
        yield _with_chance(said, act.when.confidence)
    yield from (f"when: {flag}" for flag in act.when.flags)
    for where in act.where:
        said = f"where '{where.name}': {', '.join(where.path) or 'carried over'}"
        yield _with_chance(said, where.confidence)
    if row.ruling:
        yield f"ruling: {row.ruling.verb} by {row.ruling.reviewer}, {row.ruling.time}"


def _of_filler(one: Involvement) -> str:
    how = ", ".join(filter(None, (*one.path, one.basis))) or "how it was found is not kept"
    return _with_chance(f"{one.role.value} '{one.name}': {how}", one.confidence)


def _with_chance(said: str, confidence: float | None) -> str:
    return said if confidence is None else f"{said}; {chance(confidence)}"


def left(store: Store, row: ActRow, parts: Parts) -> tuple[Considered, ...]:
    """Other readings that the coder left, found by coding the report once more.

    Empty where no coder reads the report's language, or the one that does cannot say.
    """
    report = kept_report(store, row.report.id)
    coder: object = parts.steps.coder_for(report.language.value)
    if not isinstance(coder, Explaining):
        return ()
    codebook = kept_codebook(store) or parts.steps.codebook
    return coder.considered(report, codebook, row.act)
