"""The running record: one function an act, one transaction an act, tables that can be thrown away and made again."""

__all__: list[str] = []
