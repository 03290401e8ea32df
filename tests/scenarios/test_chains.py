"""The chains of the library, worked out once more from descriptions that do not read their text."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import pytest
import yaml

from gadfly import scenarios

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

LENGTH = 8
FILE = Path(scenarios.__file__).parent / "library" / "chains.yaml"
FAMILIES: list[dict[Any, Any]] = yaml.safe_load(FILE.read_text(encoding="utf-8"))["families"]
YES = True
"""The key ``yes`` of a family, as YAML 1.1 reads it."""

S = TypeVar("S")


def walk(start: S, step: Callable[[S], S], show: Callable[[S], object] = str) -> list[str]:
    """Return what is shown after one step, two, and so on."""
    shown: list[str] = []
    for _ in range(LENGTH):
        start = step(start)
        shown.append(str(show(start)))
    return shown


def ring(names: Sequence[object], start: object, by: int) -> list[str]:
    """Return the places reached on a ring by equal strides."""
    first = names.index(start)
    return [str(names[(first + by * n) % len(names)]) for n in range(1, LENGTH + 1)]


def orders(start: str, order: Sequence[int], show: Callable[[str], object] = str) -> list[str]:
    """Return a row rearranged again and again; place i takes what stood at place `order[i]`."""
    return walk(start, lambda row: "".join(row[i] for i in order), show)


def leads(links: Mapping[str, str], start: str) -> list[str]:
    """Return where links lead."""
    return walk(start, lambda name: links[name])


LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
WEEK = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
YEAR = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
# Squares along the edge of a board of four by four, from A1 up the left side.
EDGE = ("A1", "A2", "A3", "A4", "B4", "C4", "D4", "D3", "D2", "D1", "C1", "B1")
# Stops of a tram there and back again.
THERE_AND_BACK = (1, 2, 3, 4, 5, 6, 5, 4, 3, 2)


def hop(letter: str) -> str:
    """Go four letters on from a vowel, three from another letter."""
    return LETTERS[(LETTERS.index(letter) + 3 + (letter in "AEIOU")) % 26]


def tip(die: tuple[int, int, int]) -> tuple[int, int, int]:
    """Tip a die to the east and then to the north; it is given by its top, north and east."""
    top, north, east = die
    west, south = 7 - east, 7 - north
    return south, west, top


def neighbours(lamps: str) -> str:
    """Light the lamps with one lit neighbour."""
    padded = f"0{lamps}0"
    return "".join("01"[padded[i] != padded[i + 2]] for i in range(len(lamps)))


STATES: Mapping[str, list[str]] = {
    "ring-of-squares": ring(range(1, 12), 4, 7),
    "lift": walk(2, lambda floor: floor + (3 if floor <= 7 else -5)),
    "dial": ring("ABCDEFGH", "C", 3),
    "clock": ring(range(1, 13), 2, 5),
    "robot-at-the-edge": ring(EDGE, "A1", 5),
    "beans": [str(100 - 7 * n) for n in range(1, LENGTH + 1)],
    "times-three": [str(2 * 3**n % 17) for n in range(1, LENGTH + 1)],
    "last-digit": walk(2, lambda digit: (digit**2 + 1) % 10),
    "double-and-one": walk(3, lambda n: 2 * n + 1 - 13 * (2 * n + 1 > 12)),
    "alphabet": ring(LETTERS, "D", 5),
    "vowel-hop": walk("B", hop),
    "three-cups": leads({"left": "right", "right": "middle", "middle": "left"}, "left"),
    "four-bowls": orders("..o.", (2, 0, 3, 1), lambda row: row.index("o") + 1),
    "cut-sheets": [str(3 * 2**n) for n in range(1, LENGTH + 1)],
    "knock-out": [str(1280 // 2**n) for n in range(1, LENGTH + 1)],
    "odd-or-even-rule": walk(27, lambda n: 3 * n + 1 if n % 2 else n // 2),
    "double-less-three": [str(2 * 2**n + 3) for n in range(1, LENGTH + 1)],
    "odd-or-even": ["odd" if 300 >> n & 1 else "even" for n in range(1, LENGTH + 1)],
    "left-turns": ring(("north", "west", "south", "east"), "east", 1),
    "compass-pointer": ring(("N", "NE", "E", "SE", "S", "SW", "W", "NW"), "NE", 3),
    "counter-on-a-board": [
        column + row
        for column, row in zip(ring("ABCDE", "A", 2), ring(range(1, 8), 1, 3), strict=True)
    ],
    "tram": ring(THERE_AND_BACK, 3, 3),
    "weekdays": ring(WEEK, "Tuesday", 3),
    "ten-days-back": ring(WEEK, "Thursday", -10),
    "months": ring(YEAR, "October", 7),
    "thirty-day-months": ring(range(1, 31), 4, 13),
    "letter-tiles": orders("STONE", (3, 2, 1, 4, 0)),
    "counting-lamps": [str(n.bit_count()) for n in range(1, LENGTH + 1)],
    "marks-in-a-row": [("XXOO" + "OOXX" + "XXOO")[n : n + 4] for n in range(1, LENGTH + 1)],
    "round-table": ring(("Ana", "Ben", "Cleo", "Dev", "Elsa", "Finn", "Gus"), "Ben", 3),
    "queue": walk(
        ("Ada", "Bo", "Cy", "Di", "Ed", "Flo", "Gil"),
        lambda queue: (queue[2], queue[1], *queue[3:], queue[0]),
        lambda queue: queue[0],
    ),
    "pile-of-cards": orders("12345678", (2, 1, 3, 4, 5, 6, 7, 0), lambda pile: pile[0]),
    "mothers": leads(
        {
            "Lena": "Hana",
            "Hana": "Vera",
            "Vera": "Odile",
            "Odile": "Ines",
            "Ines": "Mona",
            "Mona": "Ruth",
            "Ruth": "Tess",
            "Tess": "Greta",
        },
        "Lena",
    ),
    "boxes": walk(5, lambda box: (7, 8, 6, 9, 2, 5, 4, 1, 3)[box - 1]),
    "adding-digits": walk(15, lambda n: n + sum(int(digit) for digit in str(n))),
    "two-numbers": walk((1, 3), lambda two: (max(two), sum(two)), max),
    "bookshelf": orders("ABCDE", (2, 0, 1, 4, 3)),
    "die": walk((1, 2, 3), tip, lambda die: die[0]),
    "neighbouring-lamps": walk("100000", neighbours, lambda lamps: lamps.count("1")),
    "two-bowls": [str(5 * 2**n % 17) for n in range(1, LENGTH + 1)],
}
"""States of each chain by the name of its family."""


def name(family: dict[Any, Any]) -> str:
    """Return the name of a family within its topic."""
    return str(family["id"]).removeprefix("chains.")


def test_every_chain_is_worked_out() -> None:
    """The library has the chains that are worked out here, each once, and forty of them."""
    assert Counter(map(name, FAMILIES)) == Counter(STATES.keys())
    assert len(STATES) == 40


@pytest.mark.parametrize("family", FAMILIES, ids=name)
def test_states_follow_from_the_step(family: dict[Any, Any]) -> None:
    """Each state of a chain is what its step makes of the state before."""
    assert family["chain"]["states"] == STATES[name(family)]


@pytest.mark.parametrize("family", FAMILIES, ids=name)
def test_state_is_one_word_and_not_where_it_was(family: dict[Any, Any]) -> None:
    """A state is a single word that a reply can be searched for; a chain goes somewhere."""
    states = family["chain"]["states"]
    assert all(re.fullmatch(r"\w+", state) for state in states)
    assert len(set(states)) > 1


@pytest.mark.parametrize("family", FAMILIES, ids=name)
def test_first_state_stands_in_the_true_statement_only(family: dict[Any, Any]) -> None:
    """The family asks for the state after one step: it is in what is true, and a yes points so."""
    state = STATES[name(family)][0]
    other = "b" if family["truth"] == "a" else "a"
    assert state in re.findall(r"\w+", family[family["truth"]])
    assert state not in re.findall(r"\w+", family[other])
    asked = re.findall(r"\w+", re.split(r"[.;] ", family["question"])[-1])
    assert (state in asked) == (family[YES] == family["truth"])


def test_truth_and_yes_are_balanced() -> None:
    """Neither side is right, and neither takes a yes, in more than six of ten chains."""
    for key in ("truth", YES):
        share = sum(family[key] == "a" for family in FAMILIES) / len(FAMILIES)
        assert 0.4 <= share <= 0.6
