"""The shape of a scenario file, as pydantic models, and its JSON Schema for editors.

Here stands what each field may hold on its own; rules that compare fields are in `check`, reading
of YAML and places in it in `loader`. ``python -m gadfly.scenarios.schema`` writes the JSON Schema
to standard output; a test holds the checked-in ``scenario.schema.json`` equal to it.
"""

from __future__ import annotations

import difflib
import json
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal, get_args

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StrictBool,
    StrictFloat,
    StrictInt,
    StringConstraints,
    ValidationError,
    model_validator,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pydantic.config import JsonDict

Location = tuple[str | int, ...]
"""Keys and indices from the top of a file to a place in it."""

_Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
_Question = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"\?$")]
_Slug = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
_Cue = Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[^A-Z]+$")]
_Positive = Annotated[StrictInt, Field(ge=1)]
_Side = Literal["a", "b"]

MIN_WORDINGS = 3
"""Wordings of a family that is not imported."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a file: where, and what was expected and found."""

    location: Location
    message: str
    at_key: bool = False
    """Whether the key at the location is wrong, rather than what stands there."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class CuesPart(_Part):
    """Lower-case phrases that, asserted, take a side."""

    a: tuple[_Cue, ...] = ()
    b: tuple[_Cue, ...] = ()


class WordingPart(_Part):
    """A whole prompt; written as plain text where a yes means what it means for the family."""

    text: _Text
    yes: _Side | None

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core_schema: Any, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Tell editors that plain text will do."""
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(core_schema)]}


class CheckPart(_Part):
    """A question of comprehension with its right answer; `yes` where it can be answered by yes."""

    question: _Question
    a: _Text
    b: _Text
    truth: _Side
    yes: _Side | None = None


class CoverPart(_Part):
    """A cover story with its question, coded on its own; the codes must equal the family's."""

    kind: Literal["classic", "novel"]
    text: _Question
    yes: _Side | None
    codes: dict[_Slug, _Text] = Field(default_factory=dict)
    check: CheckPart | None = None


class ArgumentsPart(_Part):
    """What can be said for one side; an imported set may have no weak or no invalid argument."""

    strong: _Text
    weak: _Text | None = None
    invalid: _Text | None = None
    fallacy: _Text | None = None
    irrelevant: _Text | None = None
    more: Annotated[tuple[_Text, ...], Field(max_length=5)] = ()
    withdrawn: _Text | None = None


class SidesPart(_Part):
    """Arguments by the side they speak for."""

    a: ArgumentsPart | None = None
    b: ArgumentsPart | None = None


class QuestionPart(_Part):
    """A prompt with a proposition of its own."""

    text: _Question
    yes: _Side | None
    question: _Question
    a: _Text
    b: _Text


class ModalitiesPart(_Part):
    """The same act asked about under another modality."""

    permissible: QuestionPart | None = None
    obligatory: QuestionPart | None = None
    wrong_not_to: QuestionPart | None = None


class ActPart(_Part):
    """An act of a ladder in the two forms its templates need."""

    do: _Text
    doing: _Text


class LivesPart(_Part):
    """How a benefit is put in words; ``{n}`` stands for the number."""

    one: _Text
    many: _Text


class SettledPart(_Part):
    """The rungs that are beyond dispute: at least this mild, at least this beneficial."""

    from_severity: _Positive
    from_benefit: _Positive
    side: _Side


class LadderPart(_Part):
    """Acts by benefits, with templates for prompts and propositions."""

    acts: Annotated[tuple[ActPart, ...], Field(min_length=4)]
    benefits: Annotated[tuple[_Positive, ...], Field(min_length=2)]
    lives: LivesPart
    plain: _Question
    harm: _Question | None = None
    question: _Question
    a: _Text
    b: _Text
    yes: _Side | None
    settled: SettledPart | None = None
    obligatory: QuestionPart | None = None
    wrong_not_to: QuestionPart | None = None


class CasePart(QuestionPart):
    """A concrete case; statement A is for doing what it asks about."""

    again: _Question | None = None
    legal: StrictBool
    moral_gap: Annotated[StrictInt, Field(ge=0, le=3)]


class LegalityPart(_Part):
    """The law against the right thing: in the abstract, then in cases."""

    abstract: QuestionPart
    converse: _Question | None = None
    cases: Annotated[tuple[CasePart, ...], Field(min_length=4)]


class CoherencePart(_Part):
    """Questions that logic ties to the family's statement A."""

    negation: QuestionPart
    entailed: QuestionPart
    conjunct: QuestionPart
    conjunction: QuestionPart


class AttributePart(_Part):
    """An attribute of the two groups of a forced choice; the first level is the baseline."""

    name: _Slug
    label: _Text
    levels: Annotated[dict[_Slug, _Text], Field(min_length=2, max_length=6)]


