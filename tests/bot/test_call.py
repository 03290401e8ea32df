"""Calls and their keys: everything that determines an answer, and nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from gadfly.bot.call import Call, Request, Sampling, ask_labels, ask_reply, ask_score
from gadfly.bot.identity import Identity
from gadfly.bot.message import Conversation, opening

ME = Identity(model="m")
THREAD = opening().says("Is it so?")
ASK = ask_reply(THREAD, Sampling())


def key(request: Request = ASK, identity: Identity = ME, **counters: int) -> bytes:
    return Call(request=request, **counters).keyed(identity).key  # type: ignore[arg-type]  # counters are ints


def test_equal_calls_have_equal_keys() -> None:
    """The same request built twice has the same key of 16 bytes."""
    again = ask_reply(opening().says("Is it so?"), Sampling())

    assert key() == key(again)
    assert len(key()) == 16


@pytest.mark.parametrize(
    "other",
    [
        ask_reply(opening().says("Is it so, then?"), Sampling()),
        ask_reply(opening("Be kind.").says("Is it so?"), Sampling()),
        ask_reply(THREAD, Sampling(temperature=0.8)),
        ask_reply(THREAD, Sampling(top_p=0.9)),
        ask_reply(THREAD, Sampling(max_tokens=255)),
        ask_reply(THREAD, Sampling(), prefill="Yes"),
        ask_score(THREAD, ("Yes.", "No.")),
        ask_labels(THREAD, ("A", "B"), temperature=0.7),
    ],
)
def test_whatever_changes_an_answer_changes_the_key(other: Request) -> None:
    """Words, system prompt, sampling, prefill and kind of request are all in the key."""
    assert key(other) != key()


def test_counters_and_identity_are_in_the_key() -> None:
    """Replicate, draw, epoch, role and respondent each make another call."""
    keys = {
        key(),
        key(replicate=1),
        key(draw=1),
        key(epoch=1),
        key(identity=replace(ME, dtype="bfloat16")),
        Call(request=ASK, asked_as="judge").keyed(ME).key,
    }

    assert len(keys) == 6


def test_options_cannot_run_into_each_other() -> None:
    """Splitting the same letters differently is another request, and so is another order."""
    one, two, three = (
        ask_score(THREAD, options) for options in (("ab", "c"), ("a", "bc"), ("c", "ab"))
    )

    assert len({one.digest, two.digest, three.digest}) == 3


def test_the_seed_comes_from_the_whole_key() -> None:
    """Seeds fit 31 bits and differ between replicates and respondents."""
    calls = [Call(request=ASK, replicate=r).keyed(ME) for r in range(50)]
    calls.append(Call(request=ASK).keyed(Identity(model="other")))

    assert len({c.seed for c in calls}) == 51
    assert all(0 <= c.seed < 2**31 for c in calls)


class TestConversation:
    def test_a_fork_leaves_the_original_as_it_was(self) -> None:
        """`says` and `hears` give new conversations that share their past."""
        base = opening("Be kind.").says("Hm?")
        left, right = base.hears("Yes."), base.hears("No.")

        assert [m.text for m in base] == ["Be kind.", "Hm?"]
        assert left.parent is base
        assert right.parent is base
        assert left != right
        assert len(left) == 3

    def test_equal_contents_are_equal(self) -> None:
        """Equality and hash go by content, whatever way a conversation was built."""
        one, two = (opening().says("Hm?").hears("Yes.") for _ in range(2))

        assert one == two
        assert len({one, two}) == 1
        assert one != "Hm?"

    def test_roles_and_boundaries_count(self) -> None:
        """The same words said by another, or split over two turns, are another conversation."""
        digests = {
            opening().says("ab").digest,
            opening().hears("ab").digest,
            opening().says("a").says("b").digest,
            Conversation().digest,
        }

        assert len(digests) == 4

    def test_odd_text_has_a_digest(self) -> None:
        """Lone surrogates and null bytes do not break hashing."""
        assert opening().says("\ud800\0").digest != opening().says("\ud801\0").digest


class TestIdentity:
    def test_differences_name_the_fields(self) -> None:
        """What differs is named with both values."""
        found = ME.differences(replace(ME, model="n", dtype="float32"))

        assert found == ("model: 'm' != 'n'", "dtype: '' != 'float32'")
        assert ME.differences(ME) == ()

    def test_the_digest_covers_every_field(self) -> None:
        """Changing any one field changes the digest."""
        fields = ("model", "revision", "template", "dtype", "system", "sampling", "server")
        digests = {replace(ME, **{name: "x"}).digest for name in fields} | {ME.digest}

        assert len(digests) == len(fields) + 1
