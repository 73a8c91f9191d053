"""The views, one file a group of pages: each takes a request, asks the house, and gives a page. No rule of the mission stands here."""

__all__: list[str] = []
