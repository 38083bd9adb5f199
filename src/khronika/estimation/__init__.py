"""Estimation: what the record does not see."""
