"""What else a reader must know of a result: every note in one table, as rules are.

A method asks `noted` for a note; nothing else words one. Its text is English; a report in another
language words it anew from its id and its values.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from khronika.estimation.results import Note
from khronika.estimation.told_numbers import number_text

MOST_NAMED = 10  # lists or pairs in one note

NOTES: Mapping[str, str | tuple[str, str]] = MappingProxyType(
    {
        # Log-linear models.
        "empty-lists": "Lists that have nobody are left out: {lists}.",
        "searched": (
            "Models were searched for step by step from independent lists; {n} was looked at.",
            "Models were searched for step by step from independent lists; {n} were looked at.",
        ),
        "searched-anew": "Models were searched for anew in every resample.",
        "chose-from-search": "Resamples chose among the last models that the search went through,"
        " and independent lists.",
        "chose-from-all": (
            "Resamples had one model to choose.",
            "Resamples chose among all {n} models.",
        ),
        "chose-from-best": (
            "Resamples took the best of {models} models.",
            "Resamples chose among the {n} best of {models} models.",
        ),
        "best-model": "The estimate is that of the best model, which is what the resamples vary.",
        "averaged": "The estimate is the mean of the models by their weights; the interval counts"
        " how far they differ.",
        "model-granted": "The interval takes the selected model for granted, so it is too short:"
        ' ask for ci="bca" to count the choice.',
        # Resamples.
        "resamples-failed": "{share} of the resamples have no estimate and are left out.",
        "extreme-end": "An end of the interval is the lowest or the highest of the resamples; other"
        " resamples would move it.",
        # Pairs of lists, taken in one by one or weighed against a threshold.
        "pairs-left-out": "These pairs depend on each other, but the model with them has no"
        " estimate: {pairs}.",
        "pairs-granted": "The interval takes the pairs for granted, so it is too short.",
        "close-call": (
            "The evidence on {pairs} is so close to the threshold that chance decides; decided the"
            " other way, there would be {n} person.",
            "The evidence on {pairs} is so close to the threshold that chance decides; decided the"
            " other way, there would be {n} people.",
        ),
        # Posteriors.
        "complete-graph": "With a weight of {weight} every list depends on every other; in that"
        " case the table does not tell how many people are on no list, and the prior does.",
        "graphs-met": (
            "Of {lists} lists there are too many graphs to weigh all; {n} was met on the way.",
            "Of {lists} lists there are too many graphs to weigh all; {n} were met on the way.",
        ),
        "no-mean": "Very large numbers have so much weight that the posterior has no mean.",
        "capped": "Draws with more than {times} times the documented on no list were drawn again;"
        " the upper end is as high as the cap lets it be.",
        "chains": (
            "{n} chain of {iterations} iterations, the first {burn} thrown away.",
            "{n} chains of {iterations} iterations, the first {burn} thrown away.",
        ),
        "not-compiled": "Drawn without numba, which draws about ten times faster.",
        # A lower bound beside other methods.
        "above-others": (
            "The bound lies above the number of {n} other method. Either that is chance, or the"
            " other finds too few, or lists shun people whom other lists have; then it is no"
            " bound.",
            "The bound lies above the numbers of {n} other methods. Either that is chance, or"
            " these find too few, or lists shun people whom other lists have; then it is no"
            " bound.",
        ),
        # Ways of linking.
        "documented-varies": "By the way of linking {low} to {high} people are documented; the"
        " smallest number holds under all of them.",
        "one-linking": "Only one way of linking has an estimate, so the interval leaves linking"
        " out.",
        # Why publishers of a record are one list.
        "same-name": "{one} is {other} written otherwise",
        "like-name": "{one} is {other} by its name",
        "said-to-be-one": "{one} and {other} were said to be one",
        "repeats": "{number} of {total} tellings of {one} repeat {other}",
        "small-lists": "{number} lists of at most {most} people",
        # What else there is to know of what a record counted.
        "several-kinds": (
            "To {n} person it happened in several parts, and they count in each; numbers of kinds"
            " are not added up.",
            "To {n} persons it happened in several parts, and they count in each; numbers of kinds"
            " are not added up.",
        ),
        "several-parts": (
            "To {n} person it happened in several parts; each counts in that of the earliest.",
            "To {n} persons it happened in several parts; each counts in that of the earliest.",
        ),
        "withdrawn": (
            "{n} person was withdrawn from this record; nobody can tell whether they were counted.",
            "{n} people were withdrawn from this record; nobody can tell whether they were"
            " counted.",
        ),
        "linking-unfit": "What linking keeps does not fit this record, so who quotes whom and how"
        " sure linking was is not known here; adding or recoding a report brings it back.",
    }
)


def noted(note: str, **values: str | float | list[str] | tuple[str, ...]) -> Note:
    """A note with the values of this result.

    Args:
        note: its id.
        values: what its sentence names: numbers, or names of lists, of which at most ten are told;
            `n` is the number that the form of the sentence hangs on.

    Raises:
        KeyError: for a note that there is none of, or a value that is missing.
    """
    names, numbers, count = {}, {}, 0
    for name, value in values.items():
        if isinstance(value, (list, tuple)):
            names[name] = _named(value)
        elif isinstance(value, str):
            numbers[name] = value
        else:
            numbers[name] = number_text(value)
            count = int(value) if name == "n" else count
    said = NOTES[note]
    text = said if isinstance(said, str) else said[count != 1]
    return Note(
        id=note, text=text.format_map(numbers | names), numbers=numbers, names=names, count=count
    )


def _named(names: Sequence[str]) -> str:
    return ", ".join(names[:MOST_NAMED]) + (", …" if len(names) > MOST_NAMED else "")
