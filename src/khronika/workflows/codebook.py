"""Testing a codebook against its own examples."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from khronika.codebook import Codebook, Example, Kind, load
from khronika.model.acts import Act, Role
from khronika.model.ids import report_id, sha256
from khronika.model.reports import Extracted, Known, Origin, Report
from khronika.workflows.deciding import decided, trace
from khronika.workflows.parts import Coder, real_parts
from khronika.workflows.parts import remedy as remedy_for

BASIS = "example of the codebook"
ARTICLES = ("a", "an", "the")
ROLES = {
    "victims": (Role.VICTIM,),
    "perpetrators": (Role.PERPETRATOR, Role.ALLEGED_PERPETRATOR),
    "interveners": (Role.INTERVENER,),
    "addressees": (Role.ADDRESSEE,),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Disagreement:
    """An example that a coder codes otherwise than the codebook says.

    `decided` names the words and restrictions that decided; `remedy` says what to do.
    """

    kind: str
    text: str
    expected: str
    found: str
    decided: tuple[str, ...] = ()
    remedy: str = ""


def check_codebook(
    paths: Sequence[Path] = (), kinds: Sequence[str] = (), coder: Coder | None = None
) -> Iterator[Disagreement]:
    """Code every example and counter-example, and yield those that come out otherwise.

    Args:
        paths: the user's codebook files, added to the bundled ones.
        kinds: check only these; all if empty.
        coder: what codes them in every language; the bundled coder of each language unless one
            is given. What no installed coder reads is passed over: `unchecked` names it.
    """
    codebook = load(paths)
    chosen = [codebook.kinds[name] for name in kinds or tuple(codebook.kinds)]
    coder_for = real_parts(codebook).steps.coder_for
    for language in codebook.languages:
        reader = coder or coder_for(language)
        if reader is not None:
            for kind in chosen:
                yield from _check(kind, language, codebook, reader)


def own_kinds(paths: Sequence[Path]) -> tuple[str, ...]:
    """The kinds that the user's files add or change."""
    kinds = load(paths).kinds.values()
    return tuple(kind.id for kind in kinds if any(way.own for way in kind.ways))


def unchecked(paths: Sequence[Path] = ()) -> tuple[tuple[str, str], ...]:
    """Each language of a codebook that no installed coder reads, with what to do about it."""
    codebook = load(paths)
    coder_for = real_parts(codebook).steps.coder_for
    return tuple(
        (language, remedy_for(language))
        for language in codebook.languages
        if coder_for(language) is None
    )


def _check(kind: Kind, language: str, codebook: Codebook, coder: Coder) -> Iterator[Disagreement]:
    every = (*kind.examples, *kind.counterexamples)
    cases = [case for case in every if case.language == language]
    if not cases:
        return
    reports = [_report(case.text, language) for case in cases]
    codings = coder.code(reports, codebook)
    for case, report, coding in zip(cases, reports, codings, strict=True):
        acts = [act for act in coding.acts if act.kind == kind.id]
        problem = _against(case, acts)
        if problem is not None:
            traced = () if acts else trace(report, codebook, kind.id, coder)
            words, remedy = decided(case, coding, acts, kind.id, traced)
            yield Disagreement(
                kind=kind.id,
                text=case.text,
                expected=problem,
                found=_said(acts) or "no such act",
                decided=words,
                remedy=remedy,
            )


def _report(text: str, language: str) -> Report:
    from khronika.reading import read  # noqa: PLC0415

    digest = sha256(text.encode())
    known = Known(value=language, basis=BASIS)
    report = read(
        Extracted(
            id=report_id(digest),
            sha256=digest,
            media_type="text/plain",
            encoding="utf-8",
            text=text,
            origin=Origin(name=BASIS),
        )
    )
    return report if report.language.value == language else replace(report, language=known)


def _against(case: Example, acts: Sequence[Act]) -> str | None:
    """What an example expects and no act has; None if all is as expected."""
    if case.because:
        return f"no such act: {case.because}" if acts else None
    right = [act for act in acts if act.modality.value == case.modality]
    if not right:
        return f"an act that {case.modality}" if case.modality == "occurred" else case.modality
    for field_name, roles in ROLES.items():
        for name in getattr(case, field_name):
            named = {_plain(i.name) for act in right for i in act.in_role(*roles)}
            if _plain(name) not in named:
                return f"{name} among the {field_name}"
    if case.penalty and not any(act.penalty and case.penalty in act.penalty.exact for act in right):
        return f"the penalty {case.penalty}"
    return None


def _plain(name: str) -> str:
    """A name without its article, which says nothing of who it is."""
    words = name.casefold().split()
    return " ".join(words[1:] if words and words[0] in ARTICLES else words)


def _said(acts: Sequence[Act]) -> str:
    return "; ".join(
        f"{act.modality.value}: "
        + ", ".join(f"{one.role.value} {one.name}" for one in act.involvements)
        for act in acts
    )
