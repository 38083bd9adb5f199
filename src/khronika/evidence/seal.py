"""Seals: a digest that closes a stretch of the journal, to be printed or deposited elsewhere."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from khronika.errors import KhronikaError
from khronika.evidence.journal import Entry
from khronika.evidence.verdict import Finding, Verdict
from khronika.model.ids import canonical, sha256

SEALED = "sealed"  # what an entry that holds a seal says


class SealBrokenError(KhronikaError):
    """A stretch of the journal is not what was sealed."""

    exit_status = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Seal:
    """Closes entries `first` to `last`, both included."""

    first: int
    last: int
    digest: str


def seal(first: int, digests: Sequence[str]) -> Seal:
    """Close a stretch of consecutive entries.

    Args:
        first: the number of its first entry.
        digests: the digest of each entry, in order.

    Raises:
        ValueError: there is nothing to close.
    """
    if not digests:
        raise ValueError("nothing to seal")
    digest = sha256(canonical(list(digests)))
    return Seal(first=first, last=first + len(digests) - 1, digest=digest)


def seal_in(entry: Entry) -> Seal | None:
    """The seal that an entry of the journal holds, if it holds one."""
    if entry.what != SEALED:
        return None
    told = entry.read()
    return Seal(first=told["first"], last=told["last"], digest=told["seal"])


def check_seals(entries: Sequence[Entry]) -> Iterator[Finding]:
    """A finding for every seal in the journal that is not that of its stretch."""
    for entry in entries:
        detail = ""
        try:
            sealed = seal_in(entry)
            if sealed is not None:
                check_seal(sealed, entries)
        except SealBrokenError as error:
            detail = error.problem
        except (ValueError, KeyError, TypeError):
            detail = "it holds no seal that can be read"
        if detail:
            subject = f"journal {entry.seq}"
            yield Finding(subject=subject, check="seal", verdict=Verdict.FAILED, detail=detail)


def check_seal(sealed: Seal, entries: Sequence[Entry]) -> None:
    """Compare a seal with a journal from its first entry.

    Raises:
        SealBrokenError: an entry is missing or differs.
    """
    stretch = [entry.digest for entry in entries[sealed.first - 1 : sealed.last]]
    if not stretch or seal(sealed.first, stretch) != sealed:
        raise SealBrokenError(
            f"Entries {sealed.first} to {sealed.last} of the journal are not those that were"
            f" sealed as {sealed.digest[:16]}.",
            remedy="publish nothing; restore the record from a copy that `khronika verify` passes.",
        )
