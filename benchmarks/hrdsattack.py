"""Score the coder on HRDsAttack: real news articles, labelled with their main attack.

    python benchmarks/hrdsattack.py [FILE]

Reads the articles of FILE (default: the development part in the shared folder), codes them in this
process, says of each article what its record says, in the data set's own labels, and prints the
published figures, what answering "nothing" scores, and ours. Needs the shared folder
(KHRONIKA_SHARED); its scorer does the counting.
"""

import html
import importlib.util
import json
import os
import sys
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

from corpus import SHARED
from khronika.codebook import load
from khronika.coding.english import EnglishCoder
from khronika.ingest.captures import GIVEN, Capture
from khronika.ingest.extract import extract
from khronika.model.acts import Act, ActorType, Coding, Modality, Role
from khronika.model.reports import Known, Origin, Report
from khronika.reading import read
from khronika.text.gazetteer import PlaceKind, gazetteer

FOLDER = SHARED / "data" / "hrdsattack"
# Of a fine-tuned T5-large on the test part, which is not in the shared folder.
PUBLISHED = {
    "violation type PRF": 71.4,
    "perpetrator type acc": 62.0,
    "victim name fuzzy PRF": 51.2,
    "victim name exact PRF": 47.4,
    "country acc (null counts)": 66.0,
    "year acc (null counts)": 50.0,
    "month acc (null counts)": 33.0,
    "date acc (null counts)": 14.0,
    "city acc (null counts)": 23.0,
}
NOTHING = {
    "perpetrator_mention": True,
    "perpetrator_type": "state actor",
    "violation_types": ["arbitrary detention"],
    "victims": [],
}
VIOLATIONS = {
    "killing": "killing",
    "kidnapping": "kidnapping",
    "enforced-disappearance": "enforced disappearance",
    "torture": "torture",
    "arrest": "arbitrary detention",
    "sentence": "arbitrary detention",
    "trial": "arbitrary detention",
    "charge": "arbitrary detention",
    "forced-psychiatry": "arbitrary detention",
}
OTHER = frozenset(
    "assault sexual-violence threat surveillance search harassment smear dismissal fine closure"
    " ban blocking censorship travel-ban exile deportation denial-of-care".split()
)
MONTHS = (
    "January February March April May June July August September October November December".split()
)
COUNTRIES = {"US": "USA", "GB": "United Kingdom", "HK": "China", "MM": "Myanmar"}


