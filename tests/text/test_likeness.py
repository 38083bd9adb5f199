import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.text.likeness import Likeness, compare_people
from khronika.text.names import read_name
from khronika.text.weights import name_model


@pytest.mark.parametrize(
    ("one", "other", "likeness"),
    [
        ("Halina Sharkevich", "Галина Шаркевич", Likeness.SAME),
        ("Uladzimir Dubovik", "Vladimir Dubovik", Likeness.SAME),
        ("ZORIN Ilya", "Ilya Zorin", Likeness.SAME),
        ("Зорин Илья Петрович", "Ilya Zorin", Likeness.SAME),
        ("Илье Зорину", "Илья Зорин", Likeness.SAME),
        ("Ali Reza Tavanir", "Alireza Tavanir", Likeness.SAME),
        ("Jewgenij Schewzow", "Yevgeny Shevtsov", Likeness.SAME),
        ("Ms. Halina Sharkevich", "Halina Sharkevich", Likeness.SAME),
        ("I. Zorin", "Ilya Zorin", Likeness.LIKELY),
        ("Tanya Belets", "Tatiana Belets", Likeness.SAME),
        ("Anton Garidin", "Anton Gadirin", Likeness.NEAR),
        ("Zorin", "Ilya Zorin", Likeness.PARTIAL),
        ("Ilya Zorin", "Ilya Zorkin", Likeness.DIFFERENT),
        ("Ilya Zorin", "Pavel Zorin", Likeness.DIFFERENT),
        ("Ilya Zorin", "Inna Zorina", Likeness.DIFFERENT),
        ("Yevgeny Zorin", "Yevgenia Zorina", Likeness.DIFFERENT),
        ("Зорин Илья Петрович", "Зорин Илья Павлович", Likeness.DIFFERENT),
        ("Chan Tai Man", "Khan Tai Man", Likeness.DIFFERENT),
    ],
)
def test_levels(one: str, other: str, likeness: Likeness) -> None:
    verdict = compare_people(one, other)
    assert verdict.likeness is likeness, verdict
    assert verdict.why


def test_a_title_before_a_single_name_is_kept_out_but_not_a_name() -> None:
    assert [w.text for w in read_name("U Thant Myint").words] == ["Thant", "Myint"]
    assert [w.text for w in read_name("President Zorin").words] == ["Zorin"]
    assert read_name("President Zorin").office


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_texts_compare_the_same_either_way(one: str, other: str) -> None:
    assert compare_people(one, other).likeness is compare_people(other, one).likeness


@given(st.text(alphabet=st.characters(categories=["L"]), min_size=2, max_size=20))
def test_a_name_is_itself(text: str) -> None:
    name = f"{text} {text[::-1]}x"
    if len(read_name(name).words) > 1:
        assert compare_people(name, name).likeness is Likeness.SAME


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Орлин О.П.", "Олег Петрович Орлин"),
        ("Abd al-Rahman Sarwani", "Abdurrahman Sarwani"),
        ("Nur al-Din Sarwani", "Noureddine Sarwani"),
        ("Haji Karim Sarwani", "Karim Sarwani"),
        ("Marta Kowalewska-Zawilska", "Marta Kowalewska"),
        ("Anwar bin Sarwat", "Anwar Binsarwat"),
        ("Li Weihong", "Weihong Li"),
        ("Tomas Belmondez Jr.", "Tomas Belmondez"),
        ("Maria Elena Quisbert Tapia", "Maria Quisbert"),
        ("Sergejs Taverņins", "Sergey Tavernin"),
        ("Vladimiras Garidinas", "Владимир Гаридин"),
        ("Daria Tavernenková", "Дарья Таверненко"),
        ("Cəmil Tavərli", "Jamil Taverli"),
        ("Ўктам Холдоров", "Oʻktam Xoldorov"),
        ("Михаил Хардин", "Mijaíl Jardín"),
        ("محمد سالم", "Mohamed Salem"),
        ("Kim Sung-min", "김성민"),
        ("Karim Sarwani", "Kareem Sarwany"),
        ("Ириан Таврина", "Irina Tavrina"),
        ("Павла Хардина", "Pavel Khardin"),
    ],
)
def test_one_person(one: str, other: str) -> None:
    assert compare_people(one, other).probability > 0.5, compare_people(one, other).evidence


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Орлин О.П.", "Олег Викторович Орлин"),
        ("Qusam Sarwani Hatif", "Udam Sarwani Hatif"),
        ("Tomas Belmondez Jr.", "Tomas Belmondez III"),
        ("Anna K.", "Anna Kostrova"),
        ("Kostrova", "Anna Kostrova"),
        ("Marta Kowalewska", "Daria Kowalewska"),
        ("Hasan Ali", "Husein Ali"),
        ("Tran Thi Ngoc", "Tran Van Ngoc"),
        ("Joan Tavern", "John Tavern"),
        ("Ahmed Mohamed", "Mohamed Ahmed"),
        ("Ali Omar Sarwani", "Omar Ali Sarwani"),
        ("Rosa Mamani Quisbert", "Rosa Quisbert Mamani"),
        ("Andrei Fedotov", "Andrei Fedorov"),
    ],
)
def test_two_people(one: str, other: str) -> None:
    assert compare_people(one, other).probability < 0.5, compare_people(one, other).evidence


def test_the_evidence_adds_up_and_reads_as_words() -> None:
    verdict = compare_people("Halina Sharkevich", "Галина Шаркевич")
    assert verdict.weight == pytest.approx(
        name_model().prior + sum(e.weight for e in verdict.evidence)
    )
    assert str(verdict.evidence[0]).startswith("surname: the same, Sharkevich ~ Шаркевич (+1")
    assert "Sharkevich" not in repr(verdict)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Omar", "Amar"), ("Oscar", "Askar"), ("Michelle", "Michael"), ("Otto", "Ata")],
)
def test_given_names_that_only_sound_alike_are_two(one: str, other: str) -> None:
    assert compare_people(f"{one} Kvartaln", f"{other} Kvartaln").probability < 0.5


@pytest.mark.parametrize(
    ("one", "other"),
    [("Korolev", "Kirillov"), ("Kulikov", "Kulakov"), ("Simonov", "Semenov"), ("Jensen", "Jansen")],
)
def test_surnames_that_lists_know_as_two_are_two(one: str, other: str) -> None:
    assert compare_people(f"Anvar {one}", f"Anvar {other}").probability < 0.5
