from types import SimpleNamespace
from typing import cast

from khronika.linking.copies import copies
from khronika.linking.facts import ReportFacts, facts_of
from khronika.linking.sources import Source, Sources, Tie
from khronika.linking.tellings import Telling
from khronika.model.acts import Modality
from khronika.model.links import Copy
from khronika.model.reports import Known, Report
from khronika.text.shingles import pack, shingles, unpack, words_of

RAID = (
    "Nine officers broke the door of the print shop at six in the morning and took away two "
    "presses, the ledger and the owner, who was led out in handcuffs before his neighbours and "
    "driven to the station in an unmarked van without being shown a warrant. "
)
OTHER = (
    "The harbour council met on Thursday to talk about the price of berths, which has doubled "
    "since the spring, and put off a vote until the treasurer is back from a visit to the northern "
    "ports. Fishermen outside the hall said that they had heard the same in March and would not "
    "wait for the next meeting. "
)


def a_report(name: str, text: str, publisher: str = "", published: str = "") -> ReportFacts:
    return facts_of(
        Report(
            id=f"rpt_{name}", name=name, sha256="0" * 64, media_type="text/plain",
            encoding="utf-8", text=text, language=Known(value="en"), title=Known(),
            publisher=Known(value=publisher), published=Known(value=published), place=Known(),
            url=Known(), passages=(),
        )
    )  # fmt: skip


def tells(
    name: str, text: str, quote: str, *tellers: str, denied: bool = False, voice: str = ""
) -> Telling:
    start = text.index(quote)
    least = shingles(words_of(quote))[:8]
    return cast(
        "Telling",
        SimpleNamespace(
            id=f"act_{name}{start}", report=f"rpt_{name}", start=start, end=start + len(quote),
            modality=Modality.DENIED if denied else Modality.OCCURRED, tellers=frozenset(tellers),
            voices=frozenset({voice} - {""}),
            sketch=unpack(pack(least)).tobytes(),
        ),
    )  # fmt: skip


def sources(*reports: ReportFacts, copied: tuple[Copy, ...] = ()) -> Sources:
    return Sources({r.id: r for r in reports}, copied or copies(reports))


def test_reports_that_tell_it_on_their_own_are_two_sources() -> None:
    one, other = "Guards beat him at the gate.", "He was beaten by the guards of the gate at dusk."
    found = sources(a_report("a", one), a_report("b", other))
    told = [tells("a", one, one), tells("b", other, other)]
    assert found.groups(told) == (Source(("rpt_a",)), Source(("rpt_b",)))


def test_copies_and_translations_are_one_source_and_templates_are_not() -> None:
    text = "Guards beat him."
    reports = [a_report(name, text) for name in "abc"]
    for relation, why in (("copy", "copies"), ("translation", "translates")):
        copied = (Copy(report="rpt_b", original="rpt_a", relation=relation, share=1.0),)
        (one, other) = sources(*reports, copied=copied).groups(
            [tells(name, f"{name} {text}", name) for name in "abc"]
        )
        assert one == Source(("rpt_a", "rpt_b"), (Tie("rpt_b", "rpt_a", why),))
        assert other.reports == ("rpt_c",)
    template = (Copy(report="rpt_b", original="rpt_a", relation="template", share=1.0),)
    told = [tells(name, f"{name} {text}", name) for name in "abc"]
    assert sources(*reports, copied=template).independent(told) == 3


def test_a_report_depends_on_what_it_quotes_only_for_what_it_quotes() -> None:
    first = RAID + "The shop had printed the programme of the teachers' union. " + OTHER[::-1]
    second = OTHER * 2 + RAID + "Our reporter saw the presses in the yard of the station."
    reports = [a_report("a", first, "Harbour Watch", "2023"), a_report("b", second, "Lamp", "2024")]
    quoted = (Copy(report="rpt_b", original="rpt_a", relation="quotation", share=0.3),)
    found = sources(*reports, copied=quoted)
    told = [tells("a", first, "printed the programme"), tells("b", second, RAID[:160])]
    (only,) = found.groups(told)
    assert only.ties == (Tie("rpt_b", "rpt_a", "tells it in words quoted from"),)
    own = tells("b", second, "Our reporter saw the presses in the yard of the station.")
    assert found.independent([*told, own]) == 2


