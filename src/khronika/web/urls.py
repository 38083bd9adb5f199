"""Addresses of pages: by the name of the route, and the present one with something changed."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import quote, urlencode

from starlette.requests import Request
from starlette.routing import Route

PART = re.compile(r"\{(\w+)(?::\w+)?\}")


class Addresses:
    """The paths of the routes, by name."""

    def __init__(self, routes: Iterable[Route]) -> None:
        self._paths = {route.name: route.path for route in routes}

    def has(self, name: str) -> bool:
        """Whether there is such a page."""
        return name in self._paths

    def url(self, route: str, /, **given: object) -> str:
        """The address of a page; what is no part of its path becomes its query.

        A value of None or "" is left out; of a tuple or list each item is given.
        """
        used: set[str] = set()

        def filled(match: re.Match[str]) -> str:
            used.add(match[1])
            return quote(str(given[match[1]]), safe="")

        path = PART.sub(filled, self._paths[route])
        return path + query({key: value for key, value in given.items() if key not in used})


def query(given: dict[str, object]) -> str:
    """'?kind=arrest&page=2', or nothing."""
    pairs = [
        (name, str(each))
        for name, value in given.items()
        for each in (value if isinstance(value, (list, tuple)) else (value,))
        if each not in (None, "")
    ]
    return "?" + urlencode(pairs) if pairs else ""


def with_query(request: Request, **changes: object) -> str:
    """The present address with other values in its query; None takes a name out."""
    given: dict[str, object] = {}
    for name in request.query_params:
        given[name] = request.query_params.getlist(name)
    return request.url.path + (query({**given, **changes}) or "")


def pairs_of(request: Request, leave: Sequence[str] = ()) -> list[tuple[str, str]]:
    """The query of the present address, to carry it in a form."""
    return [
        (name, value) for name, value in request.query_params.multi_items() if name not in leave
    ]
