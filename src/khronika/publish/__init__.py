"""Exports: the record in files that others read, with what must stay hidden left out."""

from collections.abc import Callable, Mapping
from pathlib import Path

from khronika.publish import ftm, jsonl, tables
from khronika.publish.view import ExportOptions, RecordView

Write = Callable[[RecordView, Path, ExportOptions], None]

FORMATS: Mapping[str, Write] = {"jsonl": jsonl.write, "csv": tables.write, "ftm": ftm.write}

__all__ = ["FORMATS", "ExportOptions", "RecordView", "Write"]
