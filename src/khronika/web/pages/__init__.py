"""The pages, a module an area; each has `ROUTES`."""
