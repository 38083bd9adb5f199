"""A person taken out of plain data: out of every string, and out of what a coder found."""

import re
from typing import Any

from khronika.text.redaction import BLOCK, redact

ANSWERS = "answers"  # the kept part of a report that holds what counts of a model's answers
ID = re.compile(r"(?:[a-z]{3}_)?(?:[0-9a-f]{16}|[0-9a-f]{64})")


def redact_plain(value: Any, text: str, pattern: re.Pattern[str]) -> Any:
    """Take a name out of every string, and quote every anchor anew from the redacted text."""
    if isinstance(value, str):
        return value if ID.fullmatch(value) else redact(value, pattern)
    if isinstance(value, list):
        return [redact_plain(each, text, pattern) for each in value]
    if not isinstance(value, dict):
        return value
    clean = {key: redact_plain(each, text, pattern) for key, each in value.items()}
    if {"exact", "start", "end"} <= clean.keys():
        clean["exact"] = text[clean["start"] : clean["end"]]
    return clean


def forget_person(
    coding: dict[str, Any], casts: set[int], pattern: re.Pattern[str]
) -> dict[str, Any]:
    """A coding without a person: not in the cast, in no role, and no act done to her alone.

    Args:
        coding: the plain data of a coding.
        casts: the indices of the cast that are this person.
        pattern: matches her names.
    """
    left = dict(coding)
    left["cast"] = [each for each in coding.get("cast", ()) if each["index"] not in casts]
    acts = [_without(act, casts, pattern) for act in coding.get("acts", ())]
    left["acts"] = [act for act in acts if act is not None]
    ids = {act["id"] for act in left["acts"]}
    for key in ("appeals", "designations"):
        left[key] = [each for each in coding.get(key, ()) if each["act_id"] in ids]
    left["appeals"] = [_unsigned(each, pattern) for each in left["appeals"]]
    left["affiliations"] = [
        each for each in coding.get("affiliations", ()) if not pattern.search(each["person"])
    ]
    return {key: value for key, value in left.items() if value != []}


def without_blocks(coding: dict[str, Any]) -> dict[str, Any]:
    """A coding of a redacted text without anyone whose name is blocks."""
    casts = {each["index"] for each in coding.get("cast", ()) if BLOCK in each["name"]}
    return forget_person(coding, casts, re.compile(BLOCK))


def _without(
    act: dict[str, Any], casts: set[int], pattern: re.Pattern[str]
) -> dict[str, Any] | None:
    involved = act.get("involvements", [])
    left = [
        each
        for each in involved
        if each.get("cast") not in casts and not pattern.search(each["name"])
    ]
    if len(left) == len(involved):
        return act
    if not left or (_has_victim(involved) and not _has_victim(left)):
        return None
    return {**act, "involvements": left}


def _has_victim(involved: list[dict[str, Any]]) -> bool:
    return any(each["role"] == "victim" for each in involved)


def _unsigned(appeal: dict[str, Any], pattern: re.Pattern[str]) -> dict[str, Any]:
    signed = [each for each in appeal.get("signatories", ()) if not pattern.search(each["name"])]
    return {**appeal, "signatories": signed}
