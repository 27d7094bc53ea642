"""Writes ../expected/*.txt from the cases beside this file; see harness.py."""
import importlib
import pathlib
import sys

here = pathlib.Path(__file__).resolve().parent
sys.path.insert(0, str(here))
sys.dont_write_bytecode = True
import harness  # noqa: E402

for source in sorted(here.glob("*.py")):
    if source.stem in ("harness", "generate"):
        continue
    harness.cases.clear()
    importlib.import_module(source.stem)
    harness.write(source.stem, here.parent / "expected")
