"""Gold records as acts.jsonl lines, as short as a person would write them: no offsets, no types."""

import json
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROLES = (
    "victims",
    "perpetrators",
    "alleged_perpetrators",
    "interveners",
    "addressees",
    "said_by",
)


def lines_of_folder(folder: Path) -> Iterator[dict[str, Any]]:
    """A line for each act of each gold record in a folder."""
    for path in sorted(folder.glob("*.toml")):
        if not path.stem.startswith("across"):
            yield from lines_of(tomllib.loads(path.read_text(encoding="utf-8")), path.stem)


def lines_of(tables: dict[str, Any], report: str) -> Iterator[dict[str, Any]]:
    """A line for each act of one gold record; the first also holds the affiliations."""
    forms = [row["names"] for row in tables.get("same_person", [])]
    first: dict[str, Any] = {"affiliations": list(_affiliations(tables))}
    for act in tables.get("act", []):
        line = {"report": report, "kind": act["kind"], "quote": act["quote"], **first}
        first = {}
        line["modality"] = act["modality"]
        for key in ("what", "reason", "penalty"):
            line |= {key: act[key]} if act.get(key) else {}
        line |= {"where": [act["where"]]} if act.get("where") else {}
        if act.get("when") and act["modality"] != "denied":
            line["when"] = act["when"]
        for role in ROLES:
            if act.get(role):
                line[role] = [_named(name, forms) for name in act[role]]
        _count(line, act)
        yield {key: value for key, value in line.items() if value}


def _affiliations(tables: dict[str, Any]) -> Iterator[dict[str, str]]:
    for row in tables.get("affiliation", []):
        found = {key: row.get(key, "") for key in ("person", "role", "organisation")}
        yield {key: value for key, value in found.items() if value}


def _named(name: str, forms: list[list[str]]) -> dict[str, Any]:
    also = next((names for names in forms if name in names), [])
    found: dict[str, Any] = {"name": name}
    return found | ({"also": [n for n in also if n != name]} if also else {})


def _count(line: dict[str, Any], act: dict[str, Any]) -> None:
    """How many, beside the first of them."""
    for role, key in (("victims", "victim_count"), ("perpetrators", "perpetrator_count")):
        if not line.get(role):
            continue
        for ending, words in (("", "{}"), ("_about", "about {}"), ("_min", "at least {}")):
            if key + ending in act:
                line[role][0]["count"] = words.format(act[key + ending])


if __name__ == "__main__":
    for each in lines_of_folder(Path(sys.argv[1])):
        sys.stdout.write(json.dumps(each, ensure_ascii=False) + "\n")
