"""What a published result asks for: the words of its method as a call, and what counts as the same.

The tolerances are those of the design of `khronika.estimation` and stand beside each way.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Published = Mapping[str, Any]  # one result of expected.json


@dataclass(frozen=True, slots=True)
class Near:
    """How far ours may lie from what is published, in people or as a share of theirs."""

    absolute: float = 0.0
    relative: float = 0.0

    def holds(self, ours: float, theirs: float, rounding: float) -> bool:
        """True if near enough; a published number is as exact as its last digit."""
        most = max(self.absolute, self.relative * abs(theirs), rounding)
        return abs(ours - theirs) <= most * (1 + 1e-9)

    def __str__(self) -> str:
        return f"±{100 * self.relative:g}%" if self.relative else f"±{self.absolute:g}"


ENDS = ("lower", "upper", "lower80", "upper80")

# A maximum that has one value: to the digits in which R prints it.
EXACT = {
    "estimate": Near(0.01),
    "se": Near(0.01),
    "deviance": Near(1e-3),
    "AIC": Near(1e-3),
    "BIC": Near(1e-3),
}
# A likelihood followed to where it drops by 1.92; R stops at coarser steps.
PROFILE = {**EXACT, "lower": Near(0.5), "upper": Near(0.5)}
LIKELIEST = {**PROFILE, "estimate": Near(0.5)}  # the number at the top of the profile
CLOSED = {**EXACT, "lower": Near(0.5), "upper": Near(0.5)}  # a formula
# The resamples that R drew are fed in, so nothing is left to chance.
FIXTURE = {"estimate": Near(0.01), **dict.fromkeys(ENDS, Near(0.02))}
# Resamples of our own, 1,000 like theirs: the same estimate, ends as far as chance moves them.
FREE = {
    "estimate": Near(1.0),
    "lower": Near(relative=0.05),
    "upper": Near(relative=0.10),
    "lower80": Near(relative=0.05),
    "upper80": Near(relative=0.10),
}
# A posterior summed on the grid that the reference used: whole people.
GRID = {"estimate": Near(0.5), "lower": Near(0.5), "upper": Near(0.5), "mean": Near(0.5)}
# The same, published without its grid.
GRID_UNSAID = {"estimate": Near(relative=0.02), **dict.fromkeys(ENDS, Near(relative=0.05))}
# A posterior drawn by simulation.
DRAWN = {
    "estimate": Near(relative=0.04),
    "mean": Near(relative=0.04),
    "lower": Near(relative=0.03),
    "upper": Near(relative=0.06),
}
# Chains of the reference stick in this stratum, its own figures are 1,854 to 2,122.
PRODUCTION = {**DRAWN, "estimate": Near(relative=0.11), "mean": Near(relative=0.11)}
# Some interval of a published log-linear model: the source does not say which.
UNSAID = {"estimate": Near(1.0), "lower": Near(relative=0.005), "upper": Near(relative=0.005)}


@dataclass(frozen=True, slots=True)
class Call:
    """What to run.

    Attributes:
        way: the name of the runner in `mse_runs`.
        options: what it is given, in an order, so that equal calls are run once.
        near: what counts as the same.
        take: which of our numbers stands beside the published estimate.
    """

    way: str
    options: tuple[tuple[str, Any], ...] = ()
    near: Mapping[str, Near] = field(default_factory=dict, compare=False)
    take: str = field(default="estimate", compare=False)


MODEL = re.compile(r"\[[\d,\s]+\]")
NO_METHOD = re.compile(r"census|home office|benchmark|\brange\b", re.IGNORECASE)


def call_of(row: Published, fixtures: Path) -> Call | None:
    """The call for a published result; None if it is the result of no method.

    Args:
        row: the result.
        fixtures: folder of resamples drawn by the reference program.

    Raises:
        LookupError: for a method that no reader below knows.
    """
    said = " ".join(str(row["method"]).split())
    if NO_METHOD.search(said):
        return None
    for reader in (_lcmcr, _dga, _bayes, _two_list, _chao, _stepwise, _bca, _log_linear):
        found = reader(said, row, fixtures)
        if found is not None:
            return found
    raise LookupError(said)


def _call(way: str, near: Mapping[str, Near], take: str = "estimate", **options: object) -> Call:
    return Call(way, tuple(sorted(options.items())), near, take)


def _lcmcr(said: str, row: Published, _: Path) -> Call | None:
    if not re.search(r"LCMCR|lambda prior", said):
        return None
    source = str(row.get("source", ""))
    classes = re.search(r"\bK ?= ?(\d+)", said) or re.search(r"\bK ?= ?(\d+)", source)
    prior = re.search(r"Beta\(([\d.]+), ?([\d.]+)\)", said)
    ours = "prototype" in said
    # The R package passes over numbers above 20 n for those unseen, and does not mention it.
    capped = not ours and re.search(r"LCMCR 0|Binette|HRDAG", source)
    mean = re.search(r"\bmeans?\b", said, re.IGNORECASE) or (ours and prior is None)
    production = "production" in said or isinstance(row["estimate"], list)
    return _call(
        "lcmcr",
        PRODUCTION if production else DRAWN,
        "mean" if mean else "median",
        K=int(classes[1]) if classes else None,
        prior=(float(prior[1]), float(prior[2])) if prior else (1.0, 1.0),
        capped=bool(capped),
    )


def _dga(said: str, row: Published, _: Path) -> Call | None:
    if not said.lower().startswith("dga"):
        return None
    source = str(row.get("source", ""))
    delta = re.search(r"delta ?= ?([\d.]+)", said)
    gamma = re.search(r"\ba ?= ?([\d.]+) b ?= ?([\d.]+)", said)
    times = re.search(r"Nmiss ?<= ?(\d+) ?n", source)
    whole = re.search(r"Nmiss ?<= ?(\d+)(?! ?n)\b", source)
    reference = row["kind"] == "reference_run"
    grid: tuple[str, int] | None = None
    if whole and not times:
        grid = ("people", int(whole[1]))
    elif times:
        grid = ("times", int(times[1]))
    elif "Binette" in source:
        grid = ("times", 30)  # not said; a grid to 30 n gives their figures, another does not
    return _call(
        "dga",
        GRID if reference or gamma else GRID_UNSAID,
        delta=float(delta[1]) if delta else None,
        gamma=(float(gamma[1]), float(gamma[2])) if gamma else None,
        grid=grid,
        said=tuple(re.findall(r"[\d.]*\d", said.split(":", 1)[1])) if gamma else (),
    )


def _bayes(said: str, _: Published, __: Path) -> Call | None:
    if "Bayes threshold" not in said:
        return None
    least = re.search(r"threshold (\d+)", said)
    return _call(
        "bayes",
        DRAWN,
        threshold=float(least[1]) if least else 2.0,
        improper="improper" in said,
    )


def _two_list(said: str, _: Published, __: Path) -> Call | None:
    ways = {
        "Lincoln": ("petersen", CLOSED),
        "Chapman": ("chapman", CLOSED),
        "logit": ("logit", CLOSED),
    }
    for word, (way, near) in ways.items():
        if word in said:
            return _call("two_list", near, form=way)
    if said != "multinomial profile":
        return None
    return _call("two_list", LIKELIEST, "likeliest", form="profile")


def _chao(said: str, _: Published, __: Path) -> Call | None:
    if re.fullmatch(r"M[th]+( Poisson2)?", said):
        return _call("heterogeneity", PROFILE, form=said)
    if "Chao" not in said:
        return None
    if "Mh" in said:
        unbounded = re.search(r"t ?= ?Inf", said)
        return _call("chao", CLOSED, form="Mh", unbounded=bool(unbounded))
    if "LB" in said:
        return _call("heterogeneity", PROFILE, form="Mth Chao LB")
    return _call("chao", CLOSED, form="Mth", unbounded=False)


def _stepwise(said: str, row: Published, _: Path) -> Call | None:
    if "stepwise" not in said and "SparseMSE" not in said:
        return None
    level = re.search(r"p ?< ?([\d.]+)", said)
    p = float(level[1]) if level else 0.02
    if "AIC" in said:
        return _call("stepwise_aic", PROFILE, p=p)
    return _call("stepwise", FREE, p=p, ends=row.get("lower") is not None)


def _bca(said: str, row: Published, fixtures: Path) -> Call | None:
    if "downhill" in said:
        return _call("downhill", FREE)
    if not re.search(r"BCa|BIC all|BIC maxorder|all-model", said):
        return None
    models = "pairs" if "maxorder 2" in said else "all"
    top = re.search(r"ntop ?= ?(\d+)", said)
    fixture = re.search(r"boot\w+\.csv", str(row.get("source", "")))
    if row.get("lower") is None:
        return _call("log_linear", EXACT, models=models, ci=None)
    fed = fixture is not None and (fixtures / fixture[0]).is_file()
    return _call(
        "bca",
        FIXTURE if fed else FREE,
        models=models,
        ntop=int(top[1]) if top else None,
        resamples=fixture[0] if fixture and fed else None,
        eighty="lower80" in row,
    )


def _log_linear(said: str, row: Published, _: Path) -> Call | None:
    model = MODEL.search(said)
    alone = re.search(r"independence|main effects", said, re.IGNORECASE)
    if not (model or alone or re.search(r"min.?(BIC|AIC)", said)):
        return None
    models = model[0].replace(" ", "") if model else "independence" if alone else "all"
    if not model and not alone and "pairs" in said:
        models = "pairs"
    select = "aic" if "AIC" in said and not model else "bic"
    ends = row.get("lower") is not None
    if "multinomial profile" in said:
        return _call("log_linear", LIKELIEST, "likeliest", models=models, ci="profile")
    if "lognormal" in said:
        return _call("log_linear", CLOSED, models=models, ci="lognormal")
    if "not stated" in str(row.get("note", "")):
        return _call("log_linear", UNSAID, models=models, ci="lognormal")
    if "Binette" in str(row.get("source", "")):
        return _call("log_linear", UNSAID, models=models, ci="profile")
    if select == "aic":
        return _call(
            "log_linear", PROFILE, models=models, ci="profile" if ends else None, select="aic"
        )
    return _call("log_linear", PROFILE, models=models, ci="profile" if ends else None)


def rounding(row: Published, number: float, name: str) -> float:
    """Half of the last digit in which a number is published."""
    said = re.search(r"rounded to (\d+)", str(row.get("source", "")))
    ends = [row.get(each) for each in ("estimate", "lower", "upper")]
    known = [each for each in ends if isinstance(each, int | float)]
    if name in ("estimate", *ENDS):
        if said and name != "estimate":
            return int(said[1]) / 2
        if len(known) == 3 and all(float(each).is_integer() and each % 100 == 0 for each in known):
            return 50.0
    digits = repr(number).partition(".")[2]
    return 0.5 if digits in ("", "0") else 0.5 * 10 ** -len(digits)
