from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web

from gadfly.bot.call import Call, Sampling, ask_reply
from gadfly.bot.completion import Usage
from gadfly.bot.errors import ContextOverflow, MalformedReply, RespondentError, TransportError
from gadfly.bot.server.sse import Stream

if TYPE_CHECKING:
    from gadfly.bot.server import Served, ServerSettings

Play = Callable[..., None]


def hang_up(request: web.Request) -> None:
    """Break the connection off."""
    if request.transport is not None:
        request.transport.close()


def fed(*events: Any, tail: bytes = b"", size: int = 7) -> tuple[Stream, list[str]]:
    """Feed events in small pieces; return the stream and the texts it handed over."""
    heard: list[str] = []
    stream = Stream("http://x/v1", heard.append)
    data = b"".join(
        b"data: " + (e if isinstance(e, bytes) else json.dumps(e).encode()) + b"\r\n\r\n"
        for e in events
    )
    data += tail
    for start in range(0, len(data), size):
        stream.feed(data[start : start + size])
    return stream, heard


def text(*parts: str) -> list[dict[str, Any]]:
    return [{"choices": [{"delta": {"content": part}}]} for part in parts]


END = {"choices": [{"delta": {}, "finish_reason": "stop"}]}


class TestServed:
    def test_text_comes_as_it_is_written(self, play: Play, call: Call) -> None:
        """The pieces handed over make up the reply, and the counts come with the last chunk."""

        async def scene(server: Any, served: Served) -> None:
            heard: list[str] = []
            got = await served.stream(call, heard.append)
            assert heard == ["A", " calm", " answer."]
            assert got.text == "A calm answer."
            assert got.usage == Usage(prompt_tokens=5, completion_tokens=3)
            assert server.requests[0]["stream_options"] == {"include_usage": True}

        play(scene)

    def test_a_failure_before_the_first_word_is_tried_again(self, play: Play, call: Call) -> None:
        """A 503 and a refusal of the connection before any text cost an attempt only."""

        async def scene(server: Any, served: Served) -> None:
            answers = [503, "hang up"]

            async def chat(request: web.Request, body: Any) -> web.StreamResponse:
                if not answers:
                    found: web.StreamResponse = await server.healthy(request, body)
                    return found
                kind = answers.pop(0)
                if kind == 503:
                    return web.Response(status=503)
                hang_up(request)
                return web.Response()

            server.chat = chat
            heard: list[str] = []
            await served.stream(call, heard.append)
            assert "".join(heard) == "A calm answer."

        play(scene)

    def test_a_cut_stream_is_a_transport_error(self, play: Play, call: Call) -> None:
        """A connection that breaks in mid-reply raises, and nothing is tried again."""

        async def scene(server: Any, served: Served) -> None:
            async def chat(request: web.Request, body: Any) -> web.StreamResponse:
                response = web.StreamResponse()
                await response.prepare(request)
                await response.write(b'data: {"choices": [{"delta": {"content": "Hal"}}]}\n\n')
                hang_up(request)
                return response

            server.chat = chat
            heard: list[str] = []
            with pytest.raises(TransportError, match=r"broke off|mid-reply"):
                await served.stream(call, heard.append)
            assert heard == ["Hal"]
            assert len(server.requests) == 1

        play(scene)

    @pytest.mark.parametrize(
        ("code", "body", "error"),
        [
            (503, {}, TransportError),
            (400, {"error": {"message": "maximum context length is 5"}}, ContextOverflow),
            (401, {}, RespondentError),
        ],
    )
    def test_refusals_are_the_same_as_without_streaming(
        self, play: Play, call: Call, code: int, body: Any, error: type[Exception]
    ) -> None:
        """A status that is not 200 raises what it raises elsewhere."""

        async def scene(server: Any, served: Served) -> None:
            async def chat(request: web.Request, _: Any) -> web.StreamResponse:
                return web.json_response(body, status=code)

            server.chat = chat
            with pytest.raises(error):
                await served.stream(call, lambda _: None)

        play(scene)

    def test_a_stalled_stream_ends(self, quick: ServerSettings, play: Play, call: Call) -> None:
        """A stream that falls silent is given up after the timeout."""

        async def scene(server: Any, served: Served) -> None:
            async def chat(request: web.Request, body: Any) -> web.StreamResponse:
                response = web.StreamResponse()
                await response.prepare(request)
                await response.write(b'data: {"choices": [{"delta": {"content": "Hm"}}]}\n\n')
                await asyncio.Event().wait()
                return response

            server.chat = chat
            with pytest.raises(TransportError, match="broke off"):
                await served.stream(call, lambda _: None)

        play(scene, settings=replace(quick, timeout_s=0.3))

    def test_a_dead_server_is_named(self, play: Play, call: Call) -> None:
        """A server that is gone before the stream begins is reported as such."""

        async def scene(server: Any, served: Served) -> None:
            await server.stop()
            with pytest.raises(TransportError, match="stopped answering"):
                await served.stream(call, lambda _: None)

        play(scene)

    def test_a_begun_answer_can_be_streamed(self, play: Play, call: Call) -> None:
        """The prefill works in streams as it does elsewhere."""

        async def scene(server: Any, served: Served) -> None:
            request = ask_reply(call.request.conversation, Sampling(), prefill="Well,")
            await served.stream(Call(request=request, key=b"0" * 16), lambda _: None)
            assert server.requests[0]["messages"][-1]["content"] == "Well,"

        play(scene)


