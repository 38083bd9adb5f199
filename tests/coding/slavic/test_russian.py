"""Who did what to whom, as Russian says it. Every name is invented."""

import pytest

from coding.slavic.russian_reports import acts, coded, names
from khronika.model.acts import Act, Modality, Role


def only(text: str) -> Act:
    found = acts(text)
    assert len(found) == 1, [act.kind for act in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "victim"),
    [
        ("Полиция задержала Семёна Гуляева.", "Семён Гуляев"),
        ("Задержана журналистка Инга Солодова.", "Инга Солодова"),
        ("Адвоката Ларису Пичугину арестовали.", "Лариса Пичугина"),
        ("Полиция задержала Марка Линдгрена.", "Марк Линдгрен"),
        ("Полиция задержала Анну Ковальчук.", "Анна Ковальчук"),
        ("Полиция задержала К. А. Лапину.", "К. А. Лапина"),
        ("Полиция задержала Тимура Войнаровского.", "Тимур Войнаровский"),
    ],
)
def test_a_name_is_given_in_the_nominative(text: str, victim: str) -> None:
    assert names(only(text), Role.VICTIM) == [victim]


def test_a_passive_names_its_agent_in_the_instrumental() -> None:
    act = only("Журналист Артём Белозерцев был задержан сотрудниками ФСБ.")
    assert (act.kind, names(act, Role.PERPETRATOR)) == ("arrest", ["ФСБ"])


def test_a_plural_without_a_subject_names_nobody() -> None:
    act = only("Журналиста Артёма Белозерцева задержали.")
    assert names(act, Role.PERPETRATOR) == []


def test_the_court_whose_decision_it_is_decides() -> None:
    act = only("Решением районного суда закрыта газета «Степной край».")
    assert names(act, Role.PERPETRATOR) == ["районный суд"]
    assert names(act, Role.VICTIM) == ["Степной край"]


def test_a_pronoun_is_the_person_told_of() -> None:
    found = acts("Артём Белозерцев вышел из дома. Его избили неизвестные.")
    assert [names(act, Role.VICTIM) for act in found] == [["Артём Белозерцев"]]


def test_a_surname_alone_is_the_person_named_in_full() -> None:
    told = coded("Полиция задержала Анну Лис. Лис отпустили утром.")
    assert [names(act, Role.VICTIM) for act in told.acts] == [["Анна Лис"], ["Анна Лис"]]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Неизвестные пытались похитить Артёма Белозерцева.", Modality.ATTEMPTED),
        ("Суд может приговорить Артёма Белозерцева к штрафу.", Modality.POSSIBLE),
        ("Министерство проведёт проверку фонда «Мосты».", Modality.PLANNED),
    ],
)
def test_what_has_not_happened_says_so(text: str, modality: Modality) -> None:
    assert {act.modality for act in acts(text)} == {modality}


@pytest.mark.parametrize(
    "text",
    [
        "Артёма Белозерцева не задержали.",
        "Правозащитники потребовали, чтобы Артёма Белозерцева освободили.",
        "Если Артёма Белозерцева арестуют, друзья выйдут к суду.",
    ],
)
def test_what_is_negated_or_asked_for_is_no_arrest_or_release(text: str) -> None:
    assert {act.kind for act in acts(text)} <= {"appeal"}


def test_who_says_it_is_the_source() -> None:
    act = only("По словам адвоката Инги Солодовой, Артёма Белозерцева задержали.")
    assert names(act, Role.SOURCE) == ["Инга Солодова"]


def test_a_penalty_is_quoted() -> None:
    act = only("Суд приговорил Артёма Белозерцева к трём годам колонии.")
    assert act.penalty is not None
    assert act.penalty.exact == "трём годам колонии"


def test_what_is_asked_for_is_a_demand() -> None:
    told = coded("Правозащитники призвали власти освободить Анну Лис.")
    assert [anchor.exact for anchor in told.acts[0].demands] == ["освободить Анну Лис"]
    assert told.appeals[0].addressees == ("власти",)


def test_a_description_with_a_body_is_an_affiliation() -> None:
    told = coded("Полиция задержала директора фонда «Тихий плёс» Анну Лис.")
    assert [(a.person, a.role, a.organisation) for a in told.affiliations] == [
        ("Анна Лис", "директор", "Тихий плёс")
    ]


def test_what_the_authorities_call_untrue_is_denied() -> None:
    found = acts("Анну Лис избили в отделе полиции. Управление полиции это отрицает.")
    assert [(act.kind, act.modality) for act in found] == [
        ("torture", Modality.OCCURRED),
        ("torture", Modality.DENIED),
    ]


def test_statistics_tell_no_arrest() -> None:
    assert acts("Число задержаний выросло вдвое.") == ()


@pytest.mark.parametrize(
    "text",
    ["", ".", "« » «", "а" * 500, "Кто? " * 300, "Анна-" * 40, "№ 1 2 3 4 5 6 7 8 9 0 " * 50],
)
def test_odd_texts_are_coded_all_the_same(text: str) -> None:
    assert isinstance(acts(text + " Дом."), tuple)


def test_latin_letters_inside_a_word_are_read_as_cyrillic() -> None:
    act = only("Полиция задержала Мaкcима Лугова.")  # an 'a' and a 'c' of the Latin alphabet
    assert names(act, Role.VICTIM) == ["Максим Лугов"]
    assert act.in_role(Role.VICTIM)[0].anchor is not None


def test_every_anchor_quotes_the_report() -> None:
    text = (
        "По словам соседей, 3 мая «Тихий плёс» обыскали, а Анну Лис оштрафовали на 5 тысяч рублей."
    )
    for act in acts(text):
        parts = [act.quote, act.trigger, act.penalty, act.when.anchor]
        parts += [each.anchor for each in act.involvements]
        assert all(each.stands_in(text) for each in parts if each is not None)
