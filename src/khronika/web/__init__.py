"""Web: the record in a browser on this machine."""
