"""Russian texts as reports, and the coder of Russian where its extra is installed."""

from functools import cache

import pytest

from khronika.codebook import Codebook, load
from khronika.codebook.check import report_of
from khronika.coding.slavic.coder import SlavicCoder
from khronika.model.acts import Act, Coding, Role

MISSING = "the extra 'russian' is not installed"


@cache
def codebook() -> Codebook:
    """The bundled codebook, read once."""
    return load()


def coder() -> SlavicCoder:
    """The coder of Russian; skips the test where its extra is missing."""
    pytest.importorskip("slovnet", reason=MISSING)
    pytest.importorskip("pymorphy3", reason=MISSING)
    from khronika.coding.slavic.russian import russian_coder

    found = russian_coder()
    if found is None:
        pytest.skip(MISSING)
    return found


def coded(text: str) -> Coding:
    """The coding of a text of one passage."""
    return coder().code([report_of(text, "ru")], codebook())[0]


def acts(text: str) -> tuple[Act, ...]:
    """The acts that a text tells."""
    return coded(text).acts


def names(act: Act, role: Role) -> list[str]:
    """The names in a role of an act."""
    return [each.name for each in act.in_role(role)]
