"""The tables of a record. All but `journal` and `held` are derived from the kept files.

Only types that SQLite and PostgreSQL share; lists are canonical JSON in a text column. The
full-text index is SQLite's own and stands in the migration.
"""

from typing import Any

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
)

metadata = MetaData()


def _key(name: str, kind: type[Text] | type[Integer] = Text) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False)


def _text(*names: str) -> list[Column[str]]:
    return [Column(name, Text, nullable=False, server_default="") for name in names]


def _maybe_text(*names: str) -> list[Column[str]]:
    return [Column(name, Text) for name in names]


def _number(*names: str) -> list[Column[int]]:
    return [Column(name, Integer, nullable=False) for name in names]


def _maybe_number(*names: str) -> list[Column[int]]:
    return [Column(name, Integer) for name in names]


def _of_report(*, key: bool = True) -> Column[str]:
    return Column(
        "report_id",
        Text,
        ForeignKey("report.id", ondelete="CASCADE"),
        primary_key=key,
        index=not key,
    )


def _of_act(*, key: bool = True) -> Column[str]:
    return Column(
        "act_id", Text, ForeignKey("act.id", ondelete="CASCADE"), primary_key=key, index=not key
    )


journal = Table(
    "journal",
    metadata,
    _key("seq", Integer),
    *_text("time", "what", "payload", "previous", "digest"),
    Index("journal_what", "what", "seq"),
)

held = Table(  # which kept file is which part of what, and the salt of its digest in the journal
    "held",
    metadata,
    _key("subject"),
    _key("part"),
    *_text("digest", "salt"),
    *_number("seq"),
    Index("held_digest", "digest"),
    Index("held_part", "part", "subject", "digest"),
)

report = Table(
    "report",
    metadata,
    _key("id"),
    *_text("name", "sha256", "media_type", "encoding", "language", "language_basis"),
    *_text("title", "publisher", "publisher_folded", "publisher_basis"),
    *_text("published", "published_basis"),
    *_text("published_from", "published_to", "place", "place_basis", "url", "flags"),
    *_number("length", "coded"),
    *_text("coder", "codebook"),
    Index("report_publisher", "publisher"),
)

origin = Table(
    "origin",
    metadata,
    _of_report(),
    _key("idx", Integer),
    *_text("name", "url", "title", "publisher", "published", "place"),
)

passage = Table(
    "passage",
    metadata,
    _of_report(),
    _key("idx", Integer),
    *_text("role"),
    *_number("start", "end"),
    *_maybe_number("repeat_of", "continues"),
    *_text("text"),
)

contact = Table(
    "contact",
    metadata,
    _of_report(),
    _key("idx", Integer),
    *_text("kind", "exact"),
    *_number("start", "end"),
)

facts = Table("facts", metadata, _of_report(), *_text("data"))  # what linking needs of a report

cast_member = Table(
    "cast_member",
    metadata,
    _of_report(),
    _key("idx", Integer),
    *_text("name", "type", "gender", "country", "description", "forms"),
)

mention = Table(
    "mention",
    metadata,
    _of_report(),
    _key("cast", Integer),
    _key("idx", Integer),
    *_text("form", "exact"),
    *_number("start", "end"),
)

act = Table(
    "act",
    metadata,
    _key("id"),
    *_text("kind", "modality"),
    _of_report(key=False),
    *_text("quote"),
    *_number("quote_start", "quote_end", "trigger_start", "trigger_end"),
    *_text("when_edtf", "when_from", "when_to", "when_basis", "when_flags"),
    *_maybe_text("when_exact"),
    *_maybe_number("when_start", "when_end"),
    *_maybe_text("what", "reason", "penalty", "response"),
    *_maybe_number("what_start", "reason_start", "penalty_start", "response_start"),
    *_text("demands"),
    *_maybe_number("listed_stated", "listed_named"),
    *_text("rule"),
    Column("confidence", Float, nullable=False),
    Index("act_kind", "kind"),
    Index("act_when", "when_from", "when_to"),
)

involvement = Table(
    "involvement",
    metadata,
    _of_act(),
    _key("idx", Integer),
    *_text("role", "name", "folded", "type", "basis"),
    *_maybe_text("exact"),
    *_maybe_number("start", "end", "cast", "count_least", "count_most", "count_about", "age"),
    Index("involvement_cast", "act_id", "cast", "role", "idx"),
)

location = Table(
    "location",
    metadata,
    _of_act(),
    _key("idx", Integer),
    *_text("name", "exact", "folded"),
    *_number("start", "end"),
    *_text("place", "country"),
    *_maybe_number("geonameid"),
    Index("location_country", "country"),
    Index("location_place", "geonameid"),
    Index("location_folded", "folded"),
)

figure = Table(
    "figure",
    metadata,
    _of_report(),
    _key("idx", Integer),
    *_number("value", "approximate"),
    *_maybe_number("least", "most"),
    *_text("what", "said_by", "exact"),
    *_number("start", "end"),
)

