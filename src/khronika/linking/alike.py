"""Forms of names compared: what is found of two, kept as an edge, and which of many are one."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from khronika.linking import organisations, people
from khronika.linking.components import as_json, carries
from khronika.linking.forms import PERSON, Form, body_of, person_of
from khronika.linking.keys import key_of
from khronika.linking.state import Edge
from khronika.model.links import Place
from khronika.text.likeness import Likeness, Verdict

PlacePair = tuple[Place, Place]

RULED = "a reviewer ruled them one"
_PARKED = "parked"
_SLIP = 3.1  # bits; a little less than what makes a slip likely enough to join
_WEIGHTS = {Likeness.SAME: 10.0, Likeness.LIKELY: 5.0, Likeness.NEAR: 3.0, Likeness.PARTIAL: 1.0}


@dataclass(frozen=True, slots=True)
class Found:
    """What was found of two forms of one space."""

    likeness: Likeness
    why: str = field(repr=False)
    weight: float
    person: bool
    together: bool = False  # one report has both
    ruled: str = ""  # "same" or "different", by a reviewer
    by: tuple[PlacePair, ...] = ()  # the members that were ruled on, each pair in order
    tied: bool = False  # of both a report tells a role or an organisation

    @property
    def carries(self) -> bool:
        """True if the two may be one.

        A slip of the pen that nothing makes likely joins nothing; were it to connect, all names of
        a large record would hang together by slips.
        """
        if self.ruled in ("same", "different"):
            return self.ruled == "same"
        if not self.person:
            return self.likeness >= Likeness.PARTIAL
        slip = self.likeness is Likeness.NEAR and (self.tied or self.weight >= _SLIP)
        return slip or self.likeness > Likeness.NEAR

    @property
    def kept(self) -> bool:
        """True if it is worth keeping: it may join, or it keeps two apart."""
        return self.carries or bool(self.ruled) or self.together

    @property
    def verb(self) -> str:
        """What a reviewer ruled, even where it cannot be obeyed as things are."""
        return self.why if self.ruled == _PARKED else self.ruled

    def ruling(self, verb: str, by: PlacePair) -> "Found":
        """The same with what a reviewer ruled of two members; "" takes it back."""
        others = tuple(pair for pair in self.by if pair != by)
        if not verb and by not in self.by:
            return self
        if verb:
            others = others if verb == self.ruled else ()
            return replace(self, ruled=verb, by=tuple(sorted((*others, by))))
        return replace(self, ruled=self.ruled if others else "", by=others)

    def dumps(self) -> str:
        """As JSON; the first element says whether it carries."""
        return as_json(
            [
                *(int(self.carries), int(self.likeness), self.why, self.weight),
                *(int(self.person), int(self.together), self.ruled, self.by, int(self.tied)),
            ]
        )

    @classmethod
    def of(cls, edge: Edge) -> "Found":
        """What an edge holds."""
        _, likeness, why, weight, person, together, ruled, by, tied = json.loads(edge.data)
        pairs = tuple(((a[0], a[1]), (b[0], b[1])) for a, b in by)
        said = (bool(person), bool(together), ruled, pairs, bool(tied))
        return cls(Likeness(likeness), why, weight, *said)


def parked(verb: str, by: PlacePair) -> Found:
    """What was ruled of two that cannot be one as things are, kept until that changes."""
    ruled, pairs = (_PARKED, (by,)) if verb else ("", ())
    return Found(Likeness.DIFFERENT, verb, 0.0, person=False, ruled=ruled, by=pairs)


def compared(one: Form, other: Form, *, together: bool = False) -> Found:
    """Compare two forms of one space; `together` if one report has both."""
    verdict = verdict_of(one, other, together=together)
    person = one.space == PERSON
    tied = bool(one.ties and other.ties)
    return Found(verdict.likeness, verdict.why, _weight(verdict), person, together, tied=tied)


def verdict_of(one: Form, other: Form, *, together: bool = False) -> Verdict:
    """What the names of two forms of one space say, with the evidence; see `compared`."""
    beside = ("here",) if together else ()
    if one.space == PERSON:
        return people.compare_nodes(person_of(one, beside), person_of(other, beside))
    return organisations.compare_body_nodes(body_of(one, beside), body_of(other, beside))


def _weight(verdict: Verdict) -> float:
    """What a verdict weighs; one that gives no weight, by how alike it finds the names."""
    return _WEIGHTS.get(verdict.likeness, 0.0) if verdict.weight is None else verdict.weight


def keys_of(form: Form) -> tuple[int, ...]:
    """What a form is looked up by."""
    return tuple(sorted({key_of(form.space, key) for key in _keys(form)}))


def _keys(form: Form) -> Iterable[str]:
    if form.space == PERSON:
        return people.keys(person_of(form, ()).names)
    return organisations.node_keys(body_of(form, ()))


def joined(forms: Mapping[int, Form], edges: Sequence[Edge]) -> list[list[int]]:
    """The forms of one component in clusters: each is one actor.

    Args:
        forms: by node.
        edges: every edge between two of them.
    """
    if len(forms) == 1:
        return [list(forms)]
    found = {(edge.one, edge.other): Found.of(edge) for edge in edges}
    tokens: dict[int, list[str]] = {number: [] for number in forms}
    for (one, other), each in found.items():
        if each.together:
            tokens[one].append(f"{one} {other}")
            tokens[other].append(f"{one} {other}")
    make: Any = person_of if next(iter(forms.values())).space == PERSON else body_of
    nodes = {number: make(form, tokens[number]) for number, form in forms.items()}
    back = {id(node): number for number, node in nodes.items()}
    must = [(nodes[a], nodes[b]) for (a, b), f in sorted(found.items()) if f.ruled == "same"]
    never = frozenset(
        frozenset((id(nodes[a]), id(nodes[b]))) for (a, b), f in found.items()
        if f.ruled == "different"
    )  # fmt: skip
    ordered = sorted(nodes.values(), key=lambda node: node.key)
    link: Any = people.link_people if make is person_of else organisations.link_bodies
    clusters, _ = link(ordered, must, never)
    return [sorted(back[id(node)] for node in group) for group in clusters.groups()]


def reasons(edges: Iterable[Edge], names: Mapping[int, str]) -> list[tuple[float, str, str, str]]:
    """What joins some forms: weight, both names, and why; only as much as joins them all.

    Args:
        edges: every edge between two of them.
        names: of the forms, by node.
    """
    told = [
        (Found.of(edge), min(ends), max(ends), edge)
        for edge in edges
        if carries(edge) or "described" in edge.data
        for ends in (_names(edge, names),)
    ]
    told.sort(key=lambda each: (each[0].ruled != "same", -each[0].weight, each[1], each[2]))
    root: dict[int, int] = {}

    def home(number: int) -> int:
        while root.setdefault(number, number) != number:
            number = root[number]
        return number

    chosen = []
    for found, one, other, edge in told:
        if home(edge.one) != home(edge.other):
            root[home(edge.other)] = home(edge.one)
            ruled = found.ruled == "same"
            chosen.append(
                (0.0, one, other, RULED) if ruled else (found.weight, one, other, found.why)
            )
    return sorted(chosen, key=lambda each: each[1:3])


def _names(edge: Edge, names: Mapping[int, str]) -> tuple[str, str]:
    """The names at both ends; of a described body, and the least of those that it may be."""
    ends = [edge.one, edge.other]
    if "described" in edge.data:
        poor = ends[Found.of(edge).ruled.endswith("other")]
        return names[poor], min(name for number, name in names.items() if number != poor)
    return names[edge.one], names[edge.other]
