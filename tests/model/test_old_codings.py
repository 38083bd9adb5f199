"""Codings that were kept before acts had evidence and fillers probabilities still read."""

from khronika.model.acts import Coding
from khronika.model.plain import from_plain, to_plain

ANCHOR = {"exact": "Quill", "start": 0, "end": 5}
OLD = {
    "report_id": "rpt_0",
    "coder": "en-rules 1.0",
    "codebook": "0",
    "acts": [
        {
            "id": "act_0",
            "report_id": "rpt_0",
            "kind": "arrest",
            "modality": "occurred",
            "quote": ANCHOR,
            "trigger": ANCHOR,
            "involvements": [
                {"role": "victim", "name": "Quill", "type": "person", "anchor": ANCHOR}
            ],
            "when": {"edtf": "2021"},
            "where": [{"name": "Velmora", "anchor": ANCHOR}],
            "rule": "arrest/verb/arrest",
            "confidence": 0.9,
        }
    ],
}


def test_an_old_coding_reads_and_is_written_as_it_was() -> None:
    coding = from_plain(OLD, Coding)
    [act] = coding.acts
    assert (act.evidence, act.involvements[0].path, act.when.confidence) == ((), (), None)
    assert to_plain(coding) == OLD
