"""What is drawn at random is the same each time, so that what turns a test red is a change.

That is the examples of property tests and the seeds of talks. `pytest
--hypothesis-profile=explore` draws new examples, and ten times as many of each test that does not
say how many; `make fuzz` looks further still.
"""

from __future__ import annotations

import random
import secrets

import pytest
from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile("same")


@pytest.fixture(autouse=True)
def _same_seeds(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give talks the same seeds each time, by which simulants draw what they say."""
    monkeypatch.setattr(secrets, "randbits", random.Random(0).getrandbits)
