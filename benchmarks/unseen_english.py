"""How many of 50 short cases are read that nobody looked at while mending rules: the figure to expect on other texts.

Read only the figures. Whoever looks at the cases writes new ones in their place. Usage: unseen_english.py
"""

from __future__ import annotations

import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from tests.extract import test_cases  # noqa: E402  (the runner of the cases is a test module)

test_cases.TABLE = HERE / "unseen_english.cases.yaml"


if __name__ == "__main__":
    test_cases.main()
