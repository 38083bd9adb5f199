"""Tables of captures from a record: who is on which publisher's list, and how sure linking is."""
