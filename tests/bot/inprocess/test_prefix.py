from __future__ import annotations

from dataclasses import dataclass

from gadfly.bot.inprocess.prefix import BLOCK, PrefixStore, block_keys


@dataclass
class Block:
    nbytes: int = 10


class TestBlockKeys:
    def test_one_key_per_whole_block(self) -> None:
        """Tokens beyond the last whole block have no key."""
        assert len(block_keys(range(2 * BLOCK + 3))) == 2
        assert block_keys(range(BLOCK - 1)) == []

    def test_a_key_stands_for_everything_before_it(self) -> None:
        """Blocks of equal tokens after different beginnings have different keys."""
        same = list(range(BLOCK))

        one = block_keys([1] * BLOCK + same)
        two = block_keys([2] * BLOCK + same)

        assert one[1] != two[1]
        assert block_keys([1] * BLOCK + same) == one


class TestPrefixStore:
    def test_finds_the_longest_run_from_the_start(self) -> None:
        """A block whose predecessor is missing is not found."""
        store = PrefixStore(100)
        keys = block_keys(range(3 * BLOCK))
        first, third = Block(), Block()
        store.put(keys[0], first)
        store.put(keys[2], third)

        assert store.find(keys) == [first]

    def test_drops_the_least_recently_used_first(self) -> None:
        """A prefix that was just found outlives one that was not."""
        store = PrefixStore(20)
        store.put(b"old", Block())
        store.put(b"new", Block())
        store.find([b"old"])

        store.put(b"newest", Block())

        assert b"old" in store
        assert b"new" not in store
        assert store.size_bytes == 20

    def test_later_blocks_go_before_the_ones_they_build_on(self) -> None:
        """Of a prefix that was found as a whole, the end is dropped first."""
        store = PrefixStore(20)
        store.put(b"start", Block())
        store.put(b"end", Block())
        store.find([b"start", b"end"])

        store.put(b"other", Block())

        assert b"start" in store
        assert b"end" not in store

    def test_keeping_a_block_twice_counts_it_once(self) -> None:
        """Putting a kept key again changes nothing."""
        store = PrefixStore(100)
        store.put(b"key", Block())
        store.put(b"key", Block())

        assert store.size_bytes == 10