def test_a_report_that_says_it_repeats_another_depends_on_it_for_that_sentence() -> None:
    first = "Nine people were held at the gate on Monday and six of them were fined. " + OTHER
    second = OTHER[:150] + "fell. According to Harbour Watch, nine were held at the gate. Six paid."
    reports = [a_report("a", first, "Harbour Watch"), a_report("b", OTHER + second + OTHER, "Lamp")]
    text = OTHER + second + OTHER
    found = sources(*reports, copied=(Copy(report="x", original="y", relation="copy", share=1),))
    held = [tells("a", first, "Nine people"), tells("b", text, "nine were held")]
    assert [t.why for s in found.groups(held) for t in s.ties] == ["names as its source"]
    fined = [tells("a", first, "six of them"), tells("b", text, "Six paid")]
    assert found.independent(fined) == 2


def test_an_act_that_another_publisher_is_quoted_for_depends_on_it() -> None:
    one, other = "Nine were held at the gate.", "Nine people, the group said, were taken away."
    reports = [a_report("a", one, "Harbour Watch"), a_report("b", other, "Lamp")]
    told = [tells("a", one, one), tells("b", other, other, voice="the Harbour Watch Centre")]
    (source,) = sources(*reports).groups(told)
    assert source.ties == (Tie("rpt_b", "rpt_a", "names as its source"),)
    told = [tells("a", one, one), tells("b", other, other, voice="the mayor")]
    assert sources(*reports).independent(told) == 2


def test_a_publisher_is_one_source_under_all_its_names() -> None:
    text = "Far Harbour («Дальняя гавань») counted nine. Officials would not speak."
    other = "По данным «Дальней гавани», задержаны девять человек."
    reports = [a_report("a", text, "Far Harbour"), a_report("b", other, "Lamp")]
    told = [tells("a", text, "counted nine"), tells("b", other, "задержаны девять")]
    assert sources(*reports).independent(told) == 1
    same = [a_report("a", text, "Far Harbour"), a_report("b", other, "FAR HARBOUR")]
    (source,) = sources(*same).groups(told)
    assert source.ties[0].why == "has the publisher of"


def test_one_witness_is_one_source_and_officials_are_not() -> None:
    one, other = "A cellmate saw it.", "He was beaten, a cellmate said."
    reports = [a_report("a", one), a_report("b", other)]
    told = [tells("a", one, one, "7", "official"), tells("b", other, other, "7", "official")]
    assert [t.why for t in sources(*reports).groups(told)[0].ties] == [
        "passes on the same witness as"
    ]
    told = [tells("a", one, one, "official"), tells("b", other, other, "official")]
    assert sources(*reports).independent(told) == 2


def test_denials_count_only_if_nobody_tells_it() -> None:
    texts = {name: f"{name} Guards beat him." for name in "abc"}
    reports = [a_report(name, text) for name, text in texts.items()]
    told = [tells(name, text, name, denied=name != "a") for name, text in texts.items()]
    assert sources(*reports).independent(told) == 1
    assert sources(*reports).independent(told[1:]) == 2


def test_two_hundred_copies_are_one_source() -> None:
    reports = [
        a_report(f"{n:03}", RAID + OTHER, f"Paper {n}", f"20{n % 90 + 10}") for n in range(200)
    ]
    told = [tells(f"{n:03}", RAID + OTHER, RAID[:100]) for n in range(200)]
    (source,) = sources(*reports).groups(told)
    assert len(source.reports) == 200
    assert len(source.ties) == 199
