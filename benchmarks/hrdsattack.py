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
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_NUM_THREADS", "1")

from babel import Locale

from corpus import SHARED
from khronika.codebook import load
from khronika.coding.english import EnglishCoder
from khronika.coding.learned.gist import Gist, gist_of
from khronika.ingest.captures import GIVEN, Capture
from khronika.ingest.extract import extract
from khronika.model.reports import Known, Origin, Report
from khronika.reading import read

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
MONTHS = (
    "January February March April May June July August September October November December".split()
)
# Where the data set's usual names are not CLDR's.
COUNTRIES = {
    "CD": "Democratic Republic of the Congo",
    "HK": "China",
    "MM": "Myanmar",
    "MO": "China",
    "TR": "Turkey",
    "US": "USA",
}


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


def answer(gist: Gist) -> dict[str, Any]:
    """What the record says of the main attack of a report, in the labels of the data set."""
    return {
        "perpetrator_mention": gist.doer is not None,
        "perpetrator_type": gist.doer.value if gist.doer else None,
        "violation_types": [each.value for each in gist.violations] or ["unknown"],
        "victims": [{"victim_name": each.value} for each in gist.victims],
        "country": country_name(gist.country.value) if gist.country else None,
        "region": gist.region.value if gist.region else None,
        "city": gist.city.value if gist.city else None,
        "year": gist.year.value if gist.year else None,
        "month": MONTHS[int(gist.month.value[5:7]) - 1] if gist.month else None,
        "date": str(int(gist.day.value[8:])) if gist.day else None,
    }


def country_name(code: str) -> str:
    """The usual name of a country; the data set counts Hong Kong to China."""
    return COUNTRIES.get(code) or str(Locale("en").territories.get(code, code))


def answers(articles: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """What the record of each article says."""
    codebook, coder = load(), EnglishCoder()
    found = []
    for article in articles:
        report = report_of(article)
        found.append(answer(gist_of(report, coder.code([report], codebook)[0])))
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
