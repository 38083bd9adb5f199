"""What of a web page is its article, and what is furniture that stands on every page."""

import re
from dataclasses import dataclass

from lxml import etree

from khronika.ingest.markup import BLOCKS, UNSEEN, RoleOf
from khronika.model.reports import PassageRole as Role

# Words that name furniture in a class or id: 'site-footer', 'shareButtons', 'related_posts'.
WORDS = frozenset({
    "ad", "ads", "advert", "advertisement", "breadcrumb", "breadcrumbs", "comments", "consent",
    "cookie", "cookies", "disqus", "donate", "footer", "gdpr", "login", "menu", "modal", "nav",
    "navbar", "navigation", "newsletter", "pager", "pagination", "popular", "popup", "promo",
    "recommended", "related", "share", "sharing", "sidebar", "signup", "skip", "social",
    "sponsored", "subscribe", "subscription", "tagcloud", "toolbar", "trending",
})  # fmt: skip
ARIA = frozenset({"navigation", "contentinfo", "complementary", "search", "menu", "dialog"})
PARTS = re.compile(r"[^A-Za-z0-9]+|(?<=[a-z])(?=[A-Z])")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
NEVER = frozenset({"html", "body", "main", "article", "h1"})

GOOD = 60  # letters outside links that make a block running text
LEAST = 200  # letters of running text that a page must have to be divided at all
SHARE = 0.7  # of the running text that the article must hold


def looks_like_furniture(element: etree._Element) -> bool:
    """True for an element that its role, class, id or style says is none of the article's."""
    if element.tag in NEVER:
        return False
    if element.get("role", "").lower() in ARIA or element.get("hidden") is not None:
        return True
    if HIDDEN.search(element.get("style", "")[:500]):
        return True
    names = f"{element.get('class', '')} {element.get('id', '')}"[:500]
    return names != " " and not WORDS.isdisjoint(part.lower() for part in PARTS.split(names))


@dataclass(slots=True)
class _Weighed:
    """How much running text stands in an element, and whether its first headline does."""

    element: etree._Element
    letters: int = 0
    own: int = 0
    heads: bool = False


class PageRoles(RoleOf):
    """Roles for a whole page: its article is found first, by where its running text stands."""

    def __init__(self, root: etree._Element) -> None:
        weights = _weigh(root, named=True)
        plain = _weigh(root, named=False)
        # A class such as 'has-sidebar' around the whole page would silence all of it.
        if 2 * weights.total < plain.total:
            weights = plain
        self._letters, self._heads, self._total = weights.letters, weights.heads, weights.total
        self.closes = self._article(root)
        self.opens = self._headline(root)

    def __call__(self, element: etree._Element) -> Role | None:
        """The role of one element; furniture is what looks so and does not hold the article."""
        if looks_like_furniture(element) and not self._holds_much(element):
            return Role.BOILERPLATE
        role = super().__call__(element)
        # Sites wrap whole pages in forms, and articles in asides.
        return None if role is Role.BOILERPLATE and self._holds_much(element) else role

    def _holds_much(self, element: etree._Element) -> bool:
        return element in self._heads or 4 * self._letters.get(element, 0) > self._total > 0

    def _article(self, root: etree._Element) -> etree._Element | None:
        """The innermost element that holds nearly all running text."""
        if self._total < LEAST:
            return None
        here = root
        while True:
            inner = max(here, key=lambda e: self._letters.get(e, 0), default=None)
            if inner is None or self._letters.get(inner, 0) < SHARE * self._total:
                break
            here = inner
        named = (e for e in (here, *here.iterancestors()) if e.tag in {"article", "main"})
        return next(named, here)

    def _headline(self, root: etree._Element) -> etree._Element | None:
        """Where the article begins: at the last first-rank headline before its running text."""
        article = self.closes
        if article is None or article in self._heads:
            return article
        before = None
        for element in root.iter("h1", article.tag):
            if element is article:
                break
            before = element if element.tag == "h1" else before
        return before if before is not None else article


@dataclass(frozen=True, slots=True)
class _Weights:
    """Running text by element, and the elements that hold a first-rank headline."""

    letters: dict[etree._Element, int]
    heads: set[etree._Element]
    total: int


def _weigh(root: etree._Element, *, named: bool) -> _Weights:
    """Count, for each element, the running text in it that is no furniture by tag (or name)."""
    letters: dict[etree._Element, int] = {}
    heads: set[etree._Element] = set()
    stack: list[_Weighed] = []
    links = furniture = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        aside = element.tag in _ASIDE or (named and looks_like_furniture(element))
        if event == "start":
            links += element.tag == "a"
            furniture += aside
            stack.append(_Weighed(element=element))
            _count(element.text, stack, quiet=bool(links or furniture))
            continue
        links -= element.tag == "a"
        furniture -= aside
        _close(stack, letters, heads)
        if stack:
            _count(element.tail, stack, quiet=bool(links or furniture))
    return _Weights(letters, heads, letters.get(root, 0))


_ASIDE = frozenset({"nav", "footer", "aside", *UNSEEN})


def _count(text: str | None, stack: list[_Weighed], *, quiet: bool) -> None:
    if text and not quiet:
        stack[-1].own += len(text) - text.count(" ")


def _close(
    stack: list[_Weighed], letters: dict[etree._Element, int], heads: set[etree._Element]
) -> None:
    done = stack.pop()
    if done.element.tag in BLOCKS and done.own >= GOOD:
        done.letters += done.own
        done.own = 0
    if done.letters:
        letters[done.element] = done.letters
    done.heads = done.heads or done.element.tag == "h1"
    if done.heads:
        heads.add(done.element)
    if stack:
        outer = stack[-1]
        outer.letters += done.letters
        outer.heads = outer.heads or done.heads
        if done.element.tag not in BLOCKS:
            outer.own += done.own
