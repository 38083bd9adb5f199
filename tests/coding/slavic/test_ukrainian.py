"""Who did what to whom, as Ukrainian says it. Every name is invented."""

import pytest

from coding.slavic.ukrainian_reports import acts, coded, names
from khronika.model.acts import Act, Modality, Role


def only(text: str) -> Act:
    found = acts(text)
    assert len(found) == 1, [act.kind for act in found]
    return found[0]


@pytest.mark.parametrize(
    ("text", "victim"),
    [
        ("Поліція затримала Остапа Кривенчука.", "Остап Кривенчук"),
        ("Поліція затримала Ганну Ковальчук.", "Ганна Ковальчук"),
        ("Адвокатку Ларису Пічугіну заарештували.", "Лариса Пічугіна"),
        ("Затримано вчителя Тимура Войнаровського.", "Тимур Войнаровський"),
        ("Поліція затримала Павла Степановича Лободенка.", "Павло Степанович Лободенко"),
        ("Журналістці Оксані Сироїжко висунули обвинувачення.", "Оксана Сироїжко"),
    ],
)
def test_a_name_is_given_in_the_nominative(text: str, victim: str) -> None:
    assert names(only(text), Role.VICTIM) == [victim]


def test_an_impersonal_form_has_an_object_and_an_agent() -> None:
    act = only("Журналістку Ганну Лис було затримано поліцією.")
    assert (act.kind, names(act, Role.PERPETRATOR)) == ("arrest", ["поліція"])
    assert names(act, Role.VICTIM) == ["Ганна Лис"]


def test_a_plural_without_a_subject_names_nobody() -> None:
    act = only("Журналіста Остапа Кривенчука затримали.")
    assert names(act, Role.PERPETRATOR) == []


def test_an_object_before_the_verb_is_no_subject() -> None:
    act = only("Остапа Кривенчука побили невідомі.")
    assert names(act, Role.VICTIM) == ["Остап Кривенчук"]
    assert names(act, Role.PERPETRATOR) == ["невідомі"]


def test_an_object_pronoun_accuses_nobody() -> None:
    told = acts(
        "Ганна Лис вийшла з дому. Слідчий, який не назвався, погрожував їй, а військовий побив її."
    )
    accused = [name for act in told for name in names(act, Role.PERPETRATOR)]
    assert "Ганна Лис" not in accused


def test_a_list_of_people_is_one_act() -> None:
    act = only("Затримано вчителя Остапа Кривенчука, лікарку Ганну Лис та Івана Мороза.")
    assert names(act, Role.VICTIM) == ["Остап Кривенчук", "Ганна Лис", "Іван Мороз"]


def test_a_pronoun_is_the_person_told_of() -> None:
    found = acts("Остап Кривенчук вийшов із дому. Його побили невідомі.")
    assert [names(act, Role.VICTIM) for act in found] == [["Остап Кривенчук"]]


def test_a_relative_clause_tells_of_its_noun() -> None:
    told = acts("Активіст Остап Кривенчук, якого затримали 5 травня, живе в Луцьку.")
    assert [(act.kind, names(act, Role.VICTIM)) for act in told] == [
        ("arrest", ["Остап Кривенчук"])
    ]


@pytest.mark.parametrize(
    "text",
    [
        "За словами адвоката Івана Мороза, Остапа Кривенчука побили в СІЗО.",
        "Остапа Кривенчука побили в СІЗО, повідомив адвокат Іван Мороз.",
        "Остапа Кривенчука, каже Іван Мороз, побили в СІЗО.",
        "Іван Мороз розповів, що Остапа Кривенчука побили в СІЗО.",
    ],
)
def test_who_says_it_is_named(text: str) -> None:
    act = only(text)
    assert names(act, Role.SOURCE) == ["Іван Мороз"]
    assert names(act, Role.VICTIM) == ["Остап Кривенчук"]


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("Невідомі намагалися викрасти Остапа Кривенчука.", Modality.ATTEMPTED),
        ("У поліції заперечують затримання Остапа Кривенчука.", Modality.DENIED),
        ("Суд планує засудити Остапа Кривенчука до року колонії.", Modality.PLANNED),
    ],
)
def test_modality(text: str, modality: Modality) -> None:
    assert [act.modality for act in acts(text)] == [modality]


@pytest.mark.parametrize(
    "text",
    [
        "Остапа Кривенчука не затримували.",
        "Правозахисники просять не затримувати Остапа Кривенчука.",
        "Якщо Остапа Кривенчука затримають, ми напишемо.",
        "Кількість затримань зросла.",
    ],
)
def test_what_did_not_happen_is_no_act(text: str) -> None:
    assert [act for act in acts(text) if act.kind == "arrest"] == []


def test_date_place_and_penalty_are_found() -> None:
    act = only("5 травня 2021 року у Полтаві суд засудив Остапа Кривенчука до трьох років колонії.")
    assert act.when.edtf == "2021-05-05"
    assert [where.name for where in act.where] == ["Полтава"]
    assert act.penalty is not None
    assert act.penalty.exact.endswith("трьох років колонії")


@pytest.mark.parametrize("text", ["", "…", "«»", "Ъ" * 5000, "і " * 3000, "«" * 400, "-но 5. 5."])
def test_odd_texts_are_read(text: str) -> None:
    assert coded(text or " ").acts == ()
