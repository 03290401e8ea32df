"""What commands print with --json is what docs/schemas/ promises."""

from __future__ import annotations

import json
import re
import uuid
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import TypeAdapter

import gadfly.scenarios
from gadfly.eval.sharing.documents import DOCUMENTS, schemas

from .conftest import gadfly as command

SCHEMAS = Path(__file__).parents[3] / "docs" / "schemas"
TALK = (
    "Ann: Should the bridge stay open?\n\nBob: Yes, for the bakers need it.\n\nAnn: I doubt it.\n"
)


class Yaml12(yaml.SafeLoader):
    """Takes `yes` for a word and only `true` and `false` for truth values, as YAML 1.2 does."""


Yaml12.yaml_implicit_resolvers = {
    letter: [r for r in found if r[0] != "tag:yaml.org,2002:bool"]
    for letter, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
Yaml12.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"true|false"), ["t", "f"])


def holds(name: str, document: Any) -> None:
    """Hold a document to the published schema, and to there being nothing it does not name."""
    jsonschema = pytest.importorskip("jsonschema")
    published = json.loads((SCHEMAS / f"{name}.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(published)
    jsonschema.validate(document, published, cls=jsonschema.Draft202012Validator)
    TypeAdapter(DOCUMENTS[name]).validate_python(document)


def test_published_schemas_are_current() -> None:
    """Every file in docs/schemas/ is what the models give (`python -m benchmarks schemas`)."""
    found = {p.name.removesuffix(".schema.json"): p for p in SCHEMAS.iterdir()}

    assert {n: json.loads(p.read_text(encoding="utf-8")) for n, p in found.items()} == schemas()


def test_report_keeps_to_its_schema(run: Path) -> None:
    """A report on every probe, and one of the essay suite with its observations."""
    holds("report", json.loads((run.parent / "report.json").read_text(encoding="utf-8")))


def test_comparison_keeps_to_its_schema(run: Path, tmp_path: Path) -> None:
    """Two runs side by side."""
    again = ("run", "smoke", "--model", "sim:calibrated", "--json")
    for name, seed in (("a", "0"), ("b", "1")):
        done = command(*again, "--seed", seed, "--out", name, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        holds("report", json.loads(done.stdout))
    done = command("compare", "a", "b", "--json", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    holds("comparison", json.loads(done.stdout))


def test_score_keeps_to_its_schema(tmp_path: Path) -> None:
    """With a question stated and without."""
    (tmp_path / "talk.txt").write_text(TALK, encoding="utf-8")
    question = ("--question", "Should the bridge stay open?")
    sides = ("--a", "The bridge should stay open.", "--b", "The bridge should be closed.")
    for more in ((), (*question, *sides)):
        done = command("score", "talk.txt", "--json", *more, folder=tmp_path)
        assert done.returncode == 0, done.stderr
        holds("score", json.loads(done.stdout))


def test_probes_keep_to_their_schema(tmp_path: Path) -> None:
    """Every probe there is."""
    done = command("probes", "list", "--json", folder=tmp_path)
    holds("probes", json.loads(done.stdout))


def test_scenario_files_keep_to_their_schema() -> None:
    """Files of the library, and the one a pack begins with, as any editor would check them."""
    jsonschema = pytest.importorskip("jsonschema")
    folder = Path(next(iter(gadfly.scenarios.__path__)))
    for name in ("library/meat.yaml", "library/chains.yaml", "template/scenarios.yaml"):
        text = (folder / name).read_text(encoding="utf-8")
        text = text.replace("PACK-NAME", "pack").replace("NEW-GUID", str(uuid.uuid4()))
        jsonschema.validate(yaml.load(text, Loader=Yaml12), schemas()["scenario"])


def test_export_rows_keep_to_their_schema(run: Path, tmp_path: Path) -> None:
    """Every row of a run of every probe."""
    done = command("export", str(run), "--to", "jsonl", "--out", "x.jsonl", folder=tmp_path)
    assert done.returncode == 0, done.stderr
    lines = (tmp_path / "x.jsonl").read_text(encoding="utf-8").splitlines()
    for line in lines[:: max(1, len(lines) // 50)]:
        holds("export-row", json.loads(line))
