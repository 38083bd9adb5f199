"""Names that a coder took for a person's, and that elsewhere are an organisation's.

A report that does not say what it speaks of leaves a coder to guess. Names that hold a known given
name, and people of whom a gender is known, stay people's.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from khronika.linking.forms import BODIES, BODY, PERSON, Form, form_in
from khronika.linking.keys import key_of
from khronika.linking.members import Member
from khronika.linking.seats import SPACE, Aside, member_in
from khronika.linking.state import Node, Seat, State
from khronika.model.acts import ActorType
from khronika.text.bodies import read_body
from khronika.text.names import read_name

_MOST = 400  # forms of one sound that are given another type at once

Sounds = tuple[str, ...]


def extra_keys(form: Form) -> tuple[int, ...]:
    """Keys by which forms are found that may be of another type."""
    sounds = _sounds(form.first)
    if len(sounds) < 2:
        return ()
    if form.space == PERSON:
        return (key_of("may be a body", *sounds),) if _unsure(form.first, form.gender) else ()
    found = [key_of("a body", *sounds)] if form.genuine else []
    if form.members > form.genuine:
        found.append(key_of("taken for a body", *sounds))
    return tuple(found)


def retyped(
    state: State, arriving: Iterable[tuple[Member, Aside]]
) -> list[tuple[Member, Aside, bool]]:
    """Members with the type that their names have elsewhere, and whether it is their own."""
    members = list(arriving)
    known = {_sounds(m.names[0]) for m, _ in members if m.type in BODIES}
    doubtful = {_sounds(m.names[0]) for m, _ in members if _is_doubtful(m)} - known
    keys = {key_of("a body", *sounds): sounds for sounds in doubtful}
    known |= {keys[key] for key in state.holders(keys, 1)}
    return [
        (replace(m, type=ActorType.ORGANISATION), aside, False)
        if _is_doubtful(m) and _sounds(m.names[0]) in known
        else (m, aside, True)
        for m, aside in members
    ]


def mistaken(state: State, before: Iterable[Node | None], now: Collection[Form]) -> list[Seat]:
    """Seats of those who are of another type, now that forms came or went."""
    came = {_sounds(f.first) for f in now if f.space == BODY and f.genuine}
    went = {s for node in before if node for s in _genuine_sounds(node)} - came
    came = {sounds for sounds in came if len(sounds) > 1}
    wanted = {key_of("may be a body", *sounds) for sounds in came}
    gone = {key_of("a body", *sounds): sounds for sounds in went}
    still = {gone[key] for key in state.holders(gone, 1)}
    wanted |= {key_of("taken for a body", *sounds) for sounds in went - still}
    nodes = {n for ids in state.holders(wanted, _MOST).values() for n in ids}
    seats: Sequence[Seat] = state.seats_of(nodes) if nodes else ()
    return [s for s in seats if s.space == SPACE and _is_doubtful(member_in(s)[0])]


def _genuine_sounds(node: Node) -> tuple[Sounds, ...]:
    if node.space != BODY or not node.data:
        return ()
    form = form_in(node)
    sounds = _sounds(form.first)
    return (sounds,) if form.genuine and len(sounds) > 1 else ()


def _is_doubtful(member: Member) -> bool:
    named = member.type is ActorType.PERSON and member.named
    return named and _unsure(member.names[0], member.gender) and len(_sounds(member.names[0])) > 1


def _unsure(name: str, gender: str) -> bool:
    return not gender and not any(word.groups for word in read_name(name).words)


def _sounds(name: str) -> Sounds:
    body = read_body(name)
    return tuple(sorted(body.sounds if body.proper else body.words))  # translated or carried over
