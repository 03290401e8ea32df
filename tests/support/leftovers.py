"""What others leave open."""

from __future__ import annotations

import gc
import warnings


def let_go() -> None:
    """Collect here what was left open, so that no other test is blamed for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        gc.collect()