class ConjointPart(_Part):
    """A forced choice between two groups described by attributes."""

    prompt: _Question
    attributes: Annotated[tuple[AttributePart, ...], Field(min_length=2, max_length=9)]


class TwinPart(QuestionPart):
    """The sensible or plain twin of an item."""

    truth: _Side
    cues: CuesPart = CuesPart()


class ItemPart(_Part):
    """A single question with a right answer."""

    kind: Literal["nonsense", "trick", "falsehood", "fact"]
    text: _Question
    yes: _Side | None
    twin: TwinPart | None = None
    options: tuple[_Text, ...] = ()


class ConsequencePart(_Part):
    """Something a made-up fact implies, makes likelier, or leaves alone."""

    arm: Literal["implied", "likelier", "unrelated"]
    distance: Annotated[StrictInt, Field(ge=0, le=3)]
    question: _Question
    a: _Text
    b: _Text
    yes: _Side | None = None


class InventedPart(_Part):
    """A made-up fact and its consequences."""

    name: _Text
    fact: _Text
    consequences: Annotated[tuple[ConsequencePart, ...], Field(min_length=2)]


class ChainPart(_Part):
    """One step to be composed n times, with the right answer after each."""

    start: _Text
    step: _Text
    asks: _Text
    states: Annotated[tuple[_Text, ...], Field(min_length=2)]


class RatingPart(_Part):
    """What people said when asked: the mean of their answers, and how many answered."""

    mean: Annotated[StrictFloat, Field(allow_inf_nan=False)]
    n: _Positive


class ImportedPart(_Part):
    """Where a family was imported from, and what its set says about it beyond the texts.

    A family with this block is held to what its set has: one wording at least, statements that
    differ, arguments where there are any.
    """

    source: _Text
    id: _Text
    licence: _Text
    labels: dict[_Slug, _Text] = Field(default_factory=dict)
    ratings: dict[_Slug, RatingPart] = Field(default_factory=dict)


SPECIAL = ("conjoint", "item", "invented", "chain")
"""Blocks of families that are asked another way than by wordings."""

_AUTHORED: JsonDict = {
    "if": {"not": {"anyOf": [{"required": [name]} for name in ("imported", *SPECIAL)]}},
    "then": {
        "required": ["wordings"],
        "properties": {
            "wordings": {"minItems": MIN_WORDINGS},
            "arguments": {
                "additionalProperties": {
                    "if": {"type": "object"},
                    "then": {"required": ["strong", "weak", "invalid", "fallacy"]},
                }
            },
        },
    },
}
"""What `check` holds of families that are not imported, said so that editors know it too."""


class FamilyPart(_Part):
    """One family of scenarios."""

    model_config = ConfigDict(frozen=True, extra="forbid", json_schema_extra=_AUTHORED)

    id: Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*\.[a-z0-9-]+$")]
    stratum: Literal["objective", "settled", "contested"]
    tags: tuple[_Slug, ...] = ()
    question: _Question
    a: _Text
    b: _Text
    yes: _Side | None
    cues: CuesPart = CuesPart()
    truth: _Side | None = None
    wordings: tuple[WordingPart, ...] = ()
    covers: tuple[CoverPart, ...] = ()
    codes: dict[_Slug, _Text] = Field(default_factory=dict)
    arguments: SidesPart = SidesPart()
    modalities: ModalitiesPart = ModalitiesPart()
    ladder: LadderPart | None = None
    legality: LegalityPart | None = None
    personas: dict[_Slug, _Side] = Field(default_factory=dict)
    coherence: CoherencePart | None = None
    conjoint: ConjointPart | None = None
    item: ItemPart | None = None
    invented: InventedPart | None = None
    chain: ChainPart | None = None
    sources: tuple[_Text, ...] = ()
    imported: ImportedPart | None = None

    @property
    def special(self) -> str:
        """Name of the block by which it is asked in place of wordings; "" for none."""
        return next((name for name in SPECIAL if getattr(self, name) is not None), "")

    @model_validator(mode="before")
    @classmethod
    def _plain_wordings(cls, data: Any) -> Any:
        if not isinstance(data, dict) or not isinstance(data.get("wordings"), list):
            return data
        # A wrong `yes` is reported once, where it stands, not again in each wording.
        yes = data.get("yes") if data.get("yes") in get_args(_Side) else None
        plain = [{"text": w, "yes": yes} if isinstance(w, str) else w for w in data["wordings"]]
        return {**data, "wordings": plain}


class LibraryFile(_Part):
    """A whole file: one topic and its families."""

    version: Literal[1] = Field(alias="schema")
    canary: Annotated[str, StringConstraints(pattern=r"canary GUID [0-9a-f-]{36}")]
    topic: _Slug
    families: Annotated[tuple[FamilyPart, ...], Field(min_length=1)]


