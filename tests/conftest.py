"""Examples of property tests: the same ones each time, so that what turns a test red is a change.

`pytest --hypothesis-profile=explore` draws new ones, and ten times as many of each test that does
not say how many; `make fuzz` looks further still.
"""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=1000, deadline=None)
settings.load_profile("same")
