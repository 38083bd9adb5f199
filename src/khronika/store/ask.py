"""What people type into a search: words, phrases, prefixes, AND, OR, NOT and filters."""

import re
from dataclasses import dataclass, field

from khronika.errors import KhronikaError

FILTERS = (
    *("kind", "modality", "actor", "role", "place", "country", "publisher", "time", "report"),
    "language",
)

TOKEN = re.compile(
    r"""\s*(?:
    (?P<open>\() | (?P<close>\))
    | (?P<minus>-(?=[\w"(]))
    | (?P<name>[a-z]+):(?:"(?P<quoted>[^"]*)"|(?P<plain>[^\s()"]+))
    | "(?P<phrase>[^"]*)"
    | (?P<word>[^\s()"]+)
    )""",
    re.VERBOSE,
)
LONGEST = 2000  # characters of a query
DEEPEST = 20  # parentheses in parentheses


class SearchError(KhronikaError):
    """A query that cannot be understood."""

    exit_status = 2


@dataclass(frozen=True, slots=True)
class Word:
    """A word in any of its forms, or with `prefix` every word that begins so."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words one after the other, as written but for case and accents."""

    text: str


@dataclass(frozen=True, slots=True)
class All:
    """Every one of these, and none of `but`."""

    terms: tuple["Term", ...]
    but: tuple["Term", ...] = ()


@dataclass(frozen=True, slots=True)
class Any:
    """At least one of these."""

    terms: tuple["Term", ...]


Term = Word | Phrase | All | Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """What is sought: terms in a passage (None for any passage) and filters by name."""

    term: Term | None
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)


def parse(text: str) -> Query:
    """Understand a query.

    Raises:
        SearchError: it cannot be understood; the remedy says how to write it.
    """
    if len(text) > LONGEST:
        raise SearchError("The query is too long.", remedy=f"use at most {LONGEST} characters.")
    reader = _Reader(_tokens(text))
    term = reader.alternatives(0)
    if reader.peek() is not None:
        raise SearchError("A ')' has no '('.", remedy="remove it, or quote it.")
    if term is None and not reader.filters:
        raise SearchError("Nothing is asked for.", remedy='give a word, such as: "case files"')
    return Query(term=term, filters={key: tuple(each) for key, each in reader.filters.items()})


def _tokens(text: str) -> list[re.Match[str]]:
    if text.count('"') % 2:
        raise SearchError('A quotation mark (") is not closed.', remedy='close it: "case files"')
    return list(TOKEN.finditer(text.strip()))


class _Reader:
    """Reads tokens from the left, one after the other."""

    def __init__(self, tokens: list[re.Match[str]]) -> None:
        self._tokens = tokens
        self._at = 0
        self.filters: dict[str, list[str]] = {}

    def peek(self) -> re.Match[str] | None:
        """The next token."""
        return self._tokens[self._at] if self._at < len(self._tokens) else None

    def alternatives(self, depth: int) -> Term | None:
        """Terms that OR parts."""
        if depth > DEEPEST:
            raise SearchError("The parentheses are too deep.", remedy="ask something simpler.")
        terms = [self._together(depth)]
        while self._is_word("OR"):
            self._at += 1
            terms.append(self._together(depth))
            if terms[-1] is None or terms[0] is None:
                raise SearchError(
                    "OR stands alone.", remedy="put a word on each side: raid OR search"
                )
        found = [term for term in terms if term is not None]
        return found[0] if len(found) == 1 else Any(tuple(found)) if found else None

    def _together(self, depth: int) -> Term | None:
        terms: list[Term] = []
        but: list[Term] = []
        while (token := self.peek()) is not None and not token["close"] and not self._is_word("OR"):
            if self._is_word("AND"):
                self._at += 1
                continue
            out = self._is_word("NOT") or bool(token["minus"])
            if out:
                self._at += 1
            term = self._one(depth)
            if term is not None:
                (but if out else terms).append(term)
            elif out:
                raise SearchError("NOT has nothing after it.", remedy="write: raid NOT school")
        if but and not terms:
            raise SearchError(
                "A search cannot consist of what is not wanted alone.",
                remedy="say what you look for as well: raid -school",
            )
        if len(terms) == 1 and not but:
            return terms[0]
        return All(tuple(terms), tuple(but)) if terms else None

    def _one(self, depth: int) -> Term | None:
        token = self.peek()
        if token is None or token["close"] or self._is_word("OR"):
            return None
        self._at += 1
        if token["open"]:
            inner = self.alternatives(depth + 1)
            closing = self.peek()
            if closing is None or not closing["close"]:
                raise SearchError("A '(' is not closed.", remedy="close it, or quote it.")
            self._at += 1
            return inner
        if token["name"]:
            self._filter(token)
            return None
        if token["phrase"] is not None:
            return Phrase(token["phrase"])
        word = token["word"]
        return Word(word.rstrip("*"), prefix=True) if word.endswith("*") else Word(word)

    def _filter(self, token: re.Match[str]) -> None:
        name, value = token["name"], token["quoted"] or token["plain"] or ""
        if name not in FILTERS:
            raise SearchError(
                f"There is no filter '{name}:'.",
                remedy=f"use one of {', '.join(FILTERS)}; or quote it to search for the words.",
            )
        self.filters.setdefault(name, []).append(value)

    def _is_word(self, word: str) -> bool:
        token = self.peek()
        return token is not None and token["word"] == word
