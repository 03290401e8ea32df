from __future__ import annotations

import asyncio
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from aiohttp import web

from gadfly.bot.call import Call, Request, Sampling, ask_choice, ask_labels, ask_reply, ask_score
from gadfly.bot.completion import Completion, Usage
from gadfly.bot.errors import ConfigError, MalformedReply, RespondentError, Unsupported
from gadfly.bot.identity import Identity
from gadfly.bot.message import Conversation
from gadfly.bot.respondent import Respondent
from gadfly.bot.server import Served, ServerSettings

Play = Callable[..., None]


ASKED = Conversation().says("Is it so?")
ME = Identity(model="tiny")


def keyed(request: Request) -> Call:
    return Call(request=request).keyed(ME)


class TestOpen:
    def test_identity_says_who_answers_and_not_where(
        self, fake: Any, quick: ServerSettings
    ) -> None:
        """The identity holds name, weights folder's name and fingerprint, no host and no path."""

        async def main() -> Any:
            async with fake().running() as server:
                served = Served(server.url, "tiny", settings=quick)
                found = await served.open(lambda _: None)
                await served.aclose()
                return found

        assert Identity(
            model="tiny", revision="tiny-v1", server="vllm-9.9-abcdef12"
        ) == asyncio.run(main())

    @pytest.mark.parametrize(
        "change",
        [
            lambda s: s.models[0].update(root="/elsewhere/tiny-v2"),
            lambda s: setattr(s, "fingerprint", "vllm-9.9-00000000"),
            lambda s: s.models[0].update(id="small"),
        ],
    )
    def test_another_model_behind_the_same_address_is_another_identity(
        self, fake: Any, quick: ServerSettings, change: Callable[[Any], object]
    ) -> None:
        """A new name, weights folder or vLLM build changes the identity."""

        async def identify(alter: Callable[[Any], object]) -> Identity:
            server = fake()
            alter(server)
            async with server.running():
                served = Served(server.url, settings=quick)
                found = await served.open(lambda _: None)
                await served.aclose()
                return found

        before = asyncio.run(identify(lambda _: None))
        after = asyncio.run(identify(change))

        assert before.digest != after.digest

    def test_a_hosted_fingerprint_is_not_part_of_the_identity(
        self, fake: Any, quick: ServerSettings
    ) -> None:
        """Only vLLM's fingerprint counts: hosted services change theirs at any time."""

        async def main() -> Any:
            server = fake()
            server.models[0]["owned_by"] = "somebody"
            async with server.running():
                served = Served(server.url, settings=quick)
                first = await served.open(lambda _: None)
                await served.aclose()
                server.fingerprint = "fp_rotated"
                second = await served.open(lambda _: None)
                await served.respond(keyed(ask_reply(ASKED, Sampling())))
                await served.aclose()
                return first, second

        first, second = asyncio.run(main())

        assert first == second
        assert first.server == "somebody"

    def test_harmless_headers_count_and_secret_ones_do_not(self) -> None:
        """A header that may change answers has a hash; a secret leaves no trace."""
        variant = ServerSettings(headers=(("X-Variant", "b"),))
        secret = ServerSettings(headers=(("X-Api-Key", "s3cret"),))

        assert variant.headers_hash
        assert not secret.headers_hash

    def test_opening_twice_asks_once(self, play: Play, fake: Any) -> None:
        """A second `open` gives the same identity without a request."""

        async def scene(server: Any, served: Served) -> None:
            await served.open(lambda _: None)
            assert server.requests == []

        play(scene)

    def test_the_only_model_needs_no_name(self, fake: Any, quick: ServerSettings) -> None:
        """Where one model is served and none is named, that one is taken and named in the spec."""

        async def main() -> Any:
            async with fake().running() as server:
                served = Served(server.url, settings=quick)
                before = served.spec
                await served.open(lambda _: None)
                await served.aclose()
                return before, served.spec

        before, after = asyncio.run(main())

        assert "#" not in before
        assert after == before + "#tiny"

    def test_a_full_vllm_server_can_do_everything(self, play: Play) -> None:
        """All features of vLLM are found by how it behaves."""

        async def scene(_: Any, served: Served) -> None:
            can = served.capabilities
            assert (
                can.labels,
                can.score,
                can.prefill,
                can.streaming,
                can.seeds,
            ) == (True, True, True, True, True)
            assert can.context_tokens == 512
            assert can.notes == ()

        play(scene)

    def test_a_bare_server_gets_a_note_for_each_missing_feature(self, play: Play) -> None:
        """What a plain server cannot do is said in sentences, and such requests are refused."""

        async def scene(_: Any, served: Served) -> None:
            can = served.capabilities
            assert not (can.labels)
            assert not (can.score)
            assert not (can.prefill)
            assert not (can.streaming)
            assert not (can.seeds)
            assert len(can.notes) == 5
            assert all(note.endswith(".") for note in can.notes)
            refused = [
                ask_labels(ASKED, ("A",), temperature=0.7),
                ask_score(ASKED, ("Yes.",)),
                ask_reply(ASKED, Sampling(), prefill="Well,"),
            ]
            for request in refused:
                with pytest.raises(Unsupported):
                    await served.respond(keyed(request))
            with pytest.raises(Unsupported):
                await served.stream(keyed(ask_reply(ASKED, Sampling())), print)

        play(scene, frozenset({"models"}))

    def test_ignored_fields_are_not_taken_for_support(self, play: Play) -> None:
        """A server that silently ignores the prefill fields has no prefill, and so no scoring."""

        async def scene(_: Any, served: Served) -> None:
            assert served.capabilities.labels
            assert not served.capabilities.prefill
            assert not served.capabilities.score

        play(
            scene,
            frozenset({"models", "tokenize", "logprobs", "prompt_logprobs", "seed", "stream"}),
        )

    def test_a_server_without_a_catalog_needs_a_name(
        self, play: Play, fake: Any, quick: ServerSettings
    ) -> None:
        """Without a list of models a named one is taken at its word, and no name is an error."""

        async def unnamed() -> None:
            async with fake(frozenset()).running() as server:
                await Served(server.url, settings=quick).open(lambda _: None)

        async def scene(_: Any, served: Served) -> None:
            assert served.spec.endswith("#tiny")

        play(scene, frozenset())
        with pytest.raises(ConfigError, match="does not list its models"):
            asyncio.run(unnamed())

    def test_newer_field_names_are_learned(self, fake: Any, quick: ServerSettings) -> None:
        """A server that only takes `max_completion_tokens` is spoken to in those words."""

        async def main() -> Any:
            server = fake()

            async def modern(request: web.Request, body: Any) -> web.StreamResponse:
                if "max_tokens" in body:
                    said = "Use 'max_completion_tokens' instead."
                    return web.json_response({"error": {"message": said}}, status=400)
                found: web.StreamResponse = await server.healthy(request, body)
                return found

            server.chat = modern
            async with server.running():
                served = Served(server.url, settings=quick)
                await served.open(lambda _: None)
                got = await served.respond(keyed(ask_reply(ASKED, Sampling())))
                await served.aclose()
                return got

        assert asyncio.run(main()).text == "A calm answer."

    def test_before_open_nothing_is_claimed(self) -> None:
        """Capabilities and answers before `open` are an error, not a guess."""
        served = Served("http://127.0.0.1:9/v1#m")

        with pytest.raises(RespondentError, match="not been opened"):
            _ = served.capabilities

    def test_it_is_a_respondent(self, play: Play) -> None:
        """An opened client satisfies the protocol."""

        async def scene(_: Any, served: Served) -> None:
            assert isinstance(served, Respondent)

        play(scene)

    def test_a_server_that_hides_its_build_is_known_by_its_version(
        self, fake: Any, quick: ServerSettings
    ) -> None:
        """Version, fingerprint and harmless headers make up the server's part of the identity."""

        async def identify(fingerprint: str | None) -> str:
            server = fake()
            server.fingerprint = fingerprint
            async with server.running():
                settings = replace(quick, headers=(("X-Variant", "b"),))
                served = Served(server.url, settings=settings)
                found = await served.open(lambda _: None)
                await served.aclose()
                return found.server

        mark = ServerSettings(headers=(("X-Variant", "b"),)).headers_hash
        assert asyncio.run(identify(None)) == f"vllm-9.9+headers-{mark}"
        assert asyncio.run(identify("fp_1")) == f"vllm-9.9-fp_1+headers-{mark}"


