"""A catalogue of sentences and the act that the English coder finds in each.

One row a sentence: what it says, the kind, the modality, and who stands in which role. A role that
a row does not name is not looked at; `NOBODY` says that a role must be empty.
"""

from functools import cache

import pytest

from coding.reports import a_report, english
from khronika.codebook import load
from khronika.coding.english import EnglishCoder
from khronika.model.acts import Act, Modality, Role
from khronika.model.reports import PassageRole

NOBODY = ""
Row = tuple[str, str, str, dict[str, str]]

# --- objects and subjects that verbs share ------------------------------------------------------
SHARED: list[Row] = [
    ("The soldiers kidnapped and executed Rustam Alimov.",
     "kidnapping", "occurred", {"victim": "Rustam Alimov", "perpetrator": "soldiers"}),
    ("Rebels continue to abduct, rape, torture and kill villagers.",
     "sexual-violence", "occurred", {"victim": "villagers"}),
    ("Among those killed were Anna Belova and Igor Pavlik.",
     "killing", "occurred", {"victim": "Anna Belova; Igor Pavlik"}),
    ("Those arrested include the lawyer Omar Diallo.",
     "arrest", "occurred", {"victim": "Omar Diallo"}),
    ("The officials foiled a plot to kidnap the journalist Sara Mendes.",
     "kidnapping", "attempted", {"victim": "Sara Mendes", "perpetrator": NOBODY}),
]  # fmt: skip

# --- killings that no verb of killing tells -----------------------------------------------------
KILLINGS: list[Row] = [
    ("Neighbours found the councillor Tomas Okello dead with two bullets in his head.",
     "killing", "occurred", {"victim": "Tomas Okello"}),
    ("The body of Tomas Okello was pulled from a well with a gunshot wound.",
     "killing", "occurred", {"victim": "Tomas Okello"}),
    ("The driver Luka Maric died after being beaten by soldiers.",
     "killing", "occurred", {"victim": "Luka Maric"}),
    ("Bandits attacked the mill at dawn, leaving the farmer Yao Mensah dead.",
     "killing", "occurred", {"victim": "Yao Mensah"}),
]  # fmt: skip

# --- taken, and not seen since ------------------------------------------------------------------
DISAPPEARANCES: list[Row] = [
    ("The lawyer Pierre Ndong has been missing since 9 February.",
     "enforced-disappearance", "occurred", {"victim": "Pierre Ndong"}),
    ("The authorities refuse to say where the imam is being held.",
     "enforced-disappearance", "occurred", {"perpetrator": "authorities"}),
    ("Relatives have searched barracks and morgues in vain for Yao Mensah.",
     "enforced-disappearance", "occurred", {"victim": "Yao Mensah"}),
]  # fmt: skip

# --- what a negation tells: care refused, denials -----------------------------------------------
NEGATED: list[Row] = [
    ("Prison guards would not let Samira Nouri see a doctor.",
     "denial-of-care", "occurred", {"victim": "Samira Nouri"}),
    ("The ministry maintains that it handed nobody over.",
     "deportation", "denied", {"perpetrator": "ministry"}),
    ("The Border Service writes that Petru Lungu was at no time beaten.",
     "assault", "denied", {"victim": "Petru Lungu"}),
    ("The police denied that they had beaten anybody.",
     "assault", "denied", {"perpetrator": "police"}),
]  # fmt: skip

# --- threats ------------------------------------------------------------------------------------
THREATS: list[Row] = [
    ("A leaflet signed by the Night Hawks declared the teacher Ana Quispe a military target.",
     "threat", "occurred", {"victim": "Ana Quispe"}),
    ("The callers said that Tendai Moyo would be killed.",
     "killing", "threatened", {"victim": "Tendai Moyo"}),
    ('Strangers phoned at night: "We know which school your children go to."',
     "threat", "occurred", {}),
]  # fmt: skip

# --- violence in custody and in the street ------------------------------------------------------
VIOLENCE: list[Row] = [
    ("Officers put a plastic bag over the head of Nestor Ilunga.",
     "torture", "occurred", {"perpetrator": "Officers"}),
    ("Police fired rubber bullets at the teachers in Marhold.",
     "assault", "occurred", {"victim": "teachers", "perpetrator": "Police"}),
    ("Police arrested the student Ana Lima on Monday and beat her in a van.",
     "torture", "occurred", {"victim": "Ana Lima", "perpetrator": "Police"}),
    ("Guards at the mine set dogs on the protesters.",
     "assault", "occurred", {"victim": "protesters", "perpetrator": "Guards"}),
]  # fmt: skip

