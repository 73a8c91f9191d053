"""The tables of what a language model is given to read. Never altered, only followed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("register", "0001_initial"),)

    operations = (
        migrations.CreateModel(
            name="ModelSet",
            fields=[
                ("entry", models.BigIntegerField(primary_key=True, serialize=False)),
                ("setting", models.CharField(max_length=64)),
                ("actor", models.CharField(max_length=40)),
                ("reason", models.CharField(max_length=64)),
            ],
            options={"db_table": "model_set"},
        ),
        migrations.CreateModel(
            name="Sent",
            fields=[
                ("entry", models.BigIntegerField(primary_key=True, serialize=False)),
                ("exhibit", models.CharField(max_length=40)),
                ("model", models.BigIntegerField()),
                ("actor", models.CharField(max_length=40)),
            ],
            options={"db_table": "sent", "indexes": [models.Index(fields=["exhibit"], name="sent_exhibit")]},
        ),
    )
