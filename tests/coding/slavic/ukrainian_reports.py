"""Ukrainian texts as reports, and the coder of Ukrainian where its extra is installed."""

import pytest

from coding.slavic.russian_reports import codebook
from khronika.codebook.check import report_of
from khronika.coding.slavic.coder import SlavicCoder
from khronika.model.acts import Act, Coding, Role

MISSING = "the extra 'ukrainian' is not installed"


def coder() -> SlavicCoder:
    """The coder of Ukrainian; skips the test where its extra is missing."""
    pytest.importorskip("pymorphy3", reason=MISSING)
    pytest.importorskip("pymorphy3_dicts_uk", reason=MISSING)
    from khronika.coding.slavic.ukrainian import ukrainian_coder

    found = ukrainian_coder()
    if found is None:
        pytest.skip(MISSING)
    return found


def coded(text: str) -> Coding:
    """The coding of a text of one passage."""
    return coder().code([report_of(text, "uk")], codebook())[0]


def acts(text: str) -> tuple[Act, ...]:
    """The acts that a text tells."""
    return coded(text).acts


def names(act: Act, role: Role) -> list[str]:
    """The names in a role of an act."""
    return [each.name for each in act.in_role(role)]
