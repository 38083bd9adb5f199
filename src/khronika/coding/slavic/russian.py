"""The Russian coder; it stands on the packages of the extra `khronika[russian]`."""

from functools import cache

from khronika.coding.slavic.coder import SlavicCoder, Tools
from khronika.coding.slavic.morphology import PymorphyMorphology
from khronika.coding.slavic.slovnet_parser import SlovnetParser, installed

NAME = "ru-rules 1.0"


@cache
def russian_coder() -> SlavicCoder | None:
    """The coder of Russian, or None where the extra is not installed."""
    if not installed():
        return None
    morphology = PymorphyMorphology("ru")
    tools = Tools(language="ru", parser=SlovnetParser(morphology), morphology=morphology)
    return SlavicCoder(tools, NAME)
