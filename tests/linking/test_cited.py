import pytest

from khronika.linking.cited import cited, is_publisher
from khronika.model.anchors import Span

LONG = 400  # words: too many for one attribution to cover them all


def said(text: str, words: int = LONG) -> dict[str, str]:
    return {name: text[a:b].strip() for name, a, b in cited(text, [Span(0, len(text))], [], words)}


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Five were fined, according to lawyers from the Open Lantern Initiative.",
         "Open Lantern Initiative"),
        ("Two people were held on Monday, Harbour Watch reported.", "Harbour Watch"),
        ("Harbour Watch, which keeps a list, has counted nine.", "Harbour Watch"),
        ("Nine were held, said the Quay Monitor.", "Quay Monitor"),
        ("His sister told Radio Pristan that he could not stand.", "Radio Pristan"),
        ("Citing the Quay Monitor, the paper wrote of nine.", "Quay Monitor"),
        ("В правозащитном центре «Северная звезда» насчитали девять; по данным «Северной звезды», "
         "двоих избили.", "Северной звезды"),
        ("Как пишет «Курьер Лимана», двоих задержали.", "Курьер Лимана"),
        ("Обыски прошли у троих, рассказал «Якорю» адвокат.", "Якорю"),
        ("Двоих задержали, сообщили в издании «Новая пристань».", "Новая пристань"),
        ("За даними Харківської групи, двох затримано.", "Харківської групи"),
        ("Двох затримано, повідомляє «Ліхтар».", "Ліхтар"),
    ],
)  # fmt: skip
def test_an_attribution_covers_its_sentence(sentence: str, name: str) -> None:
    text = f"Officers came at six and left at nine. {sentence} The court sits on Friday."
    assert said(text)[name] == sentence


@pytest.mark.parametrize(
    ("credit", "name"),
    [
        ("This story was first published by Quay Monitor.", "Quay Monitor"),
        ("Source: Harbour Watch", "Harbour Watch"),
        ("Republished from the Lipsk Courier with thanks.", "Lipsk Courier"),
        ("Источник: «Северная звезда»", "Северная звезда"),
        ("Вперше опубліковано у виданні «Ліхтар».", "Ліхтар"),
    ],
)
def test_a_credit_covers_the_whole_report(credit: str, name: str) -> None:
    text = f"Officers came at six and left at nine.\n\n{credit}"
    assert said(text)[name] == text
    own, rest = Span(0, text.index("\n")), Span(text.index("\n"), len(text))
    assert (name, 0, len(text)) in cited(text, [own], [rest], LONG)


@pytest.mark.parametrize(
    "text",
    [
        "LIPSK, May 3 (Northgate Wire) - Officers came at six and left at nine.",
        "Officers came at six.\n\n(Northgate Wire)\n\nThey left at nine.",
        "Officers came at six and left at nine. The court sits on Friday. (Northgate Wire)",
    ],
)
def test_the_agency_of_a_dateline_covers_the_whole_report(text: str) -> None:
    assert said(text) == {"Northgate Wire": text}


def test_a_short_item_that_gives_its_source_at_the_front_rests_on_it_wholly() -> None:
    text = (
        "Officers held two people on Monday at the harbour gate, Harbour Watch reports. Both were "
        "questioned for six hours in a room without a window. The mayor said that all was well."
    )
    assert said(text, 40)["Harbour Watch"] == text
    assert said(text)["Harbour Watch"] == text[: text.index(" Both")]


def test_of_this_covers_the_sentence_before() -> None:
    text = "Город спал. В доме прошёл обыск. Об этом сообщает «Северная звезда». Суд в пятницу."
    assert said(text)["Северная звезда"] == text[12 : text.index(" Суд")]


@pytest.mark.parametrize(
    ("name", "publisher"),
    [
        ("Дальнюю гавань", "Дальняя гавань"),
        ("Медного якоря", "Медный якорь"),
        ("Якорю", "Якорь"),
        ("Харківської групи вчора", "Харківська група"),
        ("the Harbour Watch Centre", "Harbour Watch"),
        ("The Interior Ministry", "Ministry of the Interior"),
    ],
)
def test_a_publisher_is_known_in_other_cases_and_lengths(name: str, publisher: str) -> None:
    assert is_publisher(name, publisher)


@pytest.mark.parametrize(
    ("name", "publisher"),
    [
        ("Новой газеты", "Новая заря"),
        ("Quay Monitor", "Quay Observer"),
        ("Tuesday", "Quay Monitor"),
        ("the police of Lipsk", "Police"),
        ("", "Quay Monitor"),
        ("Quay Monitor", ""),
    ],
)
def test_another_is_not_the_publisher(name: str, publisher: str) -> None:
    assert not is_publisher(name, publisher)


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece", ["a", "Aa ", "said ", "по данным слово ", "«", '", ', "Об этом. "]
)
def test_hostile_text_takes_little_time(piece: str) -> None:
    text = piece * (200_000 // len(piece))
    assert len(cited(text, [Span(0, len(text))], [], LONG)) <= 64
