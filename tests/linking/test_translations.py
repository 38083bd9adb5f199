from itertools import combinations

import pytest

from khronika.linking.copies import copies, translation
from khronika.linking.facts import ReportFacts, facts_of
from khronika.linking.translations import Signed, signs_of, translated, translation_keys
from khronika.model.reports import Known, Report

SEARCH = {
    "en": (
        "On 14 May 2024 officers of the Lipsk security service searched the flat of Darya "
        "Vasilkova, 41, and the office of the Severny Veter centre in Lipsk. They took 12 "
        "notebooks, 3 phones and a hard disk. Her husband, Anton Vasilkov, was held for 19 "
        "hours. Vasilkova told Quay Monitor that the warrant bore the date of 30 April and "
        "the name of judge Pavel Orlik. The centre has worked in Lipsk and Verna since 2009. "
        "Its lawyer, Rustam Bekmurzin, has filed a complaint with the Lipsk prosecutor."
    ),
    "ru": (
        "14 мая 2024 года сотрудники липской службы безопасности провели обыск в квартире "
        "41-летней Дарьи Васильковой и в офисе центра «Северный ветер» в Липске. Изъяты 12 "
        "ноутбуков, 3 телефона и жёсткий диск. Её мужа, Антона Василькова, продержали 19 "
        "часов. Василькова рассказала изданию «Куай монитор», что в постановлении стояла дата"
        " 30 апреля и имя судьи Павла Орлика. Центр работает в Липске и Верне с 2009 года. "
        "Его юрист Рустам Бекмурзин подал жалобу прокурору Липска."
    ),
    "uk": (
        "14 травня 2024 року співробітники ліпської служби безпеки провели обшук у квартирі "
        "41-річної Дар'ї Василькової та в офісі центру «Сєвєрний вєтєр» у Ліпську. Вилучено "
        "12 ноутбуків, 3 телефони та жорсткий диск. Її чоловіка, Антона Василькова, тримали "
        "19 годин. Василькова розповіла, що в постанові стояла дата 30 квітня та ім'я судді "
        "Павла Орліка. Центр працює в Ліпську та Верні з 2009 року. Його юрист Рустам "
        "Бекмурзін подав скаргу прокуророві Ліпська."
    ),
}
VERDICT = {
    "en": (
        "A court in Gorlet sentenced the union leader Timur Sarsenov to 6 years on Friday, 7 "
        "June. Prosecutors had asked for 8. Judge Marina Holod read the verdict for 4 hours; "
        "27 people stood in the corridor. Sarsenov and his deputy, Ilya Danumov, who got 3 "
        "years and 6 months, were arrested on 11 January after a strike at the Karvo works in"
        " which 640 workers took part. Their lawyer Fatima Zelenova said that she would go to"
        " the court in Sarum within 10 days."
    ),
    "ru": (
        "В пятницу, 7 июня, суд в Горлете приговорил профсоюзного лидера Тимура Сарсенова к 6"
        " годам. Прокуроры просили 8. Судья Марина Холод читала приговор 4 часа; в коридоре "
        "стояли 27 человек. Сарсенова и его заместителя Илью Данумова, получившего 3 года и 6"
        " месяцев, арестовали 11 января после забастовки на заводе «Карво», в которой "
        "участвовали 640 рабочих. Их адвокат Фатима Зеленова сказала, что обратится в суд в "
        "Саруме в течение 10 дней."
    ),
}
# Told of the same by others, in their own words and with what they know.
OTHERS = {
    "en": (
        "Security officers in Lipsk took away computers and telephones from Severny Veter, a "
        "group that helps tenants, on 14 May. Anton Vasilkov, whose wife Darya Vasilkova runs"
        " it, was questioned until the next morning and let go. Rustam Bekmurzin, a lawyer, "
        "called the search unlawful. Neighbours counted 9 men in 2 cars. Judge Pavel Orlik "
        "would not speak with us."
    ),
    "ru": (
        "Судья Марина Холод огласила приговор Тимуру Сарсенову: 6 лет колонии. В зал не "
        "пустили 2 журналистов. Адвокат Фатима Зеленова называет дело местью за январскую "
        "забастовку, после которой в Горлете уволили 112 человек. Илья Данумов отправится в "
        "колонию на 3 года. Дом Сарсенова в Карво обыскивали 4 раза."
    ),
}


