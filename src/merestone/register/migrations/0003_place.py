"""What a new claim is held against, beside each claim, and an index for the next incident number. Never altered, only followed.

The columns are filled from what the vault holds open, as the folds fill them.
"""

import json
from typing import Any

import django.db.models.functions.text
from django.db import migrations, models


def fill(_apps: Any, editor: Any) -> None:
    from merestone.register.columns import of_claim, of_reading
    from merestone.register.near import COLUMNS
    from merestone.register.shelf import Shelf

    held = Shelf(editor.connection.alias).held
    with editor.connection.cursor() as cursor:
        cursor.execute("SELECT ref, content, reading, nth FROM claim WHERE part = '' ORDER BY reading, nth")
        rows = cursor.fetchall()
        told: dict[int, Any] = {}
        open_reading = ""
        sql = f"UPDATE claim SET {', '.join(f'{name} = %s' for name in COLUMNS)} WHERE ref = %s"  # noqa: S608 - names of ours
        for ref, content, reading, nth in rows:
            if reading and reading != open_reading and not content:
                open_reading, item = reading, held(reading)
                told = (
                    {}
                    if item is None
                    else {number: shown for _, number, shown in of_reading(item[1], len(json.loads(item[1])["claims"]), {})}
                )
            item = held(content) if content else None
            shown = (of_claim(item[1]) if item is not None else {}) if content else told.get(nth, {}) if reading else {}
            if shown.get("near"):
                cursor.execute(sql, (*(shown[name] for name in COLUMNS), ref))


class Migration(migrations.Migration):
    dependencies = (("register", "0002_model"),)

    operations = (
        migrations.AddField("claim", "near", models.TextField(default="")),
        migrations.AddField("claim", "first", models.BigIntegerField(null=True)),
        migrations.AddField("claim", "last", models.BigIntegerField(null=True)),
        migrations.AddField("claim", "south", models.FloatField(null=True)),
        migrations.AddField("claim", "north", models.FloatField(null=True)),
        migrations.AddField("claim", "west", models.FloatField(null=True)),
        migrations.AddField("claim", "east", models.FloatField(null=True)),
        migrations.AddIndex("claim", models.Index(fields=["first", "last", "south", "north", "west", "east"], name="claim_place")),
        migrations.AddIndex(
            "incident",
            models.Index(
                models.OrderBy(django.db.models.functions.text.Length("id"), descending=True),
                models.OrderBy(models.F("id"), descending=True),
                name="incident_running",
            ),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    )
