"""When a result is refused or made less of: every rule in one table, its thresholds by name.

The thresholds are proposals, tuned on about ten published tables; no authority has set them, and a
report says so. A method asks `decide` for the decision; nothing else words one.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from string import Formatter
from types import MappingProxyType

from khronika.estimation.results import Decision, Verdict
from khronika.estimation.told_numbers import number_text, two_digits

FEWEST_SHARED = 7  # people on both of two lists
FEWEST_LISTS = 3  # that have at least FEWEST_RECORDS
FEWEST_RECORDS = 10
MOST_ALIKE = 0.9  # of the people on either of two lists are on both: one is copied from the other,
MOST_CHANCE = 1.5  # if chance alone would not do: people on both / those that independence expects
MOST_EMPTY_PAIRS = 0.5  # share of pairs of lists that share nobody
MOST_RHAT = 1.01  # rank-normalised, on the logarithm of those unseen
FEWEST_EFFECTIVE = 400  # independent draws that those of all chains are worth
MOST_APART = 0.10  # of the medians of chains: (highest - lowest) / lowest
ROUGH_RHAT = 1.1  # at most, where only the move of a median under another setting is told
ROUGH_EFFECTIVE = 50
MOST_ABOVE_CAP = 0.001  # share of draws above the cap on those unseen
MOST_BEYOND = 0.1  # share of draws above the cap with which not even the lower end is trusted
MOST_AT_GRID_END = 1e-4  # posterior mass at the end of the grid of N
MOST_DIFFERENCE = 2.0  # highest point estimate of a family / lowest
MOST_PRIOR_SHIFT = 0.25  # of a median between priors: (highest - lowest) / that of the default
MOST_LISTS_MERGED = 8  # of a table whose pairs are tried as one list: more would take long
MOST_LISTS_LEFT_OUT = 12  # of a table whose lists are left out in turn: no family takes more
FEWEST_FAMILIES = 2  # that must give a number before the report has one

CALIBRATION = (
    "The thresholds of the rules are proposals, tuned on about ten published tables; they are no"
    " standard."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One reason to refuse a result or to make less of it.

    Attributes:
        id: its name, as `Decision.rule` has it.
        verdict: what it makes of a result.
        sentence: it in general.
        told: it with the numbers of a table, in braces; the sentence itself if it needs none.
        remedy: what may help, or nothing.
    """

    id: str
    verdict: Verdict
    sentence: str
    told: str = ""
    remedy: str = ""

    @property
    def numbers(self) -> tuple[str, ...]:
        """The names of the numbers that `told` wants."""
        return tuple(name for _, name, _, _ in Formatter().parse(self.told) if name)


_REFUSED, _RANGE = Verdict.REFUSED, Verdict.RANGE_ONLY
_BOUND = Verdict.LOWER_BOUND_ONLY

