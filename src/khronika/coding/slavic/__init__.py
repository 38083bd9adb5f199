"""Coders of Slavic languages: one set of steps over words with their grammar.

What a language brings: a `Parser` (words with lemma, part of speech, case, number, gender, head
and relation), a `Morphology` (readings of a form, and its nominative), a `Tongue` (word lists in
`data/XX.toml`), ways in the codebook (`codebook/bundled/XX/`) and a table of dates
(`text/data/dates-XX.toml`). `coder.SlavicCoder` puts them together; `russian.py` shows how in
thirty lines. Where there is no parser of dependencies, `shallow.py` sets heads and relations from
cases and prepositions alone.
"""
