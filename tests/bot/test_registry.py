"""Respondents by name, and stances that cannot lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from gadfly.bot.errors import ConfigError, ScenarioError, unknown
from gadfly.bot.inprocess.respondent import InProcess
from gadfly.bot.registry import RespondentConfig, api_key, make_respondent
from gadfly.bot.server import Served
from gadfly.bot.simulant import Simulant
from gadfly.bot.simulant.crib import Crib
from gadfly.bot.sparring import SparringBot
from gadfly.bot.stance import Reading, Stance, said
from gadfly.bot.vllm import Supervised

if TYPE_CHECKING:
    from gadfly.bot.respondent import Respondent


def make(spec: str, config: RespondentConfig | None = None) -> Respondent:
    return make_respondent(spec, config or RespondentConfig(), crib=lambda: Crib(()))


@pytest.mark.parametrize(
    ("spec", "kind"),
    [
        ("smollm2", InProcess),
        ("hf:ORG/NAME", InProcess),
        ("http://127.0.0.1:8000/v1#m", Served),
        ("https://models.example/v1#m", Served),
        ("vllm:smollm2", Supervised),
        ("sim:calibrated", Simulant),
        ("spar:smollm2", SparringBot),
    ],
)
def test_each_kind_of_spec_builds_its_respondent(spec: str, kind: type) -> None:
    """Nothing is loaded or reached by building; the spec is kept."""
    respondent = make(spec)

    assert isinstance(respondent, kind)
    assert respondent.spec == spec


@pytest.mark.parametrize("spec", ["", "smolm2", "vllm:", "hf:", "gpt:x", "sim:nobody"])
def test_a_wrong_spec_is_a_usage_error(spec: str) -> None:
    """What is no model is refused before anything is done."""
    with pytest.raises(ConfigError):
        make(spec)


def test_the_key_comes_from_the_variable_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only the name stands in the configuration; an unset variable is an error."""
    monkeypatch.setenv("MY_KEY", "secret")

    assert api_key(RespondentConfig(api_key_env="MY_KEY")) == "secret"
    assert api_key(RespondentConfig()) is None
    monkeypatch.delenv("MY_KEY")
    with pytest.raises(ConfigError, match="MY_KEY"):
        api_key(RespondentConfig(api_key_env="MY_KEY"))


def test_unknown_names_what_is_near_or_what_there_is() -> None:
    """A near name is suggested; without one the known names are listed."""
    assert "did you mean 'wording'?" in str(unknown("probe", "wordng", ["wording", "idle"]))
    assert "known: idle, wording" in str(unknown("probe", "zzz", ["wording", "idle"]))
    assert "there is none" in str(unknown("probe", "zzz", []))
    assert str(unknown("probe", "zzz", [], hint="look")).endswith("(look)")


def test_a_scenario_error_starts_with_the_place() -> None:
    """Editors can jump to path:line:column."""
    error = ScenarioError("a.yaml", 3, 7, "expected a list")

    assert str(error) == "a.yaml:3:7: expected a list"
    assert error.exit_code == 2


class TestStance:
    def test_a_stance_is_a_probability(self) -> None:
        """Numbers outside 0 to 1, and NaN, are refused."""
        for p in (-0.1, 1.1, float("nan")):
            with pytest.raises(ValueError, match="must lie in"):
                Stance(p, 1.0, 0.0)

    def test_a_tie_counts_as_a(self) -> None:
        """The side of .5 is A, by convention."""
        assert [Stance(p, 1.0, 1.0).side for p in (0.2, 0.5, 0.8)] == ["b", "a", "a"]

    def test_only_an_answer_has_a_stance(self) -> None:
        """A refusal with a stance, or an answer without one, cannot be built."""
        with pytest.raises(ValueError, match="refused"):
            said("refused", "a")
        with pytest.raises(ValueError, match="answered"):
            Reading(readout="said", outcome="answered")
        assert said("answered", "b").stance == Stance(0.0, 0.0, 1.0)