class TestReply:
    def test_the_request_carries_what_determines_the_answer(self, play: Play, call: Call) -> None:
        """Messages, sampling and a seed of 31 bits from the call's key are sent."""

        async def scene(server: Any, served: Served) -> None:
            got = await served.respond(call)
            assert server.requests == [
                {
                    "model": "tiny",
                    "messages": [{"role": "user", "content": "Is it so?"}],
                    "max_tokens": 40,
                    "temperature": 0.5,
                    "top_p": 1.0,
                    "seed": call.seed,
                }
            ]
            assert got == Completion(
                text="A calm answer.",
                usage=Usage(prompt_tokens=got.usage.prompt_tokens, completion_tokens=3),
                latency_ms=got.latency_ms,
            )
            assert got.latency_ms > 0.0

        play(scene)

    def test_a_greedy_request_has_no_seed(self, play: Play) -> None:
        """At temperature 0 nothing is drawn, so no seed is sent."""

        async def scene(server: Any, served: Served) -> None:
            await served.respond(keyed(ask_reply(ASKED, Sampling(temperature=0.0))))
            assert "seed" not in server.requests[0]

        play(scene)

    @pytest.mark.parametrize(("owner", "held"), [("vllm", True), ("somebody", False)])
    def test_a_choice_is_held_to_where_the_server_can(
        self, fake: Any, quick: ServerSettings, owner: str, *, held: bool
    ) -> None:
        """Only vLLM is told the only replies allowed, and only where there are such."""

        async def scene() -> None:
            async with fake().running() as server:
                server.models[0]["owned_by"] = owner
                served = Served(server.url, "tiny", settings=quick)
                try:
                    await served.open(lambda _: None)
                    await served.respond(keyed(ask_choice(ASKED, ("A", "B"), Sampling())))
                    await served.respond(keyed(ask_reply(ASKED, Sampling())))
                finally:
                    await served.aclose()
            chosen, free = server.requests[-2:]
            expected = {"choice": ["A", "B"]} if held else None
            assert chosen.get("structured_outputs") == expected
            assert "structured_outputs" not in free

        asyncio.run(scene())

    def test_a_begun_answer_is_gone_on_with(self, play: Play) -> None:
        """A prefill is sent as an open assistant message."""

        async def scene(server: Any, served: Served) -> None:
            await served.respond(keyed(ask_reply(ASKED, Sampling(), prefill="Well,")))
            sent = server.requests[0]
            assert sent["messages"][-1] == {"role": "assistant", "content": "Well,"}
            assert sent["continue_final_message"] is True
            assert sent["add_generation_prompt"] is False

        play(scene)

    def test_lone_surrogates_are_replaced_on_the_way_out(self, play: Play) -> None:
        """Text that no wire can carry is sent with a replacement character."""

        async def scene(server: Any, served: Served) -> None:
            await served.respond(keyed(ask_reply(Conversation().says("a\ud800b 😀"), Sampling())))
            assert server.requests[0]["messages"][0]["content"] == "a\ufffdb 😀"

        play(scene)

    def test_a_server_replaced_in_mid_run_is_noticed(self, play: Play, call: Call) -> None:
        """Answers of a vLLM with another fingerprint are refused, not mixed in."""

        async def scene(server: Any, served: Served) -> None:
            server.fingerprint = "vllm-9.9-fffffff"
            with pytest.raises(RespondentError, match="replaced"):
                await served.respond(call)

        play(scene)

    def test_a_cancelled_call_closes_its_request(self, play: Play, call: Call) -> None:
        """Cancelling the caller breaks the connection, so that the server can stop working."""

        async def scene(server: Any, served: Served) -> None:
            begun, gone = asyncio.Event(), asyncio.Event()

            async def endless(request: web.Request, body: Any) -> web.StreamResponse:
                begun.set()
                try:
                    await asyncio.Event().wait()
                finally:
                    gone.set()
                return web.Response()

            server.chat = endless
            task = asyncio.create_task(served.respond(call))
            await begun.wait()
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            await asyncio.wait_for(gone.wait(), 60)

        play(scene)


