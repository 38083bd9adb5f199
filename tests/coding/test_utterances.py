"""Acts that only what was said tells: threats and smears, and what comes close but is neither."""

from functools import cache

import pytest

from coding.reports import a_report, english
from khronika.codebook import load
from khronika.coding.english import EnglishCoder

# One row a sentence: the acts that are told, "kind" or "kind:modality".
TOLD = [
    ("An officer told the teacher Ruda Melnik that she would be shot if she came back.",
     ["killing:threatened", "threat"]),
    ("The village chief warned Amadou Kone that he would lose his field if he talked to reporters.",
     ["threat"]),
    ("The clerk Vera Loos was told by two agents that her son would be drafted unless she signed.",
     ["threat"]),
    ('For weeks he had been getting messages: "Stop writing, or somebody will write for you."',
     ["threat"]),
    ("A man on the phone promised her that her children would be buried beside the road.",
     ["threat"]),
    ('"If you want to see your brother again, keep quiet," a guard told Ilse Bartok.', ["threat"]),
    ("The mayor told a rally that the river defenders were in the pay of smugglers.", ["smear"]),
    ('The spokesman of the army introduced the nurse Adele Fontan as "a spy in a white '
     'apron".', ["smear"]),
    ('State television described the Lantern Society as "a den of hired traitors."', ["smear"]),
    ('A provincial minister calls the reporter Rudo Chena a "parasite in the pay of the West".',
     ["smear"]),
    ('The portal named the photographer Rashid Mir "a stooge of the mine".', ["smear"]),
]  # fmt: skip

NOT_TOLD = [
    "Her doctor told Nadia Orlik that she would die without the drug.",
    "The mayor told the fishermen that the road would be closed again in May.",
    '"You will find the report on our site," the spokesman said.',
    'The newspaper described the nurse Adele Fontan as "a tireless friend of the poor".',
    "The minister said that foreign companies would invest in the port.",
    "Her colleagues described Adele Fontan as a fighter against drug crime.",
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
def test_what_is_said_tells_the_act(text: str, acts: list[str]) -> None:
    assert _acts(text) == acts


@pytest.mark.parametrize("text", NOT_TOLD)
def test_harmless_words_tell_no_act(text: str) -> None:
    assert _acts(text) == []
