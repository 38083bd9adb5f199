"""Rows of a coding: acts and what belongs to them, the cast, figures, appeals, registers."""

from collections.abc import Iterator
from typing import Any

from khronika.model.acts import (
    Act,
    Appeal,
    CastMember,
    Coding,
    Count,
    Designation,
    Involvement,
    When,
)
from khronika.model.plain import to_plain
from khronika.store.spans import first_and_last, packed, placed, started
from khronika.text.lemmas import folded

Row = dict[str, Any]
Rows = Iterator[tuple[str, Row]]


def coding_rows(coding: Coding) -> Rows:
    """Everything that a coder found in one report."""
    for member in coding.cast:
        yield from _cast_rows(coding.report_id, member)
    for act in coding.acts:
        yield from _act_rows(act)
    for idx, figure in enumerate(coding.figures):
        row = {"report_id": coding.report_id, "idx": idx, "value": figure.value}
        row |= {"approximate": int(figure.approximate), "least": figure.least}
        row |= {"most": figure.most, "what": figure.what, "said_by": packed(figure.said_by)}
        yield "figure", {**row, **placed(figure.anchor)}
    for idx, each in enumerate(coding.affiliations):
        row = {"report_id": coding.report_id, "idx": idx, "person": each.person}
        row |= {"role": each.role, "organisation": each.organisation}
        yield "affiliation", {**row, **placed(each.anchor)}
    for idx, appeal in enumerate(coding.appeals):
        yield "appeal", _appeal_row(coding.report_id, idx, appeal)
    for idx, designation in enumerate(coding.designations):
        yield "designation", _designation_row(coding.report_id, idx, designation)


def _cast_rows(report: str, member: CastMember) -> Rows:
    yield (
        "cast_member",
        {
            "report_id": report,
            "idx": member.index,
            "name": member.name,
            "type": member.type.value,
            "gender": member.gender,
            "country": member.country,
            "description": member.description,
            "forms": packed(member.forms),
        },
    )
    for idx, mention in enumerate(member.mentions):
        row = {"report_id": report, "cast": member.index, "idx": idx, "form": mention.form.value}
        yield "mention", {**row, **placed(mention.anchor)}


def _act_rows(act: Act) -> Rows:
    yield (
        "act",
        {
            "id": act.id,
            "kind": act.kind,
            "modality": act.modality.value,
            "report_id": act.report_id,
            "quote": act.quote.exact,
            "quote_start": act.quote.start,
            "quote_end": act.quote.end,
            "trigger_start": act.trigger.start,
            "trigger_end": act.trigger.end,
            **_when(act.when),
            **started("what", act.what),
            **started("reason", act.reason),
            **started("penalty", act.penalty),
            **started("response", act.response),
            "demands": packed(to_plain(demand) for demand in act.demands),
            "listed_stated": act.listed.stated if act.listed else None,
            "listed_named": act.listed.named if act.listed else None,
            "rule": act.rule,
            "confidence": float(act.confidence),
        },
    )
    for idx, involvement in enumerate(act.involvements):
        yield "involvement", _involvement_row(act.id, idx, involvement)
    for idx, where in enumerate(act.where):
        row = {"act_id": act.id, "idx": idx, "name": where.name, **placed(where.anchor)}
        row |= {"place": where.place, "country": where.country, "geonameid": where.geonameid}
        row["folded"] = folded(f"{where.name} / {where.place}")
        yield "location", row


def _when(when: When) -> Row:
    when_from, when_to = first_and_last(when.edtf)
    return {
        "when_edtf": when.edtf,
        "when_from": when_from,
        "when_to": when_to,
        "when_basis": when.basis,
        "when_flags": packed(when.flags),
        "when_exact": when.anchor.exact if when.anchor else None,
        "when_start": when.anchor.start if when.anchor else None,
        "when_end": when.anchor.end if when.anchor else None,
    }


def _involvement_row(act: str, idx: int, involvement: Involvement) -> Row:
    return {
        "act_id": act,
        "idx": idx,
        "role": involvement.role.value,
        "name": involvement.name,
        "folded": folded(involvement.name),
        "type": involvement.type.value,
        "basis": involvement.basis,
        **placed(involvement.anchor),
        "cast": involvement.cast,
        **_count(involvement.count),
        "age": involvement.age,
    }


def _count(count: Count | None) -> Row:
    return {
        "count_least": count.least if count else None,
        "count_most": count.most if count else None,
        "count_about": int(count.approximate) if count else None,
    }


def _appeal_row(report: str, idx: int, appeal: Appeal) -> Row:
    return {
        "report_id": report,
        "idx": idx,
        "act_id": appeal.act_id,
        "kind": appeal.kind,
        "signatories": packed(to_plain(each) for each in appeal.signatories),
        "signatory_countries": packed(appeal.signatory_countries),
        "addressees": packed(appeal.addressees),
        "demands": packed(to_plain(each) for each in appeal.demands),
        **_count(appeal.signatory_count),
        "delivered": appeal.delivered,
        "response": appeal.response,
    }


def _designation_row(report: str, idx: int, designation: Designation) -> Row:
    return {
        "report_id": report,
        "idx": idx,
        "register": designation.register,
        "authority": designation.authority,
        "organisation": designation.organisation,
        "designation": designation.designation,
        "when_edtf": designation.when,
        "reason": designation.reason,
        "act_id": designation.act_id,
    }
