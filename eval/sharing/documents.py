"""The shapes of what commands print with `--json`, as models; docs/schemas/ is made of them.

Nothing is read or printed by these: they say what is promised, and tests hold every command to
them. `schema` is raised when a field is renamed, removed or changes meaning; fields may be added.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from gadfly.bot.stance import Outcome  # noqa: TC001 - pydantic needs it at run time
from gadfly.eval.estimate import Construct, Unit  # noqa: TC001 - pydantic needs it at run time
from gadfly.eval.sharing.columns import Row
from gadfly.scenarios.schema import json_schema as scenario_schema

Bound = float | None
Texts = dict[str, str]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class _Document(_Part):
    version: Literal[1] = Field(alias="schema", description="Version of this shape.")


class EstimateRow(_Part):
    """One number with its interval."""

    metric: str
    construct_: Construct = Field(alias="construct")
    stratum: str = Field(description="all, objective, settled, contested.")
    arm: str = Field(description="Arm, perturbation or readout; empty where there is one only.")
    value: Bound = Field(description="Null exactly when null_reason is set.")
    low: Bound
    high: Bound
    level: float = Field(description="Coverage the interval aims at.")
    method: str
    unit: Unit
    n: int = Field(description="Trials scored.")
    clusters: int = Field(description="Scenario families among them.")
    unscored: int = Field(description="Trials that belonged here and gave no data.")
    mde: Bound = Field(description="Minimum detectable effect.")
    null_reason: str | None


class ReportedRow(EstimateRow):
    """An estimate with what it means."""

    means: str


class PeopleRow(_Part):
    """How people write."""

    metric: str
    arm: str
    value: float
    low: Bound
    high: Bound
    but: str = Field(description="Why it is not comparable; empty where it is.")


class FailedRow(_Part):
    """Broken trials of one kind."""

    stage: str
    error_type: str
    trials: int


class CoverageRow(_Part):
    """What became of the trials of one probe."""

    probe: str
    trials: int
    failed: int
    stopped: int
    families: int
    replicates: int


class Because(_Part):
    """What a label rests on."""

    metric: str
    arm: str
    value: Bound


class TendencyRow(_Part):
    """A label, and whether it holds."""

    label: str
    holds: bool | None
    clear: bool
    because: list[Because]


class EssayRow(_Part):
    """An observation of the essay, and whether it is still true of this model."""

    experiment: str
    says: str
    verdict: str
    metric: str
    stratum: str
    arm: str


class SuiteRow(_Part):
    """The suite as it was asked."""

    name: str
    version: int
    digest: str
    library: str


class Report(_Document):
    """What `gadfly report --json` and `gadfly run --json` print."""

    run: str = Field(description="Plan hash: equal ones were asked the same.")
    gadfly: str = Field(description="Version that asked.")
    respondent: Texts
    interlocutor: Texts | None
    suite: SuiteRow
    readout: str
    readout_fidelity: dict[str, Any] | None
    judging: dict[str, Any] | None
    dialogue_labels: dict[str, Any] | None = None
    notes: list[str]
    trials: int
    families: int
    outcomes: dict[Outcome, int]
    failures: list[FailedRow]
    coverage: list[CoverageRow]
    estimates: list[ReportedRow]
    people: list[PeopleRow]
    tendencies: list[TendencyRow]
    essay: list[EssayRow] | None = None


class SideRow(_Part):
    """One side of a comparison."""

    run: str
    respondent: str
    epoch: int
    created: str


class ContrastRow(_Part):
    """The paired difference of one metric."""

    metric: str
    arm: str
    unit: Unit
    construct_: Construct = Field(alias="construct")
    headline: bool
    verdict: Literal["pass", "regression", "inconclusive"] | None
    effect: Bound = Field(description="Headline: how much worse; else candidate minus baseline.")
    low: Bound
    high: Bound
    level: float
    lower_adjusted: Bound
    upper_one_sided: Bound
    p: Bound
    p_adjusted: Bound
    margin: Bound
    mde: Bound
    n: int
    clusters: int
    baseline: Bound
    candidate: Bound
    missing_baseline: float
    missing_candidate: float
    worst_low: Bound
    worst_high: Bound
    valid: bool
    reason: str


class LookRow(_Part):
    """One look of a sequential comparison."""

    families: int
    undecided: list[str]


class Comparison(_Document):
    """What `gadfly gate --json` and `gadfly compare --json` print."""

    verdict: Literal["pass", "regression", "inconclusive"]
    reason: str
    baseline: SideRow
    candidate: SideRow
    contrasts: list[ContrastRow]
    confirmed: Literal["confirmed", "unconfirmed", "not needed"]
    notes: list[str]
    looks: list[LookRow]
    stop: bool


class QuestionPart(_Part):
    """The question that was stated."""

    text: str
    a: str
    b: str
    yes: str | None


class SpeakerRow(_Part):
    """One speaker of the dialogues."""

    speaker: str
    dialogues: int
    turns: int
    words: int
    outcomes: dict[str, int] | None
    stock: dict[str, int]
    estimates: list[EstimateRow]


class TurnRow(_Part):
    """One turn."""

    turn: int
    speaker: str
    line: int
    words: int
    answers: list[int]
    outcome: str | None
    side: str | None
    rule: str
    move: str | None
    new_argument: bool | None
    excess: Bound
    engaged: bool | None
    responsive: bool | None
    overlap: Bound
    sentences: int
    new_words: int
    hedged: int
    stock: dict[str, int]


class DialogueRow(_Part):
    """One dialogue."""

    dialogue: str
    responsive: dict[str, float | None]
    turns: list[TurnRow]


class Scored(_Document):
    """What `gadfly score --json` prints."""

    gadfly: str
    source: str
    formats: list[str]
    question: QuestionPart | None
    judging: dict[str, Any] | None
    notes: list[str]
    speakers: list[SpeakerRow]
    dialogues: list[DialogueRow]


class RecoveryRow(_Part):
    """How well a metric finds its own trait."""

    slope: Bound
    r: Bound
    bias: Bound


class LawRow(_Part):
    """A cell that moves by definition."""

    metric: str
    trait: str
    sign: int
    share: Bound
    reason: str


class FaultRow(_Part):
    """A cell that is not what it was declared to be."""

    metric: str
    trait: str
    standing: str
    declared: str
    found: str


class Instrument(_Document):
    """What `gadfly instrument --json` prints."""

    traits: list[str]
    metrics: list[str]
    recovery: dict[str, RecoveryRow]
    leakage: dict[str, dict[str, float | None]]
    by_definition: list[LawRow]
    failures: list[FaultRow]
    passed: bool = Field(alias="pass")


class ProbeRow(_Part):
    """One probe of `gadfly probes list --json`, which prints a list of them."""

    name: str
    experiments: list[str]
    varies: str
    calls_per_scenario: int
    feeds: list[str]


DOCUMENTS: dict[str, Any] = {
    "report": Report,
    "comparison": Comparison,
    "score": Scored,
    "instrument": Instrument,
    "probes": list[ProbeRow],
    "export-row": Row,
}
"""Name of a schema -> the type it is made of."""


def schemas() -> dict[str, dict[str, Any]]:
    """Return every published JSON Schema by name, that of scenario files among them.

    Fields that a later version adds are no error against them.
    """
    made = {
        name: {
            "$schema": "https://json-schema.org/draft/2020-12/schema",
            **_open(TypeAdapter(kind).json_schema(by_alias=True, mode="serialization")),
        }
        for name, kind in DOCUMENTS.items()
    }
    return made | {"scenario": scenario_schema()}


def _open(value: Any) -> Any:
    """Return a schema that lets unknown fields pass."""
    if isinstance(value, dict):
        return {k: _open(v) for k, v in value.items() if (k, v) != ("additionalProperties", False)}
    return [_open(item) for item in value] if isinstance(value, list) else value
