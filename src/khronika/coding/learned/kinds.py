"""Families of kinds, as the learned part tells them apart, and words that speak of each."""

import re

from khronika.coding.learned.features import stem
from khronika.model.acts import Act, Modality

FAMILIES = {
    "killing": "killing",
    "kidnapping": "kidnapping",
    "enforced-disappearance": "disappearance",
    "torture": "torture",
    "assault": "assault",
    "sexual-violence": "assault",
    "arrest": "detention",
    "forced-psychiatry": "detention",
    "sentence": "court",
    "trial": "court",
    "charge": "court",
    "release": "freed",
    "acquittal": "freed",
    **dict.fromkeys(
        "threat surveillance search harassment smear dismissal fine closure ban blocking"
        " censorship travel-ban exile deportation denial-of-care".split(),
        "soft",
    ),
}
GRAVE = frozenset({"killing", "kidnapping", "disappearance", "torture", "detention", "assault"})
_WORDS = {
    "killing": "kill murder slay slain assassinate execute massacre dead death die shot lynch"
    " behead hang fatal corpse body homicide bomb",
    "kidnapping": "kidnap abduct hostage captive captor ransom snatch hijack traffic",
    "disappearance": "disappear missing whereabouts incommunicado vanish desaparecido secret",
    "torture": "torture beat beaten electric mutilate flog lash rape abuse inhuman degrading whip"
    " brutal",
    "detention": "arrest detain detention jail prison imprison custody sentence convict charge"
    " trial court bail cell held remand incarcerate accuse",
    "soft": "threat harass dismiss attack raid ban block censor fine sue intimidate discriminate"
    " wage strike pay exploit sanction law displace evict disperse",
    "none": "film economy market vote election game music course trade growth",
}
# Each word's families, by its stem.
SPEAKS: dict[str, tuple[str, ...]] = {}
for _family, _words in _WORDS.items():
    for _word in _words.split():
        SPEAKS[stem(_word)] = (*SPEAKS.get(stem(_word), ()), _family)
# Whom human-rights reports are mostly about, by what they do.
DEFENDERS = re.compile(
    r"\b(?:journalist|reporter|editor|blogger|correspondent|photographer|cameraman|broadcaster"
    r"|columnist|writer|activist|defender|campaigner|lawyer|attorney|union|advocate|protest"
    r"|demonstrator|dissident|opposition|critic|student|worker|teacher|priest|missionar)",
    re.IGNORECASE,
)


def family(act: Act) -> str:
    """The family of an act's kind; "" for what is none of them."""
    return FAMILIES.get(act.kind, "")


def happened(act: Act) -> bool:
    """True if the act is told as done, or as attempted."""
    return act.modality in (Modality.OCCURRED, Modality.ATTEMPTED)
