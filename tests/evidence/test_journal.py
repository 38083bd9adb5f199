from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from khronika.evidence.digests import salted
from khronika.evidence.journal import Entry, chain, check
from khronika.evidence.seal import SealBrokenError, check_seal, check_seals, seal
from khronika.evidence.verdict import Finding, Verdict, exit_status


def a_journal(length: int) -> list[Entry]:
    entries: list[Entry] = []
    for number in range(length):
        last = entries[-1] if entries else None
        entries.append(
            chain(last, time="2030-01-01T00:00:00Z", what="added", payload={"n": number})
        )
    return entries


def verdicts(entries: list[Entry]) -> set[Verdict]:
    return {finding.verdict for finding in check(entries)}


def test_a_chain_that_stands_passes() -> None:
    assert verdicts(a_journal(5)) == {Verdict.PASSED}


def test_an_empty_journal_fails() -> None:
    assert verdicts([]) == {Verdict.FAILED}


@given(
    at=st.integers(0, 4), field=st.sampled_from(["time", "what", "payload", "previous", "digest"])
)
def test_a_changed_entry_is_found(at: int, field: str) -> None:
    entries = a_journal(5)
    entries[at] = replace(entries[at], **{field: getattr(entries[at], field) + " "})
    assert Verdict.FAILED in verdicts(entries)


@given(at=st.integers(0, 3))
def test_a_removed_or_moved_entry_is_found(at: int) -> None:
    entries = a_journal(5)
    assert Verdict.FAILED in verdicts(entries[:at] + entries[at + 1 :])
    entries[at], entries[at + 1] = entries[at + 1], entries[at]
    assert Verdict.FAILED in verdicts(entries)


def test_a_seal_closes_a_stretch() -> None:
    entries = a_journal(6)
    closed = seal(2, [entry.digest for entry in entries[1:4]])
    assert (closed.first, closed.last) == (2, 4)
    check_seal(closed, entries)
    with pytest.raises(SealBrokenError):
        check_seal(closed, entries[:3])
    with pytest.raises(SealBrokenError):
        check_seal(closed, [*entries[:2], replace(entries[2], digest="0" * 64), *entries[3:]])


def test_a_journal_is_checked_against_the_seals_in_it() -> None:
    entries = a_journal(3)
    closed = seal(1, [entry.digest for entry in entries])
    notes = {"first": 1, "last": 3, "seal": closed.digest}
    time = "2030-01-01T00:00:00Z"
    whole = [*entries, chain(entries[-1], time=time, what="sealed", payload=notes)]
    assert list(check_seals(whole)) == []
    forged = chain(entries[-1], time=time, what="sealed", payload={**notes, "seal": "0" * 64})
    assert [each.verdict for each in check_seals([*entries, forged])] == [Verdict.FAILED]


def test_nothing_cannot_be_sealed() -> None:
    with pytest.raises(ValueError, match="nothing"):
        seal(1, [])


def test_salts_part_equal_digests() -> None:
    assert salted("00", "ab") != salted("01", "ab")
    assert salted("00", "ab") == salted("00", "ab")


@pytest.mark.parametrize(
    ("found", "status"),
    [
        ([Verdict.PASSED], 0),
        ([Verdict.PASSED, Verdict.UNCHECKED], 4),
        ([Verdict.UNCHECKED, Verdict.FAILED], 3),
        ([], 4),
    ],
)
def test_unchecked_never_counts_as_passed(found: list[Verdict], status: int) -> None:
    findings = [Finding(subject="x", check="y", verdict=verdict) for verdict in found]
    assert exit_status(findings) == status
