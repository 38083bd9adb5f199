"""Every page that a served record has, found by following its links."""

import re
from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urljoin, urlsplit

import httpx
from lxml import html

ID = re.compile(r"^(?:rpt|act|inc|per|org|grp|cty|rul)_[\w~]+$|^\d+$")
ACTIONS = frozenset({"form", "input", "button", "select", "textarea", "a", "link", "img", "script"})


@dataclass(frozen=True, slots=True)
class Found:
    """A page: its path with its query, what it answered, and what sort of page it is."""

    path: str
    shape: str
    answer: httpx.Response


def shape_of(path: str) -> str:
    """What all pages of one sort share: the names of their filters, but of no thing."""
    parts = urlsplit(path)
    segments = parts.path.strip("/").split("/")
    first, rest = segments[0], segments[1:]
    named = ["*" if ID.match(each) or first in {"places", "registers"} else each for each in rest]
    asked = sorted({name for name, value in parse_qsl(parts.query) if value})
    return "/".join((first, *named)) + ("?" + "&".join(asked) if asked else "")


def crawl(client: httpx.Client, *, each: int = 1, most: int = 300) -> Iterator[Found]:
    """Pages by their links, from the first: so many of each sort, so many in all."""
    waiting, seen, shapes = deque(["/"]), {"/"}, Counter[str]()
    answered = 0
    while waiting and answered < most:
        path = waiting.popleft()
        shape = shape_of(path)
        if shapes[shape] >= each:
            continue
        shapes[shape] += 1
        answered += 1
        answer = client.get(path)
        yield Found(path, shape, answer)
        if answer.headers["content-type"].startswith("text/html"):
            for link in links(answer):
                if link not in seen:
                    seen.add(link)
                    waiting.append(link)


def links(answer: httpx.Response) -> list[str]:
    """The pages of ours that a page leads to, without what opens a file or a picture."""
    found = []
    for target in html.fromstring(answer.content).xpath("//a/@href"):
        parts = urlsplit(urljoin(str(answer.url), target))
        if parts.netloc == answer.url.netloc.decode() and parts.scheme == "http":
            found.append(parts.path + (f"?{parts.query}" if parts.query else ""))
    return found
