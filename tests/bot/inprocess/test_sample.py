from __future__ import annotations

import random

import torch

from gadfly.bot.call import Sampling
from gadfly.bot.inprocess.sample import draw

LOGITS = torch.tensor([2.0, 1.0, 0.0, -1.0, *[-30.0] * 3000])


def counts(sampling: Sampling, n: int = 4000) -> list[float]:
    generator = random.Random(5)
    uniforms = [generator.random() for _ in range(n)]
    tokens = draw(LOGITS.expand(n, -1), [sampling] * n, uniforms)
    return [tokens.count(token) / n for token in range(4)]


class TestDraw:
    def test_temperature_zero_takes_the_likeliest(self) -> None:
        """Greedy rows ignore their random number."""
        assert draw(LOGITS[None], [Sampling(temperature=0.0)], [0.99]) == [0]

    def test_shares_follow_the_tempered_distribution(self) -> None:
        """Over 4,000 draws each share is within 4 standard errors (.032) of its probability."""
        expected = (LOGITS / 0.7).softmax(-1)[:4].tolist()

        got = counts(Sampling(temperature=0.7))

        assert all(abs(g - e) < 0.032 for g, e in zip(got, expected, strict=True))

    def test_top_p_keeps_the_smallest_set_that_holds_it(self) -> None:
        """As .644 + .237 >= .8, the third token is never drawn; the first two keep their odds."""
        first, second, *rest = counts(Sampling(temperature=1.0, top_p=0.8))

        assert rest == [0.0, 0.0]
        assert abs(first / second - 2.718) < 0.4

    def test_top_p_beyond_the_head_of_the_vocabulary(self) -> None:
        """An almost flat distribution, whose nucleus is larger than what is looked at first."""
        flat = torch.linspace(0.0, -0.001, 5000)[None]

        [token] = draw(flat, [Sampling(temperature=1.0, top_p=0.9)], [0.999])

        assert 4400 <= token < 4600

    def test_top_p_of_almost_nothing_is_greedy(self) -> None:
        """The likeliest token is always in the nucleus."""
        assert draw(LOGITS[None], [Sampling(temperature=1.0, top_p=1e-9)], [0.999]) == [0]

    def test_a_number_next_to_one_never_falls_off_the_end(self) -> None:
        """A random number that rounds to 1 gives the last possible token."""
        logits = torch.tensor([[0.0, 0.0, -torch.inf]])

        assert draw(logits, [Sampling(temperature=1.0)], [1.0 - 1e-12]) == [1]

    def test_rows_do_not_depend_on_each_other(self) -> None:
        """Mixed settings in one call give what each row gives alone."""
        rows = torch.randn(4, 3000, generator=torch.Generator().manual_seed(3))
        settings = [
            Sampling(temperature=0.0),
            Sampling(temperature=0.7),
            Sampling(temperature=1.3, top_p=0.9),
            Sampling(temperature=0.7, top_p=0.5),
        ]
        uniforms = [0.1, 0.5, 0.7, 0.9]

        together = draw(rows, settings, uniforms)

        alone = [draw(rows[i : i + 1], [settings[i]], [uniforms[i]])[0] for i in range(4)]
        assert together == alone
