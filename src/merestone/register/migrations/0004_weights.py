"""What levels weighed in the last linking run, "" where the table decided, as in all runs before. Never altered, only followed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = (("register", "0003_place"),)

    operations = (migrations.AddField("missiontable", "weights", models.TextField(default="")),)
