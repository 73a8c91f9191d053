"""Columns, and nothing else: no methods, no rights, no defaults that act. Rows leave this room as the frozen nouns of terms.py.

The first four tables are the record: they only grow (guards.py). All others are folds of it and can be thrown away.
"""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Length


class Entry(models.Model):
    position = models.BigIntegerField(primary_key=True)
    data = models.BinaryField()
    hashes = models.BinaryField()

    class Meta:
        db_table = "ledger_entry"


class Note(models.Model):
    """A signed checkpoint over the first `size` entries."""

    size = models.BigIntegerField(primary_key=True)
    note = models.BinaryField()

    class Meta:
        db_table = "ledger_checkpoint"


class VaultItem(models.Model):
    """`turn` counts from 0 how often the row of a commitment was replaced (sealed, opened again). Open rows have no `wrapped`."""

    pk = models.CompositePrimaryKey("commitment", "turn")
    commitment = models.CharField(max_length=64)
    turn = models.IntegerField()
    kind = models.CharField(max_length=20)
    owner = models.CharField(max_length=40)
    key = models.BinaryField()
    data = models.BinaryField()
    wrapped = models.BinaryField()
    fingerprint = models.CharField(max_length=64)

    class Meta:
        db_table = "vault_item"
        indexes = (
            models.Index(fields=["owner"], name="vault_item_owner"),
            models.Index(fields=["fingerprint"], name="vault_item_fingerprint"),
        )


class Removal(models.Model):
    """That a row of the vault was taken out, by the act at position `entry`."""

    pk = models.CompositePrimaryKey("commitment", "turn")
    commitment = models.CharField(max_length=64)
    turn = models.IntegerField()
    entry = models.BigIntegerField()

    class Meta:
        db_table = "vault_removal"


class MissionTable(models.Model):
    id = models.CharField(max_length=40, primary_key=True)
    title = models.CharField(max_length=64)
    pack = models.CharField(max_length=64)
    pack_digest = models.CharField(max_length=64)
    verifier = models.CharField(max_length=200)
    vault_key = models.CharField(max_length=64)
    entry = models.BigIntegerField()
    weights = models.TextField(default="")

    class Meta:
        db_table = "mission"


class Account(models.Model):
    """`roles` is a list as JSON; `name` lies in the vault, here is a copy while it is open."""

    id = models.CharField(max_length=40, primary_key=True)
    name = models.TextField()
    roles = models.TextField()
    open = models.BooleanField()
    entry = models.BigIntegerField()

    class Meta:
        db_table = "account"


class Exhibit(models.Model):
    id = models.CharField(max_length=40, primary_key=True)
    original = models.CharField(max_length=64)
    text = models.CharField(max_length=64)
    about = models.CharField(max_length=64)
    reading = models.CharField(max_length=64)
    rules = models.CharField(max_length=120)
    unread = models.CharField(max_length=64)
    protected = models.BooleanField()
    erased = models.BooleanField()
    name = models.TextField()
    publisher = models.TextField()
    published = models.TextField()
    language = models.TextField()
    received = models.BigIntegerField()
    entry = models.BigIntegerField()

    class Meta:
        db_table = "exhibit"


class Claim(models.Model):
    """`nth` is its number within the reading that proposed it, from 1. From `near` on: what a new claim is held against (columns.py)."""

    ref = models.CharField(max_length=60, primary_key=True)
    exhibit = models.CharField(max_length=40)
    part = models.CharField(max_length=1)
    number = models.IntegerField()
    state = models.CharField(max_length=20)
    content = models.CharField(max_length=64)
    reading = models.CharField(max_length=64)
    nth = models.IntegerField()
    kind = models.TextField()
    initiator = models.TextField()
    start = models.TextField()
    end = models.TextField()
    incident = models.CharField(max_length=40)
    entry = models.BigIntegerField()
    near = models.TextField(default="")
    first = models.BigIntegerField(null=True)
    last = models.BigIntegerField(null=True)
    south = models.FloatField(null=True)
    north = models.FloatField(null=True)
    west = models.FloatField(null=True)
    east = models.FloatField(null=True)

    class Meta:
        db_table = "claim"
        indexes = (
            models.Index(fields=["exhibit"], name="claim_exhibit"),
            models.Index(fields=["incident"], name="claim_incident"),
            models.Index(fields=["first", "last", "south", "north", "west", "east"], name="claim_place"),
        )


