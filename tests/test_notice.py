"""NOTICE names what an install brings."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_notice_names_every_package_of_a_plain_install() -> None:
    locked = re.findall(
        r"^([A-Za-z0-9][\w.-]*)==",
        (ROOT / "requirements/core.lock").read_text("utf-8"),
        re.MULTILINE,
    )
    said = re.findall(r"^[* ] ([\w.-]+) {2,}\S", (ROOT / "NOTICE").read_text("utf-8"), re.MULTILINE)
    assert locked
    assert {name.lower() for name in locked} == set(said)


def test_notice_credits_the_gazetteer() -> None:
    text = (ROOT / "NOTICE").read_text("utf-8")
    assert "GeoNames" in text
    assert "Attribution 4.0" in text
    assert "Unicode CLDR" in text