_TABLE = (
    Rule(
        id="none",
        verdict=Verdict.OK,
        sentence="No rule speaks against this result.",
    ),
    # What the table itself does not allow.
    Rule(
        id="one-list",
        verdict=_REFUSED,
        sentence="There is only one list, so no overlap tells how many people are on no list.",
        remedy="Find a second and a third list made by others of the same events.",
    ),
    Rule(
        id="few-overlaps",
        verdict=_REFUSED,
        sentence=f"Fewer than {FEWEST_SHARED} people are on both lists: too few to reckon with.",
        told="People on both lists: {shared}; fewer than {needed} are too few to reckon with.",
        remedy="Find more lists, or look again for people who are on both.",
    ),
    Rule(
        id="two-lists-independence",
        verdict=_RANGE,
        sentence="Two lists cannot tell whether they depend on each other, so the range holds only"
        " if the lists were independent.",
        remedy="Find a third list.",
    ),
    Rule(
        id="copied-list",
        verdict=_REFUSED,
        sentence="Two lists have the very same people, so one is a copy of the other and tells"
        " nothing of its own.",
        told="{first} and {second} have the very same people, so one is a copy of the other and"
        " tells nothing of its own.",
        remedy="Merge the two lists.",
    ),
    Rule(
        id="near-copy",
        verdict=_REFUSED,
        sentence="Two lists have nearly the same people, so one is most likely a copy of the other"
        " and tells nothing of its own.",
        told="{first} and {second} have nearly the same people ({share} of those on either are on"
        " both), so one is most likely a copy of the other and tells nothing of its own.",
        remedy="Merge the two lists.",
    ),
    Rule(
        id="few-lists",
        verdict=_REFUSED,
        sentence=f"Fewer than {FEWEST_LISTS} lists have {FEWEST_RECORDS} people or more.",
        told="Lists with {records} people or more: {lists}; {needed} are needed.",
        remedy="Find more lists, or merge small ones that belong together.",
    ),
    Rule(
        id="disconnected",
        verdict=_REFUSED,
        sentence="The lists fall into groups that share nobody with each other, so overlaps"
        " do not tell how many people all of them missed.",
        told="The lists fall into {groups} groups that share nobody with each other, so overlaps"
        " do not tell how many people all of them missed.",
        remedy="Merge lists that belong together, or leave out the list that shares nobody.",
    ),
    Rule(
        id="many-empty-pairs",
        verdict=_REFUSED,
        sentence="Most pairs of lists share nobody: there is too little overlap to reckon with.",
        told="{empty} of {pairs} pairs of lists share nobody: there is too little overlap"
        " to reckon with.",
        remedy="Merge small lists that belong together.",
    ),
    # What a method met.
    Rule(
        id="below-documented",
        verdict=_REFUSED,
        sentence="The method gives fewer people than are documented, so what it assumes does not"
        " hold here.",
    ),
    Rule(
        id="does-not-exist",
        verdict=_REFUSED,
        sentence="The model has no finite estimate on this table.",
        told="The model {model} has no finite estimate on this table.",
        remedy="Merge lists whose pairs are empty.",
    ),
    Rule(
        id="not-identified",
        verdict=_REFUSED,
        sentence="The table does not decide between different numbers of people under the model.",
        told="The table does not decide between different numbers of people under"
        " the model {model}.",
        remedy="Merge lists whose pairs are empty.",
    ),
    Rule(
        id="does-not-fit",
        verdict=_REFUSED,
        sentence="Even the best model that has an estimate does not describe how the lists"
        " overlap.",
        told="Even the best model that has an estimate, {model}, does not describe how the lists"
        " overlap.",
        remedy="Merge lists that have mostly the same people.",
    ),
    Rule(
        id="not-converged",
        verdict=_REFUSED,
        sentence="The chains of draws do not agree with each other, so this method has no number.",
        told="The chains of draws do not agree (R-hat {rhat}, {ess} effective draws, medians of"
        " chains {low} to {high}), so this method has no number.",
        remedy="Draw longer; if that does not help, the table has several answers.",
    ),
    Rule(
        id="above-cap",
        verdict=_BOUND,
        sentence="Too many draws lie higher than draws are trusted, so only the lower end holds.",
        told="{share} of the draws lie above {cap} people on no list, higher than draws are"
        " trusted, so only the lower end holds.",
        remedy="More overlap would be needed to set an upper end.",
    ),
    Rule(
        id="beyond-reason",
        verdict=_REFUSED,
        sentence=f"More than {MOST_BEYOND:.0%} of the draws lie higher than draws are trusted, so"
        " not even the lower end holds.",
        told="{share} of the draws lie above {cap} people on no list, higher than draws are"
        " trusted, so not even the lower end holds.",
        remedy="Find lists that overlap more, or merge lists that belong together.",
    ),
    Rule(
        id="grid-end",
        verdict=_BOUND,
        sentence="The probability does not die out where the reckoning ends, so only the lower end"
        " holds.",
        told="A share of {share} of the probability lies where the reckoning ends,"
        " at {end} on no list, so only the lower end holds.",
        remedy="More overlap would be needed to set an upper end.",
    ),
    Rule(
        id="prior-decides",
        verdict=_RANGE,
        sentence="The result moves with the prior, which is an assumption and no evidence.",
        told="The median moves by {shift} ({low} to {high}) between priors: the prior decides,"
        " not the lists.",
    ),
    Rule(
        id="prior-unknown",
        verdict=_RANGE,
        sentence="Under another prior of the rates of capture the chains of draws do not agree, so"
        " it is not known whether the prior decides.",
    ),
    Rule(
        id="too-large",
        verdict=_REFUSED,
        sentence="The table is too large for this method.",
        told="The table has {lists} lists; this method takes at most {most}.",
        remedy="Merge lists that belong together.",
    ),
    Rule(
        id="lower-bound-method",
        verdict=_BOUND,
        sentence="This method gives a lower bound and nothing else.",
    ),
    Rule(
        id="range-method",
        verdict=_RANGE,
        sentence="This method gives a range and no single number.",
    ),
    Rule(
        id="failed",
        verdict=_REFUSED,
        sentence="The method stopped with an error.",
        told="The method stopped: {problem}",
    ),
    # What parts and repeated linkings say together.
    Rule(
        id="strata-refused",
        verdict=_BOUND,
        sentence="Some parts have no estimate and count only with those documented, so the sum is"
        " a lower bound.",
        told="Parts without an estimate: {refused} of {strata}; they count only with those"
        " documented, so the sum is a lower bound.",
        remedy="Merge small parts into larger ones.",
    ),
    Rule(
        id="replicates-refused",
        verdict=_RANGE,
        sentence="Some ways of linking allow no estimate, so the range holds only for the others.",
        told="Ways of linking that allow no estimate: {refused} of {replicates}; the range holds"
        " only for the others.",
    ),
    # What a table without lists allows.
    Rule(
        id="needs-lists",
        verdict=_REFUSED,
        sentence="This method needs to know which list has whom, and the table says only how often"
        " people were recorded.",
    ),
    Rule(
        id="supposed-shape",
        verdict=_RANGE,
        sentence="The range holds only if people differ in just the way that this model supposes,"
        " which the table cannot show.",
    ),
    Rule(
        id="no-lists",
        verdict=_BOUND,
        sentence="The table says how often people were recorded, but not on which lists, so only a"
        " lower bound holds.",
        remedy="Keep for each record on which list it stands: lists that overlap allow more.",
    ),
    # What the methods say together.
    Rule(
        id="no-agreement",
        verdict=_REFUSED,
        sentence="One family of methods gives no number and the others differ more than"
        f" {MOST_DIFFERENCE:g} times.",
        told="{family} gives no number, and the other families lie {times} times apart"
        " ({low} to {high}).",
        remedy="Merge lists that depend on each other, or find another list.",
    ),
    Rule(
        id="bounds-apart",
        verdict=_REFUSED,
        sentence="The lower bound of one family of methods is more than"
        f" {MOST_DIFFERENCE:g} times the number of another, so not even a lower bound is agreed.",
        told="{family} finds at least {low} people, {times} times what another family finds"
        " ({other}), so not even a lower bound is agreed.",
        remedy="Merge lists that depend on each other, or find another list.",
    ),
    Rule(
        id="few-families",
        verdict=_REFUSED,
        sentence=f"Fewer than {FEWEST_FAMILIES} families of methods give a number,"
        " so nothing checks it.",
        told="Families of methods that give a number: {giving} of {families}; {needed} are needed,"
        " so that one checks the other.",
    ),
    Rule(
        id="families-differ",
        verdict=_RANGE,
        sentence=f"The families of methods differ more than {MOST_DIFFERENCE:g} times, so the range"
        " spans all of them and no single number is given.",
        told="The families of methods differ {times} times ({low} to {high}), so the range spans"
        " all of them and no single number is given.",
    ),
    Rule(
        id="no-upper-end",
        verdict=_BOUND,
        sentence="A family of methods finds no upper end, so only the lower end holds.",
        told="{family} finds no upper end, so only the lower end holds.",
        remedy="More overlap would be needed to set an upper end.",
    ),
)

