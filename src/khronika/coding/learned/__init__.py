"""Learned: what a report is mainly about, chosen by small linear models among what was coded.

Rules find acts; they do not say which of thirty acts a report is about. `gist.gist_of` answers that
from a report and its coding. Every choice is one of the coder's own acts, people, places or dates,
or a word of the report, so every choice has its anchor.
"""
