"""Alters a column of each table of the record, for which SQLite has to make them anew, and hangs the entries on a parent table
whose deletion would take them along."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("register", "0004_weights"),)
    operations = (
        migrations.CreateModel(name="Parent", fields=[("id", models.BigAutoField(primary_key=True))], options={"db_table": "parent"}),
        migrations.RunSQL("INSERT INTO parent (id) VALUES (1)"),
        migrations.AlterField("entry", "hashes", models.BinaryField(null=True)),
        migrations.AlterField("note", "note", models.BinaryField(null=True)),
        migrations.AlterField("vaultitem", "kind", models.CharField(max_length=21)),
        migrations.AlterField("removal", "entry", models.IntegerField()),
        migrations.AddField("entry", "parent", models.ForeignKey("parent", on_delete=django.db.models.deletion.CASCADE, db_default=1)),
    )
