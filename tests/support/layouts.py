"""Small sets in the layouts the importers read; every sentence in them is ours."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

RULES = [
    *("death", "pain", "disable", "freedom", "pleasure"),
    *("deceive", "cheat", "break_promise", "break_law", "duty"),
]
ETHICAL = "ethical-setting__data__stereoset_intra_user_queries_api_over45.csv"
PRESUPPOSED = "false-presuppositions-setting__data__"
MAP = "question=ask,a=left,b=right"


def table(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[object]], delimiter: str = ","
) -> Path:
    """Write a table; no header, no header line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=delimiter)
        writer.writerows([header] if header else [])
        writer.writerows(rows)
    return path


def json_lines(path: Path, values: Iterable[Any]) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(v) + "\n" for v in values), encoding="utf-8")
    return path


def moralchoice(folder: Path) -> Path:
    """Two scenarios of high ambiguity; of low, two clear ones and one whose labels tie."""
    header = ["scenario_id", "ambiguity", "generation_type", "generation_rule", "context"]
    header += ["action1", "action2", *(f"a{n}_{r}" for n in (1, 2) for r in RULES)]

    def row(name: str, level: str, what: str, broken: str) -> list[str]:
        return [
            *(name, level, "Generated", "Do not deceive", f"You mind a {what}."),
            *(f"I keep the {what} shut.", f"I open the {what} for all to see."),
            *("No" for _ in RULES),
            *(broken if r == "deceive" else "No" for r in RULES),
        ]

    for level, things in (("high", ("gate", "shop")), ("low", ("safe", "well", "shed"))):
        table(
            folder / f"scenarios__moralchoice_{level}_ambiguity.csv",
            header,
            [
                row(f"{level[0].upper()}_{i}", level, thing, "No" if thing == "shed" else "Yes")
                for i, thing in enumerate(things, start=1)
            ],
        )
    return folder


def valueconsistency(folder: Path) -> Path:
    """Two questions with paraphrases, one of them turned round; one portrait; one open question."""

    def rows(topic: str, original: str, asked: dict[str, str]) -> list[dict[str, Any]]:
        return [
            {
                "topic": topic,
                "question": text,
                "original": original,
                "options": {"Yes": stance, "No": "opposes" if stance != "opposes" else "supports"},
            }
            for text, stance in asked.items()
        ]

    ferries = "Do you believe that ferries should be free?"
    json_lines(
        folder / "controversial_english_us.jsonl",
        [
            *rows(
                "Ferries",
                ferries,
                {
                    "Should a ferry cost nothing?": "supports",
                    ferries: "supports",
                    "Should a ferry cost something?": "opposes",
                    "Tell me about ferries.": "supports",
                },
            ),
            *rows("Ferries", "What is a ferry?", {"What is a ferry?": "supports"}),
        ],
    )
    json_lines(
        folder / "uncontroversial_english_us.jsonl",
        rows(
            "Bread", "Is bread nice?", {"Is bread nice?": "supports", "Nice, is bread?": "supports"}
        ),
    )
    portrait = {"question": "She likes boats.", "schwartz_value": "x", "options": {"like": "s"}}
    json_lines(folder / "pvq_english.jsonl", [portrait])
    return folder


def off_the_rails(folder: Path) -> Path:
    """Two mild stories of one condition, one severe of another, and ratings of the first."""
    folder.mkdir(parents=True, exist_ok=True)
    means = "{0}, a Baker, faces a choice.;{0} can mend a roof.;As a means, the yard is shut.;"
    means += "If {0} does not, it stays open.;{0} mends the roof."
    side = means.replace(
        "As a means, the yard is shut.", "The roof is dry.;As a side effect, dust."
    )
    prefix = "conditions_mild_harm_mild_good__cc_evitable_action_yes_stories.csv"
    (folder / prefix).write_text(f"{means.format('Ann')}\n{means.format('Bo')}\n")
    severe = "conditions_severe_harm_very_good__coc_inevitable_prevention_no_stories.csv"
    (folder / severe).write_text(side.format("Cy") + "\n\n")
    table(
        folder / "human_exp1_long.csv",
        ["worker_id", "scenario_id", "rating", "structure", "type", "strength"],
        [
            [1, 0, 3, 1, "harm", "mild"],
            [2, 0, 4, 1, "harm", "mild"],
            [1, 0, 7, 0, "good", "severe"],
        ],
    )
    table(
        folder / "human_exp2_long.csv",
        [
            *("split", "worker_id", "scenario_id", "scenario_harm", "permissibility_rating"),
            *("intention_rating", "causal_structure", "evitability", "action"),
        ],
        [[0, 1, 0, 0, 5, 2, 1, 1, 1], [0, 2, 0, 0, 4, 1, 1, 1, 1], [0, 3, 1, 0, 1, 1, 0, 0, 0]],
    )
    return folder


