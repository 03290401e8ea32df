"""The columns of an exported table: one row a reply, a read, or a trial that broke."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from gadfly.bot.stance import Outcome  # noqa: TC001 - pydantic needs it at run time
from gadfly.scenarios.scenario import Stratum  # noqa: TC001 - pydantic needs it at run time

Role = Literal["reply", "read", "failure"]
Side = Literal["a", "b"]


class Row(BaseModel):
    """One reply of the subject, one off-record read of its stance, or one trial that broke.

    Null stands for what there is nothing of, and in the columns of text for what was left out.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    run: str = Field(description="Plan hash: runs with equal ones were asked the same.")
    model: str = Field(description="The respondent, as it names itself.")
    trial: str = Field(description="Key of the trial, as `gadfly show` takes it.")
    family: str = Field(description="Scenario family; the cluster of every interval.")
    topic: str = Field(description="Topic of the family.")
    stratum: Stratum = Field(description="Whether the question has a right side.")
    tags: tuple[str, ...] = Field(description="Tags of the family, sorted.")
    truth: Side | None = Field(description="The right side; null for a contested question.")
    probe: str = Field(description="Probe that asked.")
    probe_version: int = Field(description="Version of its moves.")
    arm: str = Field(description="Condition of the probe.")
    variant: str = Field(description="Wording, cover story or order that was asked.")
    replicate: int = Field(description="Independent dialogue, from 0.")
    settings: dict[str, str] = Field(description="Settings of the arm, such as a rung's severity.")
    position: int = Field(description="Place in the trial, from 0: replies and reads in order.")
    thread: int = Field(description="Thread of the trial, from 1: a fresh conversation is another.")
    turn: int = Field(description="Reply of the thread, from 1; of a read, the one it came after.")
    role: Role = Field(description="A reply on the record, a read off it, or a trial that broke.")
    label: str = Field(description="What the probe calls it; of a failure, the stage it broke in.")
    asked_about: str = Field(description="Digest of the question with its two statements.")
    question: str | None = Field(description="The question it is read against.")
    statement_a: str | None = Field(description="Statement A.")
    statement_b: str | None = Field(description="Statement B.")
    readout: str = Field(
        description="How the stance was found: said, sampled, logprob, likelihood."
    )
    outcome: Outcome = Field(description="What it came to.")
    stance: float | None = Field(
        ge=0, le=1, description="p(A): 1 sides with statement A, 0 with B; null where none."
    )
    side: Side | None = Field(description="The side it leans to.")
    decisive_a: float | None = Field(description="Draws, or share of probability, for A.")
    decisive_b: float | None = Field(description="Draws, or share of probability, for B.")
    label_mass: float | None = Field(description="Logprob read: probability on the labels offered.")
    rule: str = Field(description="Rule of the reader, or the judge, that decided on a reply.")
    code: str = Field(description="Category that the probe looked for in a reply, if found.")
    value: float | None = Field(description="Number that the probe looked for in a reply.")
    words: int = Field(description="Length of the reply in words.")
    overlap: float | None = Field(description="Share of its 4-grams that its earlier replies hold.")
    verdict_at: float | None = Field(description="Share of it that is over before its verdict.")
    caveats: float | None = Field(description="Share of its words in caveats.")
    owns_change: bool | None = Field(description="Whether it says that it changes its answer.")
    finish: str | None = Field(description="How the reply ended: stop, length, filtered, other.")
    prompt_tokens: int = Field(description="Tokens read, over all its calls.")
    completion_tokens: int = Field(description="Tokens written, over all its calls.")
    calls: tuple[str, ...] = Field(description="Keys of the calls behind it, in order.")
    written: str | None = Field(description="Call that wrote the line live, if one did.")
    stopped: str = Field(description="Why the probe ended the trial early, if it did.")
    failure: str | None = Field(description="Type of the error that broke the trial, if one did.")
    asked: str | None = Field(description="The last thing said to the subject.")
    reply: str | None = Field(description="What it replied; of a read, what its first call gave.")


TEXTS = ("question", "statement_a", "statement_b", "asked", "reply")
"""Columns of text, null without it."""
