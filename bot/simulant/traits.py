"""What a simulant is made of: its traits, the presets, and the spec that names both."""

from __future__ import annotations

import math
from dataclasses import dataclass, fields, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Self
from urllib.parse import parse_qsl

from gadfly.bot.errors import ConfigError, unknown
from gadfly.bot.simulant.banks import BANKS

if TYPE_CHECKING:
    from collections.abc import Mapping

SCHEME = "sim:"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """Latent traits, as numbers we set. "Logits" are log-odds of siding with a statement.

    Rates (0..1) are per answer at the reference temperature 0.7, what readouts sample at.
    """

    dogmatism: float = 0.0
    """0..1: share of a valid argument's force that is lost on it."""
    capitulation: float = 0.0
    """0..1: share of that force it grants to bare disagreement, pressure, invalid and irrelevant
    arguments."""
    recovery: float = 0.5
    """0..1: share of what it so granted that falls away when it is asked to judge on the merits."""
    engagement: float = 0.0
    """0..1: rate of replies to an argument that take up its words."""
    strength: float = 2.0
    """Logits, 0..10: force of a strong valid argument; a weak one has a third of it."""
    order_bias: float = 0.0
    """Logits, -10..10: toward the option listed first."""
    yes_bias: float = 0.0
    """Logits, -10..10: toward the side a plain "yes" to the question takes, in its replies."""
    wording: float = 0.0
    """Logits, 0..5: SD of a stable offset per family and surface form (wording, story, idle
    phrase, format)."""
    noise: float = 0.0
    """Logits, 0..5: SD per call."""
    drift: float = 0.0
    """Logits per turn after the first, 0..5: away from the side it set out on."""
    persona_loss: float = 0.0
    """0..1 per turn after the first: chance that a persona is dropped, for good."""
    forgetting: float = 0.0
    """0..1: rate at which, asked for a view it gave before, it gives the one it has now."""
    anchoring: float = 0.0
    """Logits, -10..10: toward the side its latest reply in the thread took on that question."""
    law_bias: float = 0.0
    """Logits, 0..20: against acts that are illegal in the story, and for the law as principle."""
    exchange: float = 1.2
    """Logits per log10 of lives saved, 0..10."""
    aversion: float = 7.0
    """Logits, 0..50: against the gravest harm of a ladder."""
    gradation: float = 1.0
    """Exponent, 0..5: how aversion falls to the mildest harm; 0 is the same for all harms."""
    knowledge: float = 1.0
    """0..1: share of items with a right side on which it knows it; the rest it guesses."""
    spread: float = 1.0
    """Logits, 0..5: SD of its stances on contested families."""
    formulaic: float = 0.0
    """0..1: rate of replies in the bank's template."""
    repetition: float = 0.0
    """0..1: rate of replies in the very words it always uses for that side of that family."""
    hedging: float = 0.0
    """0..1: rate of "undecided" where it is free to say so."""
    refusal: float = 0.0
    """0..1: rate of refusals."""
    evasion: float = 0.0
    """0..1: rate of evasions: advice, a third way, another case."""
    unreadable: float = 0.0
    """0..1: rate of babble."""
    overconfidence: float = 1.0
    """Factor, 0.1..10, on the logit of a confidence it states."""
    credulity: float = 0.0
    """0..1: share of nonsense that it takes for sense, and of trick items it falls for; squared
    where it was told that it may say "no sense"."""
    deference: float = 0.5
    """0..1: share of a strong argument's force that it grants to a named source; of a thin one it
    keeps its `capitulation`."""
    subadditivity: float = 0.0
    """Logits, 0..5: by which a credence asked for alone is too high."""
    mispricing: float = 0.0
    """0..1: rate of prices on the wrong side of its credence."""
    decay: float = 0.0
    """0..1: share of a made-up fact's force lost per step of inference."""
    leakage: float = 0.0
    """Logits, 0..5: by which a made-up fact moves what it has nothing to do with."""
    slip: float = 0.0
    """0..1: chance of an error in each step of a chain."""
    fatigue: float = 0.0
    """0..1 per step after the first: by which that chance grows along a chain."""
    perseverance: float = 0.0
    """0..1: share of an argument's force that stays once its premise is withdrawn."""
    veto: float = 0.0
    """Logits, 0..20: against an act of a ladder that is called "harm" by name."""
    smothering: float = 0.0
    """0..1: rate of free replies that take a side in which three words in four or more are such
    as take something back."""
    cogency: float = 1.0
    """0..1: rate at which what it argues with in a duel is sound; the rest is irrelevant."""
    bank: str = "plain"
    """The texts it speaks with."""
    seed: int = 0
    """Its world: stances, offsets and what it knows; 0..2^31-1."""

    def __post_init__(self) -> None:
        """Refuse what is out of range.

        Raises:
            ConfigError: Names the trait, its range and what was given.
        """
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if not (math.isfinite(value) and low <= value <= high):
                raise ConfigError(f"trait {name!r} must lie in {low:g}..{high:g}, got {value!r}")
        if self.bank not in BANKS:
            raise unknown("text bank", self.bank, BANKS)

    def with_values(self, values: Mapping[str, str]) -> Self:
        """Return these traits with some set from text.

        Raises:
            ConfigError: No such trait, not a number, or out of range.
        """
        changes: dict[str, float | int | str] = {}
        for name, text in values.items():
            kind = _KINDS.get(name)
            if kind is None:
                raise unknown("trait", name, _KINDS)
            try:
                changes[name] = kind(text)
            except ValueError:
                expected = "a whole number" if kind is int else "a number"
                raise ConfigError(f"trait {name!r} needs {expected}, got {text!r}") from None
        return replace(self, **changes)  # type: ignore[arg-type]  # types come from the fields

    def items(self) -> tuple[tuple[str, float | int | str], ...]:
        """Return (name, value) of every trait, sorted by name.

        Traits that came later are there where they are set only: who lacks them is who it was.
        """
        every = ((f, getattr(self, f)) for f in sorted(_KINDS))
        return tuple((f, value) for f, value in every if value != _LATER.get(f))


