"""Official lists as a history of designations, read off the acts that tell them."""

import re
from collections.abc import Iterator, Sequence

from khronika.model.acts import Act, Designation, Modality, Role

DESIGNATION_OF = {
    "forced-designation": "listed",
    "exclusion-from-register": "excluded",
    "registration-refusal": "refused",
}
# What a list is commonly called; the label is what the record shows.
REGISTERS = (
    (
        re.compile(
            r"foreign[- ]agents?|иностранн\w{2,3} агент|иноагент|іноземн\w{2,3} агент",
            re.IGNORECASE,
        ),
        "foreign agents",
    ),
    (re.compile(r"undesirable|нежелательн|небажан", re.IGNORECASE), "undesirable organisations"),
    (re.compile(r"extremis[tm]|экстремис|екстреміс", re.IGNORECASE), "extremists"),
    (re.compile(r"terroris[tm]|террорис|терорис", re.IGNORECASE), "terrorists"),
    (
        re.compile(
            r"non-?governmental|non-?profit|non-?commercial|\bNGOs?\b|некоммерч|неприбутков|\bНКО\b",
            re.IGNORECASE,
        ),
        "non-governmental organisations",
    ),
    (re.compile(r"foreign (?:representatives|influence)", re.IGNORECASE), "foreign influence"),
)


def designations_of(acts: Sequence[Act], text: str) -> tuple[Designation, ...]:
    """One designation for each organisation or person that an act lists, excludes or refuses."""
    return tuple(entry for act in acts for entry in _entries(act, text))


def _entries(act: Act, text: str) -> Iterator[Designation]:
    designation = DESIGNATION_OF.get(act.kind)
    if designation is None or act.modality is not Modality.OCCURRED:
        return
    around = text[max(0, act.quote.start - 200) : act.quote.end + 200]
    register = next((label for sign, label in REGISTERS if sign.search(around)), "register")
    authority = next((i.name for i in act.in_role(Role.PERPETRATOR)), "")
    for victim in act.in_role(Role.VICTIM):
        yield Designation(
            register=register,
            authority=authority,
            organisation=victim.name,
            designation=designation,
            when=act.when.edtf,
            reason=act.reason.exact if act.reason else "",
            act_id=act.id,
        )
