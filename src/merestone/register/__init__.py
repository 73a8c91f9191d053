"""The running record: one function an act, one transaction an act, tables that can be thrown away and made again.

No names stand at its door, on purpose: whoever needs the room imports the module of the act (`receive`, `decide`, `mission`, ...), and a
command loads Django and a database only if it works on a mission. Django itself imports this file before its models can be.
"""

__all__: list[str] = []
