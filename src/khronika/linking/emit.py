"""The neutral model of names written for other engines: SQL (DuckDB, Spark), settings for Splink.

Nothing here runs an engine. The scores are those of `khronika.linking.weights.record_weight`, to
the last digits that the engine's floating point keeps.
"""

from typing import Any

from khronika.linking.weights import RecordLevel, RecordModel

_USUAL_SHARE = 0.001  # of a name, until Splink has counted it


def weight_sql(model: RecordModel, *, left: str = "l", right: str = "r") -> str:
    """An expression for the weight of two records, in DuckDB's SQL.

    Args:
        model: see `record_model`.
        left: what the query calls the one record.
        right: what it calls the other.
    """
    parts = [_case(levels, left, right) for _, levels in model.comparisons]
    return "\n + ".join([repr(model.prior), *parts])


def pairs_sql(model: RecordModel, table: str) -> str:
    """A query for the pairs of a table's records that share a key: `one`, `other`, `weight`.

    Args:
        model: see `record_model`.
        table: a table with the columns of `NameRecord`.
    """
    rules = "\n    OR ".join(f"({rule})" for rule in blocking_sql(model))
    return (
        f"SELECT l.id AS one, r.id AS other,\n{weight_sql(model)} AS weight\n"
        f"FROM {table} l JOIN {table} r\n  ON l.id < r.id AND ({rules})"
    )


def blocking_sql(model: RecordModel) -> tuple[str, ...]:
    """For each key the condition that two records share it."""
    return tuple(
        " AND ".join(f"l.{column} = r.{column} AND l.{column} <> ''" for column in key)
        for key in model.keys
    )


def splink_settings(model: RecordModel) -> dict[str, Any]:
    """Settings for Splink 5: train it (m and u) on records, or predict with them as they are.

    Splink counts how common a name is itself; the unique column is `id`; what is empty must be NULL
    (`NULLIF(column, '')`).
    """
    odds = 2.0**model.prior
    return {
        "link_type": "dedupe_only",
        "unique_id_column_name": "id",
        "probability_two_random_records_match": odds / (1.0 + odds),
        "comparisons": [
            {
                "output_column_name": part.replace(" ", "_"),
                "comparison_levels": [_splink_level(level) for level in levels],
            }
            for part, levels in model.comparisons
        ],
        "blocking_rules_to_generate_predictions": [
            {"blocking_rule": rule} for rule in blocking_sql(model)
        ],
    }


def _case(levels: tuple[RecordLevel, ...], left: str, right: str) -> str:
    *first, last = levels
    whens = "\n     ".join(
        f"WHEN {_condition(each, f'{left}.', f'{right}.')} THEN {_weight(each, left, right)}"
        for each in first
    )
    return f"CASE {whens}\n     ELSE {_weight(last, left, right)} END"


def _weight(level: RecordLevel, left: str, right: str) -> str:
    if not level.share:
        return repr(level.weight)
    shares = f"greatest({left}.{level.share}, {right}.{level.share})"
    return f"({level.weight!r} - log2({shares}))"


def _condition(level: RecordLevel, left: str, right: str) -> str:
    a, b = f"{left}{level.column}", f"{right}{level.column}"
    if level.when == "missing":
        return f"({a} = '' OR {b} = '')"
    lacks = f" AND ({left}{level.lacks} = '' OR {right}{level.lacks} = '')" if level.lacks else ""
    if level.when == "equal":
        return f"({a} <> '' AND {a} = {b}{lacks})"
    both = f"{a} <> '' AND {b} <> ''"
    return f"({both} AND jaro_winkler_similarity({a}, {b}) >= {level.least!r}{lacks})"


def _splink_level(level: RecordLevel) -> dict[str, Any]:
    found: dict[str, Any] = {
        "sql_condition": _splink_condition(level),
        "label_for_charts": level.level,
    }
    if level.when == "missing":
        return found | {"is_null_level": True}
    found |= {"m_probability": level.m, "u_probability": level.u or _USUAL_SHARE}
    if level.share:
        found["tf_adjustment_column"] = level.column
    return found


def _splink_condition(level: RecordLevel) -> str:
    """As Splink writes it; what is empty must be NULL there."""
    if level.when == "else":
        return "ELSE"
    a, b = f'"{level.column}_l"', f'"{level.column}_r"'
    if level.when == "missing":
        return f"{a} IS NULL OR {b} IS NULL"
    lacks = f' AND ("{level.lacks}_l" IS NULL OR "{level.lacks}_r" IS NULL)' if level.lacks else ""
    if level.when == "equal":
        return f"{a} = {b}{lacks}"
    return f"jaro_winkler_similarity({a}, {b}) >= {level.least!r}{lacks}"
