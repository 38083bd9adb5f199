"""What reviewers said of a thing, as lines of `khronika show`."""

from collections.abc import Iterator, Sequence

from khronika.cli.terminal import one_line
from khronika.model.acts import Act
from khronika.model.links import Ruling
from khronika.publish.wording import coded_as, spoken

LABELS = {
    "accept": "accepted",
    "reject": "rejected",
    "correct": "corrected",
    "add": "added",
    "sensitive": "sensitive",
    "note": "note",
    "same": "same",
    "different": "different",
    "left": "left",
}


def reviewed(rulings: Sequence[Ruling], coded: Act | None = None) -> Iterator[tuple[str, str]]:
    """A label and words for each ruling that stands, the oldest first.

    Args:
        rulings: on one thing.
        coded: what its coder had said of an act that was corrected.
    """
    for one in rulings:
        if one.superseded_by is None and one.verb in LABELS:
            by = ", ".join(filter(None, (one.reviewer, spoken(one.time[:10]))))
            said = ": ".join(filter(None, (_corrected(one, coded), one_line(one.why))))
            yield LABELS[one.verb], f"{said} ({by}) [{one.id}]"


def _corrected(ruling: Ruling, coded: Act | None) -> str:
    """'kind, was arrest; victim, was Ana Lind'."""
    if ruling.correction is None:
        return ""
    said = sorted(ruling.correction.attributes())
    return "; ".join(f"{each}, was {coded_as(each, coded)}" if coded else each for each in said)