def signed(text: str) -> Signed:
    return Signed.of(signs_of(text), len(text.split()))


@pytest.mark.parametrize("story", [SEARCH, VERDICT])
def test_a_translation_has_the_names_and_numbers_in_the_same_order(story: dict[str, str]) -> None:
    for one, other in combinations(story.values(), 2):
        assert translated(signed(one), signed(other)) >= 0.7
        assert translated(signed(other), signed(one)) >= 0.7


def test_what_others_tell_of_the_same_is_no_translation() -> None:
    for other in OTHERS.values():
        for story in (SEARCH, VERDICT):
            assert not any(translated(signed(other), signed(text)) for text in story.values())
    assert not any(
        translated(signed(one), signed(other))
        for one in SEARCH.values()
        for other in VERDICT.values()
    )


def test_a_part_of_a_text_and_texts_without_names_are_no_translations() -> None:
    text = SEARCH["en"]
    assert not translated(signed(text[: len(text) // 3]), signed(SEARCH["ru"]))
    assert not translated(signed(""), signed(""))
    assert not translated(signed("nothing here has a name " * 9), signed("тут нет имён " * 9))


def test_numbers_are_one_however_their_digits_are_grouped() -> None:
    assert (
        signed("he paid 369,200 and 3.5").numbers.keys() == signed("о 369 200 и 3,5").numbers.keys()
    )


def test_translations_of_neighbouring_days_are_looked_up_by_the_same_keys() -> None:
    one, other = (translation_keys(signs_of(SEARCH[at]), 738_000 + n).tolist() for n, at in
                  enumerate(("en", "ru")))  # fmt: skip
    assert len(set(one) & set(other)) >= 4
    for gap in range(8):
        later = translation_keys(signs_of(SEARCH["ru"]), 738_000 + gap)
        assert set(one) & set(later.tolist())
    much_later = translation_keys(signs_of(SEARCH["ru"]), 738_060)
    assert not set(one) & set(much_later.tolist())
    assert not len(translation_keys(signs_of("no numbers here"), 738_000))


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["1", "1,", "А", "Аб ", "1 000 ", "«"])
def test_hostile_text_takes_little_time(piece: str) -> None:
    signs_of(piece * (300_000 // len(piece)))


def a_report(name: str, text: str, language: str, published: str) -> ReportFacts:
    return facts_of(
        Report(
            id=f"rpt_{name}", name=name, sha256="0" * 64, media_type="text/plain",
            encoding="utf-8", text=text, language=Known(value=language), title=Known(),
            publisher=Known(), published=Known(value=published), place=Known(), url=Known(),
            passages=(),
        )
    )  # fmt: skip


def test_a_translation_is_found_among_all_reports() -> None:
    reports = [a_report(at, text, at, f"2024-05-{n + 15}")
               for n, (at, text) in enumerate(SEARCH.items())]  # fmt: skip
    others = [a_report(f"other-{at}", text, at, "2024-05-15") for at, text in OTHERS.items()]
    found = {(c.report, c.original): c.relation for c in copies([*others, *reports])}
    assert found == {
        ("rpt_ru", "rpt_en"): "translation",
        ("rpt_uk", "rpt_en"): "translation",
        ("rpt_uk", "rpt_ru"): "translation",
    }


@pytest.mark.parametrize(
    ("language", "published"),
    [("en", "2024-05-15"), ("", "2024-05-15"), ("ru", "2024-08"), ("ru", "")],
)
def test_of_one_language_or_of_other_weeks_is_no_translation(language: str, published: str) -> None:
    one = a_report("a", SEARCH["en"], "en", "2024-05-15")
    assert translation(one, a_report("b", SEARCH["ru"], language, published)) is None
    assert translation(one, a_report("b", SEARCH["ru"], "ru", "2024-05"))
