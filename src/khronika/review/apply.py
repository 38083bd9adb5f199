"""A coding as reviewers say it is: acts that they added, and what they corrected of others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from khronika.model.acts import Act, Appeal, Coding, Designation, Modality, Role, Signatory
from khronika.model.corrections import AddedAct, Correction
from khronika.model.links import Ruling
from khronika.model.plain import to_plain
from khronika.review.casting import BY, Casting, in_place

CODER = "reviewers"  # of a report that no coder reads
APPEALS = frozenset({"open-letter", "appeal"})  # kinds of act that are appeals


def apply(
    coding: Coding | None, report: str, text: str, rulings: Iterable[Ruling]
) -> Coding | None:
    """What a report tells, by its coder and by the reviewers, who outweigh it.

    Args:
        coding: what the coder found, or None where none read the report.
        report: its id.
        text: its preserved text. A ruling that quotes what does not stand there says nothing.
        rulings: on acts of the report, the oldest first; those that are superseded are left out.

    Returns:
        The coding with added acts and corrections; itself if there are none. Rulings that say the
        same twice change nothing more, nor does the order of rulings on different acts.
    """
    standing = [r for r in rulings if r.superseded_by is None and stands(r, text)]
    added = {r.ids[0]: r.added for r in standing if r.added is not None and r.report == report}
    corrections: dict[str, list[Correction]] = {}
    for ruling in standing:
        if ruling.correction is not None:
            corrections.setdefault(ruling.ids[0], []).append(ruling.correction)
    before = coding or Coding(report_id=report, coder=CODER, codebook="")
    there = {act.id for act in before.acts} | added.keys()
    if not added and corrections.keys().isdisjoint(there):
        return coding
    casting = Casting.of(before)
    found = _with_added(before.acts, report, added)
    acts = tuple(
        _corrected(
            _added(act, added[act.id], casting) if act.id in added else act,
            corrections.get(act.id, ()),
            casting,
        )
        for act in found
    )
    told = {act.id: act for act in acts if act.id in corrections or act.id in added}
    return replace(
        before,
        acts=acts,
        cast=casting.members,
        appeals=tuple(_appeals(before.appeals, acts, told)),
        designations=tuple(_designations(before, told)),
    )


def stands(ruling: Ruling, text: str) -> bool:
    """Whether every quotation of a ruling stands in a text."""
    said = (to_plain(each) for each in (ruling.correction, ruling.added) if each is not None)
    return all(text[start:end] == exact for each in said for start, end, exact in _quoted(each))


def _quoted(value: Any) -> Iterator[tuple[int, int, str]]:
    if isinstance(value, dict):
        if {"exact", "start", "end"} <= value.keys():
            yield value["start"], value["end"], value["exact"]
        for inner in value.values():
            yield from _quoted(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _quoted(inner)


def _with_added(acts: Sequence[Act], report: str, added: Mapping[str, AddedAct]) -> tuple[Act, ...]:
    """The acts in the order of the text, those among them that no coder found."""
    if not added:
        return tuple(acts)
    found = {act.id: act for act in acts}
    for each, said in added.items():
        bare = Act(
            id=each,
            report_id=report,
            kind=said.kind,
            modality=said.modality,
            quote=said.quote,
            trigger=said.trigger,
        )
        found.setdefault(each, bare)
    return tuple(sorted(found.values(), key=lambda act: (act.quote, act.trigger, act.id)))


def _added(act: Act, said: AddedAct, casting: Casting) -> Act:
    """An act as the person says who added it, whether or not a coder found it as well."""
    return replace(
        act,
        modality=said.modality,
        involvements=tuple(
            casting.involvement(role, filler)
            for role, fillers in sorted(said.fillers.items())
            for filler in fillers
        ),
        when=replace(said.when, confidence=1.0 if said.when.edtf else None),
        where=tuple(replace(where, path=(BY,), confidence=1.0) for where in said.where),
        confidence=1.0,
        evidence=("added by a reviewer",),
    )


def _corrected(act: Act, corrections: Sequence[Correction], casting: Casting) -> Act:
    for each in corrections:
        act = _once(act, each, casting)
    if not corrections:
        return act
    said = sorted(set().union(*(each.attributes() for each in corrections)))
    note = f"corrected by a reviewer: {', '.join(said)}"
    evidence = (*(each for each in act.evidence if not each.startswith("corrected by")), note)
    return replace(act, confidence=1.0, evidence=evidence)


def _once(act: Act, said: Correction, casting: Casting) -> Act:
    involved = act.involvements
    for role, fillers in sorted(said.fillers.items()):
        involved = in_place(involved, role, [casting.involvement(role, f) for f in fillers])
    when, where = act.when, act.where
    if said.when is not None:
        when = replace(said.when, confidence=1.0 if said.when.edtf else None)
    if said.where is not None:
        where = tuple(replace(each, path=(BY,), confidence=1.0) for each in said.where)
    return replace(
        act,
        kind=said.kind or act.kind,
        modality=said.modality or act.modality,
        involvements=involved,
        when=when,
        where=where,
    )


def _appeals(
    before: Sequence[Appeal], acts: Sequence[Act], told: dict[str, Act]
) -> Iterator[Appeal]:
    """The appeals over the acts; those of acts that reviewers spoke of follow these acts."""
    known = {appeal.act_id: appeal for appeal in before}
    for appeal in before:
        if appeal.act_id not in told:
            yield appeal
    for act in acts:
        if act.id in told and act.kind in APPEALS and act.modality is not Modality.DENIED:
            yield _appeal(act, known.get(act.id))


def _appeal(act: Act, before: Appeal | None) -> Appeal:
    signed = tuple(
        Signatory(name=one.name, anchor=one.anchor)
        for one in act.in_role(Role.SIGNATORY)
        if one.anchor is not None and one.path == (BY,)
    )
    bare = before or Appeal(act_id=act.id, kind=act.kind, demands=act.demands)
    return replace(
        bare,
        kind=act.kind,
        signatories=signed or bare.signatories,
        addressees=tuple(one.name for one in act.in_role(Role.ADDRESSEE)),
        delivered=act.when.edtf,
    )


def _designations(before: Coding, told: dict[str, Act]) -> Iterator[Designation]:
    """The entries of registers; those of acts that reviewers spoke of follow these acts."""
    kinds = {act.id: act.kind for act in before.acts}
    renewed: set[str] = set()
    for entry in before.designations:
        act = told.get(entry.act_id)
        if act is None:
            yield entry
        elif act.kind == kinds.get(act.id) and act.id not in renewed:
            renewed.add(act.id)
            yield from _entries(entry, act)


def _entries(entry: Designation, act: Act) -> Iterator[Designation]:
    authority = next((one.name for one in act.in_role(Role.PERPETRATOR)), "")
    for victim in act.in_role(Role.VICTIM):
        yield replace(entry, when=act.when.edtf, organisation=victim.name, authority=authority)
