"""Features of a whole report: its words, its acts by kind, who did what to whom."""

import math
from collections import Counter

from khronika.coding.learned.features import Features, stems
from khronika.coding.learned.kinds import DEFENDERS, GRAVE, SPEAKS, family, happened
from khronika.model.acts import Act, ActorType, Coding, Involvement, Role
from khronika.model.anchors import Span
from khronika.model.reports import Report

WORDS = 5.6  # the length of the vector of words, so that long reports weigh no more
STRUCTURE = 0.5
SPEECH = 0.7
DOING = 0.7
LEAD = 80  # words
DOERS = (Role.PERPETRATOR, Role.ALLEGED_PERPETRATOR)


def story(report: Report, coding: Coding) -> Features:
    """The features of a report."""
    found = _words(report)
    found.join(_kinds(report, coding))
    found.join(_structure(report, coding))
    found.join(_spoken(report))
    found.put("bias", 1.0)
    return found


def heading(report: Report) -> int:
    """Where the headline ends, as far as it stands in the text."""
    return len(report.title.value) + 2


def _words(report: Report) -> Features:
    found, counts = Features(), Counter[str]()
    for word, span in stems(report.text):
        counts[word] += 1
        found.spans.setdefault(f"word {word}", span)
    for word, count in counts.items():
        found.put(f"word {word}", 1 + math.log(count))
    for word in {word for word, _ in stems(report.title.value)}:
        found.add(f"word {word}", 2.0)
        found.put(f"title {word}", 2.0)
    norm = math.sqrt(sum(value * value for value in found.values.values())) or 1.0
    found.scale(WORDS / norm)
    return found


def _spoken(report: Report) -> Features:
    """How much the words speak of each family of kinds, whatever the coder made of them."""
    found, words = Features(), [word for word, _ in stems(report.text)]
    counts, title = Counter[str](), sum(1 for _ in stems(report.title.value))
    for number, word in enumerate(words):
        for name in SPEAKS.get(word, ()):
            counts[name] += 1
            if number < title:
                found.add(f"headline speaks of {name}")
            if number < title + LEAD:
                found.add(f"lead speaks of {name}")
    found.damp()
    for name, count in counts.items():
        found.put(f"speaks of {name}", math.log1p(count))
        found.put(f"speech of {name}", 2 * count / counts.total())
        found.put(f"dense {name}", math.log1p(100 * count / len(words)))
    found.scale(SPEECH)
    return found


def _kinds(report: Report, coding: Coding) -> Features:
    found = Features()
    told = Counter(act.kind for act in coding.acts if act.modality.value != "denied")
    for kind, count in told.items():
        found.put(f"kind {kind}", math.log1p(count))
        found.put(f"share {kind}", 2 * count / len(coding.acts))
    for act in coding.acts[:2]:
        found.add(f"first {act.kind}")
    for act in coding.acts:
        found.spans.setdefault(f"kind {act.kind}", act.trigger.span)
        if act.trigger.start < heading(report):
            found.put(f"headline {act.kind}", 1.5)
    return found


def _structure(report: Report, coding: Coding) -> Features:
    found, length = Features(), max(1, len(report.text))
    seen = Counter[str]()
    said = sum(len(m.mentions) for m in coding.cast if m.type is ActorType.PERSON) or 1
    mentions = {member.index: len(member.mentions) for member in coding.cast}
    for act in coding.acts:
        group = family(act) or "none"
        if not happened(act):
            seen[f"{group} {'denied' if act.modality.value == 'denied' else 'not done'}"] += 1
            continue
        seen[group] += 1
        found.add(f"early {group}", math.exp(-3 * act.trigger.start / length), act.trigger.span)
        _about(act, group, report.published.value[:4], found)
        _parts(act, group, found)
    for name, count in seen.items():
        found.put(f"acts {name}", count)
    found.damp()
    for act in filter(happened, coding.acts):
        for each in act.in_role(Role.VICTIM):
            if each.cast is not None and each.type is ActorType.PERSON:
                weight = math.sqrt(mentions.get(each.cast, 0) / said)
                found.most(f"main victim {family(act) or 'none'}", weight)
    for name, count in seen.items():
        found.put(f"part {name}", count / sum(seen.values()))
    grave = sum(group in seen for group in (*GRAVE - {"assault"}, "court"))
    found.put(f"grave {min(grave, 4)}", 1.0)
    found.put("length", math.log(length / 3000))
    found.put("no acts", float(not coding.acts))
    found.scale(STRUCTURE)
    return found


def _about(act: Act, group: str, year: str, found: Features) -> None:
    if year and act.when.edtf[:4] == year:
        found.add(f"this year {group}")
    elif act.when.edtf[:4].isdigit():
        found.add(f"other year {group}")
    if act.where:
        found.add(f"placed {group}")
    if act.penalty:
        found.add(f"penalty {group}")


def _parts(act: Act, group: str, found: Features) -> None:
    for each in act.in_role(Role.VICTIM):
        found.add(f"victim {group} {each.type.value}")
        if DEFENDERS.search(each.name):
            found.add(f"defender {group}")
        if each.count is not None and (each.count.least or 0) > 1:
            found.add(f"several {group}")
    for each in act.in_role(*DOERS):
        found.add(f"doer {group} {each.type.value}")


def doers(coding: Coding) -> Features:
    """Who is told to have done it: their sorts and the words that name them."""
    found, types = Features(), Counter[str]()
    for act in coding.acts:
        for each in act.in_role(*DOERS):
            types[each.type.value] += 1
            at = _where(each)
            found.add(f"doer {each.type.value}", 1.0, at)
            found.add(f"doer of {family(act) or 'none'} {each.type.value}", 1.0, at)
            for word in _named(each, coding):
                found.add(f"doer word {word}", 1.0, at)
    found.damp()
    for name, count in types.items():
        found.put(f"doer part {name}", count / sum(types.values()))
    found.put("no doer", float(not types))
    found.scale(DOING)
    return found


def _where(each: Involvement) -> Span | None:
    return each.anchor.span if each.anchor is not None else None


def _named(each: Involvement, coding: Coding) -> list[str]:
    described = ""
    if each.type is ActorType.PERSON and each.cast is not None:
        described = next((m.description for m in coding.cast if m.index == each.cast), "")
    return [word for word, _ in stems(f"{each.name} {described}")]
