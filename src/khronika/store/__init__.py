"""Store: the record in SQL and its kept files."""
