"""Names of many traditions, their short forms and aliases. Every name is invented."""

import pytest

from coding.reports import a_parse
from khronika.coding.cast import find_cast
from khronika.model.acts import ActorType


def members(text: str) -> list[tuple[str, str, str]]:
    """Name, type and gender of each member of a text's cast, countries left out."""
    return [
        (m.name, m.type.value, m.gender)
        for m in find_cast(a_parse(text)).members
        if m.type is not ActorType.COUNTRY
    ]


PERSONS = [
    ("Daw Khin Sandar Aye was taken from her home. Khin Sandar Aye is 52.", "Khin Sandar Aye", "f"),
    ("U Min Zaw Latt was taken away.", "Min Zaw Latt", "m"),
    ("Imam Yusuf al-Harbi was tried. Al-Harbi got ten years.", "Yusuf al-Harbi", "m"),
    ("The poet Layla bint Salem al-Otaibi was jailed.", "Layla bint Salem al-Otaibi", "f"),
    ("Azamat uulu Nurlan was held in Osh.", "Azamat uulu Nurlan", "m"),
    ("Zhao Wenlong was held. Zhao, a labour organiser, is ill.", "Zhao Wenlong", ""),
    ("Kovács Eszter was fined. Eszter denies it.", "Kovács Eszter", "f"),
    ("María Fernanda Quispe Choque, a teacher, was hurt.", "María Fernanda Quispe Choque", "f"),
    ("Sœur Thérèse Mbala was freed.", "Thérèse Mbala", "f"),
    ("Taras Hryhorovych Bilyk was summoned. Bilyk is a reporter.", "Taras Hryhorovych Bilyk", "m"),
    ("Activist Seán Ó Briain (Ireland) was refused entry.", "Seán Ó Briain", "m"),
    ("Sunarto, a cartoonist who goes by one name, was beaten.", "Sunarto", ""),
    ("A retired colonel, M.A.K., was charged.", "M.A.K.", ""),
    ("Mrs. Adaobi Eze-Nwankwo fled to Lagos.", "Adaobi Eze-Nwankwo", "f"),
]


@pytest.mark.parametrize(("text", "name", "gender"), PERSONS, ids=[each[1] for each in PERSONS])
def test_a_person_is_one_member_by_the_fullest_name(text: str, name: str, gender: str) -> None:
    found = [m for m in members(text) if m[1] == "person"]
    assert [m[0] for m in found] == [name]
    assert not gender or found[0][2] == gender


BODIES = [
    ("The Ministry of Justice and the Supreme Court agreed.",
     ["Ministry of Justice", "Supreme Court"]),
    ("Peru's Interior Ministry refused.", ["Interior Ministry"]),
    ("Officers of the Ministry of Labour and Social Protection came.",
     ["Ministry of Labour and Social Protection"]),
    ("The Fenland Journalists' Union was fined.", ["Fenland Journalists' Union"]),
    ("The Prosecutor General's Office refused to comment.", ["Prosecutor General's Office"]),
    ("Soldiers of the 12th Brigade came.", ["12th Brigade"]),
    ("The daily Sabah Yolu was closed.", ["Sabah Yolu"]),
    ("Amnesty International was fined. Amnesty will appeal.", ["Amnesty International"]),
    ("The Marsh Legal Trust (MLT) was raided. MLT lost its files. The Trust will appeal.",
     ["Marsh Legal Trust"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "names"), BODIES, ids=[each[0][:40] for each in BODIES])
def test_bodies_are_named_whole(text: str, names: list[str]) -> None:
    assert [m[0] for m in members(text) if m[1] in ("organisation", "authority")] == names


def test_two_of_one_surname_stay_two() -> None:
    found = members("Ms Hatun Demirkol and Mr Veli Demirkol were fined. Ms Demirkol will appeal.")
    assert [m[0] for m in found] == ["Hatun Demirkol", "Veli Demirkol"]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Nadia Lukashevich", "Nadia Lukashevch", True),
        ("Chen Yanghua", "Chen Yanhua", False),
        ("Marianna Velasco", "Mariana Velasco", False),
        ("Anton Nazirov", "Anton Narizov", True),
        ("Irina Petrova", "Ivan Petrov", False),
        ("Reza Karim", "Reza Karimi", False),
        ("Tran Thi Hoa Mai", "Tran Thi Hoe Mai", False),
    ],
)
def test_a_misspelling_is_one_letter_inside_a_long_word(one: str, other: str, same: bool) -> None:
    found = members(f"Police held {one} on Monday. Later {other} was seen in court.")
    assert (len(found) == 1) is same


def test_brackets_and_quotation_marks_give_aliases() -> None:
    (member,) = find_cast(
        a_parse('Abdi Hirsi Warsame "Keyse", a stringer, was shot. Keyse leaves a wife.')
    ).members
    assert member.forms == ("Abdi Hirsi Warsame", "Keyse")


def test_a_country_in_brackets_is_the_members() -> None:
    cast = find_cast(a_parse("Lawyer Oluwaseun Adeleke (Nigeria) was refused entry."))
    assert [m.country for m in cast.members if m.type is ActorType.PERSON] == ["NG"]


@pytest.mark.parametrize(
    "text",
    [
        "WITNESS STATEMENTS AND RECORDS OF THE TRIAL",
        "Deplores the treatment of the two men;",
        "Several editors were fined. Xenophobic leaflets were found.",
        "On 14 Azar 1400 she was taken away.",
    ],
)
def test_what_is_no_name_is_no_member(text: str) -> None:
    assert members(text) == []
