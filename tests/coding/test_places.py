from dataclasses import replace

import pytest

from coding.reports import a_parse, a_report, english, the_word
from khronika.coding.parsed import parse
from khronika.coding.places import Places, country_of_report
from khronika.model.acts import Where
from khronika.model.reports import PassageRole


def the_where(text: str, trigger: str) -> tuple[Where, ...]:
    parsed = a_parse(text)
    unit, token = the_word(parsed, trigger)
    return Places(parsed).of(unit, token)


CASES = """
Police in Kampala arrested two bloggers. | arrested | Kampala
Two bloggers were arrested by police in Kampala on Monday. | arrested | Kampala
Two Ugandan bloggers were arrested in the capital, Kampala. | arrested | Kampala
In the capital Kampala, police arrested two bloggers. | arrested | Kampala
Police arrested them at Entebbe International Airport. | arrested | Entebbe International Airport
Gunmen shot dead a lawyer in the northern city of Kano. | shot | Kano
Gunmen shot him near the town of Hpakant in Kachin State. | shot | Hpakant in Kachin State
A lawyer was shot dead outside his home in Karachi, Pakistan. | shot | Karachi, Pakistan
A lawyer was shot dead in the Lyari district of Karachi. | shot | Lyari district
Soldiers abducted him from a café in Mandalay and took him to an army base. | abducted | Mandalay
Soldiers abducted him from a café in Mandalay and took him to an army base. | took | Mandalay
He died in Evin prison in Tehran. | died | Evin prison in Tehran
He died in Evin Prison. | died | Evin Prison
He was beaten in police custody in Baku. | beaten | Baku
A court in Baku sentenced him to five years. | sentenced | Baku
The Baku City Court sentenced him to five years. | sentenced | Baku
He was sentenced to five years by a Baku court. | sentenced | Baku
He was sentenced to five years by the Minsk City Court. | sentenced | Minsk
A Moscow court fined the station. | fined | Moscow
The High Court in Nairobi quashed the ban. | quashed | Nairobi
Moscow's Tverskoy District Court fined the station. | fined | Moscow
Ethiopia expelled two reporters. | expelled | Ethiopia
Two reporters were expelled from Ethiopia. | expelled | Ethiopia
Two reporters were deported from Turkey to Turkmenistan. | deported | Turkmenistan
She fled to Georgia in 2022. | fled | Georgia
She fled the country for Georgia in 2022. | fled | Georgia
She fled from Belarus to Lithuania. | fled | Lithuania
She left Iran and lives in Norway. | left | Iran
She was granted asylum in Germany. | granted | Germany
Germany granted her asylum. | granted | Germany
She applied for asylum in Sweden. | applied | Sweden
The Egyptian authorities blocked the site. | blocked |
The Almaty activist was arrested. | arrested | Almaty
Ana Varro was arrested in August. | arrested |
Ana Varro was arrested in March 2013. | arrested |
Ana Varro was arrested in Lagos in August. | arrested | Lagos
Three alleged drug dealers were arrested. | arrested |
Four social media editors were arrested. | arrested |
Many writers were arrested. | arrested |
Egypt's parliament passed the law. | passed | Egypt
The government of Nicaragua closed 100 groups. | closed | Nicaragua
Nicaragua has closed 100 groups. | closed | Nicaragua
Protesters gathered on Freedom Square in Tbilisi. | gathered | Freedom Square in Tbilisi
Protesters gathered in front of the parliament in Tbilisi. | gathered | Tbilisi
Around 200 people protested in London against the arrests in Iran. | protested | London
They condemned the arrest of a lawyer in Manila. | arrest | Manila
The arrest in Manila of two union leaders was unlawful. | arrest | Manila
A reporter for the Kabul Times was beaten. | beaten |
A Paris-based lawyer was threatened. | threatened |
Human Rights Watch, based in New York, said she was beaten. | beaten |
The lawyer, who lives in Berlin, was threatened by phone. | threatened |
The lawyer was threatened by men from Chechnya. | threatened |
Jordan Smith was beaten in Lagos. | beaten | Lagos
Police beat Chad Williams. | beat |
The office of Georgia Lewis was searched. | searched |
He was held in May and in August. | held |
He was detained in Russia-occupied Crimea. | detained | Crimea
Security forces raided homes in Qatif, in eastern Saudi Arabia. | raided | Qatif
Security forces raided homes across Kashmir. | raided | Kashmir
Security forces in Indian-administered Kashmir raided homes. | raided | Kashmir
The raid took place in the village of Duma. | raid | Duma
Israeli forces raided the offices of six groups in Ramallah. | raided | Ramallah
Officers searched the group's offices in Almaty and Astana. | searched | Almaty
Officers searched the Almaty office of the group. | searched | Almaty
Officers searched the group's Almaty office. | searched | Almaty
He flew to Phnom Penh and police arrested him there. | arrested | Phnom Penh
We count sixty people in Kyrgyzstan who have been fined. | fined | Kyrgyzstan
Officers searched the flat in Tbilisi. | searched | Tbilisi
In Tbilisi, officers searched the flat. | searched | Tbilisi
Officers searched her flat in Hrodna and detained two men. | detained | Hrodna
Men took him from a café in Quetta on Monday. | took | Quetta
He was detained at Baku airport. | detained | Baku airport
Police raided the Bishkek office of a weekly. | raided | Bishkek
A court in the city of Isfahan sentenced him to a year in prison. | sentenced | Isfahan
The Trabzon Assize Court acquitted him. | acquitted | Trabzon
They were beaten on Green Street in Almaty. | beaten | Green Street in Almaty
She fled Belarus in 2021. | fled | Belarus
He was deported to Tajikistan. | deported | Tajikistan
Norway refused asylum to two reporters. | refused | Norway
A lawyer from Tbilisi was beaten. | beaten |
The migration service of Ukraine refused him asylum. | refused | Ukraine
They counted 300 expulsions from Lebanon. | expulsions | Lebanon
Gunmen kidnapped him from his house in Melitopol. | kidnapped | Melitopol
She was led away and is now held in a prison in Minsk. | led |
They were arrested in Tbilisi and were sentenced in May 2020. | sentenced |
We call on the governments of Norway and Sweden. | call |
The Russian envoy was beaten. | beaten |
He was held in May. | held |
He was detained with a friend of Paris Chekhova. | detained |
"""


