"""In-process answers against one bare `model.generate`, and reads on a kept prefix.

Run: `python -m benchmarks.inprocess [--repeats N]`. Both sides of each comparison run in turns in
this one process, on the same prompts, so that other load on the machine hits both. Bars (DESIGN 7):
32 requests in flight give at least 0.8 of the tokens per second of one bare generate at batch 32;
reads of 30 tokens on a 600-token prefix reach 11 per second on two CPU cores, the first included.
"""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from typing import TYPE_CHECKING, Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer

from gadfly.bot import weights
from gadfly.bot.call import Call, Sampling, ask_reply, ask_score
from gadfly.bot.inprocess.limits import Limits
from gadfly.bot.inprocess.respondent import InProcess
from gadfly.bot.message import Conversation, opening

if TYPE_CHECKING:
    from gadfly.bot.call import Request
    from gadfly.bot.completion import Completion

BAR = 0.8
BATCH = 32
NEW_TOKENS = 48
TOPICS = ("tax", "meat", "lies", "zoos", "duels", "fame", "oaths", "borders", "wine", "sleep")


def prompts(seed: int) -> list[Conversation]:
    """Return 32 conversations of one question each, of different lengths."""
    return [
        opening().says(
            f"Case {seed}-{i}: what do you think about {TOPICS[i % 10]}"
            + ", and why do people differ about it" * (i % 4)
            + "?"
        )
        for i in range(BATCH)
    ]


def long_thread(seed: int, turns: int) -> Conversation:
    """Return a conversation of about 45 tokens per turn."""
    thread = opening()
    for turn in range(turns):
        topic = TOPICS[(seed + turn) % 10]
        thread = thread.says(
            f"Point {turn} of case {seed}: many people say that {topic} is good."
        ).hears("That may be so, but it depends on what we mean by good, and on who pays for it.")
    return thread


def bare(model: Any, tokenizer: Any, conversations: list[Conversation]) -> float:
    """Return the tokens per second of one generate call."""
    texts = [
        tokenizer.apply_chat_template(
            [{"role": m.role, "content": m.text} for m in c],
            tokenize=False,
            add_generation_prompt=True,
        )
        for c in conversations
    ]
    started = time.perf_counter()
    batch = tokenizer(texts, return_tensors="pt", padding=True, add_special_tokens=False)
    with torch.inference_mode():
        out = model.generate(
            **batch.to(model.device),
            max_new_tokens=NEW_TOKENS,
            min_new_tokens=NEW_TOKENS,
            do_sample=False,
        )
    seconds = time.perf_counter() - started
    if out.shape[1] - batch.input_ids.shape[1] != NEW_TOKENS:
        raise RuntimeError("generate stopped early")
    return len(texts) * NEW_TOKENS / seconds


def whole(model: Any, tokens: int) -> float:
    """Return reads per second when each is computed from its first token."""
    ids = torch.arange(5, 5 + tokens, device=model.device)[None]
    started = time.perf_counter()
    with torch.inference_mode():
        for _ in range(3):
            model(input_ids=ids, logits_to_keep=15, use_cache=False)
    return 3 / (time.perf_counter() - started)


async def ask_all(respondent: InProcess, requests: list[Request]) -> tuple[list[Completion], float]:
    """Ask everything at once; return the answers and the seconds it took."""
    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(respondent.respond(Call(request=r))) for r in requests]
    return [t.result() for t in tasks], time.perf_counter() - started


async def answers(respondent: InProcess, conversations: list[Conversation]) -> float:
    """Return the tokens per second of 32 sampled requests in flight."""
    sampling = Sampling(temperature=0.7, max_tokens=NEW_TOKENS)
    found, seconds = await ask_all(respondent, [ask_reply(c, sampling) for c in conversations])
    return sum(c.usage.completion_tokens for c in found) / seconds


async def reads(respondent: InProcess, seed: int, turns: int) -> tuple[float, int]:
    """Return reads per second over 16 questions on one prefix, and the tokens of one of them."""
    thread = long_thread(seed, turns)
    statement = ("It is right to eat meat, because animals have no rights at all.",)
    requests = [
        ask_score(thread.says(f"{i}: your view of {TOPICS[i % 10]}?"), statement) for i in range(16)
    ]
    found, seconds = await ask_all(respondent, requests)
    return len(requests) / seconds, found[0].usage.prompt_tokens


async def profile(respondent: InProcess, conversations: int) -> float:
    """Return reads per second of the usual load: 2 wordings x 2 statements per conversation."""
    requests = [
        ask_score(
            long_thread(1000 + i, 2 + i % 7).says(f"{wording} is eating meat morally acceptable?"),
            ("Eating meat is morally acceptable.", "Eating meat is morally wrong."),
        )
        for i in range(conversations)
        for wording in ("Leaving aside what others think,", "Taking everything into account,")
    ]
    gate = asyncio.Semaphore(BATCH)

    async def ask(request: Request) -> None:
        async with gate:
            await respondent.respond(Call(request=request))

    started = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for request in requests:
            group.create_task(ask(request))
    return len(requests) / (time.perf_counter() - started)


async def main(repeats: int, dtype: str | None) -> int:
    """Measure and print; 1 if the bar is missed."""
    respondent = InProcess(
        "smollm2",
        weights.smollm2_folder,
        name=weights.MODEL_NAME,
        dtype=dtype,
        limits=Limits(stops=False),
    )
    identity = await respondent.open(print)
    folder = weights.smollm2_folder(print)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model = AutoModelForCausalLM.from_pretrained(folder, dtype=getattr(torch, identity.dtype))
    model = model.to(device).eval()
    tokenizer = AutoTokenizer.from_pretrained(folder, padding_side="left")
    bare(model, tokenizer, prompts(99))
    await answers(respondent, prompts(98))
    pairs = [
        (bare(model, tokenizer, prompts(i)), await answers(respondent, prompts(i)))
        for i in range(repeats)
    ]
    ratio = statistics.median(ours / theirs for theirs, ours in pairs)
    print(f"{identity.dtype} on {device}, {torch.get_num_threads()} threads, {repeats} repeats")
    print(f"bare generate, batch {BATCH}: {statistics.median(t for t, _ in pairs):.0f} tokens/s")
    print(f"{BATCH} in flight: {statistics.median(o for _, o in pairs):.0f} tokens/s")
    print(f"ratio (median of {repeats}): {ratio:.2f}, bar {BAR:.2f}")
    rates = [(whole(model, 640), *await reads(respondent, i, 12)) for i in range(repeats)]
    print(f"reads of {rates[0][2]} tokens that share all but the last 30 or so:")
    print(f"  computed whole, one by one: {statistics.median(r[0] for r in rates):.1f}/s")
    print(f"  on the kept prefix: {statistics.median(r[1] for r in rates):.1f}/s, bar 11")
    usual = await profile(respondent, 8 * repeats)
    print(f"usual load: {usual:.1f} score requests/s = {2 * usual:.1f} statements/s")
    await respondent.aclose()
    return 0 if ratio >= BAR else 1


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--repeats", type=int, default=3)
    parser.add_argument("--dtype", choices=["float32", "bfloat16"])
    given = parser.parse_args()
    sys.exit(asyncio.run(main(given.repeats, given.dtype)))
