"""A catalogue of who did it to whom, according to whom and where, in invented reports.

Paragraphs are parted by a bar and a blank: `||`. Each row names the kind of the act looked at.
"""

from functools import cache

import pytest

from coding.reports import a_report, english
from khronika.codebook import load
from khronika.coding.english import EnglishCoder
from khronika.model.acts import Act, Role
from khronika.model.reports import PassageRole

VICTIMS = """
assault | Marek Dudas | Two men threw acid at the lawyer Marek Dudas outside his office.
torture | Karim Bensaid | Officers gave Karim Bensaid electric shocks in the police station.
torture | Karim Bensaid | Police put a plastic bag over Karim Bensaid's head at the station.
threat | Halima Dogo | A bullet was left on Halima Dogo's doorstep.
threat | Halima Dogo | Unknown people left a dead cat at the door of the journalist Halima Dogo.
denial-of-care | Rustam Aliev | The prison ignored Rustam Aliev's requests for a doctor.
kidnapping | Claude Ndiaye | Rebels are holding the priest Claude Ndiaye hostage.
threat | Mira Sokol | An officer warned Mira Sokol that she would regret her article.
arrest | Ramiro Paz Ulloa | Police arrested Lic. Ramiro Paz Ulloa in Tela.
arrest | Saw Htoo | Thai police arrested Saw Htoo on 2 July.
forced-designation | Sunday Circle | A court designated the Sunday Circle an extremist organisation.
ban | march | The prefect banned the march.
ban | gatherings of more than ten people | The mayor banned gatherings of more than ten people.
arrest | Ana Duran; Luis Ortiz; Rosa Vega | Ana Duran, Luis Ortiz and Rosa Vega were arrested.
arrest | Ana Duran; Luis Ortiz; Rosa Vega | Police arrested Ana Duran, 34, a cook, Luis Ortiz, and Rosa Vega.
arrest | Ana Duran; Luis Ortiz | Police arrested the editor of Sol, Ana Duran, and her deputy, Luis Ortiz.
arrest | Ana Duran; Luis Ortiz | Ana Duran is a nurse. Luis Ortiz is a driver. Police arrested both on 3 May.
killing | Maria Lopez | A radio reporter was shot dead on Monday. Maria Lopez, a reporter with Radio Sur, was driving home.
surveillance | Consuelo Barras | Consuelo Barras lives in Tela. Her neighbours call her Doña Chelo. Men followed Chelo for weeks.
arrest | Salim Akhtar | Salim Akhtar is a teacher. Police arrested Salim-sahib on 3 May.
citizenship-stripping | Erkin Tursun | Erkin Tursun is a baker. In April Turkey withdrew the citizenship that it had given him.
enforced-disappearance | Mira Sokol | The army denied holding Mira Sokol.
trial | Ana Duran | Police arrested Ana Duran on 3 May. The trial opens on 4 June.
"""  # noqa: E501 - a table

PERPETRATORS = """
sexual-violence | Militiamen | Militiamen raped the farmer Esther Lokidor near the well.
search | Security agents | Security agents searched the flat of Petra Vlk.
surveillance | security service | The security service spied on the bishop Alois Mwanga.
forced-psychiatry | village officials | Liu Fang was locked up in a psychiatric hospital by village officials.
blocking | communications regulator | The site has been blocked since Tuesday by order of the communications regulator.
assault | Guards of the company Piedra Lisa | Guards of the company Piedra Lisa beat four reporters.
assault | Two men with clubs | Two men with clubs beat Ana Duran.
trial | Joan Mhere | The trial of Ana Duran opened before magistrate Joan Mhere.
killing | officer | An officer told Ana Duran that she would be shot.
"""  # noqa: E501 - a table

TELLERS = """
torture | Ana Ruiz | 1. Ana Ruiz, 24, nurse, from Tela || I was beaten by guards in the police station.
arrest | - | Police arrested Ana Ruiz on 3 May.
enforced-disappearance | army | The army denied holding Mira Sokol.
"""  # noqa: E501 - a table

PLACES = """
assault | Novi Sad | Novi Sad: Two men beat Ana Ruiz on 3 May. || Belgrade: Nobody was hurt.
assault | Novi Sad | ● Novi Sad. Last week three men beat Ana Ruiz. || ● Belgrade. Nobody was hurt.
kidnapping | road to Malaba | Gunmen kidnapped Idris Musa on the road to Malaba.
assault | Makuti terminus | Soldiers beat Idris Musa at the Makuti terminus.
"""


def rows(table: str) -> list[list[str]]:
    return [[c.strip() for c in line.split(" | ", 2)] for line in table.strip().splitlines()]


@cache
def acts(text: str) -> tuple[Act, ...]:
    report = a_report(text.replace(" || ", "\n\n"), published="2021-06-01")
    return EnglishCoder(english()).code([report], load())[0].acts


def names(act: Act, role: Role) -> set[str]:
    return {i.name for i in act.involvements if i.role is role}


def told(kind: str, text: str) -> Act:
    return next(act for act in acts(text) if act.kind == kind)


@pytest.mark.parametrize(("kind", "victims", "text"), rows(VICTIMS))
def test_victims_stand_beside_the_verb_or_are_told_of_before(
    kind: str, victims: str, text: str
) -> None:
    assert names(told(kind, text), Role.VICTIM) == set(victims.split("; "))


@pytest.mark.parametrize(("kind", "doer", "text"), rows(PERPETRATORS))
def test_doers_are_named_in_the_words_of_the_report(kind: str, doer: str, text: str) -> None:
    found = names(acts(text)[-1], Role.PERPETRATOR)
    assert (acts(text)[-1].kind, found) == (kind, {doer} - {"-"})


@pytest.mark.parametrize(("kind", "teller", "text"), rows(TELLERS))
def test_tellers_are_those_who_say_it(kind: str, teller: str, text: str) -> None:
    assert names(told(kind, text), Role.SOURCE) == {teller} - {"-"}


@pytest.mark.parametrize(("kind", "place", "text"), rows(PLACES))
def test_places_are_said_beside_the_act_or_before_the_paragraph(
    kind: str, place: str, text: str
) -> None:
    assert [where.name for where in told(kind, text).where] == [place]


def test_a_testimony_is_told_by_whom_its_heading_names() -> None:
    text = "1. Ana Ruiz, 24, nurse, from Tela\n\nGuards beat me in the police station."
    act = told("torture", text)
    assert names(act, Role.VICTIM) == names(act, Role.SOURCE) == {"Ana Ruiz"}


def test_a_letter_is_told_by_whoever_signs_it() -> None:
    text = "Dear friends,\n\nGuards beat me in the prison on 3 May. I was not let out.\n\nAna Ruiz"
    assert names(told("torture", text), Role.VICTIM) == {"Ana Ruiz"}


def test_two_people_of_one_sentence_leave_the_victim_open() -> None:
    text = "The hearing, which Ana Ruiz and Luis Paz watched, was adjourned."
    assert all(not names(act, Role.VICTIM) for act in acts(text))


def test_a_cell_that_names_an_authority_alone_tells_who_took_the_measure() -> None:
    rows = (
        "1 | 09/01/2017 | Lantern Society | struck off the register | Ministry of Justice",
        "2 | 16/01/2017 | Harbour Trust | fined 200 dollars | same",
    )
    report = a_report("\n\n".join(rows), published="2021-06-01", role=PassageRole.TABLE_ROW)
    found = EnglishCoder(english()).code([report], load())[0].acts
    assert [names(act, Role.PERPETRATOR) for act in found] == [{"Ministry of Justice"}] * 2