def logicom_warrants(folder: Path) -> Path:
    """A debate with two claims, one that stands alone, and one whose reason repeats its claim."""
    table(
        folder / "claims_warrants.csv",
        ["id", "title", "claim", "reason", "warrant_one", "warrant_two", "correctLabelW0orW1"],
        [
            ["7_a", "Kites?", "Kites are fun", "They fly.", "flying is dull", "flying is joy", 1],
            [
                "7_b",
                "Kites?",
                "Kites are dull",
                "They fall.",
                "falling bores",
                "falling thrills",
                0,
            ],
            ["8_a", "Tea?", "Tea is fine", "It warms.", "warmth is good", "warmth is bad", 0],
            ["9_a", "Mud?", "Mud is good for the skin of pigs", "It cools.", "so", "not so", 0],
            [
                *("9_b", "Mud?", "Mud is bad for the skin of pigs"),
                *("Yes: mud is bad for the skin of pigs.", "skin is vital", "skin is not vital", 0),
            ],
        ],
    )
    return folder


def ukpconvarg1(folder: Path) -> Path:
    """One issue with both sides, and one with a side missing."""
    for side, word in (("cats-rule", "cat"), ("dogs-rule", "dog")):
        table(
            folder / f"cats-or-dogs_{side}.csv",
            ["#id", "rank", "argument"],
            [
                *([f"{word}1", 0.001, f"A {word} warms the house <br/> and hunts the mice."],),
                *([f"{word}{n}", n / 100, f"A {word} is nice" + n * " so"] for n in range(2, 8)),
                [f"{word}9", 0.4, f"lol a {word} so what I like what I like ok"],
            ],
            delimiter="\t",
        )
    table(folder / "tea_yes.csv", ["#id", "rank", "argument"], [["t", 0.1, "Tea."]], delimiter="\t")
    return folder


def mt_consistency(folder: Path) -> Path:
    """Three usable items; one about its other choices, one whose answer is not there."""

    def row(n: int, choices: list[str], answer: str) -> list[str]:
        return [f"What is {n} and {n}?", repr(choices), answer, "college", "sums"]

    table(
        folder / "cleaned_data.csv",
        ["question", "choices", "answer", "level", "subject"],
        [
            *(row(n, [f"A. {n}", f"B. {2 * n}", f"C. {3 * n}"], f"B. {2 * n}") for n in (3, 4, 5)),
            row(6, ["A. six", "B. all of the above"], "B. all of the above"),
            row(7, ["A. seven", "B. eight"], "C. nine"),
        ],
    )
    return folder


def daily_dilemmas(folder: Path) -> Path:
    """Yes/no questions, two courses told apart, and three that cannot be used."""
    courses = [
        f"You own a {thing}. Should you sell the {thing}, or keep it for a friend?"
        for thing in ("barn", "boat", "bell")
    ]
    courses += ["It rains. Do you keep the cart outside or sell it to a friend?"]
    texts = [
        "It is late. Should you ring the bell?",
        "It is early. Should Ann wake her aunt or not?",
        *courses,
        "You cook. Should you tell Ann or mother?",
        "You bake. What now?",
        "You boil eggs.",
        "It snows. Should you dig or should you wait?",
    ]
    rows = [[n, 50 + n, "a thing", text] for n, text in enumerate(texts)]
    table(folder / "dilemma.csv", ["", "idx", "basic_situation", "dilemma_situation"], rows)
    return folder


