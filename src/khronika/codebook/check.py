"""The codebook's own tests: does a coder find the examples and leave the counter-examples?"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from khronika.codebook.model import Codebook, Example, Kind
from khronika.model.acts import Act, Coding, Role
from khronika.model.anchors import Span
from khronika.model.ids import report_id, sha256
from khronika.model.reports import Known, Passage, PassageRole, Report

ROLES = {
    "victims": (Role.VICTIM,),
    "perpetrators": (Role.PERPETRATOR, Role.ALLEGED_PERPETRATOR),
    "interveners": (Role.INTERVENER,),
    "addressees": (Role.ADDRESSEE,),
}
ARTICLES = ("the ", "a ", "an ")


class Coder(Protocol):
    """What checks a codebook: any coder, whatever it stands on."""

    def code(self, reports: Sequence[Report], codebook: Codebook) -> Sequence[Coding]:
        """Code each report by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One example that a coder reads otherwise than the codebook says."""

    kind: str
    case: str  # "example 3", "counter-example 1"
    text: str
    problem: str


def check(codebook: Codebook, coder: Coder, language: str = "en") -> tuple[Finding, ...]:
    """Code every example and counter-example and say which come out wrong.

    Args:
        codebook: whose kinds are checked, each against its own examples.
        coder: the coder to check it with.
        language: of the examples that it reads, ISO 639-1.

    Returns:
        One finding a case that fails, in the order of the codebook; none if all pass.
    """
    cases = [
        case
        for kind in codebook.kinds.values()
        for case in _cases(kind)
        if case[2].language == language
    ]
    codings = coder.code([report_of(each.text, each.language) for _, _, each in cases], codebook)
    return tuple(
        Finding(kind=kind.id, case=name, text=example.text, problem=problem)
        for (kind, name, example), coding in zip(cases, codings, strict=True)
        for problem in [_problem(kind, example, coding.acts)]
        if problem
    )


def _cases(kind: Kind) -> Iterator[tuple[Kind, str, Example]]:
    for number, example in enumerate(kind.examples, start=1):
        yield kind, f"example {number}", example
    for number, example in enumerate(kind.counterexamples, start=1):
        yield kind, f"counter-example {number}", example


def report_of(text: str, language: str = "en") -> Report:
    """A report of one passage, without a date, a place or a publisher."""
    digest = sha256(text.encode())
    return Report(
        id=report_id(digest),
        name="example",
        sha256=digest,
        media_type="text/plain",
        encoding="utf-8",
        text=text,
        language=Known(value=language, basis="given by the codebook"),
        title=Known(),
        publisher=Known(),
        published=Known(),
        place=Known(),
        url=Known(),
        passages=(Passage(span=Span(0, len(text)), role=PassageRole.BODY),),
    )


def _problem(kind: Kind, example: Example, acts: Sequence[Act]) -> str:
    """What is wrong with the acts found in an example, or ""."""
    found = [act for act in acts if act.kind == kind.id]
    if example.because:
        return f"found, though {example.because}" if found else ""
    if not found:
        others = ", ".join(sorted({act.kind for act in acts}))
        return f"not found; found instead: {others}" if others else "not found"
    return min((_difference(example, act) for act in found), key=len)


def _difference(example: Example, act: Act) -> str:
    """How an act differs from what the example expects, or ""."""
    wrong = []
    if act.modality != example.modality:
        wrong.append(f"modality is {act.modality}, not {example.modality}")
    for name, roles in ROLES.items():
        wanted = getattr(example, name)
        there = tuple(sorted(each.name for each in act.in_role(*roles)))
        if wanted and not _same(there, wanted):
            wrong.append(f"{name} are {list(there)}, not {list(wanted)}")
    penalty = act.penalty.exact if act.penalty else ""
    if example.penalty and example.penalty not in penalty:
        wrong.append(f"penalty is '{penalty}', not '{example.penalty}'")
    return "; ".join(wrong)


def _same(found: Sequence[str], wanted: Sequence[str]) -> bool:
    """True if each name found is one wanted, and the other way round."""
    return len(found) == len(wanted) and all(
        any(_alike(one, other) for other in wanted) for one in found
    )


def _alike(found: str, wanted: str) -> bool:
    """True if two names are one, or one is the head of a description: 'court', 'A court in Ufa'."""
    one, other = _bare(found), _bare(wanted)
    described = one == one.lower()
    return one == other or (described and one in other.lower())


def _bare(name: str) -> str:
    """A name without its article, for comparison."""
    return next((name[len(a) :] for a in ARTICLES if name.lower().startswith(a)), name)
