"""Sample speech: words a reply puts into somebody else's mouth ("you might say: '...'")."""

from __future__ import annotations

import re

_SPOKEN = re.compile(
    r"""\b(?:you|one|someone|somebody|they|people|some|others|many|proponents|opponents|
    supporters|critics|advocates)\s+(?:might|could|may|can|would)\s+
    (?:say|argue|respond|reply|answer|write|claim|put\s+it)\b[^".!?\n]{0,40}"([^"\n]{0,800})"
    """,
    re.VERBOSE | re.IGNORECASE,
)

_SAID = re.compile(
    r""""[^"\n]{0,800}[,.!?]"\s+(?:(?:said|says|replied|replies|answered|answers|wrote|asked)\s
    (?!i\b|me\b)|(?:he|she|they|[A-Z][a-z]+)\s+(?:said|says|replied|replies|answered|answers|wrote)\b)
    """,
    re.VERBOSE,
)


def without_sample_speech(text: str) -> str:
    """Return a cleaned text without the quotations it offers as what others say or might say.

    >>> without_sample_speech('If you agree, you might say: "I hold that it is right."')
    'If you agree, you might say: '
    """
    if '"' not in text:
        return text
    text = _SAID.sub("Somebody spoke ", text)
    return _SPOKEN.sub(lambda m: m[0][: m.start(1) - m.start() - 1], text)
