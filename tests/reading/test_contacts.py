import pytest

from khronika.model.reports import ContactKind
from reading.builders import a_report, role_of

ONE = "Officers of the district police took the teacher Anwar Belhadj from his home before dawn."


def marked(text: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for contact in a_report(text).contacts:
        found.setdefault(contact.kind.value, []).append(contact.anchor.exact)
    return found


def test_a_contact_line_names_its_owner() -> None:
    line = "Press contact: Mira Okello, +254 20 555 0172, mira.o@lakewatch.example"
    text = f"{ONE}\n\n{line}\n"
    assert role_of(text, "Press contact") == "contact"
    assert marked(text) == {
        "owner": ["Mira Okello"],
        "phone": ["+254 20 555 0172"],
        "email": ["mira.o@lakewatch.example"],
    }


def test_a_card_of_several_lines_is_one_block() -> None:
    text = f"""{ONE}

For further information or to arrange an interview, please contact:

Mira Okello
Media and Communications
Lake Rights Watch
Tel: +32 (0) 2 555 2773
[email protected]
Follow us on Twitter
"""
    report = a_report(text)
    assert [p.role.value for p in report.passages] == ["body"] + ["contact"] * 6 + ["boilerplate"]
    assert marked(text) == {"owner": ["Mira Okello"], "phone": ["+32 (0) 2 555 2773"]}


def test_what_is_not_for_publication_is_contact_data_to_its_end() -> None:
    text = f"""{ONE}

FOR PARTNERS ONLY – NOT FOR PUBLICATION
Salma can be reached on +48 000 555 318 (Signal) or at ul. Jeziorna 8/14, Lublin.
She is at home in the evenings and is afraid of callers whom she does not know.
"""
    assert [p.role.value for p in a_report(text).passages] == [
        "body",
        "contact",
        "contact",
        "contact",
    ]
    assert marked(text) == {
        "owner": ["Salma"],
        "phone": ["+48 000 555 318"],
        "address": ["ul. Jeziorna 8/14, Lublin"],
    }


@pytest.mark.parametrize(
    ("said", "kind", "exact"),
    [
        ("Write to mira@lake.example.", ContactKind.EMAIL, "mira@lake.example"),
        ("Contact: mira [at] lake.example", ContactKind.EMAIL, "mira [at] lake.example"),
        ("Contact: mira(at)lake(dot)example", ContactKind.EMAIL, "mira(at)lake(dot)example"),
        ("Tel. 020 555 01 42", ContactKind.PHONE, "020 555 01 42"),
        ("Tel: (020) 555-0142", ContactKind.PHONE, "(020) 555-0142"),
        ("Call us: 00254 20 555 0142", ContactKind.PHONE, "00254 20 555 0142"),
        ("Тел.: 8 (495) 555-01-42", ContactKind.PHONE, "8 (495) 555-01-42"),
        ("Tell us more: WeChat lake-watch, or Signal", ContactKind.HANDLE, "WeChat lake-watch"),
        ("Contact us on Telegram: @lakewatch", ContactKind.HANDLE, "Telegram: @lakewatch"),
        ("Contact: P.O. Box 1234, Kisumu, +254 20 555 0142", ContactKind.ADDRESS, "P.O. Box 1234"),
    ],
)
def test_kinds_of_contact_data(said: str, kind: ContactKind, exact: str) -> None:
    found = a_report(f"{ONE}\n\n{said}\n").contacts
    assert any(c.kind is kind and exact in c.anchor.exact for c in found)


@pytest.mark.parametrize(
    "said",
    [
        "He was born on 14.02.1988 and held on 2021-05-03.",
        "Applications nos. 98311/15 and 98466/15 were joined.",
        "Case no. 2-1234/2021 was closed in 2019-2021.",
        "He was fined 129,220 shillings, then 1 200 000 more.",
        "The file has 1 234 567 pages and number 555 0142 33.",
        "Articles 105, 106 and 107 of the code were applied.",
    ],
)
def test_dates_sums_and_case_numbers_are_no_telephone_numbers(said: str) -> None:
    assert a_report(f"{ONE}\n\n{said}\n").contacts == ()


def test_a_number_in_the_news_is_marked_and_stays_body() -> None:
    said = "A man rang her from +254 20 555 0142 and threatened to burn the house down that night."
    assert role_of(f"{ONE}\n\n{said}\n", "A man rang") == "body"
    assert marked(said) == {"phone": ["+254 20 555 0142"]}
