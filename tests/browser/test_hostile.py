"""What hostile sources, reviewers and addresses say is shown as text, and does nothing."""

import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import closing
from urllib.parse import quote, urlencode

import httpx
import pytest
from lxml import html
from playwright.sync_api import Browser

from browser import hostile_record
from browser.crawling import crawl
from browser.payloads import PAYLOADS
from browser.serving import Served, served
from browser.watching import Desk, desk
from khronika.workflows.record import Record

pytestmark = pytest.mark.browser
LONGEST = 900  # letters of a payload in an address
AREAS = (
    *("incidents", "reports", "actors", "places", "appeals", "registers", "timeline"),
    *("contradictions", "journal", "review", "export", "acts"),
)
# What the browser made of the page: whatever no template of ours writes.
ODD = """() => {
  const known = new Set(`html head meta title link body a header div form label input button nav ul
    ol li main footer p script h1 h2 h3 h4 h5 h6 span strong em b i small mark time table caption
    colgroup col thead tbody tfoot tr th td dl dt dd details summary figure figcaption picture
    source img section article aside blockquote q cite bdi bdo code pre kbd samp del ins abbr hr br
    wbr select option optgroup textarea fieldset legend meter progress output datalist data hgroup
    address dfn s u sub sup var search menu noscript`.split(/\\s+/));
  const odd = [];
  for (const it of document.querySelectorAll("*")) {
    const name = it.localName;
    if (!known.has(name) || it.namespaceURI !== "http://www.w3.org/1999/xhtml") odd.push(name);
    if (name === "script" && (it.textContent || !it.src.endsWith("/static/khronika.js"))) {
      odd.push("script " + it.src);
    }
    if (name === "meta" && it.httpEquiv) odd.push("meta " + it.httpEquiv);
    if (name === "link" && new URL(it.href).origin !== location.origin) odd.push("link");
    for (const {name: attribute, value} of it.attributes) {
      if (/^on|^style$|^srcdoc$|[^a-z0-9:_-]/.test(attribute)) odd.push(name + " " + attribute);
      if (/^(href|src|action|formaction|srcset|cite|data|poster)$/.test(attribute)) {
        const to = new URL(value, location.href);
        const away = to.origin !== location.origin;
        const open = name === "a" && /^https?:$/.test(to.protocol) && it.rel.includes("noreferrer");
        if (away && !open) odd.push(name + " " + attribute + "=" + value.slice(0, 80));
      }
    }
  }
  return odd;
}"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    path = tmp_path_factory.mktemp("hostile") / "record"
    hostile_record.make(path)
    with served(path, "--reviewer", PAYLOADS[0]) as found:
        yield found


@pytest.fixture
def at_hostile(browser: Browser, hostile: Served) -> Iterator[Desk]:
    with desk(browser, hostile.address, hostile.origin) as found:
        yield found
        found.watch.check()


def _harmless(at: Desk, path: str, *, statuses: Sequence[int] = (200,)) -> None:
    """Open a page; nothing of it is anybody's markup but ours."""
    status = at.go(path)
    assert status in statuses, (path, status)
    assert at.page.evaluate(ODD) == [], path
    assert not at.ran_a_probe(), path


def _plain(text: str) -> str:
    """A text as a reader finds it again: controls and blanks differ between parsers."""
    kept = (c if unicodedata.category(c) not in {"Cc", "Cn", "Cf"} else " " for c in text)
    return "".join("".join(kept).replace("\ufffd", " ").split())


def _things(served: Served) -> list[tuple[str, dict[str, str]]]:
    """Of each payload the ids of what was made of it, by what its pages are called."""
    names = {hostile_record.capture(n, each).name: each for n, each in enumerate(PAYLOADS)}
    with closing(Record.open(served.record)) as record:
        reports = {row.id: names[row.name] for row in record.reports()}
        found = {id_: {"reports": id_, "acts": "", "incidents": ""} for id_ in reports}
        for row in record.acts():
            of = found[row.report.id]
            of["acts"] = row.act.id
            of["incidents"] = row.incident or ""
            of["actors"] = next((each for each in row.actors if each), "")
            of["appeals"] = row.act.id if row.act.kind == "open-letter" else of.get("appeals", "")
    return [(reports[id_], of) for id_, of in found.items()]


def test_nothing_stored_does_anything(at_hostile: Desk, hostile: Served) -> None:
    things = _things(hostile)
    assert len(things) == len(PAYLOADS)
    with hostile.client() as client:
        first = things[0][1]
        areas = [a for a in first if client.get(f"/{a}/{first[a]}").status_code == 200]
    assert "reports" in areas
    for number, (payload, of) in enumerate(things):
        # Every report; of the rest by turns, since what is one page's fault is every payload's.
        _harmless(at_hostile, f"/reports/{of['reports']}")
        if len(payload) <= LONGEST:  # a long one may be shown in pages
            shown = _plain(at_hostile.page.evaluate("() => document.body.textContent"))
            assert _plain(payload) in shown, payload
        for area in {areas[number % len(areas)], areas[(number + 2) % len(areas)]} - {"reports"}:
            if of[area]:
                _harmless(at_hostile, f"/{area}/{of[area]}")


def test_every_list_is_harmless(at_hostile: Desk, hostile: Served) -> None:
    with hostile.client() as client:
        pages = [page.path for page in crawl(client, each=3, most=150) if _is_page(page.answer)]
    assert pages
    for path in pages:
        _harmless(at_hostile, path)


def test_nothing_in_an_address_does_anything(at_hostile: Desk, hostile: Served) -> None:
    with hostile.client() as client:
        names = _filters(client)
    for number, payload in enumerate(PAYLOADS):
        area, said = AREAS[number % len(AREAS)], payload[:LONGEST]
        filters = urlencode(dict.fromkeys(names[area], said))[:7000]
        odd = f"/{area}?{filters}" if number % 3 else f"/{area}/{quote(said, safe='')}"
        for path in (f"/search?q={quote(said)}", odd):
            _harmless(at_hostile, path, statuses=(200, 300, 303, 400, 404, 414))


def test_a_reviewers_name_does_nothing(at_hostile: Desk) -> None:
    for payload in PAYLOADS[::6]:
        at_hostile.go("/settings")
        at_hostile.page.fill("#reviewer", payload[:90].replace("\n", " "))
        at_hostile.page.click("main button[type=submit]")
        assert at_hostile.page.evaluate(ODD) == []
        assert not at_hostile.ran_a_probe()


def _is_page(answer: httpx.Response) -> bool:
    return answer.status_code == 200 and answer.headers["content-type"].startswith("text/html")


def _filters(client: httpx.Client) -> dict[str, list[str]]:
    """What each list can be filtered by: the fields of its forms."""
    found: dict[str, list[str]] = {}
    for area in AREAS:
        answer = client.get(f"/{area}")
        fields: set[str] = {"page", "sort"}
        if _is_page(answer):
            forms = html.fromstring(answer.content).xpath("//main//form[@method='get']//@name")
            fields |= {str(each) for each in forms}
        found[area] = sorted(fields)
    return found


def test_the_corpus_is_large() -> None:
    assert len(set(PAYLOADS)) == len(PAYLOADS) >= 60
