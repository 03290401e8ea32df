from __future__ import annotations

from dataclasses import dataclass

from gadfly.bot.inprocess.pack import Line, Run, group, plan
from gadfly.bot.inprocess.prefix import BLOCK, PrefixStore, block_keys


@dataclass
class Block:
    nbytes: int = 1


def filled(tokens: range) -> PrefixStore:
    store = PrefixStore(1000)
    for key in block_keys(tokens):
        store.put(key, Block())
    return store


class TestPlan:
    def test_shared_beginnings_are_computed_once(self) -> None:
        """Two lines that part after two tokens share those two nodes."""
        lines = [Line((1, 2, 3), range(1, 3)), Line((1, 2, 4, 5), range(1, 4))]

        pack = plan(lines, PrefixStore(0))

        assert pack.tokens == [1, 2, 3, 4, 5]
        assert pack.positions == [0, 1, 2, 2, 3]
        assert pack.paths == [(0, 1, 2), (0, 1, 3, 4)]
        assert pack.runs == [Run(0, 3, ()), Run(3, 5, (0, 1))]

    def test_logits_are_asked_for_once_per_node(self) -> None:
        """A position two lines share has one row of logits, which both point to."""
        lines = [Line((1, 2, 3), range(1, 3)), Line((1, 2, 4, 5), range(1, 4))]

        pack = plan(lines, PrefixStore(0))

        assert pack.logits == [1, 2, 3, 4]
        assert pack.rows == [(0, 1), (0, 2, 3)]

    def test_equal_lines_cost_nothing_more(self) -> None:
        """The same line twice gives one set of nodes and two equal paths."""
        pack = plan([Line((1, 2), range(1, 2))] * 2, PrefixStore(0))

        assert pack.tokens == [1, 2]
        assert pack.rows == [(0,), (0,)]

    def test_kept_blocks_come_first_and_are_not_computed(self) -> None:
        """Kept blocks take the first columns; computing starts after them."""
        tokens = range(BLOCK + 2)
        line = Line(tuple(tokens), range(BLOCK + 1, BLOCK + 2))

        pack = plan([line], filled(tokens))

        assert pack.kept == BLOCK
        assert pack.tokens == [BLOCK, BLOCK + 1]
        assert pack.positions == [BLOCK, BLOCK + 1]
        assert pack.paths == [tuple(range(BLOCK + 2))]

    def test_a_token_whose_logits_are_wanted_is_computed_though_kept(self) -> None:
        """Nothing from the first wanted position on is taken from the store."""
        tokens = range(2 * BLOCK)
        line = Line(tuple(tokens), range(BLOCK + 3, 2 * BLOCK))

        pack = plan([line], filled(tokens))

        assert pack.kept == BLOCK
        assert len(pack.tokens) == BLOCK


class TestGroup:
    def test_lines_that_share_stand_together(self) -> None:
        """Lines of two conversations, asked in turns, are grouped by conversation."""
        one, two = tuple(range(40)), tuple(range(100, 140))
        lines = [Line((*base, i), range(40, 41)) for i in range(3) for base in (one, two)]

        groups = list(group(lines, PrefixStore(0), max_nodes=45, max_columns=1000))

        assert groups == [[0, 2, 4], [1, 3, 5]]

    def test_a_line_too_large_stands_alone(self) -> None:
        """A line larger than the bound is not refused."""
        lines = [Line(tuple(range(100)), range(99, 100)), Line((500, 501), range(1, 2))]

        groups = list(group(lines, PrefixStore(0), max_nodes=10, max_columns=1000))

        assert groups == [[0], [1]]

    def test_unrelated_columns_are_bounded_too(self) -> None:
        """Kept prefixes cost no nodes, but they are attended to and so close a pack."""
        lines = [Line(tuple(range(s, s + 33)), range(32, 33)) for s in (0, 1000, 2000)]
        store = PrefixStore(1000)
        for line in lines:
            for key in block_keys(line.tokens):
                store.put(key, Block())

        groups = list(group(lines, store, max_nodes=100, max_columns=70))

        assert groups == [[0, 1], [2]]

    def test_nothing_gives_nothing(self) -> None:
        """No lines make no group."""
        assert list(group([], PrefixStore(0), max_nodes=1, max_columns=1)) == []
