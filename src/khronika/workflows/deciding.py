"""Why an example of a codebook comes out otherwise: which words decided, and what to do."""

from collections.abc import Iterator, Sequence

from khronika.codebook import Codebook, Example
from khronika.coding.coder import Explaining
from khronika.model.acts import Act, Coding, Considered
from khronika.model.reports import Report

MOST = 3  # words that are named
# The nearest to fitting first: what refused a way, and what its author can do about it.
REMEDIES = {
    "untold": "see whether the example is right: nothing that was done is told so",
    "": "write a longer pattern: of ways that fit, the one with more words is tried first",
    "object_is": "add what its object is to 'object_is', or leave 'object_is' out",
    "subject_is": "add what its subject is to 'subject_is', or leave 'subject_is' out",
    "object_not": "take the word out of 'object_not', or write a longer pattern beside this way",
    "subject_not": "take the word out of 'subject_not', or write a longer pattern beside this way",
    "unless": "take the word out of 'unless', or write a longer pattern beside this way",
    "clause": "add a word of the clause to 'clause', or leave 'clause' out",
    "sentence": "add a word of the sentence to 'sentence', or leave 'sentence' out",
    "negated": "leave 'negated' out: this way tells the act only where the verb is negated",
    "passive_only": "leave 'passive_only' out",
    "active_only": "leave 'active_only' out",
    "eventive": "write eventive = true if the noun alone tells the act",
    "several": "loosen the restrictions that are named, or give this sentence a way of its own",
    "pattern": "write the words of the pattern as they follow each other, alternatives with a bar",
    "grammar": "write the word as a noun ('nouns') or in a fixed turn ('phrases') as well",
    "trigger": "add the verb or noun that tells the act to a way, as it stands in a dictionary",
}
OTHER = "see `khronika codebook show KIND` for what the field asks for"
TOO_MUCH = "put the word that makes the difference in 'unless' or 'object_not', or narrow the way"
OTHERWISE = "say in the way which part fills which role ('subject', 'object', 'prepositions' ...)"


def decided(
    case: Example, coding: Coding, acts: Sequence[Act], kind: str, traced: Sequence[Considered]
) -> tuple[tuple[str, ...], str]:
    """Which words decided that an example came out otherwise, and what to do.

    Args:
        case: the example or counter-example.
        coding: what the coder found in it.
        acts: those of them that are of the kind.
        kind: the kind whose case it is.
        traced: what became of each way of the kind; empty if the coder cannot say.
    """
    if acts:
        return tuple(_fired(acts)), TOO_MUCH if case.because else OTHERWISE
    order = list(REMEDIES)
    ranked = sorted(traced, key=lambda c: order.index(c.field) if c.field in order else MOST)
    instead = (act for act in coding.acts if act.kind != kind)
    said = [_left(each) for each in ranked[:MOST]]
    said += [f"{act.kind} was found instead: {line}" for act in instead for line in _fired([act])]
    remedy = REMEDIES.get(ranked[0].field, OTHER) if ranked else OTHER
    return tuple(dict.fromkeys(said)), remedy


def _left(one: Considered) -> str:
    return f"'{one.word}' ({one.rule}): {one.because}" if one.rule else one.because


def _fired(acts: Sequence[Act]) -> Iterator[str]:
    for act in acts:
        how = ", ".join(act.evidence) or "by another coder's rule"
        yield f"'{act.trigger.exact}' fired {act.rule or act.kind} ({how})"
        for one in act.involvements:
            yield f"{one.role.value} '{one.name}': {', '.join(one.path) or one.basis}"


def trace(report: Report, codebook: Codebook, kind: str, coder: object) -> tuple[Considered, ...]:
    """What became of each way of a kind in a report; empty if the coder cannot say."""
    return coder.traced(report, codebook, kind) if isinstance(coder, Explaining) else ()