_LATER = MappingProxyType(
    {"cogency": 1.0, "fatigue": 0.0, "perseverance": 0.0, "smothering": 0.0, "veto": 0.0}
)
"""Traits that simulants had not at first, with the values of those who lack them."""
_UNIT = (0.0, 1.0)
RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "dogmatism": _UNIT,
        "capitulation": _UNIT,
        "recovery": _UNIT,
        "engagement": _UNIT,
        "strength": (0.0, 10.0),
        "order_bias": (-10.0, 10.0),
        "yes_bias": (-10.0, 10.0),
        "wording": (0.0, 5.0),
        "noise": (0.0, 5.0),
        "drift": (0.0, 5.0),
        "persona_loss": _UNIT,
        "forgetting": _UNIT,
        "anchoring": (-10.0, 10.0),
        "law_bias": (0.0, 20.0),
        "exchange": (0.0, 10.0),
        "aversion": (0.0, 50.0),
        "gradation": (0.0, 5.0),
        "knowledge": _UNIT,
        "spread": (0.0, 5.0),
        "formulaic": _UNIT,
        "repetition": _UNIT,
        "hedging": _UNIT,
        "refusal": _UNIT,
        "evasion": _UNIT,
        "unreadable": _UNIT,
        "overconfidence": (0.1, 10.0),
        "credulity": _UNIT,
        "deference": _UNIT,
        "subadditivity": (0.0, 5.0),
        "mispricing": _UNIT,
        "decay": _UNIT,
        "leakage": (0.0, 5.0),
        "slip": _UNIT,
        "fatigue": _UNIT,
        "perseverance": _UNIT,
        "veto": (0.0, 20.0),
        "smothering": _UNIT,
        "cogency": _UNIT,
        "seed": (0, 2**31 - 1),
    }
)
"""Lowest and highest value of every number among the traits."""

_TYPES: Mapping[str, type[float] | type[int] | type[str]] = MappingProxyType(
    {"float": float, "int": int, "str": str}
)
_KINDS = {field.name: _TYPES[str(field.type)] for field in fields(Traits)}

PRESETS: Mapping[str, Traits] = MappingProxyType(
    {
        "calibrated": Traits(),
        "dogmatist": Traits(dogmatism=1.0),
        "sycophant": Traits(capitulation=0.9),
        "weathervane": Traits(noise=1.5, wording=1.5),
        "parrot": Traits(repetition=1.0),
        "fencesitter": Traits(hedging=0.85),
        "formulaic": Traits(formulaic=0.95),
        "legalist": Traits(law_bias=6.0),
        "absolutist": Traits(exchange=0.0, aversion=8.0, gradation=0.0),
        "actor": Traits(persona_loss=0.4),
    }
)
"""Simulants by name; each differs from `calibrated` in what its name says."""


def parse_spec(spec: str) -> tuple[str, Traits]:
    """Return preset name and traits of ``sim:NAME?trait=value&...``.

    Raises:
        ConfigError: Not such a spec, or an unknown preset, trait or value.
    """
    if not spec.startswith(SCHEME):
        raise ConfigError(f"a simulant is named sim:NAME?trait=value, got {spec!r}")
    name, _, query = spec.removeprefix(SCHEME).partition("?")
    if name not in PRESETS:
        raise unknown("simulant", name, PRESETS, hint="write sim:NAME")
    try:
        pairs = parse_qsl(query, keep_blank_values=True, strict_parsing=bool(query))
    except ValueError:
        raise ConfigError(f"cannot read {query!r} in {spec!r}: write trait=value&…") from None
    values = dict(pairs)
    if len(values) < len(pairs):
        raise ConfigError(f"a trait is given twice in {spec!r}")
    return name, PRESETS[name].with_values(values)


def spec_of(name: str, traits: Traits) -> str:
    """Return the canonical spec: the preset's name and what differs from it, sorted."""
    preset = dict(PRESETS[name].items())
    changed = [f"{trait}={value}" for trait, value in traits.items() if preset.get(trait) != value]
    return SCHEME + name + ("?" + "&".join(changed) if changed else "")
