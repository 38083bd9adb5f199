"""Features of each person of a report: is this one of those to whom the main thing happened?"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from khronika.coding.learned.features import Features, stem, stems
from khronika.coding.learned.kinds import DEFENDERS, family, happened
from khronika.coding.learned.story import heading
from khronika.model.acts import ActorType, CastMember, Coding, Role
from khronika.model.reports import Report

AROUND = 60  # characters on either side of a mention
MENTIONS = 6
LETTERS = re.compile(r"[a-z]+")
ROLES = (Role.VICTIM, Role.PERPETRATOR, Role.SOURCE, Role.INTERVENER, Role.ADDRESSEE)


def people(report: Report, coding: Coding) -> list[tuple[CastMember, Features]]:
    """Each person of the cast with its features, the most mentioned first."""
    members = sorted(
        (member for member in coding.cast if member.type is ActorType.PERSON),
        key=lambda member: -len(member.mentions),
    )
    roles = _roles(report, coding)
    victims = sum(roles[member.index]["victim"] > 0 for member in members)
    said = sum(len(member.mentions) for member in members) or 1
    found = []
    for rank, member in enumerate(members):
        features = _member(member, roles[member.index], report)
        _name(member, report, features)
        _context(member, report, features)
        features.put("mentions", math.log1p(len(member.mentions)))
        features.put("share", len(member.mentions) / said)
        features.put("rank", 1 / (1 + rank))
        features.put("victims", min(8, victims) / 4)
        features.put("people", min(20, len(members)) / 10)
        found.append((member, features))
    return found


def _roles(report: Report, coding: Coding) -> Mapping[int, Counter[str]]:
    roles: dict[int, Counter[str]] = defaultdict(Counter)
    for act in coding.acts:
        group = (family(act) or act.kind) + ("" if happened(act) else " not done")
        for each in act.involvements:
            if each.cast is None:
                continue
            role = each.role.value.replace("alleged-", "")
            roles[each.cast].update((role, f"{role} of {group}"))
            if act.trigger.start < heading(report):
                roles[each.cast][f"headline {role}"] += 1
    return roles


def _member(member: CastMember, roles: Counter[str], report: Report) -> Features:
    found = Features()
    for name, count in roles.items():
        found.put(f"role {name}", min(3, count))
    for role in ROLES:
        found.put(f"has {role.value}", float(roles[role.value] > 0))
    start = min((mention.anchor.start for mention in member.mentions), default=len(report.text))
    found.put("first", start / max(1, len(report.text)))
    found.put("bias", 1.0)
    return found


def _name(member: CastMember, report: Report, found: Features) -> None:
    words = member.name.lower().split() or [""]
    found.put("in headline", float(words[-1] in report.title.value.lower()))
    found.put("one word", float(len(words) == 1))
    found.put("many words", float(len(words) > 3))
    found.put(f"gender {member.gender}", 1.0)
    for word in set(LETTERS.findall(member.description.lower())):
        found.put(f"described {stem(word)}", 1.0)
    found.put("described", float(bool(member.description)))
    found.put("defender", float(bool(DEFENDERS.search(member.description))))


def _context(member: CastMember, report: Report, found: Features) -> None:
    text = report.text
    for mention in member.mentions[:MENTIONS]:
        start, end = mention.anchor.start, mention.anchor.end
        before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
        for word, _ in stems(before):
            found.put(f"before {word}", 0.5)
        for word, _ in stems(after):
            found.put(f"after {word}", 0.5)
        for word in LETTERS.findall(before[-25:].lower())[-1:]:
            found.put(f"just before {word}", 1.0)
        for word in LETTERS.findall(after[:25].lower())[:1]:
            found.put(f"just after {word}", 1.0)
