from collections.abc import Sequence
from pathlib import Path

from khronika.codebook import Codebook, load
from khronika.model.acts import Act, Coding, Modality
from khronika.model.anchors import Anchor
from khronika.model.ids import act_id
from khronika.model.reports import Report
from khronika.workflows.codebook import check_codebook
from workflows.toys import ToyCoder


class OneKind:
    """A coder that finds an arrest in every text."""

    name = "one kind 1"

    def code(self, reports: Sequence[Report], codebook: Codebook) -> list[Coding]:
        return [self._one(report) for report in reports]

    def _one(self, report: Report) -> Coding:
        quote = Anchor.cut(report.text, 0, len(report.text))
        span = (quote.start, quote.end)
        act = Act(
            id=act_id(report.id, "arrest", span, span),
            report_id=report.id,
            kind="arrest",
            modality=Modality.OCCURRED,
            quote=quote,
            trigger=quote,
        )
        return Coding(report_id=report.id, coder=self.name, codebook="", acts=(act,))


def test_a_coder_that_finds_nothing_fails_each_example_and_no_counter_example() -> None:
    kind = load().kinds["arrest"]
    failed = {each.text for each in check_codebook((), ("arrest",), ToyCoder())}
    assert failed == {example.text for example in kind.examples}


def test_a_coder_that_finds_it_everywhere_fails_each_counter_example() -> None:
    kind = load().kinds["arrest"]
    failed = list(check_codebook((), ("arrest",), OneKind()))
    counter = {example.text for example in kind.counterexamples}
    assert counter <= {each.text for each in failed}
    because = next(e for e in failed if e.text in counter)
    assert because.expected.startswith("no such act: ")


def test_an_example_names_who_must_be_found(tmp_path: Path) -> None:
    failed = list(check_codebook((), ("arrest",), OneKind()))
    assert any("among the victims" in each.expected for each in failed)
