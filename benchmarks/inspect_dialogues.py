"""The four-turn dialogues held by inspect_ai; run by the interpreter it is installed in.

Imports nothing of Gadfly's: the environment is the peer's own (`make peer`). The texts come on
standard input, as a JSON list of dialogues, each a list of what the user says. Prints calls,
seconds and CPU seconds as JSON.

    .venv-inspect/bin/python benchmarks/inspect_dialogues.py ROOT < TEXTS
"""

from __future__ import annotations

import json
import os
import sys
import tempfile
import time

IN_FLIGHT = 128


def main() -> None:
    """Hold the dialogues against the server at ROOT, with a log, as `inspect eval` does."""
    os.environ["CONSTANT_BASE_URL"] = f"{sys.argv[1]}/v1"
    os.environ["CONSTANT_API_KEY"] = "none"
    import inspect_ai
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.model import ChatMessageUser
    from inspect_ai.solver import Generate, TaskState, solver

    dialogues = json.load(sys.stdin)

    @solver
    def say_on():  # type: ignore[no-untyped-def]  # noqa: ANN202 - untyped in its environment
        async def solve(state: TaskState, generate: Generate) -> TaskState:
            state = await generate(state)
            for text in state.metadata["later"]:
                state.messages.append(ChatMessageUser(content=text))
                state = await generate(state)
            return state

        return solve

    samples = [Sample(input=texts[0], metadata={"later": texts[1:]}) for texts in dialogues]
    with tempfile.TemporaryDirectory() as folder:
        task = inspect_ai.Task(dataset=MemoryDataset(samples), solver=say_on())
        wall, cpu = time.perf_counter(), time.process_time()
        (log,) = inspect_ai.eval(
            task,
            model="openai-api/constant/constant",
            max_connections=IN_FLIGHT,
            max_samples=IN_FLIGHT,
            max_tokens=256,
            temperature=0.7,
            log_dir=folder,
            log_level="error",
            display="none",
        )
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    if log.status != "success":
        sys.exit(f"inspect_ai: {log.status}: {log.error}")
    calls = sum(len(texts) for texts in dialogues)
    print(json.dumps({"calls": calls, "wall_s": wall, "cpu_s": cpu}))


if __name__ == "__main__":
    main()
