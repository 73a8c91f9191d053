"""How the tables came to be, step by step. Folds can be made again; the record's own tables never lose a row here."""