RULES: Mapping[str, Rule] = MappingProxyType({rule.id: rule for rule in _TABLE})
SEVERITY = (Verdict.OK, Verdict.RANGE_ONLY, Verdict.LOWER_BOUND_ONLY, Verdict.REFUSED)
_PLACES = {rule.id: place for place, rule in enumerate(_TABLE)}


def decide(rule: str, **numbers: str | float) -> Decision:
    """What a rule makes of a result, told with the numbers of this table.

    Args:
        rule: its id.
        numbers: what its `told` names; where one is missing, the rule is told in general.
            Whole numbers get commas; others three digits.
    """
    found = RULES[rule]
    said = {name: number_text(value) for name, value in numbers.items()}
    told = found.told if found.told and set(found.numbers) <= set(said) else ""
    return Decision(
        verdict=found.verdict,
        rule=rule,
        because=told.format_map(said) if told else found.sentence,
        numbers=said,
    )


def gravest(decisions: Iterable[Decision]) -> Decision:
    """The decision with the worst verdict; of equal ones the rule that the table has first."""
    found = list(decisions)
    if not found:
        return decide("none")
    return min(found, key=lambda one: (-SEVERITY.index(one.verdict), _PLACES.get(one.rule, 99)))


def unconverged(rhat: float, ess: float, medians: Sequence[float]) -> Decision | None:
    """The decision on chains that do not agree with each other; None where they do.

    Args:
        rhat: rank-normalised, on the logarithm of those unseen.
        ess: effective draws in the bulk, of all chains together.
        medians: of each chain, people in all.
    """
    low, high = (min(medians), max(medians)) if medians else (math.nan, math.nan)
    if rhat <= MOST_RHAT and ess >= FEWEST_EFFECTIVE and high - low <= MOST_APART * low:
        return None
    return decide(
        "not-converged",
        rhat=rhat,
        ess=ess if math.isnan(ess) else round(ess),
        low=_about(low),
        high=_about(high),
    )


def roughly(rhat: float, ess: float, medians: Sequence[float]) -> bool:
    """Whether chains agree well enough to tell how far a median moved; for no estimate.

    Args:
        rhat: rank-normalised, on the logarithm of those unseen.
        ess: effective draws in the bulk, of all chains together.
        medians: of each chain, people in all.
    """
    return rhat <= ROUGH_RHAT and ess >= ROUGH_EFFECTIVE and close(medians)


def close(medians: Sequence[float]) -> bool:
    """Whether the medians of chains lie so near that they tell the move of all of them."""
    return bool(medians) and max(medians) - min(medians) <= MOST_APART * min(medians)


def _about(value: float) -> float:
    return two_digits(value) if math.isfinite(value) else value
