"""vLLM servers of Gadfly's own: started, watched, and ended with it."""

from gadfly.bot.vllm.settings import VllmSettings
from gadfly.bot.vllm.supervised import Supervised, serve

__all__ = ["Supervised", "VllmSettings", "serve"]
