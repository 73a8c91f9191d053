"""The tables as they were first made. Written by makemigrations; never altered, only followed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = ()

    operations = (
        migrations.CreateModel(
            name="Account",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("name", models.TextField()),
                ("roles", models.TextField()),
                ("open", models.BooleanField()),
                ("entry", models.BigIntegerField()),
            ],
            options={
                "db_table": "account",
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("profile", models.CharField(max_length=64)),
                ("state", models.CharField(max_length=20)),
                ("content", models.CharField(max_length=64)),
                ("rests", models.CharField(max_length=64)),
                ("size", models.BigIntegerField()),
                ("root", models.CharField(max_length=64)),
                ("drafted_by", models.CharField(max_length=40)),
                ("approved_by", models.CharField(max_length=40)),
                ("published_by", models.CharField(max_length=40)),
                ("claims", models.IntegerField()),
                ("proposals", models.IntegerField()),
                ("drafted", models.BigIntegerField()),
                ("entry", models.BigIntegerField()),
            ],
            options={
                "db_table": "edition",
            },
        ),
        migrations.CreateModel(
            name="Entry",
            fields=[
                ("position", models.BigIntegerField(primary_key=True, serialize=False)),
                ("data", models.BinaryField()),
                ("hashes", models.BinaryField()),
            ],
            options={
                "db_table": "ledger_entry",
            },
        ),
        migrations.CreateModel(
            name="Exhibit",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("original", models.CharField(max_length=64)),
                ("text", models.CharField(max_length=64)),
                ("about", models.CharField(max_length=64)),
                ("reading", models.CharField(max_length=64)),
                ("rules", models.CharField(max_length=120)),
                ("unread", models.CharField(max_length=64)),
                ("protected", models.BooleanField()),
                ("erased", models.BooleanField()),
                ("name", models.TextField()),
                ("publisher", models.TextField()),
                ("published", models.TextField()),
                ("language", models.TextField()),
                ("received", models.BigIntegerField()),
                ("entry", models.BigIntegerField()),
            ],
            options={
                "db_table": "exhibit",
            },
        ),
        migrations.CreateModel(
            name="Incident",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("state", models.CharField(max_length=20)),
                ("leads_to", models.CharField(max_length=40)),
                ("entry", models.BigIntegerField()),
            ],
            options={
                "db_table": "incident",
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("entry", models.BigIntegerField(primary_key=True, serialize=False)),
                ("a", models.CharField(max_length=60)),
                ("b", models.CharField(max_length=60)),
                ("verdict", models.CharField(max_length=20)),
                ("actor", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "judgement",
            },
        ),
        migrations.CreateModel(
            name="MissionTable",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=64)),
                ("pack", models.CharField(max_length=64)),
                ("pack_digest", models.CharField(max_length=64)),
                ("verifier", models.CharField(max_length=200)),
                ("vault_key", models.CharField(max_length=64)),
                ("entry", models.BigIntegerField()),
            ],
            options={
                "db_table": "mission",
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("size", models.BigIntegerField(primary_key=True, serialize=False)),
                ("note", models.BinaryField()),
            ],
            options={
                "db_table": "ledger_checkpoint",
            },
        ),
        migrations.CreateModel(
            name="Observation",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("patrol", models.CharField(max_length=40)),
                ("form", models.CharField(max_length=64)),
                ("actor", models.CharField(max_length=40)),
                ("entry", models.BigIntegerField()),
            ],
            options={
                "db_table": "observation",
            },
        ),
        migrations.CreateModel(
            name="Patrol",
            fields=[
                ("id", models.CharField(max_length=40, primary_key=True, serialize=False)),
                ("form", models.CharField(max_length=64)),
                ("actor", models.CharField(max_length=40)),
                ("entry", models.BigIntegerField()),
            ],
            options={
                "db_table": "patrol",
            },
        ),
        migrations.CreateModel(
            name="Refused",
            fields=[
                ("entry", models.BigIntegerField(primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=64)),
                ("code", models.CharField(max_length=64)),
                ("protected", models.BooleanField()),
                ("actor", models.CharField(max_length=40)),
            ],
            options={
                "db_table": "refused",
            },
        ),
        migrations.CreateModel(
            name="Removal",
            fields=[
                ("pk", models.CompositePrimaryKey("commitment", "turn", blank=True, editable=False, primary_key=True, serialize=False)),
                ("commitment", models.CharField(max_length=64)),
                ("turn", models.IntegerField()),
                ("entry", models.BigIntegerField()),
            ],
            options={
                "db_table": "vault_removal",
            },
        ),
        migrations.CreateModel(
            name="Claim",
            fields=[
                ("ref", models.CharField(max_length=60, primary_key=True, serialize=False)),
                ("exhibit", models.CharField(max_length=40)),
                ("part", models.CharField(max_length=1)),
                ("number", models.IntegerField()),
                ("state", models.CharField(max_length=20)),
                ("content", models.CharField(max_length=64)),
                ("reading", models.CharField(max_length=64)),
                ("nth", models.IntegerField()),
                ("kind", models.TextField()),
                ("initiator", models.TextField()),
                ("start", models.TextField()),
                ("end", models.TextField()),
                ("incident", models.CharField(max_length=40)),
                ("entry", models.BigIntegerField()),
            ],
            options={
                "db_table": "claim",
                "indexes": [
                    models.Index(fields=["exhibit"], name="claim_exhibit"),
                    models.Index(fields=["incident"], name="claim_incident"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Decision",
            fields=[
                ("entry", models.BigIntegerField(primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=60)),
                ("verdict", models.CharField(max_length=20)),
                ("point", models.CharField(max_length=64)),
                ("by", models.TextField()),
                ("actor", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "decision",
                "indexes": [models.Index(fields=["subject"], name="decision_subject")],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("entry", models.BigIntegerField(primary_key=True, serialize=False)),
                ("subject", models.CharField(max_length=60)),
                ("note", models.CharField(max_length=64)),
                ("actor", models.CharField(max_length=40)),
            ],
            options={
                "db_table": "remark",
                "indexes": [models.Index(fields=["subject"], name="remark_subject")],
            },
        ),
        migrations.CreateModel(
            name="VaultItem",
            fields=[
                ("pk", models.CompositePrimaryKey("commitment", "turn", blank=True, editable=False, primary_key=True, serialize=False)),
                ("commitment", models.CharField(max_length=64)),
                ("turn", models.IntegerField()),
                ("kind", models.CharField(max_length=20)),
                ("owner", models.CharField(max_length=40)),
                ("key", models.BinaryField()),
                ("data", models.BinaryField()),
                ("wrapped", models.BinaryField()),
                ("fingerprint", models.CharField(max_length=64)),
            ],
            options={
                "db_table": "vault_item",
                "indexes": [
                    models.Index(fields=["owner"], name="vault_item_owner"),
                    models.Index(fields=["fingerprint"], name="vault_item_fingerprint"),
                ],
            },
        ),
    )
