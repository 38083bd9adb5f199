"""Pages that load again by themselves while something is worked on; a reader can stop that."""

from starlette.requests import Request
from starlette.responses import Response

EVERY = 2  # seconds


def asks_to_watch(request: Request) -> bool:
    """Whether the address says that the page is to load again."""
    return request.query_params.get("watch") == "yes"


def watched(answer: Response) -> Response:
    """The same page, which a browser loads again in a while, also without scripts."""
    answer.headers["Refresh"] = str(EVERY)
    return answer
