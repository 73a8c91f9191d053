"""What the text says: claims, statements, appeals, responses and signatories of one exhibit text, each with its span."""

from merestone.extract.read import Reader, read
from merestone.extract.rules import Rules, languages_with_rules, load_rules

__all__ = ["Reader", "Rules", "languages_with_rules", "load_rules", "read"]