# --- rows and list items ------------------------------------------------------------------------
ROWS: list[Row] = [
    ("1 | Goran Delić | driver, b. 1984 | arrested 03.05.2021, Zenica | no trial yet",
     "arrest", "occurred", {"victim": "Goran Delić", "perpetrator": NOBODY}),
    ("2 | Anna Belova | teacher | 16.12.2021: 8 years in prison, then 3 years' probation",
     "sentence", "occurred", {"victim": "Anna Belova"}),
]  # fmt: skip

# --- whose is what ------------------------------------------------------------------------------
OWNERS: list[Row] = [
    ("Unknown men beat her brother Karim Aziz in the yard.",
     "assault", "occurred", {"victim": "Karim Aziz"}),
    ("A cellmate told Irina Belova that her husband was beaten and tortured with wires.",
     "torture", "occurred", {"victim": "her husband", "source": "cellmate"}),
    ("Police took the welder Adam Sikora away on 3 May and nobody has seen him since.",
     "enforced-disappearance", "occurred", {"victim": "Adam Sikora", "perpetrator": "Police"}),
]  # fmt: skip

# --- what the parser or the tagger gets wrong ---------------------------------------------------
SLIPS: list[Row] = [
    ("Jimmy Osei became the best-known person held under the law, detained over a joke.",
     "arrest", "occurred", {"victim": "Jimmy Osei", "perpetrator": NOBODY}),
    ("Two papers had their licences withdrawn by the ministry in May.",
     "closure", "occurred", {"perpetrator": "ministry"}),
    ("The Lantern League said in a press release that its Tirana office was closed.",
     "closure", "occurred", {"victim": "Lantern League"}),
]  # fmt: skip

CATALOGUE = [*SHARED, *KILLINGS, *DISAPPEARANCES, *NEGATED, *THREATS, *VIOLENCE, *OWNERS, *SLIPS]

# --- what tells no such act ---------------------------------------------------------------------
NOTHING: list[tuple[str, str]] = [
    ("The family reported the attack to the police.", "assault"),
    ("The court sentenced the editor Rui Sambo to two years' imprisonment.", "arrest"),
    ("Mirel Tudose was beaten and left for dead.", "killing"),
    ("A new decree punishes those who organise rallies.", "protest"),
    ("Two hundred nurses walked out over unpaid wages.", "release"),
    ("The law allows police to search homes without a warrant.", "search"),
    ("A prosecutor wrote that the three men should not be arrested.", "arrest"),
    ("The judge said that the baker had not been convicted of anything.", "sentence"),
    ("Matamo has received 12,000 asylum seekers since July, says the office.", "asylum-grant"),
    ("They gave way, according to the asylum office.", "asylum-grant"),
    ("Migrants must rely on their employers.", "appeal"),
    ("She is afraid of being arrested.", "arrest"),
    ("Their fears were well founded.", "founding"),
    ("They did not believe that their captors would ransom anyone.", "kidnapping"),
]


def acts_of(text: str, role: PassageRole = PassageRole.BODY) -> tuple[Act, ...]:
    return coder().code([a_report(text, published="2023-05-10", role=role)], load())[0].acts


@cache
def coder() -> EnglishCoder:
    return EnglishCoder(english())


def names(act: Act, role: str) -> str:
    return "; ".join(i.name for i in act.involvements if i.role is Role(role))


@pytest.mark.parametrize("row", CATALOGUE, ids=lambda row: row[0][:48])
def test_a_sentence_tells_its_act(row: Row) -> None:
    text, kind, modality, roles = row
    found = [act for act in acts_of(text) if act.kind == kind]
    assert [act.modality for act in found] == [Modality(modality)]
    assert {role: names(found[0], role) for role in roles} == roles


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0][:48])
def test_a_row_tells_of_its_name(row: Row) -> None:
    text, kind, modality, roles = row
    found = [act for act in acts_of(text, PassageRole.TABLE_ROW) if act.kind == kind]
    assert [act.modality for act in found] == [Modality(modality)]
    assert {role: names(found[0], role) for role in roles} == roles


def test_a_denial_stands_in_the_incident_of_what_is_denied() -> None:
    text = (
        "The welder Adam Sikora has been missing since 3 May. "
        "The army says that it never detained him."
    )
    told, denied = acts_of(text)
    assert {told.kind, denied.kind} == {"enforced-disappearance"}
    assert denied.modality is Modality.DENIED
    assert names(denied, "victim") == "Adam Sikora"


def test_what_the_blows_did_is_no_second_assault() -> None:
    text = "Soldiers beat the porter Omar Haddad at the gate. His jaw was broken."
    assert [names(act, "victim") for act in acts_of(text)] == ["Omar Haddad"]


@pytest.mark.parametrize(("text", "kind"), NOTHING, ids=lambda text: text[:48])
def test_a_sentence_tells_no_such_act(text: str, kind: str) -> None:
    assert kind not in [act.kind for act in acts_of(text)]
