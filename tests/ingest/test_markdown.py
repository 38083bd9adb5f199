import pytest

from ingest.builders import role_texts, text_of
from khronika.ingest.markdown import inline
from khronika.ingest.sniff import MARKDOWN
from khronika.model.reports import Known, PassageRole

PAGE = """---
title: "Office of a weekly searched"
date: 2021-03-04
published: true
publisher: Velmora Watch
---

# Office searched

On **3 March 2021** police [searched](https://velmora.example/a) the office of
the *Lanterna* weekly.

##Who was there

- Orsolo Tenn, editor
- Vanda Kirsh,
  lawyer
1. First

> "They took everything," Tenn said.

| name | age |
|------|-----|
| Tenn | 41 |

<script type="text/javascript">
var hidden = 1;
</script>
<a id="pic"></a>
![The office](a.png)

Heading below
-------------

Text with a mark*.

[^1]: Velmora Gazette, 4 March.
[ref]: https://velmora.example/b
"""


def test_a_page_is_read_as_it_would_be_shown() -> None:
    found = text_of(PAGE.encode(), MARKDOWN)
    assert "police searched the office of\nthe Lanterna weekly." in found.text
    assert "On 3 March 2021" in found.text
    for hidden in ("hidden", "velmora.example", "<", "|", "##", "publisher"):
        assert hidden not in found.text


@pytest.mark.parametrize(
    ("role", "expected"),
    [
        (PassageRole.HEADLINE, ["Office searched", "Who was there", "Heading below"]),
        (
            PassageRole.LIST_ITEM,
            ["Orsolo Tenn, editor", "Vanda Kirsh,\n  lawyer", "1. First"],
        ),
        (PassageRole.TABLE_ROW, ["name\tage", "Tenn\t41"]),
        (PassageRole.QUOTATION, ['"They took everything," Tenn said.']),
        (PassageRole.CAPTION, ["The office"]),
        (PassageRole.FOOTNOTE, ["[^1]: Velmora Gazette, 4 March."]),
    ],
)
def test_what_the_marks_say_becomes_hints(role: PassageRole, expected: list[str]) -> None:
    assert role_texts(text_of(PAGE.encode(), MARKDOWN), role) == expected


def test_front_matter_is_fact_and_not_text() -> None:
    origin = text_of(PAGE.encode(), MARKDOWN).origin
    assert origin.title == Known(value="Office of a weekly searched", basis="front matter")
    assert origin.published == Known(value="2021-03-04", basis="front matter")
    assert origin.publisher.value == "Velmora Watch"


@pytest.mark.parametrize(
    "text", ["2 * 3 * 4", "snake_case_name", "a mark*.", "[not a link]", "5 < 6", "#FreeTenn"]
)
def test_words_that_only_look_like_marks_stay(text: str) -> None:
    assert inline(text) == text


@pytest.mark.parametrize("piece", ["[", "*", "<a", "**a", "![x](", "<script", "_a", "`", "\\", "|"])
def test_a_hostile_line_takes_linear_time(piece: str) -> None:
    text_of((piece * 200_000).encode(), MARKDOWN)
