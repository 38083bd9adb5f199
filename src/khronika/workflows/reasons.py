"""Why an act was coded so: what it was read from, how sure each part is, what was left."""

from collections.abc import Iterable, Iterator

from khronika.coding.coder import Explaining
from khronika.coding.given import BY_HAND
from khronika.coding.learned.gist import Choice, gist_of
from khronika.model.acts import Act, Coding, Considered, Involvement
from khronika.model.links import Ruling
from khronika.model.reports import Report
from khronika.publish.wording import chance, coded_as
from khronika.store.store import Store
from khronika.workflows.parts import Parts
from khronika.workflows.relink import kept_codebook
from khronika.workflows.rows import ActRow
from khronika.workflows.view import kept_report

RATHER_SURE = 0.5


def reasons(row: ActRow) -> Iterator[str]:
    """What the coding itself keeps: the rule, the construction, the path of each filler."""
    act = row.act
    how = "coded" if row.coder == BY_HAND else "found by"
    yield f"{how} {row.coder} with codebook {row.codebook[:12]}"
    if act.rule:
        yield ": ".join(filter(None, (f"by the way '{act.rule}'", ", ".join(act.evidence))))
    yield f"that the report tells this act: {chance(act.confidence)}"
    if row.learned is not None:
        said = f"the coder itself said {row.learned.coder:.2f}"
        yield f"{said}; {row.learned.rulings} rulings on its acts let one expect otherwise"
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


def former(coded: Act | None, rulings: Iterable[Ruling]) -> Iterator[str]:
    """What a coder had said of what reviewers corrected.

    Args:
        coded: the act as its coder found it, if one did.
        rulings: on the act.
    """
    if coded is None:
        return
    standing = [r.correction for r in rulings if r.superseded_by is None and r.correction]
    for each in sorted({each for said in standing for each in said.attributes()}):
        yield f"{each}: {coded_as(each, coded)}, by the coder, before a reviewer corrected it"


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


def mainly(report: Report, coding: Coding) -> Iterator[str]:
    """What the report is mainly about, as far as the learned part is rather sure of it.

    English reports only: it has seen no others.
    """
    if report.language.value != "en" or not coding.acts:
        return
    gist = gist_of(report, coding)
    choices = [("mainly about", each) for each in gist.violations]
    choices += [("mainly befell", each) for each in gist.victims]
    choices += [("mainly done by", gist.doer)] if gist.doer is not None else []
    for label, each in choices:
        if each.probability >= RATHER_SURE:
            yield _mainly(label, each)


def _mainly(label: str, each: Choice) -> str:
    said = f"“{each.anchor.exact}”" if each.anchor is not None else "no single word"
    told = f" [{each.act}]" if each.act else ""
    return _with_chance(f"{label} '{each.value}': {said}{told}", each.probability)
