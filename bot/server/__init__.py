"""Models behind an OpenAI-compatible server. The only package that speaks HTTP."""

from gadfly.bot.server.health import is_healthy
from gadfly.bot.server.served import Served
from gadfly.bot.server.settings import ServerSettings

__all__ = ["Served", "ServerSettings", "is_healthy"]
