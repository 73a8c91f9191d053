"""Ours."""  # noqa: N999 - the name of the migration

import importlib

Migration = importlib.import_module("merestone.register.migrations.0003_place").Migration
