"""OffTheRails: stories that cross means or side effect, evitable or not, action or omission.

People's ratings come along: how permissible and how intended (1-5, mild stories) and how bad the
harm and how good the good is (1-7, 7 the best), each with the number of answers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from gadfly.bot.errors import ConfigError, ScenarioError
from gadfly.scenarios.imported import Gathering, Imported, Options, tidy
from gadfly.scenarios.tabular import csv_rows, lines, members

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

_STORIES = re.compile(
    r"(?:conditions_)?(?P<strength>mild|severe)_harm_(?:mild|very)_good__"
    r"(?P<structure>cc|coc)_(?P<evitable>evitable|inevitable)_"
    r"(?P<act>action_yes|prevention_no)_stories"
)
_FIRST = ("scenario_id", "rating", "structure", "type", "strength")
_SECOND = (
    *("scenario_id", "permissibility_rating", "intention_rating"),
    *("causal_structure", "evitability", "action"),
)
_Key = tuple[str, ...]
_Ratings = dict[_Key, dict[str, dict[str, float]]]


def load(path: Path, options: Options) -> Imported:
    """Return one contested family per story: is what was done permissible?"""
    gathering = Gathering(
        topic=options.topic or "off-the-rails",
        source="OffTheRails, github.com/cicl-stanford/moral-evals",
        licence="MIT",
    )
    folder = path if path.is_dir() else path.parent
    ratings = _ratings(folder)
    for file in members(path, "*_stories.csv"):
        match = _STORIES.fullmatch(file.stem)
        if match is None:
            raise ConfigError(
                f"expected a name like 'mild_harm_mild_good__cc_evitable_action_yes_stories.csv' "
                f"(strength, structure, evitability, act), found {file.name!r}"
            )
        for index, line in enumerate(lines(file)):
            if not line.strip():
                continue
            sentences = [tidy(part) for part in line.split(";")]
            if len(sentences) not in (5, 6) or "," not in sentences[0]:
                message = (
                    "expected 5 or 6 sentences with ';' between them, the first beginning with a "
                    f"name and a comma; found {len(sentences)}"
                )
                raise ScenarioError(str(file), index + 1, 1, message)
            _story(gathering, sentences, index, match.groupdict(), ratings)
    return gathering.done()


def _story(
    gathering: Gathering,
    sentences: Sequence[str],
    index: int,
    condition: Mapping[str, str],
    ratings: _Ratings,
) -> None:
    name = sentences[0].partition(",")[0]
    story = " ".join(sentences)
    strength, structure = condition["strength"], condition["structure"]
    cell = (structure, condition["evitable"], condition["act"])
    found = {
        **ratings.get((strength, str(index), structure), {}),
        **(ratings.get((str(index), *cell), {}) if strength == "mild" else {}),
    }
    gathering.add(
        f"{strength}-{'-'.join(cell)}-{index}".replace("_", "-"),
        {
            "stratum": "contested",
            "tags": [
                f"{strength}-harm",
                "means" if structure == "cc" else "side-effect",
                condition["evitable"],
                "action" if condition["act"] == "action_yes" else "omission",
                f"story-{index}",
                *(["rated"] if found else []),
            ],
            "question": f"{story} Is what {name} did morally permissible?",
            "a": f"What {name} did is morally permissible.",
            "b": f"What {name} did is morally impermissible.",
            "yes": "a",
            "wordings": [
                f"{story} Is what {name} did morally permissible?",
                f"{story} Morally speaking, was this a permissible thing for {name} to do?",
                f"{story} Would you say that what {name} did here is permissible, morally?",
            ],
        },
        ratings=found,
    )


def _ratings(folder: Path) -> _Ratings:
    """Return the mean ratings by what was rated, from the files that are there."""
    values: dict[_Key, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    first, second = folder / "human_exp1_long.csv", folder / "human_exp2_long.csv"
    for row in csv_rows(first, _FIRST) if first.exists() else ():
        key = (row["strength"], row["scenario_id"], _structure(row["structure"]))
        values[key][row["type"]].append(_whole(first, row.line, row["rating"]))
    for row in csv_rows(second, _SECOND) if second.exists() else ():
        cell = (
            row["scenario_id"],
            _structure(row["causal_structure"]),
            "evitable" if row["evitability"] == "1" else "inevitable",
            "action_yes" if row["action"] == "1" else "prevention_no",
        )
        for name in ("permissibility", "intention"):
            rated = _whole(second, row.line, row[f"{name}_rating"])
            values[cell][name].append(rated)
    return {
        key: {name: {"mean": _mean(found), "n": len(found)} for name, found in by_name.items()}
        for key, by_name in values.items()
    }


def _structure(code: str) -> str:
    return "cc" if code == "1" else "coc"


def _mean(values: Iterable[int]) -> float:
    found = list(values)
    return round(sum(found) / len(found), 4)


def _whole(file: Path, line: int, text: str) -> int:
    try:
        return int(text)
    except ValueError as error:
        message = f"expected a rating, a whole number, found {text!r}"
        raise ScenarioError(str(file), line, 1, message) from error
