"""The desk in a browser: pages over a mission, for this machine alone. What they show went through `report.redact` before.

No names stand at its door, on purpose: the command line imports `serve` when a mission is to be served, and Django the rest by itself.
"""

__all__: list[str] = []
