"""One item of the review queue as a screen of a terminal: lines of styled text, nothing else."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from khronika.cli.chronicle import counted
from khronika.cli.terminal import one_line, safe
from khronika.publish.wording import DOERS, chance, is_alleged, spoken
from khronika.review.priority import Sort

if TYPE_CHECKING:
    from khronika.linking.explained import Near
    from khronika.model.acts import Involvement
    from khronika.model.links import Contradiction, Ruling
    from khronika.workflows.reviewing.rows import Piece, ReviewItem, Slice, Sureness, Telling
    from khronika.workflows.rows import ActRow

TITLES = {
    Sort.ACT: "Is this what the report tells?",
    Sort.CONTRADICTION: "These tellings cannot all hold",
    Sort.ACTORS: "Are these one?",
    Sort.INCIDENTS: "Did these happen once?",
    Sort.RULING: "A ruling waits for what it names",
}
VEILED = "[contact data]"
SHOWN = 6  # other tellings
STYLES = {"act": "bold underline", "quote": ""}  # every other label: underlined, and said behind
KEYS = {
    "a": "accept", "r": "reject", "c": "correct", "s": "same", "d": "different", "l": "leave",
    "m": "mark sensitive", "n": "note", "u": "undo", "j": "next", "k": "back", "g": "first",
    "?": "help", "q": "quit",
}  # fmt: skip
OF_ACT, OF_PAIR, ALWAYS = "arclmn", "sdln", "ujkg?q"
OF_SORT = {
    Sort.ACT: OF_ACT,
    Sort.CONTRADICTION: "ln",
    Sort.ACTORS: OF_PAIR,
    Sort.INCIDENTS: OF_PAIR,
    Sort.RULING: "",
}


def keys_of(sort: Sort) -> str:
    """The keys that do something on an item."""
    return OF_SORT[sort] + ALWAYS


def screen(item: "ReviewItem") -> RenderableType:
    """An item, whole."""
    lines: list[RenderableType] = [_title(item), Text()]
    if item.act is not None:
        lines += [*_context(item.context), Text(), *_coded(item.act, item.sureness)]
    if item.pair is not None:
        lines += _pair(item)
    if item.ruling is not None:
        lines += _waiting(item)
    lines += _against(item.contradictions)
    lines += _tellings(item)
    lines += _ruled(item.rulings)
    lines += _reasons(item)
    return Group(*lines)


def foot(item: "ReviewItem", said: str) -> RenderableType:
    """What was done last, and the keys."""
    keys = Text("  ").join(
        Text.assemble((key, "bold"), f" {KEYS[key]}") for key in keys_of(item.row.sort)
    )
    return Group(Text(safe(said), style="bold"), keys) if said else keys


def helped() -> RenderableType:
    """Every key and what it does."""
    return Group(*(Text.assemble((f"  {key}  ", "bold"), word) for key, word in _HELP))


_HELP = (
    ("a", "accept: the report tells it as coded"),
    ("r", "reject: the report does not tell this"),
    ("c", "correct: say what is so, in words of the report"),
    ("s", "same: the two are one"),
    ("d", "different: the two are not one"),
    ("l", "leave: it cannot be told, or not now; it is asked again if something else is said"),
    ("m", "mark as sensitive: left out of what is published"),
    ("n", "note: keep words with it"),
    ("A R S D L M", "the same in capitals: asks for the reason"),
    ("u", "undo the last ruling of this sitting; again for the one before"),
    ("space j", "the next item; this one stays"),
    ("k", "the item before"),
    ("g", "the first item of the queue"),
    ("1 to 6", "the telling of that number, to rule on it by itself; k comes back"),
    ("?", "this page"),
    ("q", "quit; everything is kept as soon as it is ruled"),
)


def _title(item: "ReviewItem") -> Text:
    row = item.row
    told = Text(TITLES[row.sort], style="bold")
    place = f"   {item.left} left" if row.open else "   ruled on"
    return Text.assemble(told, (place, "dim"), (f"   {row.id}", "dim"))


def _context(slices: Iterable["Slice"]) -> Iterator[RenderableType]:
    for each in slices:
        told = any("quote" in piece.labels for piece in each.pieces)
        text = marked(each.pieces)
        if not told:
            text.stylize("dim")
        yield Padding(text, (0, 0, 0, 2 if told else 4))


def marked(pieces: Sequence["Piece"]) -> Text:
    """A passage with what was found in it; each label is said behind its words."""
    found = Text()
    for number, piece in enumerate(pieces):
        after = pieces[number + 1].labels if number + 1 < len(pieces) else ()
        labels = [label for label in piece.labels if label != "quote"]
        if "contact" in labels:
            found.append(VEILED)
            continue
        style = "bold underline" if "act" in labels else "underline" if labels else ""
        found.append(safe(piece.text), style=style)
        ended = [label for label in labels if label not in after]
        if ended:
            found.append(f" ({', '.join(map(role, ended))})", style="dim")
    return found


def role(label: str) -> str:
    """A label in words."""
    return {"alleged-perpetrator": "suspected", "perpetrator": "alleged perpetrator"}.get(
        label, label
    )


def _coded(row: "ActRow", sureness: "Sureness | None") -> Iterator[RenderableType]:
    act, learned = row.act, ""
    if sureness is not None and sureness.rulings:
        learned = f" (the coder said {sureness.coder:.2f}; {sureness.rulings} rulings)"
    modality = "" if act.modality.value == "occurred" else f", {act.modality.value}"
    yield _line("kind", f"{act.kind}{modality}; {chance(act.confidence)}{learned}")
    for one in act.involvements:
        yield _line(_part(row, one), _with(counted(one), one.confidence))
    when = spoken(act.when.edtf) or "no date"
    yield _line("when", _with(f"{when} ({act.when.basis})", act.when.confidence))
    for where in act.where:
        known = f" = {where.place}, {where.country}" if where.place else ""
        yield _line("where", _with(f"{where.name}{known}", where.confidence))
    yield _line("report", _report(row))


def _part(row: "ActRow", one: "Involvement") -> str:
    """A role in words; a perpetrator is alleged unless a court or the doer itself tells it."""
    alleged = one.role not in DOERS or is_alleged(row.act, one, dict(enumerate(row.actors)))
    return role(one.role.value) if alleged else one.role.value


def _with(text: str, confidence: float | None) -> str:
    return text if confidence is None else f"{text}  {confidence:.2f}"


def _report(row: "ActRow") -> str:
    said = (row.report.publisher, spoken(row.report.published), row.report.name, row.report.id)
    return ", ".join(filter(None, said))


def _pair(item: "ReviewItem") -> Iterator[RenderableType]:
    pair = item.pair
    assert pair is not None
    for caption in pair.captions:
        yield Text(f"  {one_line(caption)}", style="bold")
    for excerpt in pair.excerpts:
        quoted = (safe(excerpt.before), (safe(excerpt.exact), "bold underline"))
        source = f"  ({one_line(excerpt.report.name)})"
        yield Padding(Text.assemble("… ", *quoted, safe(excerpt.after), " …", source), (0, 0, 0, 4))
    for telling in pair.tellings:
        yield from _telling(telling)
    near = pair.actor.near if pair.actor else pair.incident.near if pair.incident else None
    if near is not None:
        yield Text()
        yield from _evidence(near)


def _evidence(near: "Near") -> Iterator[RenderableType]:
    for title, wanted in (("for", True), ("against", False)):
        said = [
            f"{each.says} {each.weight:+.1f}"
            for each in near.evidence
            if (each.weight > 0) is wanted
        ]
        said += [near.against] if not wanted else []
        yield _line(title, "; ".join(filter(None, said)))


def _waiting(item: "ReviewItem") -> Iterator[RenderableType]:
    assert item.ruling is not None
    yield _line("ruling", f"{item.ruling.verb} by {item.ruling.reviewer or 'nobody named'}")
    yield _line("reason", item.ruling.why)
    yield _line("not here", ", ".join(item.gone))


def _against(contradictions: Iterable["Contradiction"]) -> Iterator[RenderableType]:
    for each in contradictions:
        sides = (f"{told.value or 'nothing'} ({len(told.acts)})" for told in each.values)
        yield _line(f"not both: {each.attribute}", " | ".join(sides))


def _tellings(item: "ReviewItem") -> Iterator[RenderableType]:
    if not item.tellings:
        return
    yield Text()
    yield Text("Other tellings" if item.act else "Tellings", style="bold")
    for number, telling in enumerate(item.tellings[:SHOWN], 1):
        yield from _telling(telling, f"{number} ")
    if len(item.tellings) > SHOWN:
        yield Text(f"  and {len(item.tellings) - SHOWN} more", style="dim")


def _telling(telling: "Telling", number: str = "") -> Iterator[RenderableType]:
    row = telling.row
    when = spoken(row.act.when.edtf) or "no date"
    told = f"{one_line(_report(row))}: {row.act.kind}, {row.act.modality.value}, {when}"
    yield Text.assemble((f"  {number}", "bold"), told)
    for each in telling.context:
        yield Padding(marked(each.pieces), (0, 0, 0, 4))


def _ruled(rulings: Iterable["Ruling"]) -> Iterator[RenderableType]:
    for each in rulings:
        who = each.reviewer or "nobody named"
        yield _line("ruled", f"{each.verb} by {who}, {each.time[:10]}: {each.why}")


def _reasons(item: "ReviewItem") -> Iterator[RenderableType]:
    yield Text()
    yield from (Text(f"  {reason.said()}", style="dim") for reason in item.row.reasons)


def _line(label: str, text: str) -> Text:
    return Text.assemble((f"  {label}: ", "dim"), one_line(text))


def console() -> Console:
    """A console for whole screens; nothing in a text is taken for markup."""
    return Console(markup=False, emoji=False, highlight=False)
