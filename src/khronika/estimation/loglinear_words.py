"""What log-linear results say in words."""

from collections.abc import Iterator
from itertools import combinations

from khronika.estimation.notes import noted
from khronika.estimation.results import Note
from khronika.estimation.table import CaptureTable

SAME_CHANCE = "everybody has the same chance to be on a list"


def assumption(lists: int, model: str | None) -> str:
    """What must hold for the number to be right.

    Args:
        lists: that have people.
        model: by the names of the lists, if the number is of one model.
    """
    if lists == 2:
        return (
            "Being on one list makes it neither likelier nor less likely to be on the other, and"
            f" {SAME_CHANCE}."
        )
    if model is not None:
        return f"The lists depend on each other only as the model {model} says, and {SAME_CHANCE}."
    return (
        "Lists may depend on each other in pairs and in larger groups, but all lists together add"
        f" no dependence of their own, and {SAME_CHANCE}."
    )


def empty_pairs(t: CaptureTable) -> str:
    """Which lists share nobody."""
    pairs = lists_that_share_nobody(t)
    if not pairs:
        return "Every two lists share people, but some combination of lists has nobody."
    named = ", ".join(f"{a} and {b}" for a, b in pairs[:10])
    more = f", and {len(pairs) - 10} more pairs" if len(pairs) > 10 else ""
    return f"These lists share nobody: {named}{more}."


def lists_that_share_nobody(t: CaptureTable) -> tuple[tuple[str, str], ...]:
    """Pairs of lists, each with people, that have nobody in common."""
    return tuple(
        (t.lists[j], t.lists[k])
        for j, k in combinations(range(len(t.lists)), 2)
        if t.sizes[j] and t.sizes[k] and not t.overlap[j, k]
    )


def how_found(left_out: tuple[str, ...], looked_at: int | None) -> Iterator[Note]:
    """Which lists fell out, and that models were searched for.

    Args:
        left_out: lists that have nobody.
        looked_at: models that a search looked at; None where there was none.
    """
    if left_out:
        yield noted("empty-lists", lists=left_out)
    if looked_at is not None:
        yield noted("searched", n=looked_at)


def what_the_interval_is(ci: str, *, average: bool, alone: bool) -> Iterator[Note]:
    """What an interval over several models leaves in or out."""
    if ci != "bca":
        yield noted("model-granted" if alone else "averaged")
    elif average:
        yield noted("best-model")
