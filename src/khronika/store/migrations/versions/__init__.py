"""Changes of the schema, in order; each is run once in every record."""
