"""Whether a server is up, asked without making anything of it."""

from __future__ import annotations

import aiohttp

_WAIT_S = 2.0


async def is_healthy(root: str) -> bool:
    """Return whether ``ROOT/health`` answers 200 within two seconds."""
    timeout = aiohttp.ClientTimeout(total=_WAIT_S)
    try:
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(f"{root}/health", allow_redirects=False) as response,
        ):
            return response.status == 200
    except (aiohttp.ClientError, TimeoutError, OSError):
        return False
