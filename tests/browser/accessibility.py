"""Rules of accessibility that a machine can check, by axe-core."""

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from browser.hands import Keyboard

AXE = Path(__file__).parent / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice")
RUN = """return axe.run(document, {runOnly: {type: "tag", values: given}}).then((found) =>
  found.violations.map((each) => ({
    id: each.id, help: each.help,
    nodes: each.nodes.slice(0, 3).map((n) => `${n.html.slice(0, 200)} | ${n.failureSummary}`),
  })));"""

Violation = Mapping[str, Any]


@cache
def _source() -> str:
    return AXE.read_text(encoding="utf-8")


def violations(page: Keyboard) -> list[Violation]:
    """What breaks a rule on the page that is open."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: run tests/browser/install.sh")
    page.ask(_source())
    return list(page.ask(RUN, list(TAGS)))


def told(broken: Mapping[str, Sequence[Violation]]) -> str:
    """All of it, to be read."""
    lines: list[str] = []
    for path, found in broken.items():
        for each in found:
            lines += [f"{path}: {each['id']}: {each['help']}", *(f"    {n}" for n in each["nodes"])]
    return "\n".join(lines)
