from __future__ import annotations

import pytest

from gadfly.bot.call import Sampling, ask_labels, ask_reply
from gadfly.bot.errors import ConfigError, RespondentError, Unsupported
from gadfly.bot.inprocess.chat import Chat
from gadfly.bot.message import Conversation, opening

from .conftest import byte_tokenizer

SAMPLING = Sampling()


@pytest.fixture
def chat() -> Chat:
    return Chat(byte_tokenizer(), name="bytes")


class TestPrompt:
    def test_ends_where_the_answer_starts(self, chat: Chat) -> None:
        """The prompt is the rendered conversation, the turn of the assistant opened."""
        prompt = chat.prompt(ask_reply(opening("Be brief.").says("Hi"), SAMPLING))

        assert prompt.text == (
            "<|im_start|>system\nBe brief.<|im_end|>\n<|im_start|>user\nHi<|im_end|>\n"
            "<|im_start|>assistant\n"
        )
        assert chat.decode(list(prompt.tokens)).endswith("assistant\n")

    def test_a_prefill_follows_the_opened_turn(self, chat: Chat) -> None:
        """What the assistant is made to begin with stands last."""
        request = ask_reply(opening().says("Hi"), SAMPLING, prefill="Answer:")

        assert chat.prompt(request).text.endswith("assistant\nAnswer:")

    @pytest.mark.parametrize(
        ("conversation", "found"),
        [(Conversation(), "is empty"), (opening().says("a").hears("b"), "'assistant'")],
    )
    def test_needs_a_user_message_to_answer(
        self, chat: Chat, conversation: Conversation, found: str
    ) -> None:
        """A conversation with nothing to answer is refused and says what it found."""
        with pytest.raises(RespondentError, match=found):
            chat.prompt(ask_reply(conversation, SAMPLING))

    def test_a_template_that_refuses_is_quoted(self, chat: Chat) -> None:
        """What the template raises reaches the user with the model's name."""
        with pytest.raises(Unsupported, match=r"'bytes'.*no such system"):
            chat.prompt(ask_reply(opening("refuse").says("Hi"), SAMPLING))

    def test_text_that_is_no_unicode_is_taken(self, chat: Chat) -> None:
        """A lone surrogate is replaced instead of breaking the tokenizer."""
        prompt = chat.prompt(ask_reply(opening().says("a\udcffb"), SAMPLING))

        assert "a?b" in prompt.text

    def test_reasoning_opened_by_the_template_is_noticed(self) -> None:
        """A template that ends with the opening tag is remembered for splitting the answer."""
        chat = Chat(byte_tokenizer("{{ messages[0].content }}<think>\n"), name="thinker")

        assert chat.prompt(ask_reply(opening().says("Hi"), SAMPLING)).opens_reasoning

    def test_without_a_template_there_are_no_turns(self) -> None:
        """A base model without a template is refused."""
        with pytest.raises(ConfigError, match="no chat template"):
            Chat(byte_tokenizer(template=None), name="base")


class TestLabels:
    def test_the_first_token_after_the_prefill_is_read(self, chat: Chat) -> None:
        """With one token per byte, a label's first token is its first letter."""
        request = ask_labels(opening().says("Hi"), ("Ax", "Bx"), prefill=":", temperature=0.7)
        prompt = chat.prompt(request)

        fed, first = chat.labels(prompt, request.options)

        assert fed == len(prompt.tokens)
        assert first == {"Ax": chat.encode("A")[0], "Bx": chat.encode("B")[0]}

    def test_labels_with_one_beginning_are_refused(self, chat: Chat) -> None:
        """Two labels with the same first token cannot be told apart."""
        prompt = chat.prompt(ask_reply(opening().says("Hi"), SAMPLING))

        with pytest.raises(Unsupported, match="same token"):
            chat.labels(prompt, ("AB", "AC"))

    def test_an_empty_label_is_refused(self, chat: Chat) -> None:
        """A label without a token has no probability."""
        prompt = chat.prompt(ask_reply(opening().says("Hi"), SAMPLING))

        with pytest.raises(Unsupported, match="empty"):
            chat.labels(prompt, ("A", ""))


class TestEnds:
    @pytest.mark.parametrize(("configured", "expected"), [(3, {3, 256}), ([4, 5], {4, 5, 256})])
    def test_configured_ends_and_the_tokenizers_own(
        self, chat: Chat, configured: int | list[int], expected: set[int]
    ) -> None:
        """The end of a turn is a token the model or the tokenizer names."""
        assert chat.ends(configured) == expected

    def test_nothing_configured_leaves_the_known_marks(self, chat: Chat) -> None:
        """A model that names no end stops at the end-of-turn mark in its vocabulary."""
        assert chat.ends(None) == {256}


class TestDecode:
    def test_continues_what_stood_before(self, chat: Chat) -> None:
        """Text after a prefill is decoded as its continuation."""
        before = chat.encode("<|im_start|>assistant\nAnswer:")

        assert chat.decode(list(chat.encode(" yes")), after=before) == " yes"