class TestLabels:
    def test_exact_tokens_are_read_where_the_server_can(self, play: Play) -> None:
        """Ids come from the tokenizer in the place where the label stands, and are kept."""

        async def scene(server: Any, served: Served) -> None:
            request = ask_labels(ASKED, ("A", "B"), temperature=0.7)
            first = await served.respond(keyed(request))
            await served.respond(keyed(request))
            assert first.logprobs == pytest.approx({"A": math.log(0.5), "B": math.log(0.1)})
            assert server.requests[0]["logprob_token_ids"] == [
                server.token_ids("A")[0],
                server.token_ids("B")[0],
            ]
            assert server.requests[0] == server.requests[1]

        play(scene)

    def test_a_label_after_a_prefill_has_its_space(self, play: Play) -> None:
        """After "Answer:" the label " A" is the token with the space, not the bare letter."""

        async def scene(server: Any, served: Served) -> None:
            request = ask_labels(ASKED, (" A",), prefill="Answer:", temperature=0.7)
            got = await served.respond(keyed(request))
            assert got.logprobs == pytest.approx({" A": math.log(0.2)})

        play(scene)

    def test_labels_with_one_first_token_are_refused(self, play: Play) -> None:
        """Two labels that begin with the same token cannot be told apart by it."""

        async def scene(_: Any, served: Served) -> None:
            request = ask_labels(ASKED, ("A one", "A two"), temperature=0.7)
            with pytest.raises(Unsupported, match="same token"):
                await served.respond(keyed(request))

        play(scene)

    def test_without_ids_the_likeliest_tokens_are_searched(self, play: Play) -> None:
        """Tokens that read as the label count together; a label outside them is absent."""

        async def scene(_: Any, served: Served) -> None:
            request = ask_labels(ASKED, ("A", "B", "Z"), temperature=0.7)
            got = await served.respond(keyed(request))
            assert got.logprobs == pytest.approx({"A": math.log(0.7), "B": math.log(0.1)})

        play(scene, frozenset({"models", "logprobs"}))

    @pytest.mark.parametrize(
        "logprobs",
        [
            None,
            {},
            {"content": []},
            {"content": [{"token": "A", "logprob": -1.0, "top_logprobs": []}]},
            {"content": [{"top_logprobs": [{"token": "A", "logprob": float("nan")}]}]},
            {"content": [{"top_logprobs": [{"token": "A", "logprob": 3.0}]}]},
            {"content": [{"top_logprobs": [{"token": "A", "logprob": None}]}]},
            {"content": [{"top_logprobs": [{"token": "A", "logprob": True}]}]},
            {"content": [{"top_logprobs": ["A"]}]},
            {"content": [{"top_logprobs": [{"token": "A", "logprob": -1.0}]}]},
        ],
    )
    @pytest.mark.parametrize("features", [{"models", "logprobs"}, None])
    def test_missing_short_or_senseless_logprobs_are_malformed(
        self, play: Play, logprobs: Any, features: set[str] | None
    ) -> None:
        """Log-probabilities that are absent, too few, NaN or above 0 raise, whichever way read."""

        async def scene(server: Any, served: Served) -> None:
            async def odd(request: web.Request, body: Any) -> web.StreamResponse:
                reply = server.reply(body)
                reply["choices"][0]["logprobs"] = logprobs
                return web.json_response(reply)

            server.chat = odd
            with pytest.raises(MalformedReply):
                await served.respond(keyed(ask_labels(ASKED, ("A", "B"), temperature=0.7)))

        if features is None:
            play(scene)
        else:
            play(scene, frozenset(features))

    def test_an_impossible_label_is_absent(self, play: Play) -> None:
        """Minus infinity, which vLLM writes as -9999, leaves the label out."""

        async def scene(server: Any, served: Served) -> None:
            async def impossible(request: web.Request, body: Any) -> web.StreamResponse:
                reply = server.reply(body)
                rows = reply["choices"][0]["logprobs"]["content"][0]["top_logprobs"]
                rows[1]["logprob"] = -9999.0
                return web.json_response(reply)

            server.chat = impossible
            got = await served.respond(keyed(ask_labels(ASKED, ("A", "B"), temperature=0.7)))
            assert list(got.logprobs) == ["A"]

        play(scene)


