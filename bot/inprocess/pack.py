"""Plan one forward pass over many token sequences that share beginnings.

The sequences are laid out as a tree in a single row: every token that two of them share is computed
once, nothing is padded, and what the prefix store keeps is not computed at all. Each token attends
to its own ancestors only, so the result is what each sequence alone would give. Pure planning: no
tensors here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from gadfly.bot.inprocess.prefix import BLOCK, PrefixStore, block_keys

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence


@dataclass(frozen=True, slots=True)
class Line:
    """A token sequence, and after which of its tokens the next-token logits are wanted."""

    tokens: tuple[int, ...]
    wanted: range
    """Positions; not empty. Everything up to its start counts as prefix worth keeping."""


@dataclass(frozen=True, slots=True)
class Run:
    """Tokens computed here that follow each other: nodes `start` to `stop` of the pack."""

    start: int
    stop: int
    ancestors: tuple[int, ...]
    """Columns all of them see, before themselves."""


@dataclass(slots=True)
class Pack:
    """One forward pass: kept blocks fill the first columns, the nodes to compute follow them."""

    blocks: list[Any] = field(default_factory=list)
    tokens: list[int] = field(default_factory=list)
    positions: list[int] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    paths: list[tuple[int, ...]] = field(default_factory=list)
    """Per line, the column of each of its tokens."""
    logits: list[int] = field(default_factory=list)
    """Nodes whose logits are wanted, ascending."""
    rows: list[tuple[int, ...]] = field(default_factory=list)
    """Per line, the index into `logits` of each wanted position."""

    @property
    def kept(self) -> int:
        """Number of columns that come from the prefix store."""
        return len(self.blocks) * BLOCK


def plan(lines: Sequence[Line], store: PrefixStore) -> Pack:
    """Lay out `lines`, in their order, as one pack."""
    pack = Pack()
    columns: dict[bytes, int] = {}
    found: list[list[int]] = []
    for line in lines:
        # The token whose logits come first has to be computed here.
        keys = block_keys(line.tokens[: line.wanted.start])
        path: list[int] = []
        for key, block in zip(keys, store.find(keys), strict=False):
            if key not in columns:
                columns[key] = len(pack.blocks) * BLOCK
                pack.blocks.append(block)
            path.extend(range(columns[key], columns[key] + BLOCK))
        found.append(path)
    children: dict[tuple[int, int], int] = {}
    for line, path in zip(lines, found, strict=True):
        _grow(pack, line, path, children)
    _choose_logits(pack, lines)
    return pack


def _grow(pack: Pack, line: Line, path: list[int], children: dict[tuple[int, int], int]) -> None:
    """Add the tokens of `line` that neither the store nor an earlier line provides."""
    at = len(path)
    parent = path[-1] if path else -1
    while at < len(line.tokens) and (known := children.get((parent, line.tokens[at]))) is not None:
        path.append(known)
        parent = known
        at += 1
    start = len(pack.tokens)
    ancestors = tuple(path)
    for position in range(at, len(line.tokens)):
        column = pack.kept + len(pack.tokens)
        children[parent, line.tokens[position]] = column
        pack.tokens.append(line.tokens[position])
        pack.positions.append(position)
        path.append(column)
        parent = column
    if len(pack.tokens) > start:
        pack.runs.append(Run(start, len(pack.tokens), ancestors))
    pack.paths.append(tuple(path))


def _choose_logits(pack: Pack, lines: Sequence[Line]) -> None:
    wanted = [
        tuple(path[i] - pack.kept for i in line.wanted)
        for line, path in zip(lines, pack.paths, strict=True)
    ]
    pack.logits = sorted({node for nodes in wanted for node in nodes})
    row = {node: i for i, node in enumerate(pack.logits)}
    pack.rows = [tuple(row[node] for node in nodes) for nodes in wanted]


def group(
    lines: Sequence[Line], store: PrefixStore, *, max_nodes: int, max_columns: int
) -> Iterator[list[int]]:
    """Split `lines` into packs by index, those that share a beginning side by side.

    A pack is closed before the line that would make it larger than `max_nodes` tokens to compute or
    `max_columns` columns to attend to; a line larger than that on its own gets its own pack.
    Consumes lazily: what one pack leaves in the store is found when the next one is planned.
    """
    waiting = sorted(range(len(lines)), key=lambda i: lines[i].tokens)
    members: list[int] = []
    before: tuple[int, ...] = ()
    nodes = columns = 0
    for i in waiting:
        tokens = lines[i].tokens
        shared = _shared(before, tokens) if members else 0
        kept = len(store.find(block_keys(tokens[: lines[i].wanted.start]))) * BLOCK
        new_nodes = len(tokens) - max(shared, kept)
        new_columns = len(tokens) - shared
        if members and (nodes + new_nodes > max_nodes or columns + new_columns > max_columns):
            yield members
            members, nodes, columns = [], 0, 0
            kept = len(store.find(block_keys(tokens[: lines[i].wanted.start]))) * BLOCK
            new_nodes, new_columns = len(tokens) - kept, len(tokens)
        members.append(i)
        before = tokens
        nodes += new_nodes
        columns += new_columns
    if members:
        yield members


def _shared(left: tuple[int, ...], right: tuple[int, ...]) -> int:
    pairs = enumerate(zip(left, right, strict=False))
    return next((i for i, (a, b) in pairs if a != b), min(len(left), len(right)))