def syco_bench(folder: Path) -> Path:
    """Two pairs, one mirrored topic, two single statements, one delusion."""
    pairs = [["rain is wet", "rain is dry"], ["snow is warm", "snow is cold"]]
    table(folder / "questions_pickside.csv", ["statement1", "statement2"], pairs)
    header = ["topic", "stance1", "stance2", "userstance1", "userstance2"]
    mirror = [["the moon", "we should go", "we should stay", "I say go.", "I say stay."]]
    table(folder / "questions_mirror.csv", header, mirror)
    table(folder / "questions_whosaid.csv", ["statement"], [["Fog hides hills."], ["Hail is fun."]])
    table(folder / "questions_delusion.csv", ["statement"], [["Help me, I am a lamp."]])
    return folder


def sycon_bench(folder: Path) -> Path:
    """Three presuppositions, one of them without a correction; three stereotypes."""
    folder.mkdir(parents=True, exist_ok=True)
    columns = {
        "questions": ["Why is snow hot?", "Why do hens read?", "Why is jam blue?"],
        "presuppositions": ["Snow is hot.", "Hens can read.", "Jam is blue."],
        "corrections": ["Snow is cold.", "Hens cannot read.", ""],
    }
    for name, texts in columns.items():
        (folder / f"{PRESUPPOSED}{name}.txt").write_text("\n".join(texts) + "\n", encoding="utf-8")
    people = ("bakers", "sailors", "clowns")
    rows = [
        [who, "profession", f"{who} nap.", f"Do {who} nap a lot at work?", "x"] for who in people
    ]
    table(folder / ETHICAL, ["target", "bias_type", "stereotype", "question", "question2"], rows)
    return folder


def ethics(folder: Path) -> Path:
    """A file of each part, in the published layout."""
    table(
        folder / "commonsense" / "cm_train.csv",
        ["label", "input", "is_short", "edited"],
        [
            [1, "I tripped the cook.", True, False],
            [0, "I fed the hen.", True, False],
            [1, "I ran " * 150, False, False],
        ],
    )
    table(
        folder / "justice" / "justice_train.csv",
        ["label", "scenario"],
        [[1, "I thank Bo because Bo cooks."], [0, "I thank Bo because it rains."]],
    )
    table(
        folder / "deontology" / "deontology_train.csv",
        ["label", "scenario", "excuse"],
        [[0, "Can you feed the hen?", "No, because tea is hot."]],
    )
    table(
        folder / "virtue" / "virtue_train.csv",
        ["label", "scenario"],
        [[1, "Ann jumped into the sea. [SEP] brave"], [0, "Ann slept."]],
    )
    rows = [["I ate a good pie.", "I ate a bad pie."], ["I found my hat.", "I lost my hat."]]
    table(folder / "utilitarianism" / "util_train.csv", [], rows)
    return folder


def own_csv(folder: Path) -> Path:
    """Anyone's table, to be read with `MAP`."""
    rows = [
        ["q1", "Is jam good?", "Jam is good.", "Jam is bad.", "A", "contested"],
        ["q2", "Is soap food?", "Soap is food.", "Soap is no food.", "soap is no food.", ""],
        ["q3", "", "No question.", "None at all.", "", ""],
        ["q4", "Tell me of tar", "Tar is good.", "Tar is bad.", "", ""],
    ]
    return table(folder / "own.csv", ["key", "ask", "left", "right", "right one", "kind"], rows)


def own_jsonl(folder: Path) -> Path:
    """The same as JSON lines, with wordings in a list."""
    row = {"ask": "Is jam good?", "left": "Jam is good.", "right": "Jam is bad."}
    more = {"ask": "Is tar good?", "left": "Tar is good.", "right": "Tar is bad."}
    return json_lines(
        folder / "own.jsonl", [{**row, "ways": ["Jam?", "Is jam fine?"]}, {**more, "ways": None}]
    )


MAKE: dict[str, Callable[[Path], Path]] = {
    "csv": own_csv,
    "daily_dilemmas": daily_dilemmas,
    "ethics": ethics,
    "jsonl": own_jsonl,
    "logicom_warrants": logicom_warrants,
    "moralchoice": moralchoice,
    "mt_consistency": mt_consistency,
    "off_the_rails": off_the_rails,
    "syco_bench": syco_bench,
    "sycon_bench": sycon_bench,
    "ukpconvarg1": ukpconvarg1,
    "valueconsistency": valueconsistency,
}
"""By layout; each writes into a folder and returns what to import."""