affiliation = Table(
    "affiliation",
    metadata,
    _of_report(),
    _key("idx", Integer),
    *_text("person", "role", "organisation", "exact"),
    *_number("start", "end"),
)

appeal = Table(
    "appeal",
    metadata,
    _of_report(),
    _key("idx", Integer),
    *_text("act_id", "kind", "signatories", "signatory_countries", "addressees", "demands"),
    *_maybe_number("count_least", "count_most", "count_about"),
    *_text("delivered", "response"),
    Index("appeal_delivered", "delivered", "act_id"),
    Index("appeal_act", "act_id"),
)

designation = Table(
    "designation",
    metadata,
    _of_report(),
    _key("idx", Integer),
    *_text("register", "authority", "organisation", "designation", "when_edtf", "reason", "act_id"),
    Index("designation_register", "register", "when_edtf"),
)

search_text = (
    Table(  # words, lemmas and tags that the full-text index holds, apart from the quotation
        "search_text",
        metadata,
        Column("id", Integer, primary_key=True),
        _of_report(key=False),
        *_number("passage"),
        *_text("words", "lemmas", "tags"),
    )
)

actor = Table(
    "actor",
    metadata,
    _key("id"),
    *_text("type", "caption", "folded", "names", "countries", "roles", "why", "joins"),
    *_number("mentions"),
    *_text("sorted"),  # the caption folded
    *_number("rank"),  # `mentions` turned round: the most mentioned first
    Index("actor_caption", "caption", "id"),
    Index("actor_sorted", "sorted", "id"),
    Index("actor_type_sorted", "type", "sorted", "id"),
    Index("actor_rank", "rank", "sorted", "id"),
    Index("actor_type_rank", "type", "rank", "sorted", "id"),
)

member = Table(  # `alone` is what its actor would be called without others; it leads there
    "member",
    metadata,
    _key("report_id"),
    _key("cast", Integer),
    Column("actor_id", Text, ForeignKey("actor.id"), nullable=False),
    *_text("alone"),
    Index("member_actor", "actor_id", "report_id", "cast", "alone"),
    Index("member_alone", "alone"),
)

incident = Table(
    "incident",
    metadata,
    _key("id"),
    *_text("kind", "modality", "when_edtf", "when_from", "when_to", "places", "countries"),
    *_text("reports", "why", "joins"),
    *_number("independent_sources", "counted", "undated"),
    Index("incident_order", "undated", "when_from", "when_to", "id"),
)


def _of_incident(*, key: bool = True) -> Column[str]:
    return Column(
        "incident_id",
        Text,
        ForeignKey("incident.id", ondelete="CASCADE"),
        primary_key=key,
        nullable=False,
        index=not key,
    )


incident_act = Table(  # `alone` is what its incident would be called without others
    "incident_act",
    metadata,
    _key("act_id"),
    _of_incident(key=False),
    *_number("idx"),
    *_text("alone"),
    Index("incident_act_alone", "alone"),
)

incident_actor = Table(  # by one member of each actor: victim, perpetrator, focal
    "incident_actor",
    metadata,
    _of_incident(),
    _key("role"),
    _key("report_id"),
    _key("cast", Integer),
    Index("incident_actor_member", "report_id", "cast", "role"),
)

contradiction = Table(
    "contradiction",
    metadata,
    _of_incident(),
    _key("idx", Integer),
    *_text("attribute", "told"),
)

copy = Table(
    "copy",
    metadata,
    _key("report_id"),
    _key("original"),
    *_text("relation"),
    Column("share", Float, nullable=False),
)

ruling = Table(  # `said` is JSON of what only some verbs say: correction, added, words
    "ruling",
    metadata,
    _key("id"),
    *_text("verb", "ids", "reviewer", "time", "why", "report", "said"),
    Index("ruling_report", "report", "id"),
)

tombstone = Table("tombstone", metadata, _key("subject"), *_text("what", "time", "why"))

OF_REPORT = (
    *(report, origin, passage, contact, facts, cast_member, mention, act, involvement),
    *(location, figure, affiliation, appeal, designation, search_text),
)
OF_LINKS = (actor, member, incident, incident_act, incident_actor, contradiction, copy)
DERIVED = (*OF_REPORT, *OF_LINKS, ruling, tombstone)

# The review queue and what of it has to be brought up: they follow from the rest of the record and
# from what linking keeps, so that `verify` does not compare them and nothing is lost with them.
beside = MetaData()

queue = Table(
    "queue",
    beside,
    _key("id"),
    *_text("sort", "kind", "report_id", "about", "reasons", "parts", "texts", "data", "said"),
    *_number("rank", "open"),  # the least rank comes first
    Index("queue_order", "open", "rank", "id"),
    Index("queue_sort", "open", "sort", "rank", "id"),
    Index("queue_kind", "open", "kind", "rank", "id"),
    Index("queue_report", "report_id", "rank", "id"),
)

queue_about = Table(  # by what items other than acts are found when that changes
    "queue_about",
    beside,
    _key("thing"),
    _key("item"),
    Index("queue_about_item", "item"),
)

queue_due = Table("queue_due", beside, _key("sort"), _key("thing"))
