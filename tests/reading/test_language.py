import pytest

from khronika.text.language import language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Officers took the teacher from his home before dawn, his sister said.", "en"),
        ("Полицейские увели учителя из дома до рассвета, рассказала его сестра.", "ru"),
        ("Поліцейські забрали вчителя з дому до світанку, розповіла його сестра.", "uk"),
        ("Паліцыянты забралі настаўніка з дому да світання, расказала яго сястра. Ён жывы.", "be"),
        ("Полицейлер мұғалімді үйінен таң атқанша алып кетті, деді оның әпкесі.", "kk"),
        ("Полиция кызматкерлери мугалимди үйүнөн таң атканча алып кетишти, дешти.", "ky"),
        ("Кормандони милитсия муаллимро пеш аз субҳ аз хонааш бурданд, гуфт хоҳари ӯ.", "tg"),
        ("Des policiers ont emmené l'enseignant de chez lui avant l'aube, dit sa sœur.", "fr"),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    found = language_of(text)
    assert found.value == language
    assert found.basis
    assert found.anchor is None


@pytest.mark.parametrize("text", ["", "5 May 2021", "Anwar Belhadj", "1234567890 " * 20])
def test_too_few_letters_tell_no_language(text: str) -> None:
    assert language_of(text).value == ""
    assert "too few" in language_of(text).basis
