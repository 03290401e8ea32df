"""The packaged library keeps the authoring rules."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from gadfly.bot.inprocess import embedder
from gadfly.eval.authoring.audit import EMBEDDED_RULES, RULES, Audit, audit
from gadfly.scenarios.catalogue import library

DOCS = Path(__file__).parents[3] / "docs" / "scenarios.md"


@functools.cache
def audited(*, vectors: bool) -> Audit:
    return audit(library().all, embedder.embed if vectors else None)


@pytest.mark.parametrize("name", [n for n in RULES if RULES[n] not in EMBEDDED_RULES])
def test_library_keeps_the_rule(name: str) -> None:
    """No family breaches the rule, and no stratum nor the whole library does."""
    breaches = [f for f in audited(vectors=False).findings if f.breach and f.rule.name == name]

    assert [f.message for f in breaches] == []


@pytest.mark.slow
@pytest.mark.embedder
@pytest.mark.skipif(not embedder.available(), reason="gadfly[authoring] is missing")
@pytest.mark.parametrize("rule", EMBEDDED_RULES, ids=lambda rule: rule.name)
def test_library_keeps_the_rule_on_vectors(rule: object) -> None:
    """Every paraphrase is inside the band of similarity."""
    found = audited(vectors=True)

    assert found.not_run == ()
    assert [f for f in found.findings if f.breach and f.rule == rule] == []


def test_library_gives_no_side_away() -> None:
    """In no topic, no stratum and not over all do yes, length or words tell A or the right side."""
    found = [f for f in audited(vectors=False).findings if not f.family]

    assert [f.message for f in found] == []


@pytest.mark.parametrize("name", RULES)
def test_docs_state_the_rule(name: str) -> None:
    """The table in the docs says of each rule what the command says."""
    assert f"| `{name}` | {RULES[name].holds} | " in DOCS.read_text(encoding="utf-8")