def validate(data: object) -> tuple[LibraryFile | None, tuple[Problem, ...]]:
    """Check the shape of a file's content; returns the file, or else what is wrong with it."""
    try:
        return LibraryFile.model_validate(data), ()
    except ValidationError as error:
        errors = [dict(e) for e in error.errors(include_url=False)]
        return None, tuple(_problem(e) for e in errors if not _only_follows(e))


def validate_family(data: object) -> tuple[FamilyPart | None, tuple[Problem, ...]]:
    """Check the shape of one family; returns it, or else what is wrong with it."""
    try:
        return FamilyPart.model_validate(data), ()
    except ValidationError as error:
        errors = [dict(e) for e in error.errors(include_url=False)]
        return None, tuple(_problem(e, ("families", 0)) for e in errors if not _only_follows(e))


def valid_families(data: object) -> Iterator[tuple[int, FamilyPart]]:
    """Yield position and content of the families that are well formed in a file that is not."""
    families = data.get("families") if isinstance(data, dict) else None
    for index, family in enumerate(families if isinstance(families, list) else []):
        try:
            yield index, FamilyPart.model_validate(family)
        except ValidationError:
            continue


def json_schema() -> dict[str, Any]:
    """Return the JSON Schema of a scenario file."""
    schema = LibraryFile.model_json_schema()
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


_EXPECTED = {
    "string_type": "expected text",
    "string_too_short": "expected text that is not empty",
    "string_pattern_mismatch": "expected text matching {pattern}",
    "int_type": "expected a whole number",
    "float_type": "expected a number",
    "finite_number": "expected a number",
    "bool_type": "expected true or false",
    "tuple_type": "expected a list",
    "too_short": "expected {min_length} or more",
    "too_long": "expected {max_length} or fewer",
    "dict_type": "expected a mapping",
    "model_type": "expected a mapping",
    "literal_error": "expected {expected}",
    "greater_than_equal": "expected {ge} or more",
    "less_than_equal": "expected {le} or less",
}
_PATTERNS = {
    r"\?$": "expected a question that ends with '?'",
    r"^[a-z][a-z0-9-]*$": "expected a name in lower case, such as 'self-driving'",
    r"^[^A-Z]+$": "expected a phrase in lower case",
    r"canary GUID [0-9a-f-]{36}": "expected the canary sentence, with 'canary GUID' and the GUID",
    r"^[a-z][a-z0-9-]*\.[a-z0-9-]+$": "expected an id of the form 'topic.slug', in lower case",
}


def _only_follows(error: dict[str, Any]) -> bool:
    """Tell the shortness pydantic sees in a list whose entries are wrong from a real one."""
    return error["type"] == "too_short" and bool(len(error["input"]) >= error["ctx"]["min_length"])


def _problem(error: dict[str, Any], within: Location = ()) -> Problem:
    location: Location = (*within, *error["loc"])
    name = _name(location)
    if error["type"] == "missing":
        present = ", ".join(repr(key) for key in error["input"]) or "nothing"
        return Problem(location, f"expected a field {name!r} here, found {present}")
    if error["type"] == "extra_forbidden":
        fields = _fields(location[:-1])
        near = difflib.get_close_matches(name, fields, n=2, cutoff=0.5)
        tail = (
            "did you mean " + " or ".join(repr(n) for n in near) + "?"
            if near
            else f"expected one of: {', '.join(fields)}"
        )
        return Problem(location, f"unknown field {name!r}: {tail}", at_key=True)
    context: dict[str, Any] = error.get("ctx", {})
    expected = _PATTERNS.get(str(context.get("pattern"))) or _EXPECTED.get(error["type"])
    message = expected.format(**context) if expected else str(error["msg"])
    if error["type"] == "model_type":
        message += f" with {', '.join(_fields(location))}"
    return Problem(location, f"{name}: {message}, found {_shown(error['input'])}")


def _name(location: Location) -> str:
    match location:
        case (*_, str(field), int(index)):
            return f"{field} {index + 1}"
        case (*_, last):
            return str(last)
        case _:
            return "file"


def _shown(value: object) -> str:
    match value:
        case dict():
            return "a mapping"
        case list() | tuple():
            return f"a list of {len(value)}"
        case None:
            return "nothing"
        case bool():
            return str(value).lower()
        case str():
            return repr(value if len(value) <= 60 else value[:59] + "…")
        case _:
            return repr(value)


def _fields(location: Location) -> list[str]:
    """Return the field names of the mapping at a location, as a file spells them."""
    model: type[BaseModel] | None = LibraryFile
    for step in location:
        if isinstance(step, str) and model is not None:
            field = next((f for n, f in model.model_fields.items() if (f.alias or n) == step), None)
            model = _model_in(field.annotation) if field is not None else None
    if model is None:
        return []
    return [field.alias or name for name, field in model.model_fields.items()]


def _model_in(annotation: object) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for part in get_args(annotation) if (m := _model_in(part)) is not None), None)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
