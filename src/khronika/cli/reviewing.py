"""`khronika review`: the queue in the terminal, one item a screen, one key each."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import click

from khronika.cli.options import Kind, record_option
from khronika.cli.rulings import reviewer_option
from khronika.cli.terminal import note
from khronika.errors import KhronikaError

if TYPE_CHECKING:
    from rich.console import RenderableType

    from khronika.workflows.record import Record
    from khronika.workflows.reviewing.rows import Asked, QueueRow, ReviewItem
    from khronika.workflows.ruling import Verb

WHY = {
    "a": "The quotation says so.",
    "r": "The report does not tell this.",
    "c": "The report says so.",
    "s": "Both tell of the same.",
    "d": "They are not the same.",
    "l": "It cannot be told from what the reports say.",
    "m": "Publishing it may do harm.",
}
UNDONE = "Undone in review."
ARROWS = {"\x1b[C": "j", "\x1b[B": "j", "\x1b[D": "k", "\x1b[A": "k", " ": "j", "\r": "j"}
VERBS: "dict[str, Verb]" = {
    "a": "accept", "r": "reject", "s": "same", "d": "different", "l": "left",
}  # fmt: skip
DECIDED = {"accept", "reject", "correct", "same", "different", "left"}
SORTS = ("act", "contradiction", "incidents", "actors", "ruling")


class NoTerminalError(KhronikaError):
    """Review in the terminal needs a terminal."""

    exit_status = 2


class Hands(Protocol):
    """The screen and the keyboard of a person."""

    def show(self, what: "RenderableType") -> None:
        """Show this and nothing else."""
        ...

    def say(self, what: "RenderableType") -> None:
        """Show this below what is shown."""
        ...

    def key(self, prompt: str = "") -> str:
        """One key."""
        ...

    def line(self, prompt: str) -> str:
        """A line without blanks around it; "" for nothing."""
        ...


@dataclass(slots=True)
class Sitting:
    """One person at the queue. What is ruled is kept at once; nothing is lost by leaving.

    Attributes:
        record: what is reviewed.
        asked: which items.
        reviewer: who reviews.
        why: the reason of rulings for which none is asked; "" for the usual one of each verb.
        limit: stop after so many rulings; None for no end.
        hands: screen and keyboard.
    """

    record: "Record"
    asked: "Asked"
    reviewer: str
    hands: Hands
    why: str = ""
    limit: int | None = None
    ruled: int = 0
    _said: str = ""
    _seen: list[str] = field(default_factory=list)
    _done: list[tuple[str, str]] = field(default_factory=list)  # rulings and their items

    def run(self) -> int:
        """Go through the queue; how many rulings were made and not undone."""
        item = self._first()
        while item is not None and not (self.limit is not None and self.ruled >= self.limit):
            self._show(item)
            try:
                key = self.hands.key()
            except EOFError:
                break
            if key == "q":
                break
            item = self._after(item, ARROWS.get(key, key))
        return self.ruled

    def _show(self, item: "ReviewItem") -> None:
        from khronika.cli.review_screen import foot, screen

        self.hands.show(screen(item))
        self.hands.say(foot(item, self._said))
        self._said = ""

    def _after(self, item: "ReviewItem", key: str) -> "ReviewItem | None":
        """What is shown after a key."""
        from khronika.cli.review_screen import keys_of

        steps: dict[str, Callable[[ReviewItem], ReviewItem | None]] = {
            "j": self._onward,
            "k": self._back,
            "g": lambda _: self._top(),
            "u": self._undo,
            "?": self._help,
        }
        lower = key.lower()
        if key in steps:
            return steps[key](item)
        if key.isdecimal() and (told := self._telling(item, int(key))):
            return told
        if len(key) != 1 or lower not in keys_of(item.row.sort):
            self._said = "That key does nothing here; ? shows the keys."
            return self._again(item)
        try:
            return self._rule(item, lower, ask=key != lower)
        except KhronikaError as error:
            self._said = f"{error.problem} {error.remedy}"
            return self._again(item)

    # --- ruling

    def _rule(self, item: "ReviewItem", key: str, *, ask: bool) -> "ReviewItem | None":
        ids, expect = item.row.about, item.versions
        if key == "n":
            return self._note(item)
        why = self.hands.line("Why? ") if ask else self.why or WHY[key]
        if not why:
            return self._again(item)
        if key == "m":
            result = self.record.mark_sensitive(ids, why=why, reviewer=self.reviewer, expect=expect)
        elif key == "c":
            return self._correct(item, why)
        else:
            result = self.record.rule(
                VERBS[key], ids, why=why, reviewer=self.reviewer, expect=expect
            )
        return self._kept(item, result.ruling.id, result.ruling.verb)

    def _correct(self, item: "ReviewItem", why: str) -> "ReviewItem | None":
        from khronika.cli.review_words import correction

        said = correction(item, self.hands)
        if said is None:
            return self._again(item)
        result = self.record.correct(
            item.row.id, said, why=why, reviewer=self.reviewer, expect=item.versions
        )
        self._kept(item, result.ruling.id, "correct")
        return self._again(item)  # to see it, or to correct something else of it

    def _note(self, item: "ReviewItem") -> "ReviewItem | None":
        words = self.hands.line("Note: ")
        if words:
            result = self.record.note(item.row.about, words, reviewer=self.reviewer)
            self._done.append((result.ruling.id, item.row.id))
            self._said = "Noted."
        return self._again(item)

    def _kept(self, item: "ReviewItem", ruling: str, verb: str) -> "ReviewItem | None":
        self._done.append((ruling, item.row.id))
        self.ruled += 1
        self._said = f"{verb} {item.row.id}  (u undoes it)"
        return self._onward(item) if verb in DECIDED else self._again(item)

    def _undo(self, item: "ReviewItem") -> "ReviewItem | None":
        if not self._done:
            self._said = "Nothing was ruled in this sitting."
            return self._again(item)
        ruling, about = self._done.pop()
        self.record.retract(ruling, why=UNDONE, reviewer=self.reviewer)
        self.ruled = max(0, self.ruled - 1)
        self._said = f"Undone: {ruling}"
        return self._at(about) or self._again(item)

    # --- going through

    def _first(self) -> "ReviewItem | None":
        """Where this person stopped, or the first item."""
        last = self._last()
        if last is not None and (item := self._following(last)):
            self._said = "Going on behind the last ruling; g goes to the first item."
            return item
        return self._top()

    def _last(self) -> "QueueRow | None":
        """The item that this person ruled on last."""
        for ruling in reversed(self.record.rulings().all):
            if ruling.reviewer == self.reviewer and ruling.verb in DECIDED:
                one = ruling.ids[0] if len(ruling.ids) == 1 else "~".join(sorted(ruling.ids))
                item = self._at(one)
                return item.row if item else None
        return None

    def _telling(self, item: "ReviewItem", number: int) -> "ReviewItem | None":
        if not 1 <= number <= len(item.tellings):
            return None
        self._seen.append(item.row.id)
        return self._at(item.tellings[number - 1].row.act.id)

    def _top(self) -> "ReviewItem | None":
        return self._following(None)

    def _following(self, row: "QueueRow | None") -> "ReviewItem | None":
        found = self.record.review_queue(self.asked, after=row or "", limit=1)
        return self._at(found[0].id) if found else None

    def _onward(self, item: "ReviewItem") -> "ReviewItem | None":
        self._seen.append(item.row.id)
        found = self._following(item.row)
        if found is None:
            found = self._top()
            if found is not None:
                self._said = f"{self._said}  That was the last; this is the first.".strip()
        return found

    def _back(self, item: "ReviewItem") -> "ReviewItem | None":
        while self._seen:
            if found := self._at(self._seen.pop()):
                return found
        return (self._at(item.previous) if item.previous else None) or self._again(item)

    def _again(self, item: "ReviewItem") -> "ReviewItem | None":
        return self._at(item.row.id) or self._onward(item)

    def _at(self, item: str) -> "ReviewItem | None":
        from khronika.workflows.reviewing.errors import NoSuchItemError

        try:
            return self.record.review_item(item, self.asked)
        except NoSuchItemError:
            return None

    def _help(self, item: "ReviewItem") -> "ReviewItem | None":
        from khronika.cli.review_screen import helped

        self.hands.show(helped())
        self.hands.key("Any key goes back.")
        return self._again(item)


class Terminal:
    """The hands of whoever sits at this terminal."""

    def __init__(self) -> None:
        from khronika.cli.review_screen import console

        self._console = console()

    def show(self, what: "RenderableType") -> None:
        """Show this and nothing else."""
        self._console.clear()
        self._console.print(what)

    def say(self, what: "RenderableType") -> None:
        """Show this below what is shown."""
        self._console.print()
        self._console.print(what)

    def key(self, prompt: str = "") -> str:
        """One key."""
        if prompt:
            self._console.print(prompt)
        return click.getchar()

    def line(self, prompt: str) -> str:
        """A line without blanks around it; "" for nothing."""
        said: str = click.prompt(prompt, default="", show_default=False, prompt_suffix="", type=str)
        return said.strip()


@click.command()
@reviewer_option
@click.option("--kind", type=Kind(), multiple=True, help="Only this kind of act (repeatable).")
@click.option(
    "--only",
    type=click.Choice(SORTS),
    multiple=True,
    help="Only this sort of item (repeatable).",
)
@click.option("--limit", type=click.IntRange(min=1), help="Stop after so many rulings.")
@click.option(
    "--why", default="", help="The reason of rulings by one key. Default: the usual one of each."
)
@record_option
def review(
    reviewer: str,
    kind: Sequence[str],
    only: Sequence[str],
    limit: int | None,
    why: str,
    record: Path,
) -> None:
    """Review what waits, one item a screen: what matters most comes first.

    Each item is ruled on by one key, and each ruling is kept at once. A sitting goes on behind the
    last ruling of the same reviewer. The key ? shows all keys. The same queue is in the browser
    (`khronika serve`).
    """
    from khronika.cli.looks import opened
    from khronika.workflows.reviewing.rows import Asked

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise NoTerminalError(
            "`khronika review` needs a terminal: it shows one item a screen and reads keys.",
            remedy="run it in a terminal window, or rule with `khronika accept` and `reject`.",
        )
    with opened(record) as held:
        sitting = Sitting(
            record=held,
            asked=Asked(kind=tuple(kind), sort=tuple(only)),
            reviewer=reviewer,
            hands=Terminal(),
            why=why.strip(),
            limit=limit,
        )
        try:
            sitting.run()
        finally:
            left = held.review_counts(sitting.asked).total
            rulings = "1 ruling" if sitting.ruled == 1 else f"{sitting.ruled} rulings"
            note(f"{rulings} kept; {left} left.")


COMMANDS: tuple[click.Command, ...] = (review,)
