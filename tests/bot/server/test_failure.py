from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from gadfly.bot.server.failure import from_error, read_refusal, retry_after, sanitised


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b'{"error": {"message": "no"}}', "no"),
        (b'{"error": "no"}', "no"),
        (b'{"detail": "Not Found"}', "Not Found"),
        (b'{"detail": [{"loc": ["body"]}]}', "[{'loc': ['body']}]"),
        (b'{"message": "no"}', "no"),
        (b'"no"', "no"),
        (b"7", ""),
        (b"plain\r\n words\x1b[31m", "plain words␛[31m"),
        (b"", ""),
        (b"\xff\xfe", "\ufffd\ufffd"),
        (b"<html><body>", "a web page"),
        (b"<!DOCTYPE html><title>\n502 Bad\n</title>", "a web page titled '502 Bad'"),
    ],
)
def test_error_bodies_of_all_shapes(body: bytes, said: str) -> None:
    """Whatever a server sends with an error comes down to one harmless line."""
    assert said == read_refusal(500, body).text


def test_long_words_are_cut() -> None:
    """An error message cannot fill the screen."""
    assert len(sanitised("word " * 10_000)) == 300


@pytest.mark.parametrize(
    "text",
    [
        "key topsecret was refused",
        "Bearer topsecret is unknown",
        "see https://me:topsecret@h/v1",
        "Incorrect API key: sk-topsecret",
        "hf_topsecretxyz",
    ],
)
def test_secrets_are_blanked(text: str) -> None:
    """Configured secrets and what looks like one never get through."""
    assert "topsecret" not in sanitised(text, ("topsecret",) if "was refused" in text else ())


def test_a_code_of_its_own_decides() -> None:
    """A numeric code inside an error object stands for the status; others do not."""
    assert from_error({"error": {"message": "x", "code": 502}}, 400).status == 502
    assert from_error({"error": {"message": "x", "code": 7}}, 400).status == 400
    assert from_error({"error": {"message": "x", "code": True}}, 400).status == 400


@pytest.mark.parametrize(
    ("value", "expected"),
    [(None, None), ("", None), ("7", 7.0), ("-3", 0.0), ("nan", None), ("soon", None)],
)
def test_retry_after(value: str | None, expected: float | None) -> None:
    """Seconds are read, nonsense is no wish."""
    assert expected == retry_after(value)


def test_retry_after_dates() -> None:
    """A date in the past is no wait; one without a zone is taken as UTC."""
    later = datetime.now(UTC) + timedelta(seconds=100)

    assert retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0
    assert retry_after(later.strftime("%a, %d %b %Y %H:%M:%S -0000")) == pytest.approx(100, abs=3)
