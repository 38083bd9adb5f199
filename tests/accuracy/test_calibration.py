"""The coder's probabilities on development reports that the models were not trained on."""

import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SHARED = Path(os.environ.get("KHRONIKA_SHARED") or ROOT.parent / "shared")
LARGEST_ERROR = 0.06

pytestmark = [
    pytest.mark.gold,
    pytest.mark.skipif(not SHARED.is_dir(), reason="no shared folder: set KHRONIKA_SHARED"),
    pytest.mark.skipif(
        importlib.util.find_spec("sklearn") is None, reason="only training needs scikit-learn"
    ),
]


def test_what_is_promised_comes_true_on_reports_held_out() -> None:
    ended = subprocess.run(
        [sys.executable, str(ROOT / "benchmarks" / "calibration.py"), "--folds", "5", "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    for figures in json.loads(ended.stdout).values():
        assert figures["error"] <= LARGEST_ERROR
