"""Life, body, liberty and intimidation: ways of saying them, and what only looks like one.

Each row is a sentence and the acts that it tells, "kind" or "kind:modality".
"""

from functools import cache

import pytest

from coding.reports import a_report, english
from khronika.codebook import load
from khronika.coding.english import EnglishCoder

TOLD = [
    ("On Sunday two men on a motorcycle shot dead Arman Vela, the owner of the weekly.",
     ["killing"]),
    ("A hunter came across the body of Ilir Duka, riddled with bullets.", ["killing"]),
    ("Two riders on a motorbike put six bullets into the councillor Ade Bakare.", ["killing"]),
    ("Nothing has been heard of the teacher Sami Hadi since soldiers led him off the bus.",
     ["enforced-disappearance"]),
    ("Four unknown men pushed Dara Sok into the boot of a car and drove off.", ["kidnapping"]),
    ("Her lawyer saw bruises on her wrists when he was let into the remand centre.", ["torture"]),
    ("The detainees were made to kneel on gravel for hours.", ["torture"]),
    ("The cameraman was left with a broken jaw after an attack by ruling-party supporters.",
     ["assault"]),
    ("Police waded into the crowd with truncheons.", ["assault"]),
    ("The court ordered that Lucas Brand be kept in custody until 9 May.", ["arrest"]),
    ("The prison has refused to let the jailed editor see a dentist.", ["denial-of-care"]),
    ("For three weeks the remand centre withheld her heart tablets.", ["denial-of-care"]),
    ("The editor found three bullets on the seat of his car.", ["threat"]),
    ("A grey van has stood outside the union's office for two weeks.", ["surveillance"]),
    ("The security service read the letters of the prisoner's wife.", ["surveillance"]),
    ("Police went through the rooms of the society and carried off its computers.", ["search"]),
    ("Strangers ring her at three in the morning and hang up.", ["harassment"]),
    ("Unknown persons slashed the tyres of her car twice in May.", ["harassment"]),
    ('Posters with his face and the word "Traitor" went up across the town.', ["smear"]),
    ("The university did not renew the contract of the historian Karel Vit.", ["dismissal"]),
    ("She was told to clear her desk within the hour.", ["dismissal"]),
]  # fmt: skip

NOT_TOLD = [
    "The film was shot in the mountains in spring.",
    "The director took a shot of the dead tree.",
    "The committee will hold its meeting behind closed doors.",
    "He keeps a picture of his late wife in his cell.",
    "The prison holds 400 people.",
    "The storm left two thousand homes without power.",
    "She asked her doctor for a scan and got one the same week.",
    "His injuries are not life-threatening.",
    "The mayor threatened to resign.",
    "The club dismissed its coach after three defeats.",
    "Her book was seized upon by critics.",
    "Volunteers pulled survivors out of the wrecked bus.",
]


@cache
def _coder() -> EnglishCoder:
    return EnglishCoder(english())


def _acts(text: str) -> list[str]:
    [coding] = _coder().code([a_report(text)], load())
    return sorted(
        a.kind + ("" if a.modality == "occurred" else f":{a.modality.value}") for a in coding.acts
    )


@pytest.mark.parametrize(("text", "acts"), TOLD)
def test_each_way_tells_its_act(text: str, acts: list[str]) -> None:
    assert _acts(text) == acts


@pytest.mark.parametrize("text", NOT_TOLD)
def test_what_looks_like_an_act_is_none(text: str) -> None:
    assert _acts(text) == []


SCENES = [
    ("Officers arrested the mechanic Denis Pol on 4 May. At the station he was punched and kicked.",
     ["arrest", "torture"]),
    ("Police arrested the singer Ada Koh in March. Last week unknown men beat her in the park.",
     ["arrest", "assault"]),
    ("Ilir Duka was kept kneeling in the yard for nine hours. Ana Duarte was punched in a cellar.",
     ["torture", "torture"]),
    ("On 4 May guards came to our wing. Ana Duarte was kicked in the stomach on the stairs.",
     ["torture"]),
    ("Gunmen abducted the trader Omar Sy in Kidal. They beat him for two days.",
     ["assault", "kidnapping"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "acts"), SCENES)
def test_blows_are_torture_in_custody_alone(text: str, acts: list[str]) -> None:
    assert _acts(text) == acts