@pytest.mark.parametrize("line", CASES.strip().splitlines())
def test_where(line: str) -> None:
    text, trigger, expected = (part.strip() for part in line.split("|"))
    assert " ".join(where.name for where in the_where(text, trigger)) == expected


def test_a_place_is_anchored_and_known() -> None:
    (where,) = the_where("Officers  searched the flat in\nKiev.", "searched")
    assert (where.name, where.anchor.exact) == ("Kiev", "Kiev")
    assert (where.place, where.country, where.geonameid) == ("Kyiv", "UA", 703448)


def test_a_district_is_told_with_its_town() -> None:
    (where,) = the_where("Men beat him in Gldani, Tbilisi.", "beat")
    assert where.name == "Gldani, Tbilisi"
    assert where.country == "GE"


def test_a_part_of_a_town_is_not_taken_for_a_town_of_its_name() -> None:
    (where,) = the_where("Men beat him in Aksaray, Istanbul.", "beat")
    assert (where.name, where.place) == ("Aksaray, Istanbul", "Istanbul")


def test_in_a_report_by_countries_the_heading_says_where() -> None:
    text = "GEORGIA - A law\n\nParliament passed a law.\n\nKENYA - A raid\n\nOfficers beat him."
    report = a_report(text)
    heads = tuple(
        replace(each, role=PassageRole.HEADLINE) if index % 2 == 0 else each
        for index, each in enumerate(report.passages)
    )
    (parsed,) = parse([replace(report, passages=heads)], english())
    unit, token = the_word(parsed, "beat")
    assert [where.name for where in Places(parsed).of(unit, token)] == ["KENYA"]


def test_a_place_in_the_cell_of_a_row() -> None:
    parsed = a_parse("1 | A. N. | arrested 24.06.2020, Minsk | fined", role=PassageRole.TABLE_ROW)
    unit, token = the_word(parsed, "arrested")
    assert [where.name for where in Places(parsed).of(unit, token)] == ["Minsk"]
    unit, token = the_word(parsed, "fined")
    assert Places(parsed).of(unit, token) == ()


def test_the_place_goes_on_to_the_next_sentence_of_the_telling() -> None:
    text = "Officers searched the flat in Tbilisi. They beat the owner."
    assert [where.name for where in the_where(text, "beat")] == ["Tbilisi"]


def test_country_of_a_report_is_the_one_it_speaks_of_most() -> None:
    one = "Police in Belarus detained a Belarusian poet. Belarus denies it. Poland protested."
    assert country_of_report(a_parse(one)) == "BY"
    assert country_of_report(a_parse("Poland and Belarus met. Poland and Belarus agreed.")) == ""
    assert country_of_report(a_parse("Nothing is said of a country.")) == ""
