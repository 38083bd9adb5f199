"""When, where and by whom a report was made, in the layouts of newsrooms and organisations."""

import pytest

from khronika.model.reports import Known
from khronika.reading import read
from reading.builders import a_report, an_extract

BODY = (
    "\n\nOfficers of the district police took the teacher Anwar Belhadj from his home before dawn "
    "and have not said where he is held, his sister told a lawyer.\n\nShe learned of it on 2 May.\n"
)


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ("Teacher taken from home\n\n5 May 2021", "2021-05-05"),
        ("Teacher taken from home\n\nMay 5, 2021", "2021-05-05"),
        ("Teacher taken from home\n\nMay 5th, 2021, 10:42 AM ET", "2021-05-05"),
        ("Teacher taken from home\n\nWednesday, 5th May 2021", "2021-05-05"),
        ("Teacher taken from home\n\n05.05.2021", "2021-05-05"),
        ("Teacher taken from home\n\n2021-05-05", "2021-05-05"),
        ("Teacher taken from home\n\n5. 5. 2021", "2021-05-05"),
        ("Teacher taken from home\n\n05.05.21", "2021-05-05"),
        ("Teacher taken from home\n\n5-V-2021", "2021-05-05"),
        ("Teacher taken from home\n\n5 May '21", "2021-05-05"),
        ("Teacher taken from home\n\n5 May 10:30", ""),
        ("Teacher taken from home\n\n5 May 2000", "2000-05-05"),
        ("Teacher taken from home\n\n05/31/2021", "2021-05-31"),
        ("Teacher taken from home\n\n31/05/2021", "2021-05-31"),
        ("Teacher taken from home\n\nBy Mira Okello | May 5, 2021 | 4:12 PM", "2021-05-05"),
        ("Teacher taken from home\n\nPosted by Admin on May 5, 2021 at 4:12 pm", "2021-05-05"),
        ("Teacher taken from home\n\nPublished: 5 May 2021 14:05 GMT", "2021-05-05"),
        ("Teacher taken from home\n\nPublished 5 May 2021. Updated 9 May 2021", "2021-05-05"),
        ("Teacher taken from home\nLast updated: 9 May 2021", "2021-05-09"),
        ("Teacher taken from home\n\nDate: Wed, 5 May 2021 10:11:12 +0300", "2021-05-05"),
        ("From: Lake Rights Watch\nSent: Wednesday, May 5, 2021 4:05 PM", "2021-05-05"),
        ("PRESS STATEMENT: 5th May 2021\n\nTeacher taken from home", "2021-05-05"),
        ("PRESS RELEASE No. 7/2021 - FOR IMMEDIATE RELEASE - 5 May 2021", "2021-05-05"),
        ("LAKE RIGHTS WATCH   Vol. IV   No. 12   Wednesday 5 May 2021", "2021-05-05"),
        ("Lake Rights Watch | Weekly bulletin | May 2021", "2021-05"),
        ("Situation report no. 3 as of 5 May 2021", "2021-05-05"),
        ("Nairobi, 5 de mayo de 2021", "2021-05-05"),
        ("Fait à Nairobi, le 5 mai 2021", "2021-05-05"),
        ("Учителя увели из дома\n\nОпубликовано: 5 мая 2021 г., 11:42", "2021-05-05"),
        ("Вчителя забрали з дому\n\nСтаном на 5 травня 2021 року", "2021-05-05"),
        ("Testimony recorded in Nairobi on 5 May 2021", "2021-05-05"),
        ("Statement of the Lake Union on the arrest of its member, 5 May 2021", "2021-05-05"),
        ("Observed:   3 May 2021\nDrawn up:   5 May 2021", "2021-05-05"),
        ("Teacher taken from home\n\nArrested: 3 May 2021", ""),
        ("Teacher taken from home\n\nPage last changed 5 May 2021", ""),
        ("Teacher taken from home\n\n© Lake Rights Watch 2021", ""),
        ("Teacher taken from home\n\n03/05/2021", ""),
        ("5 May 2021: Teacher Taken From Home", ""),
        ("He is gone — Mira (@mira_okello) May 5, 2021", ""),
        ("The events of 5 May 2021", ""),
        ("Arrest of a teacher, Nairobi, 5 May 2021", ""),
        ("Minutes of the meeting of 5 May 2021", "2021-05-05"),
        ("Teacher taken from home\n\n5 May 2021 — 4 min read — 3 comments", "2021-05-05"),
        ("Teacher taken from home\n\nBy Mira Okello in Nairobi on 5 May 2021", "2021-05-05"),
        ("Testimony of a former detainee, collected in Gulu on 5 May 2021", "2021-05-05"),
        ("Photo taken in Nairobi on 5 May 2021", ""),
        ("Statement read on 5 May 2021", "2021-05-05"),
        ("Killed in Nairobi on 5 May 2021", ""),
        ("Who was taken since 5 May 2021", ""),
        ("Voices, collected in May 2021\nPublished: Nairobi, 8 June 2021", "2021-06-08"),
        ("Sitting held:  3 May 2021\nDrawn up:  Nairobi, 5 May 2021", "2021-05-05"),
        ("Weekly bulletin\nNo. 12 · Wednesday, 5 May 2021 · covers 28 April–4 May", "2021-05-05"),
        ("PRESS NOTE – not for publication before Wednesday, 5 May 2021, 18:00", "2021-05-05"),
        ("STRICTLY EMBARGOED UNTIL 5 May 2021", "2021-05-05"),
        ("THE LAKE SHEET, No. 7/2021\nNairobi, Wednesday 5 May", "2021-05-05"),
        ("The week of April 28 to May 4, 2021\nNairobi, Wednesday, May 5", "2021-05-05"),
        ("The lake in 2020 and 2021\nNairobi, Wednesday 5 May", "2021-05-05"),
        ("The lake in 2020 and 2021\nNairobi, 5 May", ""),
        ("THE LAKE SHEET, No. 7/2021\nNairobi, Monday 5 May", ""),
        ("Case file 7\n\nWhat happened. Updated 5 May 2021. Destroy older versions.", "2021-05-05"),
    ],
)  # fmt: skip
def test_a_page_dates_itself(head: str, published: str) -> None:
    report = a_report(head + BODY)
    assert report.published.value == published
    assert report.published.value or report.published.basis


