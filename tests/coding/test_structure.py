"""Acts that the structure of a text tells: tables, notes, lists, gapped clauses, denials."""

from dataclasses import replace
from functools import cache

import pytest

from coding.reports import a_report, english
from khronika.codebook import load
from khronika.coding.english import EnglishCoder
from khronika.model.acts import Act, Role
from khronika.model.reports import PassageRole

BODY, ROW = PassageRole.BODY, PassageRole.TABLE_ROW

# One row a text: its acts as "kind", "kind:modality" or "kind=victim".
TOLD = [
    # tables
    (ROW, "3 | 12/05/2021 | Lantern Society (Kovel) | struck off the register | Ministry of Justice"
     " | late accounts", ["exclusion-from-register=Lantern Society"]),
    (ROW, "5 | 12/05/2021 | Lantern Society | bank accounts frozen | Central Bank | none stated",
     ["funding-restriction=Lantern Society"]),
    (ROW, "7 | 12/05/2021 | Anna Belova, nurse | passport impounded at the airport | Immigration |"
     " none", ["travel-ban=Anna Belova"]),
    (ROW, "8 | 12/05/2021 | Lantern Society | offices in Kovel sealed, files carted away | Police |"
     " none", ["closure=Lantern Society", "search=Lantern Society"]),
    # notes without a subject
    (BODY, "Freed on Sunday, after a day in the station: the artist Mirela Pane.",
     ["release=Mirela Pane"]),
    (BODY, "Shot dead in his car in Kovel on Monday: Pavel Orlin, long the voice of the radio.",
     ["killing=Pavel Orlin"]),
    (BODY, "Casa Verde, a foundation with two shelters: liquidated on 17 April by the city court.",
     ["closure=Casa Verde"]),
    (BODY, "Pavel Orlin was abducted on 3 May.\n\n12 May: left by the roadside near Kovel.",
     ["kidnapping=Pavel Orlin", "release"]),
    # what stands with the verb before
    (BODY, "The court gave Anna Belova six years and Pavel Orlin four.",
     ["sentence=Anna Belova", "sentence=Pavel Orlin"]),
    (BODY, "Anna Belova was arrested on 2 January 2021; Pavel Orlin, pharmacist, the day after.",
     ["arrest=Anna Belova", "arrest=Pavel Orlin"]),
    (BODY, "Pavel Orlin, a teacher, was arrested in Kovel, a town in the west, on 3 May.",
     ["arrest=Pavel Orlin"]),
    # denials
    (BODY, "Guards beat Pavel Orlin in the cell. A spokesman called the story a fairy tale.",
     ["torture=Pavel Orlin", "torture:denied=Pavel Orlin"]),
    (BODY, "Guards beat Pavel Orlin in a cell. \"Nobody was struck,\" the prison's director said.",
     ["torture=Pavel Orlin", "torture:denied=Pavel Orlin"]),
    (BODY, "Anna Belova was beaten in the colony. The prison service denies it.",
     ["torture=Anna Belova", "torture:denied=Anna Belova"]),
    (BODY, "Anna Belova was deported to Iran on Monday. The embassy said she had left of her own "
     "accord.", ["deportation=Anna Belova", "deportation:denied=Anna Belova"]),
    (BODY, "Anna Belova was beaten in the colony. The prison service denied her a visit.",
     ["torture=Anna Belova"]),
    # released after being held, and only then
    (BODY, "Masked men abducted Pavel Orlin on Friday. On Sunday they left him in a field.",
     ["kidnapping=Pavel Orlin", "release=Pavel Orlin"]),
    (BODY, "Pavel Orlin works in a shop. On Sunday they left him in a field.", []),
    # lines that point elsewhere
    (BODY, "Most read: Flood closes bridge | Court frees comedian | Rice prices", []),
]  # fmt: skip


@cache
def coder() -> EnglishCoder:
    """The English coder over the bundled codebook, made once."""
    return EnglishCoder(english())


def _told(act: Act, wanted: str) -> str:
    shown = act.kind if act.modality == "occurred" else f"{act.kind}:{act.modality}"
    victims = ", ".join(i.name for i in act.in_role(Role.VICTIM))
    return f"{shown}={victims}" if "=" in wanted else shown


@pytest.mark.parametrize(("role", "text", "wanted"), TOLD, ids=[row[1][:40] for row in TOLD])
def test_structure_tells_its_acts(role: PassageRole, text: str, wanted: list[str]) -> None:
    """Every act that a row, a note, a list or a denial tells is found, and nothing else."""
    acts = coder().code([a_report(text, role=role, published="2021-05-20")], load())[0].acts
    acts = tuple(sorted(acts, key=lambda act: act.trigger.start))
    assert len(acts) == len(wanted), [(a.kind, a.modality.value, a.rule) for a in acts]
    assert [_told(a, w) for a, w in zip(acts, wanted, strict=True)] == wanted


def test_a_head_tells_what_its_lines_leave_out() -> None:
    """'FINED' over names and sums is a fine for each of them."""
    text = (
        "6. FINED\n\nFor posting without a label: the poet Ana Rusu, 400 lei (Orhei court, 3 May); "
        "the writer Ion Munte, 700 lei (Balti court, 4 May)."
    )
    report = a_report(text, published="2021-05-20")
    first = report.passages[0]
    passages = (replace(first, role=PassageRole.LIST_ITEM), *report.passages[1:])
    report = replace(report, passages=passages)
    acts = coder().code([report], load())[0].acts
    fined = [i.name for a in acts if a.kind == "fine" for i in a.in_role(Role.VICTIM)]
    assert fined == ["Ana Rusu", "Ion Munte"]
