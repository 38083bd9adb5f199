"""The Ukrainian coder; it stands on the packages of the extra `khronika[ukrainian]`."""

from functools import cache
from importlib.util import find_spec

from khronika.coding.slavic.coder import SlavicCoder, Tools
from khronika.coding.slavic.grammar import grammar
from khronika.coding.slavic.morphology import PymorphyMorphology
from khronika.coding.slavic.shallow import ShallowParser
from khronika.coding.slavic.tongue import tongue
from khronika.text.gazetteer import gazetteer

NAME = "uk-rules 1.0"
NEEDED = ("pymorphy3", "pymorphy3_dicts_uk")


@cache
def installed() -> bool:
    """True if the packages of the extra are there."""
    return all(find_spec(name) is not None for name in NEEDED)


@cache
def ukrainian_coder() -> SlavicCoder | None:
    """The coder of Ukrainian, or None where the extra is not installed."""
    if not installed():
        return None
    morphology = PymorphyMorphology("uk")
    parser = ShallowParser(morphology, grammar("uk"), tongue("uk"), gazetteer())
    return SlavicCoder(Tools(language="uk", parser=parser, morphology=morphology), NAME)
