"""Families of kinds, as the learned part tells them apart."""

import re

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
