"""Our migrations and one more, as a later release might bring it: it alters all tables of the record."""
