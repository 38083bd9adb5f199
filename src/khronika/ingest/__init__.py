"""Ingest: from what a person names to the preserved text of each report, or why there is none.

`sources.read_sources` finds the reports and yields a `captures.Capture` (bytes and origin) or a
`captures.Refusal` for each; `extract.Extractor` turns a capture into text, foreign formats in a
child process with limits.
"""