class TestStream:
    def test_any_cutting_into_pieces_gives_the_same_text(self) -> None:
        """Characters of several bytes survive chunk borders inside them."""
        for size in (1, 2, 3, 1000):
            stream, heard = fed(*text("Größe ", "😀 – ", "ja"), END, b"[DONE]", size=size)

            assert stream.completion(1.0).text == "Größe 😀 – ja"
            assert "".join(heard) == "Größe 😀 – ja"

    def test_comments_and_names_are_skipped(self) -> None:
        """Keep-alive comments, event names and blank data lines mean nothing."""
        tail = b": ping\n\nevent: message\ndata:\n\ndata: [DONE]\n\n"
        stream, _ = fed(*text("Yes"), END, tail=tail)

        assert stream.completion(1.0).text == "Yes"

    def test_a_last_line_without_an_end_counts(self) -> None:
        """A server that forgets the last line end is understood."""
        stream, _ = fed(*text("Yes"), tail=b"data: " + json.dumps(END).encode())

        assert stream.completion(1.0).finish == "stop"

    def test_done_without_a_reason_is_complete(self) -> None:
        """[DONE] after text completes a reply whose finish reason was left out."""
        stream, _ = fed(*text("Yes"), b"[DONE]")

        assert stream.completion(1.0).finish == "other"

    @pytest.mark.parametrize("events", [text("Yes"), text("Yes", " and")])
    def test_silence_is_not_an_end(self, events: Any) -> None:
        """Without a finish reason and [DONE] the reply was cut."""
        stream, _ = fed(*events)

        with pytest.raises(TransportError, match="mid-reply"):
            stream.completion(1.0)

    def test_a_body_without_events_is_malformed(self) -> None:
        """A page or a plain JSON reply is not taken for an empty stream."""
        stream, _ = fed(tail=b'{"choices": []}')

        with pytest.raises(MalformedReply, match="no stream"):
            stream.completion(1.0)

    @pytest.mark.parametrize(
        "event",
        [
            b"{not json",
            b"[1]",
            {"no": "choices"},
            {"choices": [7]},
            {"choices": [{"text": "legacy"}]},
            {"choices": [{"delta": {"content": 5}}]},
        ],
    )
    def test_senseless_events_are_malformed(self, event: Any) -> None:
        """An event that is no completion chunk raises."""
        with pytest.raises(MalformedReply):
            fed(event)

    def test_a_tool_call_is_no_answer(self) -> None:
        """A stream of tool calls only is malformed, not an empty reply."""
        stream, _ = fed({"choices": [{"delta": {"tool_calls": [{}]}}]}, END, b"[DONE]")

        with pytest.raises(MalformedReply, match="tool call"):
            stream.completion(1.0)

    def test_an_empty_answer_is_an_answer(self) -> None:
        """Nothing but a finish reason is an empty reply."""
        stream, _ = fed(END, b"[DONE]")

        assert stream.completion(1.0).text == ""

    @pytest.mark.parametrize(
        ("error", "kind"),
        [
            ({"message": "engine gone"}, TransportError),
            ({"message": "too long", "code": "context_length_exceeded"}, TransportError),
            ({"message": "maximum context length is 5", "code": 400}, ContextOverflow),
            ("plain words", TransportError),
        ],
    )
    def test_an_error_event_raises(self, error: type[Exception], kind: type[Exception]) -> None:
        """An error in mid-stream is raised with the server's words."""
        with pytest.raises(kind):
            fed(*text("Yes"), {"error": error})

    def test_a_line_without_end_is_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A server that never ends a line cannot fill the memory."""
        monkeypatch.setattr("gadfly.bot.server.sse._MOST_LINE", 100)

        with pytest.raises(MalformedReply, match="line ends"):
            fed(tail=b"x" * 200)

    def test_broken_bytes_in_an_event_are_replaced(self) -> None:
        """Bytes that are no UTF-8 become replacement characters."""
        stream, _ = fed(b'{"choices": [{"delta": {"content": "caf\xe9"}}]}', END)

        assert stream.completion(1.0).text == "caf\ufffd"


class TestReasoning:
    def test_tagged_reasoning_is_not_heard(self) -> None:
        """Reasoning in tags at the start is kept apart and never handed over as text."""
        parts = ("<th", "ink>", "let me", " see</thi", "nk>", "\n\n", "Yes", ", so.")
        stream, heard = fed(*text(*parts), END)

        got = stream.completion(1.0)
        assert (got.reasoning, got.text) == ("let me see", "Yes, so.")
        assert "".join(heard).strip() == "Yes, so."

    def test_reasoning_of_its_own_field_is_kept_apart(self) -> None:
        """Both names of the separate field work."""
        thoughts = [
            {"choices": [{"delta": {n: "hm "}}]} for n in ("reasoning_content", "reasoning")
        ]
        stream, heard = fed(*thoughts, *text("Yes"), END)

        got = stream.completion(1.0)
        assert (got.reasoning, got.text) == ("hm hm ", "Yes")
        assert heard == ["Yes"]

    def test_what_only_looks_like_a_tag_is_heard_in_the_end(self) -> None:
        """Text that could have become a tag and did not is handed over."""
        stream, heard = fed(*text("<th"), END)
        stream.completion(1.0)

        assert heard == ["<th"]

    def test_unfinished_reasoning_is_not_heard(self) -> None:
        """Reasoning cut off by the token limit leaves no text."""
        end = {"choices": [{"delta": {}, "finish_reason": "length"}]}
        stream, heard = fed(*text("<think>hm", " hm"), end)

        got = stream.completion(1.0)
        assert (heard, got.text, got.finish) == ([], "", "length")