@pytest.mark.parametrize(
    ("line", "published", "place", "publisher"),
    [
        ("(Nairobi, 5 May 2021) Officers", "2021-05-05", "Nairobi", ""),
        ("(Nairobi, May 5, 2021) – Officers", "2021-05-05", "Nairobi", ""),
        ("NAIROBI (5 May 2021) – Officers", "2021-05-05", "Nairobi", ""),
        ("NAIROBI, May 5, 2021 (Lake Wire) -- Officers", "2021-05-05", "Nairobi", "Lake Wire"),
        ("NAIROBI, Kenya, 5 May 2021 – Officers", "2021-05-05", "Nairobi", ""),
        ("Nairobi, 5 May 2021. Officers", "2021-05-05", "Nairobi", ""),
        ("5 May 2021, Nairobi – Officers", "2021-05-05", "Nairobi", ""),
        ("NAIROBI, May 5 (Lake Wire) - Officers", "", "Nairobi", "Lake Wire"),
        ("NAIROBI, Kenya (Lake Wire) — Officers", "", "Nairobi", "Lake Wire"),
        ("NAIROBI — Officers", "", "Nairobi", ""),
        ("(Nairobi) – Officers", "", "Nairobi", ""),
        ("NAIROBI: Officers", "", "Nairobi", ""),
        ("Nairobi – Officers", "", "Nairobi", ""),
        ("5 May 2021 – Officers", "2021-05-05", "", ""),
        ("UPDATE: Officers", "", "", ""),
        ("THE LAKE – Officers", "", "", ""),
        ("Amnesty: Officers", "", "", ""),
        ("On 5 May 2021, officers", "", "", ""),
        ("On 5 May 2021 in Nairobi – officers", "", "", ""),
        ("Arrested on 5 May 2021: officers", "", "", ""),
    ],
)
def test_a_dateline_opens_the_text(line: str, published: str, place: str, publisher: str) -> None:
    report = a_report(
        f"Teacher taken from home\n\n{line} of the police took the teacher from home."
    )
    found = (report.published.value, report.place.value, report.publisher.value)
    assert found == (published, place, publisher)


@pytest.mark.parametrize(
    ("foot", "published"),
    [
        ("Nairobi, 5 May 2021", "2021-05-05"),
        ("This statement was issued on 5 May 2021.", "2021-05-05"),
        ("Today, Wednesday 5 May 2021, his sister went to the court again.", "2021-05-05"),
        ("She went to the court yesterday, 5 May 2021.", ""),
        ("The list is correct as of 5 May 2021.", "2021-05-05"),
        ("Done at Nairobi, this 5th day of May 2021", "2021-05-05"),
        ("This article first appeared in the Lake Herald of 5 May 2021.", "2021-05-05"),
        ("Copyright 5 May 2021 Lake Herald", ""),
        ("His trial opens on 5 May 2021.", ""),
    ],
)
def test_a_page_dates_itself_at_its_end(foot: str, published: str) -> None:
    assert a_report(f"Teacher taken from home{BODY}\n{foot}\n").published.value == published


