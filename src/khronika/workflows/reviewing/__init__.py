"""The review queue: kept up beside the tables, paged through, and each item with all it takes."""