class TestScore:
    def test_only_the_reply_itself_is_summed(self, play: Play) -> None:
        """The sum runs over the reply's own tokens; one request per distinct reply."""

        async def scene(server: Any, served: Served) -> None:
            replies = ("Yes it is.", "No.", "No.")
            got = await served.respond(keyed(ask_score(ASKED, replies)))
            expected = {
                text: sum(-0.01 * i for i in server.token_ids(text)) for text in set(replies)
            }
            assert got.logprobs == pytest.approx(expected)
            assert got.lengths == {"Yes it is.": 4, "No.": 2}
            assert len(server.requests) == 2
            assert all(r["prompt_logprobs"] == 0 for r in server.requests)

        play(scene)

    @pytest.mark.parametrize(
        "alter",
        [
            lambda rows: None,
            lambda rows: rows[:3],
            lambda rows: [*rows[:-1], None],
            lambda rows: [*rows[:-1], {}],
            lambda rows: [*rows[:-1], {"7": {"logprob": float("nan")}}],
            lambda rows: [*rows[:-1], {"7": {"logprob": "low"}}],
            lambda rows: [rows[0], {"99999": {"logprob": -1.0}}, *rows[2:]],
        ],
    )
    def test_a_prompt_that_is_not_fully_scored_is_malformed(
        self, play: Play, alter: Callable[[Any], object]
    ) -> None:
        """Missing, short or senseless prompt log-probabilities raise."""

        async def scene(server: Any, served: Served) -> None:
            async def odd(request: web.Request, body: Any) -> web.StreamResponse:
                reply = server.reply(body)
                reply["prompt_logprobs"] = alter(reply["prompt_logprobs"])
                return web.json_response(reply)

            server.chat = odd
            with pytest.raises(MalformedReply):
                await served.respond(keyed(ask_score(ASKED, ("Yes.", "No."))))

        play(scene)

    def test_an_empty_reply_cannot_be_scored(self, play: Play) -> None:
        """A blank reply has no tokens to score."""

        async def scene(_: Any, served: Served) -> None:
            with pytest.raises(Unsupported, match="non-empty"):
                await served.respond(keyed(ask_score(ASKED, ("Yes.", " "))))

        play(scene)