HEADLINE = "Teacher taken from home"


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        ("LAKE HOUSE FOR HUMAN RIGHTS\nPress release\n\nA teacher", "Lake House for Human Rights"),
        ("Lake Newsline\nKenya\n\nTeacher taken from home", "Lake Newsline"),
        ("The Paper Boat                         INTERVIEWS\n\nTaken", "The Paper Boat"),
        ("Lake Table Talks | conversations on the lake\n\n5 May 2021", "Lake Table Talks"),
        ("Lake Rights Watch, Nairobi\n\nTeacher taken from home", "Lake Rights Watch"),
        (
            "Press release\n\nThe Lake Council (LC) condemns the arrest of a teacher.",
            "Lake Council",
        ),
        ("News\n\nThe Lake Council condemns the arrest of a teacher.", ""),
        ("Lake Rights Watch (@lakerights) · 10:32 AM · May 5, 2021", "Lake Rights Watch"),
        ("Lake Forum  >  Letters\n\nOPEN LETTER", "Lake Forum"),
        ("LAKE BULLETIN   No. 3   5 May 2021\ncompiled by the Lake Trust, Nairobi", "Lake Trust"),
        ("From: Lake Rights Watch\nTo: All members\nDate: 5 May 2021", "Lake Rights Watch"),
        ("Teacher taken from home, Radio Lake's Swahili Service reports.", "Radio Lake"),
        ("Lake Parliament resolution of 5 May 2021 (2021/12)", "Lake Parliament"),
        ("LAKE RIGHTS WATCH\nPress statement - Velmora, 5 May 2021", "Lake Rights Watch"),
        ("Teacher taken from home | The Lake Herald", "The Lake Herald"),
        ("Teacher Taken From Home by Officers of the Court", ""),
        ("Kenya: Opposition Members Walk Out of Parliament", ""),
    ],
)
def test_a_page_names_its_publisher_at_its_head(head: str, publisher: str) -> None:
    report = a_report(head + BODY)
    assert report.publisher.value == publisher
    assert not publisher or report.publisher.anchor


@pytest.mark.parametrize(
    ("foot", "publisher"),
    [
        ("Published in Lake Herald, May 5th, 2021", "Lake Herald"),
        ("© 2021 Lake Herald. All rights reserved.", "Lake Herald"),
        ("About Lake Rights Watch\n\nWe work on the lake.", "Lake Rights Watch"),
        ("Lake Rights Watch is an independent network of lawyers.", "Lake Rights Watch"),
        ("The Lake Foundation hereby calls on the governor to act.", "Lake Foundation"),
        ("She told Lake Voice that she would wait.", "Lake Voice"),
        ("Mira Okello, Director, Lake Rights Watch", "Lake Rights Watch"),
        ("— Lake Rights Watch", "Lake Rights Watch"),
        ("We, the Lake Union of Teachers, ask the governor to act.", "Lake Union of Teachers"),
        ("Mira Okello, Director of Schools", ""),
        ("He told The Lake Herald that he knew nothing.", ""),
        ("The survey was published by Lake Institute.", ""),
        ("© Lake Photos", ""),
    ],
)
def test_a_page_names_its_publisher_at_its_foot(foot: str, publisher: str) -> None:
    assert a_report(f"{HEADLINE}{BODY}\n{foot}\n").publisher.value == publisher


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("LAKE RIGHTS WATCH\nNairobi\n\nTeacher taken from home", "Nairobi"),
        ("LAKE RIGHTS WATCH\nList – KENYA – as it stood on 5 May 2021", ""),
        ("LAKE RIGHTS WATCH\nKenya\n\nTeacher taken from home", ""),
        ("Lake Desk, Nairobi – last updated 5 May 2021", "Nairobi"),
        ("LAKE BULLETIN   No. 3   5 May 2021\ncompiled by the Lake Trust, Nairobi", "Nairobi"),
    ],
)
def test_a_page_says_where_it_was_made(head: str, place: str) -> None:
    assert a_report(head + BODY).place.value == place


def test_the_other_dates_of_a_text_tell_day_and_month_apart() -> None:
    head = "Teacher taken from home\n\n03/05/2021"
    assert a_report(f"{head}{BODY}\nHe was seen on 28/04/2021.").published.value == "2021-05-03"


def test_a_long_menu_does_not_hide_masthead_and_date() -> None:
    menu = "Home\nNews\nOpinion\nSports\nCulture\nVideo\nSearch\nMenu\nSubscribe\nLog in\n" * 4
    report = a_report(f"{menu}\nLAKE HERALD\n\nTeacher taken from home\n\n5 May 2021{BODY}")
    assert (report.publisher.value, report.published.value) == ("Lake Herald", "2021-05-05")


def test_whoever_added_the_report_is_believed_first() -> None:
    given = Known(value="2020-01-01", basis="given by whoever added it")
    report = read(an_extract(f"Teacher taken\n\n5 May 2021{BODY}", published=given))
    assert report.published == given


def test_metadata_is_believed_where_the_page_says_nothing() -> None:
    page = Known(value="2020-01-01", basis="metadata of the page")
    assert read(an_extract(f"Teacher taken{BODY}", published=page)).published == page
    dated = read(an_extract(f"Teacher taken\n\n5 May 2021{BODY}", published=page))
    assert dated.published.value == "2021-05-05"
    signed = read(an_extract(f"Teacher taken{BODY}\nNairobi, 5 May 2021\n", published=page))
    assert signed.published == page
    month = read(an_extract(f"Bulletin, January 2020\n\nTeacher taken{BODY}", published=page))
    assert month.published == page


def test_the_title_is_the_first_headline_that_is_no_masthead() -> None:
    report = a_report(f"LAKE RIGHTS WATCH\nPress release\n\nTeacher taken from home{BODY}")
    assert report.title.value == "Teacher taken from home"