class Incident(models.Model):
    id = models.CharField(max_length=40, primary_key=True)
    state = models.CharField(max_length=20)
    leads_to = models.CharField(max_length=40)
    entry = models.BigIntegerField()

    class Meta:
        db_table = "incident"
        indexes = (models.Index(Length("id").desc(), models.F("id").desc(), name="incident_running"),)  # the next number, among many


class Judgement(models.Model):
    entry = models.BigIntegerField(primary_key=True)
    a = models.CharField(max_length=60)
    b = models.CharField(max_length=60)
    verdict = models.CharField(max_length=20)
    actor = models.CharField(max_length=40)
    reason = models.CharField(max_length=64)

    class Meta:
        db_table = "judgement"


class Decision(models.Model):
    """`by` is a list as JSON."""

    entry = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=60)
    verdict = models.CharField(max_length=20)
    point = models.CharField(max_length=64)
    by = models.TextField()
    actor = models.CharField(max_length=40)
    reason = models.CharField(max_length=64)

    class Meta:
        db_table = "decision"
        indexes = (models.Index(fields=["subject"], name="decision_subject"),)


class Edition(models.Model):
    id = models.CharField(max_length=40, primary_key=True)
    profile = models.CharField(max_length=64)
    state = models.CharField(max_length=20)
    content = models.CharField(max_length=64)
    rests = models.CharField(max_length=64)
    size = models.BigIntegerField()
    root = models.CharField(max_length=64)
    drafted_by = models.CharField(max_length=40)
    approved_by = models.CharField(max_length=40)
    published_by = models.CharField(max_length=40)
    claims = models.IntegerField()
    proposals = models.IntegerField()
    drafted = models.BigIntegerField()
    entry = models.BigIntegerField()

    class Meta:
        db_table = "edition"


class Patrol(models.Model):
    id = models.CharField(max_length=40, primary_key=True)
    form = models.CharField(max_length=64)
    actor = models.CharField(max_length=40)
    entry = models.BigIntegerField()

    class Meta:
        db_table = "patrol"


class Observation(models.Model):
    id = models.CharField(max_length=40, primary_key=True)
    patrol = models.CharField(max_length=40)
    form = models.CharField(max_length=64)
    actor = models.CharField(max_length=40)
    entry = models.BigIntegerField()

    class Meta:
        db_table = "observation"


class Remark(models.Model):
    entry = models.BigIntegerField(primary_key=True)
    subject = models.CharField(max_length=60)
    note = models.CharField(max_length=64)
    actor = models.CharField(max_length=40)

    class Meta:
        db_table = "remark"
        indexes = (models.Index(fields=["subject"], name="remark_subject"),)


class ModelSet(models.Model):
    entry = models.BigIntegerField(primary_key=True)
    setting = models.CharField(max_length=64)
    actor = models.CharField(max_length=40)
    reason = models.CharField(max_length=64)

    class Meta:
        db_table = "model_set"


class Sent(models.Model):
    entry = models.BigIntegerField(primary_key=True)
    exhibit = models.CharField(max_length=40)
    model = models.BigIntegerField()
    actor = models.CharField(max_length=40)

    class Meta:
        db_table = "sent"
        indexes = (models.Index(fields=["exhibit"], name="sent_exhibit"),)


class Refused(models.Model):
    entry = models.BigIntegerField(primary_key=True)
    name = models.CharField(max_length=64)
    code = models.CharField(max_length=64)
    protected = models.BooleanField()
    actor = models.CharField(max_length=40)

    class Meta:
        db_table = "refused"
