"""The tables of a shipped pack come from its script and the public data beside the checkout, byte by byte."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT.parent / "shared" / "data"
SCRIPTS = sorted((ROOT / "tools").glob("places_*.py"))


@pytest.mark.skipif(not DATA.is_dir(), reason="the public data are not beside this checkout (../shared/data)")
@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_the_tables_are_what_the_script_makes(script: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec = importlib.util.spec_from_file_location(script.stem, script)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, script.stem, module)
    spec.loader.exec_module(module)
    shipped = module.PACK
    monkeypatch.setattr(module, "PACK", tmp_path)
    monkeypatch.setattr(sys, "argv", [script.name, "--data", str(DATA)])
    module.main()
    made = sorted(path.name for path in tmp_path.iterdir())
    assert made == ["lines.geojson", "places.csv", "shapes.geojson"]
    for name in made:
        assert (tmp_path / name).read_bytes() == (shipped / name).read_bytes(), name
