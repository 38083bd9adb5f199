"""What a page says of itself in its head: title, address, publisher, day of publication."""

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from khronika.ingest.captures import Facts, facts_on
from khronika.ingest.days import day

BASIS = "metadata of the page"
# What says when a page was last changed, or when the site was made, is deliberately not here.
DAY_NAMES = (
    "article:published_time", "og:article:published_time", "datepublished",
    "citation_publication_date", "dc.date.issued", "dcterms.issued", "dcterms.date", "dc.date",
    "parsely-pub-date", "sailthru.date", "pubdate", "publishdate", "publish-date", "publish_date",
    "date",
)  # fmt: skip
MOST_JSON = 200_000  # characters of one JSON-LD script
BLANKS = re.compile(r"\s+")


def facts_of(root: etree._Element) -> Facts:
    """The facts of a page; to be asked before scripts are taken out of the tree."""
    meta = _meta(root)
    linked = list(_linked_data(root))
    return facts_on(
        BASIS,
        title=_clean(meta.get("og:title") or _title(root)),
        url=_clean(_canonical(root) or meta.get("og:url", "")),
        publisher=_clean(meta.get("og:site_name") or _publisher(linked)),
        published=_published(root, meta, linked),
    )


def _meta(root: etree._Element) -> dict[str, str]:
    found: dict[str, str] = {}
    for element in root.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            name = element.get(attribute, "").strip().lower()
            if name and element.get("content"):
                found.setdefault(name, element.get("content"))
    return found


def _title(root: etree._Element) -> str:
    element = next(root.iter("title"), None)
    return "".join(element.itertext()) if element is not None else ""


def _canonical(root: etree._Element) -> str:
    for element in root.iter("link"):
        if "canonical" in element.get("rel", "").lower().split():
            return str(element.get("href", ""))
    return ""


def _clean(value: str) -> str:
    return BLANKS.sub(" ", value).strip()[:1000]


def _linked_data(root: etree._Element) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD (schema.org) that tells of an article."""
    for script in root.iter("script"):
        if script.get("type", "").lower() != "application/ld+json":
            continue
        try:
            data = json.loads((script.text or "")[:MOST_JSON])
        except (ValueError, RecursionError):
            continue
        yield from _objects(data)


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    waiting = [data]
    for thing in waiting:  # grows while it is walked, at most three levels of lists and graphs
        if isinstance(thing, list):
            waiting.extend(thing[:100])
        elif isinstance(thing, dict):
            yield thing
            waiting.extend(thing[key] for key in ("@graph", "mainEntity") if key in thing)


def _publisher(linked: list[dict[str, Any]]) -> str:
    for thing in linked:
        publisher = thing.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str):
            return str(publisher["name"])
    return ""


def _published(root: etree._Element, meta: dict[str, str], linked: list[dict[str, Any]]) -> str:
    return next(filter(None, map(day, _days(root, meta, linked))), "")


def _days(
    root: etree._Element, meta: dict[str, str], linked: list[dict[str, Any]]
) -> Iterator[str]:
    if "article:published_time" in meta:
        yield meta["article:published_time"]
    for thing in linked:
        if isinstance(thing.get("datePublished"), str):
            yield thing["datePublished"]
    for element in root.iter("time", "span", "div", "p", "abbr"):
        if element.get("itemprop", "").lower() == "datepublished" or (
            element.tag == "time" and element.get("pubdate") is not None
        ):
            yield (element.get("datetime") or element.get("content") or "".join(element.itertext()))
    yield from (meta[name] for name in DAY_NAMES if name in meta)
