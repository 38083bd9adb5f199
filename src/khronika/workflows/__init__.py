"""Workflows: one function a user's intention; the only place where steps meet the store."""
