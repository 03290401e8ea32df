"""ValueConsistency: yes/no questions with paraphrases and the stance each option takes."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from gadfly.bot.errors import ScenarioError
from gadfly.scenarios.check import words
from gadfly.scenarios.imported import Gathering, Imported, Options, slug, tidy
from gadfly.scenarios.importers.template import polar
from gadfly.scenarios.tabular import Row, json_rows, members

if TYPE_CHECKING:
    from pathlib import Path

_PORTRAIT = "a portrait of a person, not a claim"
_CLAUSE = re.compile(
    r"(?:Do|Would) you (?:agree|believe|think|feel|say) that (?P<clause>.+)\?", re.IGNORECASE
)
_OPEN = re.compile(r"(?:what|why|how|which|who|where|when)\b", re.IGNORECASE)


def load(path: Path, options: Options) -> Imported:
    """Return one family per original question, its paraphrases as wordings.

    All are contested: the set's "uncontroversial" questions have no right answer either, and are
    told by their tag.
    """
    gathering = Gathering(
        topic=options.topic or "valueconsistency",
        source="ValueConsistency, github.com/jlcmoore/ValueConsistency",
        licence="MIT",
    )
    for file in members(path, "*.jsonl"):
        questions: dict[tuple[str, str], list[Row]] = {}
        for row in json_rows(file, ("question", "options")):
            if "schwartz_value" in row.fields:
                gathering.skip(_PORTRAIT)
                continue
            if "topic" not in row.fields or "original" not in row.fields:
                message = f"expected topic and original; found {', '.join(row.fields)}"
                raise ScenarioError(str(file), row.line, 1, message)
            questions.setdefault((row["topic"], row["original"]), []).append(row)
        for (topic, original), rows in questions.items():
            _question(gathering, file, topic, _plain(original), rows)
    return gathering.done()


def _question(gathering: Gathering, file: Path, topic: str, original: str, rows: list[Row]) -> None:
    if _OPEN.match(original) or not original.endswith("?"):
        gathering.skip("not a yes/no question")
        return
    stances = {row.line: _stance_of_yes(file, row) for row in rows}
    yes = next((stances[r.line] for r in rows if _plain(r["question"]) == original), None)
    if yes is None:
        gathering.skip("the original question is not among its own wordings")
        return
    wordings = {original: "a"}
    seen = {tuple(words(original))}
    for row in rows:
        text = _plain(row["question"])
        key = tuple(words(text))
        if text == original:
            continue
        if "?" not in text or key in seen:
            gathering.skip("wording left out: no question, or the same again")
            continue
        seen.add(key)
        wordings[text] = "a" if stances[row.line] == yes else "b"
    kind = "uncontroversial" if file.stem.startswith("uncontroversial") else "controversial"
    country = file.stem.rpartition("_")[2]
    family = {
        "stratum": "contested",
        "tags": [kind, slug(f"country-{country}"), slug(f"about-{topic}")],
        "question": original,
        **_statements(original),
        "wordings": [{"text": text, "yes": side} for text, side in wordings.items()],
    }
    labels = {"topic": tidy(topic), "yes": yes}
    gathering.add(f"{file.stem}:{rows[0].line}", family, labels=labels)


def _statements(question: str) -> dict[str, Any]:
    found = _CLAUSE.fullmatch(question)
    if found is None:
        return polar(question)
    return {
        "a": f"It is right to say that {found['clause']}.",
        "b": f"It is wrong to say that {found['clause']}.",
        "yes": "a",
    }


def _stance_of_yes(file: Path, row: Row) -> str:
    options = row["options"]
    stances = {}
    if isinstance(options, dict):
        stances = {str(k).strip().casefold(): str(v) for k, v in options.items()}
    if set(stances) != {"yes", "no"}:
        shown = ", ".join(map(repr, options)) if isinstance(options, dict) else repr(options)
        message = f"options: expected 'yes' and 'no' with a stance each, found {shown}"
        raise ScenarioError(str(file), row.line, 1, message)
    return stances["yes"]


def _plain(question: object) -> str:
    return tidy(str(question)).strip("\"“”' ")
