"""What the pages of the web application read: tables of the record, a page at a time."""
