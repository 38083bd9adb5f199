"""What the parser is given, and that nothing hostile stops it."""

import time

from coding.reports import a_report, english
from khronika.coding.parsed import LONGEST, parse


def test_a_long_passage_is_parsed_in_pieces_that_still_quote_it() -> None:
    report = a_report("Police in Lorne detained two welders on Monday. " * 600)
    (parsed,) = parse([report], english())
    assert len(parsed.units) > 1
    for each in parsed.units:
        assert len(each.doc.text) <= LONGEST + 100
        words = each.doc[-3:]
        assert parsed.anchor_of(each.index, words).exact == words.text


def test_a_megabyte_without_a_blank_is_no_language() -> None:
    start = time.process_time()
    (parsed,) = parse([a_report('"(' * 500_000)], english())
    assert parsed.units == ()
    assert time.process_time() - start < 30
