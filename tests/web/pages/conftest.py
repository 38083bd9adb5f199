"""A record to review, made once for a module; each test gets a copy, and a client on it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from khronika.workflows.record import Record
from web.pages.reviewing import REVIEWER, a_copy, a_record
from web.serving import client_of


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path: Path = tmp_path_factory.mktemp("review") / "record"
    a_record(path).close()
    return path


@pytest.fixture
def record(made: Path, tmp_path: Path) -> Iterator[Record]:
    with a_copy(made, tmp_path / "record") as opened:
        yield opened


@pytest.fixture
def client(record: Record) -> TestClient:
    return client_of(record, reviewer=REVIEWER)
