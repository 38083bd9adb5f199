"""Reading ahead what the first search or ruling would otherwise wait for: tables and models."""

from khronika.linking.names import same_name_probability
from khronika.text.body_names import read_body
from khronika.text.gazetteer import gazetteer
from khronika.text.lemmas import lemmas_asked
from khronika.workflows.browsing.columns import every_incident
from khronika.workflows.record import Record


def warm(record: Record) -> None:
    """Load what searching, ruling and lists look things up in; the record is not touched."""
    for word in ("report", "отчет"):
        lemmas_asked(word)
    every_incident(record.store)
    _ = record.parts
    gazetteer()
    read_body("Ministry of Justice")
    same_name_probability("Maria Petrova", "M. Petrova")
    same_name_probability("Ministry of Justice", "Justice Ministry", "org")
