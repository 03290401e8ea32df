"""What is measured and who answers, in words."""

from __future__ import annotations

import pytest

from gadfly.eval.chat.turn import Setup
from gadfly.tui.figures import model_name


@pytest.mark.parametrize(
    ("spec", "name"),
    [
        ("smollm2", "smollm2"),
        ("hf:ORG/Tiny", "Tiny"),
        ("http://127.0.0.1:8771/v1", "127.0.0.1:8771"),
        ("spar:https://me:pass@host.example/api/v1/", "spar:host.example"),
        ("spar:http://127.0.0.1:8771/v1#ORG/Tiny", "spar:Tiny"),
        ("sim:calibrated?noise=1", "sim:calibrated"),
    ],
)
def test_who_answers_is_named_by_model_or_host(spec: str, name: str) -> None:
    """The path at which a server answers is nobody's name, and its password is not shown."""
    assert model_name(Setup(model=spec)) == name
