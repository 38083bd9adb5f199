"""A small record to review, and forms as a browser without scripts sends them."""

import html
import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.testclient import TestClient

from khronika.workflows.record import Record
from web.serving import ORIGIN
from workflows.toys import a_capture, linking_parts

TEXTS = {
    "a.txt": "M Orlan was arrested on 2021-03-03.",
    "b.txt": "Marfa Orlan was arrested on 2021-03-09. The guards at the gate said so.",
    "c.txt": "Maksim Orlan was arrested on 2021-03-19.",
    "d.txt": "Anton Garidin was fined on 2021-04-01. Anton Garidin left Almaty, then Almaty again.",
    "e.txt": "Anton Garidin was fined on 2021-05-01.",
    "f.txt": "Lena Quill was arrested on 2021-06-01.",
    "g.txt": "Lena Quill was arrested on 2021-06-02.",
    "h.txt": "Lena Quill was arrested on 2021-06-01. So it was said.",
}
OPTION = r"<option\b([^>]*)>(.*?)(?=<option|</option|</optgroup|$)"
REVIEWER = "Reviewer One"


def a_record(path: Path) -> Record:
    """Some acts, and names that may be one."""
    made = Record.create(path, linking_parts())
    made.add([a_capture(name, text) for name, text in TEXTS.items()])
    return made


def a_copy(made: Path, path: Path) -> Record:
    """The same record once more, to be changed."""
    shutil.copytree(made, path)
    return Record.open(path, linking_parts())


def fields(page: str, action: str) -> list[tuple[str, str]]:
    """What a browser would send of the first form with an action that begins so, buttons apart."""
    form = next(
        each
        for each in re.findall(r"<form\b.*?</form>", page, flags=re.DOTALL)
        if f'action="{html.escape(action)}' in each
    )
    found = [
        (_of(tag, "name"), _of(tag, "value"))
        for tag in re.findall(r"<input\b[^>]*>", form)
        if 'type="checkbox"' not in tag or " checked" in tag
    ]
    for name, inner in re.findall(r'<select\b[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.S):
        options = re.findall(OPTION, inner, re.S)
        chosen = next((each for each in options if " selected" in each[0]), options[0])
        value = _of(chosen[0], "value") if "value=" in chosen[0] else chosen[1].strip()
        found.append((html.unescape(name), value))
    return [(name, value) for name, value in found if name]


def _of(tag: str, attribute: str) -> str:
    found = re.search(rf'{attribute}="([^"]*)"', tag)
    return html.unescape(found[1]) if found else ""


def send(
    client: TestClient, page: str, action: str, changes: Mapping[str, str] | None = None
) -> Any:
    """Press a button of a form: `changes` holds the button and what was typed."""
    given = changes or {}
    kept = [(name, value) for name, value in fields(page, action) if name not in given]
    return post(client, action, [*kept, *given.items()])


def post(client: TestClient, path: str, pairs: list[tuple[str, str]]) -> Any:
    """Send fields, and do not follow where the answer leads."""
    return client.post(
        path,
        content=urlencode(pairs),
        headers={"content-type": "application/x-www-form-urlencoded", "origin": ORIGIN},
        follow_redirects=False,
    )
