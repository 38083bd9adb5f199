"""Members of a cast as seats hold them: all that is needed to give them another form later."""

import json

from khronika.linking.components import as_json
from khronika.linking.members import Member
from khronika.linking.state import Seat
from khronika.model.acts import ActorType

SPACE = "cast"

Aside = tuple[tuple[str, str], ...]  # what a report says stands for what, of one body's names


def member_json(member: Member, aside: Aside) -> str:
    """A member and the pairs of its names, as JSON."""
    return as_json(
        [
            *(member.report, member.index, member.type.value, member.names, member.named),
            *(member.gender, member.country, member.context, sorted(member.ties)),
            *(member.roles, member.mentions, member.start, member.end, aside),
        ]
    )


def member_in(seat: Seat) -> tuple[Member, Aside]:
    """The member that a seat holds."""
    (report, index, kind, names, named, gender, country, context, ties, roles, mentions, start,
     end, aside) = json.loads(seat.data)  # fmt: skip
    member = Member(
        report=report, index=index, type=ActorType(kind), names=tuple(names), named=named,
        gender=gender, country=country, context=context, ties=frozenset(ties),
        roles=tuple(roles), mentions=mentions, start=start, end=end,
    )  # fmt: skip
    return member, tuple((a, b) for a, b in aside)
