"""What a passage is."""

import pytest

from khronika.model.reports import PassageRole
from khronika.reading import read
from reading.builders import a_report, an_extract, quoted, role_of

ONE = "Officers of the district police took the teacher Anwar Belhadj from his home before dawn."
TWO = "His sister told a lawyer that nobody has said where he is held or why he was taken."


def page(line: str, *, under: str = TWO) -> str:
    return f"Teacher taken from home\n\n{ONE}\n\n{line}\n\n{under}\n"


@pytest.mark.parametrize(
    "line",
    [
        "Home > News > Africa",
        "Home > Annual reports > 2024 > Kenya and Uganda            EN | FR",
        "Lake Rights / Media centre / Press releases",
        "[ Share ]  [ Print ]  [ Download PDF, 2.4 MB ]",
        "Share   Tweet   Print",
        "ADVERTISEMENT",
        "Skip to content",
        "Follow us on Twitter",
        "Like us on Facebook",
        "We use cookies. Accept / Settings",
        "Copyright © 2021 Lake Herald. All Rights Reserved.",
        "© 2021 Lake Herald",
        "Subscribe to our newsletter",
        "page 1 of 1",
        "- 1 -",
        "LRW/12/2021",
        "Read also: Fisherman freed on the lake",
        "READ MORE: Fisherman freed on the lake",
        "< Previous: Chapter 3      Next: Chapter 5 >",
        "-----------------------",
        "ENDS",
        "Версия для печати",
        "Поделиться",
        "Главная / Новости / Сообщения",
        "Все права защищены",
        "Підписуйтеся на наш канал",
    ],
)
def test_furniture_is_boilerplate(line: str) -> None:
    assert role_of(page(line), line[:12].strip()) == "boilerplate"


@pytest.mark.parametrize(
    "line",
    [
        "Share prices of the lake bank fell after the arrest, and the bank was fined on Monday.",
        "Home guards beat two fishermen on Monday.",
        "Print shops in the town were closed by the police.",
        "Copyright law was used to shut the site, its editor said.",
        "Next week the court will hear his appeal against the sentence.",
        "Follow-up visits by officers went on until June.",
        "Related charges were brought against his brother.",
        "More than forty people were held.",
        "He was held for 41 days - 12 of them alone - and then freed.",
        "On page 3 of the verdict the judge names both officers.",
    ],
)
def test_prose_is_never_furniture(line: str) -> None:
    assert role_of(page(line), line[:20]) == "body"


def test_headlines_listed_under_related_news_are_furniture() -> None:
    text = page("Related News\n- Fisherman freed on the lake\n- Two editors fined\n- Write for us!")
    assert [role for role, _ in quoted(a_report(text))][2:] == ["boilerplate"] * 4 + ["body"]


def test_a_sentence_under_related_news_is_the_article_s() -> None:
    assert role_of(page("Related News"), "His sister") == "body"


@pytest.mark.parametrize(
    "line",
    [
        "Photo: the teacher in 2019",
        "Photo courtesy of the family",
        "The school on the lake. Credit: Lake Herald",
        "The school on the lake, May 2021 © Mira Okello",
        "© Mira Okello",
        "The school on the lake (Mira Okello/Reuters)",
        "Фото: архив семьи",
        "На фото: школа, 2021 рік",
    ],
)
def test_captions_and_credits(line: str) -> None:
    assert role_of(page(line), line) == "caption"


@pytest.mark.parametrize(
    ("line", "role"),
    [
        ("By our Africa desk", "byline"),
        ("By Mira Okello", "byline"),
        ("– that he be freed;", "list item"),
        ("• that he be freed", "list item"),
        ("a) that he be freed", "list item"),
        ("3. that he be freed", "list item"),
        ("12.06.2019\tPolice detain him at the airport.", "table row"),
        ("March 2014\tHe leaves Kenya for Uganda.", "table row"),
        ("1 | Anwar Belhadj | teacher | held since May", "table row"),
        ("[ no. | name | charge ]", "table row"),
        ("NORWAY      Lake Forum; Peace Circle", "table row"),
        ("Punished for teaching", "headline"),
        ("THE FACTS", "headline"),
        ("Background:", "headline"),
        ("> We go on asking every day, she wrote.", "quotation"),
        ("Q: Where is he held?", "body"),
        ("“We go on asking every day,” she said.", "body"),
        ("To the Minister for Schools", "body"),
    ],
)
def test_lines_of_a_report(line: str, role: str) -> None:
    assert role_of(page(line), line) == role


def test_a_table_run_together_is_a_row() -> None:
    line = "Held in the district Name Town Days Anwar Kisumu 5 May 2019 112 Ali Busia 9 May 2021 30"
    assert role_of(page(line), line) == "table row"


def test_the_dateline_is_parted_from_the_sentence_behind_it() -> None:
    report = a_report(f"Teacher taken\n\nNAIROBI, 5 May 2021 (Lake Wire) -- {ONE}\n\n{TWO}")
    assert quoted(report)[1:3] == [
        ("dateline", "NAIROBI, 5 May 2021 (Lake Wire) --"),
        ("body", ONE),
    ]


def test_what_the_format_says_is_believed() -> None:
    text = f"Lake\n\n{ONE}\n\n{TWO}\n\nOn the lake\n"
    extracted = an_extract(text, (ONE, PassageRole.QUOTATION), ("On the lake", PassageRole.CAPTION))
    report = read(extracted)
    assert [role for role, _ in quoted(report)][1:] == ["quotation", "body", "caption"]


def test_lines_of_two_parts_of_a_page_are_not_joined() -> None:
    text = (
        "the menu of the page goes on and on for many words\nand this is the caption of a picture"
    )
    first, second = text.split("\n")
    extracted = an_extract(text, (first, PassageRole.BOILERPLATE), (second, PassageRole.CAPTION))
    assert [role for role, _ in quoted(read(extracted))] == ["boilerplate", "caption"]


def test_the_signs_of_quoted_mail_are_set_aside() -> None:
    report = a_report("> We go on asking\n> every day.\n")
    (passage,) = report.passages
    assert [report.text[s.start : s.end] for s in passage.set_aside] == ["> ", "> "]
