"""Whether a server is up, asked without making anything of it."""

from __future__ import annotations

from gadfly.bot.server.pool import NETWORK, Pool

_WAIT_S = 2.0
_MOST_BYTES = 1024 * 1024


async def is_healthy(root: str) -> bool:
    """Return whether ``ROOT/health`` answers 200 within two seconds."""
    pool = Pool(root, connect_s=_WAIT_S)
    try:
        url = f"{root}/health"
        answer = await pool.exchange(url, None, timeout_s=_WAIT_S, most=_MOST_BYTES)
    except NETWORK:
        return False
    finally:
        await pool.aclose()
    return answer.status == 200
