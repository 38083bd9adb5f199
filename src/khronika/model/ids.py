"""Ids: SHA-256 of canonical JSON, shortened, with a visible prefix."""

import hashlib
import json
from typing import Any

SHORT = 16  # hexadecimal digits: 64 bits, no clash expected below a thousand million things

type_prefixes = ("rpt_", "act_", "inc_", "per_", "org_", "grp_", "cty_", "rul_")

_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def canonical(value: Any) -> bytes:
    """JSON with sorted keys, no blanks, UTF-8 (RFC 8785, as ids hold no floats)."""
    return _WRITER.encode(value).encode()


def sha256(data: bytes) -> str:
    """The hexadecimal SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()


def short_id(prefix: str, value: Any) -> str:
    """`prefix` and the first digits of the SHA-256 of `value` as canonical JSON."""
    return prefix + sha256(canonical(value))[:SHORT]


def report_id(digest: str) -> str:
    """The id of a report from the SHA-256 of its bytes."""
    return short_id("rpt_", {"sha256": digest})


def act_id(report: str, kind: str, quote: tuple[int, int], trigger: tuple[int, int]) -> str:
    """The id of an act: report, kind and anchors; not the coder, so that rulings survive."""
    return short_id("act_", {"kind": kind, "quote": quote, "report": report, "trigger": trigger})


def incident_id(least_act: str) -> str:
    """The id of an incident from the least of its acts' ids; of one act alone from its own."""
    return short_id("inc_", {"act": least_act})
