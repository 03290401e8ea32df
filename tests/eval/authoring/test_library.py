"""The packaged library keeps the authoring rules."""

from __future__ import annotations

import functools
from pathlib import Path

import pytest

from gadfly.bot.inprocess import embedder
from gadfly.eval.authoring.audit import EMBEDDED_RULES, RULES, Audit, audit
from gadfly.scenarios.catalogue import library

DOCS = Path(__file__).parents[3] / "docs" / "scenarios.md"
EXCUSED = {
    ("label-leak", "settled families: expected that words do not tell which statement is right"),
    ("label-leak", "settled families: expected that words do not tell which statement is A"),
}
"""Rules the library does not keep in some part, and how the finding begins; said in the docs."""


@functools.cache
def audited(*, vectors: bool) -> Audit:
    return audit(library().all, embedder.embed if vectors else None)


@pytest.mark.parametrize("name", [n for n in RULES if RULES[n] not in EMBEDDED_RULES])
def test_library_keeps_the_rule(name: str) -> None:
    """No family breaches the rule, and nothing larger does but what is excused."""
    breaches = [f for f in audited(vectors=False).findings if f.breach and f.rule.name == name]
    excused = tuple(start for of, start in EXCUSED if of == name)

    assert [f.message for f in breaches if not f.message.startswith(excused)] == []


@pytest.mark.embedder
@pytest.mark.skipif(not embedder.available(), reason="gadfly[authoring] is missing")
@pytest.mark.parametrize("rule", EMBEDDED_RULES, ids=lambda rule: rule.name)
def test_library_keeps_the_rule_on_vectors(rule: object) -> None:
    """Every paraphrase is inside the band of similarity."""
    found = audited(vectors=True)

    assert found.not_run == ()
    assert [f for f in found.findings if f.breach and f.rule == rule] == []


def test_library_tells_a_from_b_by_nothing() -> None:
    """Over the whole library, yes, length and words say nothing of which statement is A."""
    found = [f.message for f in audited(vectors=False).findings if not f.family and not f.topic]
    whole = [message for message in found if " families: " not in message]

    assert [message for message in whole if "is A" in message or "takes A" in message] == []


@pytest.mark.parametrize("name", RULES)
def test_docs_state_the_rule(name: str) -> None:
    """The table in the docs says of each rule what the command says."""
    assert f"| `{name}` | {RULES[name].holds} | " in DOCS.read_text(encoding="utf-8")
