from hypothesis import given
from hypothesis import strategies as st

from khronika.model.anchors import Anchor
from khronika.model.reports import Contact, ContactKind
from khronika.publish.masks import MASK
from khronika.publish.showing import Names, show
from publish.builders import CONTACTS, TEXT, a_report, anchor


def test_contact_data_is_masked_letter_for_letter() -> None:
    showing = show(a_report(contacts=CONTACTS), contacts=False)
    quote = showing.quote(anchor(TEXT, "Press contact: Tamsin Vey"))
    assert quote["exact"] == f"Press contact: {MASK * 10}"


def test_an_address_is_masked_wherever_it_stands() -> None:
    showing = show(a_report(contacts=CONTACTS), contacts=False)
    assert "tamsin@" not in showing.text
    assert showing.say("ask tamsin@quill.example") == f"ask {MASK * 20}"


def test_an_owner_who_is_named_elsewhere_stays_named_there() -> None:
    text = "Contact: Ada Low.\nAda Low was fined."
    owner = Contact(kind=ContactKind.OWNER, anchor=Anchor.cut(text, 9, 16))
    showing = show(a_report(text, contacts=(owner,)), contacts=False)
    assert showing.text == f"Contact: {MASK * 7}.\nAda Low was fined."
    assert showing.say("Ada Low") == "Ada Low"


def test_a_name_is_shown_if_any_report_shows_it() -> None:
    hiding = show(a_report(contacts=CONTACTS), contacts=False)
    open_text = show(a_report("Tamsin Vey was fined."), contacts=False)
    names = Names()
    names.note("Tamsin Vey", hiding)
    assert names.say("Tamsin Vey") == MASK * 10
    names.note("Tamsin Vey", open_text)
    assert names.say("Tamsin Vey") == "Tamsin Vey"


@given(st.text(min_size=1), st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=5))
def test_masks_keep_the_length_and_all_that_is_not_contact(
    text: str, ranges: list[tuple[int, int]]
) -> None:
    contacts = tuple(
        Contact(kind=ContactKind.OWNER, anchor=Anchor.cut(text, start, min(start + n, len(text))))
        for start, n in ranges
        if start < len(text)
    )
    shown = show(a_report(text, contacts=contacts), contacts=False).text
    marked = {i for c in contacts for i in range(c.anchor.start, c.anchor.end)}
    assert shown == "".join(MASK if i in marked else letter for i, letter in enumerate(text))