def report_of(article: Mapping[str, Any]) -> Report:
    """The article as a page, read; its day of publication is given with it."""
    body = article["html"] if isinstance(article["html"], str) else "\n".join(article["html"])
    title = html.escape(article["title"] or "")
    page = (
        f"<html><head><title>{title}</title></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
    published = Known(value=(article.get("publish_date") or "")[:10], basis=GIVEN)
    origin = Origin(name=article["id"], published=published)
    capture = Capture(name=article["id"], data=page.encode(), media_type="text/html", origin=origin)
    return read(extract(capture))


def answer(report: Report, coding: Coding) -> dict[str, Any]:
    """What the record says of the main attack of a report, in the labels of the data set."""
    told = [act for act in coding.acts if act.modality is not Modality.DENIED]
    acts = [act for act in told if act.kind in VIOLATIONS or act.kind in OTHER]
    main = main_act(acts, report)
    country = country_of(acts, coding)
    return {
        "perpetrator_mention": any(
            act.in_role(Role.PERPETRATOR, Role.ALLEGED_PERPETRATOR) for act in acts
        ),
        "perpetrator_type": "state actor",
        "violation_types": violations(acts),
        "victims": [{"victim_name": name} for name in victims(acts, coding)],
        "country": COUNTRIES.get(country) or _country_name(country, coding),
        **place(main),
        **day(main),
    }


def violations(acts: Sequence[Act]) -> list[str]:
    """The labels that a good share of the acts bears; the most frequent one in any case."""
    counts = Counter(VIOLATIONS.get(act.kind, "other") for act in acts)
    most = max(counts.values(), default=0)
    return sorted(label for label, n in counts.items() if 3 * n >= most) or ["unknown"]


def main_act(acts: Sequence[Act], report: Report) -> Act | None:
    """The first act of the kind that is told most often: the headline's counts thrice."""
    weights: Counter[str] = Counter()
    for act in acts:
        weights[act.kind] += 3 if act.trigger.start < len(report.title.value) else 1
    kinds = {kind for kind, weight in weights.items() if weight == max(weights.values())}
    return next((act for act in acts if act.kind in kinds), None)


def victims(acts: Sequence[Act], coding: Coding) -> list[str]:
    """People named as victims, in the order of the cast."""
    found = {
        each.cast
        for act in acts
        for each in act.in_role(Role.VICTIM)
        if each.cast is not None and each.type is ActorType.PERSON
    }
    return [member.name for member in coding.cast if member.index in found]


def country_of(acts: Sequence[Act], coding: Coding) -> str:
    """The country named most often, a place of an act counting as naming its country."""
    counts: Counter[str] = Counter()
    for member in coding.cast:
        if member.type is ActorType.COUNTRY:
            counts[gazetteer().country(member.name)] += len(member.mentions)
    for act in acts:
        counts.update(where.country for where in act.where)
    counts.pop("", None)
    return counts.most_common(1)[0][0] if counts else ""


def _country_name(code: str, coding: Coding) -> str | None:
    for member in coding.cast:
        if member.type is ActorType.COUNTRY and gazetteer().country(member.name) == code:
            return member.name
    return None


def place(act: Act | None) -> dict[str, str | None]:
    """City and region of an act."""
    found: dict[str, str | None] = {"city": None, "region": None}
    for where in act.where if act else ():
        for name in where.name.split(", "):
            known = gazetteer().only(name)
            if known is not None and known.kind in (PlaceKind.CITY, PlaceKind.REGION):
                found[known.kind.value] = name
    return found


def day(act: Act | None) -> dict[str, str | None]:
    """Year, month and day of an act, as far as the record knows them."""
    value = act.when.edtf.rstrip("~?%") if act else ""
    if "/" in value or "." in value or not value[:4].isdigit():
        return {"year": None, "month": None, "date": None}
    month = int(value[5:7]) if value[5:7].isdigit() else 0
    return {
        "year": value[:4],
        "month": MONTHS[month - 1] if 0 < month <= 12 else None,
        "date": str(int(value[8:10])) if value[8:10].isdigit() else None,
    }


def answers(articles: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the record of each article says."""
    codebook, coder = load(), EnglishCoder()
    found = []
    for article in articles:
        report = report_of(article)
        found.append(answer(report, coder.code([report], codebook)[0]))
    return found


def scorer() -> Any:
    """The scorer of the shared folder."""
    spec = importlib.util.spec_from_file_location("score_hrds", FOLDER / "score_hrds.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def figures(
    articles: Sequence[Mapping[str, Any]], given: Sequence[Mapping[str, Any]]
) -> dict[str, float]:
    """Each measure's figure: an accuracy as it is, the F1 of precision, recall and F1."""
    scores = scorer().score([article["gold"] for article in articles], list(given))
    return {
        name: value[-1] if isinstance(value, tuple) else value for name, value in scores.items()
    }


def main() -> None:
    """Print the table."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else FOLDER / "dev.jsonl"
    articles = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    start = time.process_time()
    ours = figures(articles, answers(articles))
    spent = time.process_time() - start
    nothing = figures(articles, [NOTHING] * len(articles))
    print(f"{path.name}: {len(articles)} articles, {spent / len(articles):.2f} CPU s each")
    print(f"{'':<28} {'published':>9} {'nothing':>8} {'ours':>6}")
    for name, value in ours.items():
        published = f"{PUBLISHED[name]:.1f}" if name in PUBLISHED else ""
        print(f"{name:<28} {published:>9} {nothing[name]:>8.1f} {value:>6.1f}")


if __name__ == "__main__":
    main()
