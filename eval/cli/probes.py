"""`gadfly probes list`: what can be asked, and what each probe measures."""

from __future__ import annotations

from typing import Any

import click

from gadfly.eval.cli.output import print_entry, print_json


@click.group("probes")
def command() -> None:
    """List the probes and what they measure."""


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def list_command(*, as_json: bool) -> int:
    """List every probe: experiments, calls per scenario, what it varies, metrics it feeds."""
    rows = probe_rows()
    if as_json:
        print_json(rows)
        return 0
    from rich.console import Console

    console = Console(highlight=False)
    for row in rows:
        calls = f"{row['calls_per_scenario']} calls per scenario"
        aside = ", ".join((*row["experiments"], calls))
        feeds = f"feeds {', '.join(row['feeds'])}"
        print_entry(console, row["name"], aside, f"varies {row['varies']}", feeds)
    return 0


def probe_rows() -> list[dict[str, Any]]:
    """Return one row per probe; calls are of one replicate, a read counted as one call.

    The scenario counted on is the first of the library the probe applies to.
    """
    from gadfly.bot.call import Sampling
    from gadfly.eval.plan import Protocol, cost, make_plan
    from gadfly.eval.suite import Part, Suite
    from gadfly.probes.catalogue import all_probes
    from gadfly.scenarios.catalogue import library

    protocol = Protocol(readout="likelihood", sampling=Sampling())
    rows = []
    for probe in all_probes():
        scenario = next((s for s in library().all if probe.arms(s)), None)
        calls = 0
        if scenario is not None:
            part = Part(probe=probe, families=None, replicates=1)
            suite = Suite(name="", version=1, purpose="", parts=(part,), max_tokens=1)
            calls = cost(make_plan(suite, [scenario], live=True), protocol).calls(per_read=1)
        rows.append(
            {
                "name": probe.name,
                "experiments": list(probe.experiments),
                "varies": probe.varies,
                "calls_per_scenario": calls,
                "feeds": list(probe.feeds),
            }
        )
    return rows
