"""What is secret is nowhere: planted in every way a user can give it, searched in every byte."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Any

import pytest
from aiohttp import web
from support.fault_server import Fault, since

from gadfly.bot.secret import without_secrets

if TYPE_CHECKING:
    from pathlib import Path

    from support.fault_scene import Scene
    from support.processes import Done

USER, PASSWORD = "planteduser7f31", "plantedpass9c02"
KEYS = {
    "user": USER,
    "password": PASSWORD,
    "basic": base64.b64encode(f"{USER}:{PASSWORD}".encode()).decode(),
    "query": "plantedquery5d80",
    "signature": "plantedsignatureofmorethantwenty1",
    "header": "plantedheader44ab",
    "bearer": "plantedbearer61e9",
    "env": "plantedenv0b7c",
    "judge env": "plantedjudge2a5d",
}


async def echoed(request: web.Request, _: dict[str, Any]) -> web.StreamResponse:
    """Refuse with everything that was sent, as careless servers do."""
    told = f"no: {request.url} {dict(request.headers)} {PASSWORD} {KEYS['query']}"
    return web.json_response({"error": {"message": told}}, status=401)


def address(scene: Scene, scheme: str = "http") -> str:
    """Return the address of the server with everything secret an address can hold."""
    host = f"{USER}:{PASSWORD}@127.0.0.1:{scene.server.port}"
    return f"{scheme}://{host}/v1?api-version=3&key={KEYS['query']}&x={KEYS['signature']}#simulant"


def found_in(folder: Path, *done: Done) -> list[tuple[str, str]]:
    """Return which keys are where, in names, files and output."""
    places = [(str(p), str(p).encode()) for p in folder.rglob("*")]
    places += [(str(p), p.read_bytes()) for p in folder.rglob("*") if p.is_file()]
    places += [(f"output {i}", (d.out + d.err).encode()) for i, d in enumerate(done)]
    return [(n, where) for n, key in KEYS.items() for where, raw in places if key.encode() in raw]


class Teller:
    """Runs commands with all keys given, in a folder of its own."""

    def __init__(self, scene: Scene, folder: Path) -> None:
        self.scene, self.folder = scene, folder
        self.done: list[Done] = []
        folder.mkdir()

    def __call__(self, *args: object, typed: str = "") -> Done:
        env = {
            "MY_KEY": KEYS["env"],
            "JUDGE_KEY": KEYS["judge env"],
            "GADFLY_HOME": str(self.folder / "home"),
        }
        words = self.folder / "typed"
        words.write_text(typed)
        before = f"import os; os.dup2(os.open({str(words)!r}, os.O_RDONLY), 0)"
        self.done.append(self.scene.commands.run(*args, env=env, folder=self.folder, before=before))
        words.unlink()
        return self.done[-1]

    @property
    def how(self) -> tuple[object, ...]:
        return (
            "--header", f"X-Api-Key: {KEYS['header']}", f"--header=X-More: Bearer {KEYS['bearer']}",
            "--api-key-env", "MY_KEY",
        )  # fmt: skip


@pytest.fixture
def tell(scene: Scene, tmp_path: Path) -> Teller:
    return Teller(scene, tmp_path / "own")


def test_a_run_keeps_no_secret(scene: Scene, tell: Teller) -> None:
    """Stopped, gone on with, judged, reported, shown, gated and exported, it has none."""
    url = address(scene)
    run = ("run", "smoke", "--limit", "1", "--model", url, *tell.how)
    assert tell(*run, "--max-calls", "30", "--readout", "sampled").code == 3
    stopped = tell.done[-1].err
    assert "***@127.0.0.1" in stopped
    assert "with what is secret in place of ***" in stopped
    assert tell(*run, "--readout", "sampled", "--judge", "sim:calibrated").code in (0, 4)
    (folder,) = (tell.folder / "runs").iterdir()
    assert tell("report", folder, "--json").code == 0
    assert tell("show", folder).code == 0
    tell("gate", "--baseline", folder, "--candidate", url, *tell.how, "--junit", "j.xml",
         "--markdown", "m.md", "--json", "--allow-inconclusive")  # fmt: skip
    tell("gate", "--baseline", folder, "--export", "base.gadfly")
    tell("judge", folder, "--judge", url, "--judge-key-env", "JUDGE_KEY", "--judge-is-subject")
    tell("doctor", url, *tell.how)

    assert len(scene.answered()) > 0
    assert found_in(tell.folder, *tell.done) == []


def test_a_dialogue_keeps_no_secret(scene: Scene, tell: Teller) -> None:
    """A session has none, nor has its list, its text or its exports."""
    url = address(scene)
    typed = f"Is it so?\n/model {url}2\n/model {url}\nWhy?\n/export in.md\n/show\n"
    tell("chat", "--plain", "--model", url, *tell.how, "--title", "one", typed=typed)
    assert "Why?" in tell.done[-1].out
    tell("resume", "one", "--plain", typed="And now?\n")
    assert "name the address anew, in full" in tell.done[-1].out
    for command in (("list",), ("show", "one"), ("export", "one"), ("export", "one", "o.jsonl")):
        tell("sessions", *command)

    assert list((tell.folder / "home").rglob("*.sqlite"))
    assert found_in(tell.folder, *tell.done) == []


def test_a_failing_server_gives_no_secret_away(scene: Scene, tell: Teller) -> None:
    """A server that repeats what it was sent finds its words starred, in messages and store."""
    run = ("run", "smoke", "--limit", "1", "--readout", "sampled", "--model", address(scene))
    scene.server.fault = Fault(misdeed=echoed, due=since(20))
    done = tell(*run, *tell.how, "--out", tell.folder / "run")

    assert done.code == 4
    assert "refused access (401)" in done.err
    assert list((tell.folder / "run").iterdir())
    assert found_in(tell.folder, *tell.done) == []


def test_wrong_words_give_no_secret_away(scene: Scene, tell: Teller) -> None:
    """Misspelt addresses, keys in place of names and headers without a colon are not repeated."""
    nobody = address(scene).replace(str(scene.server.port), "9")
    wrong: tuple[tuple[object, ...], ...] = (
        ("--model", address(scene, "htps")),
        ("--model", nobody),
        ("--model", f"http://{USER}:{PASSWORD}/more@host:1/v1"),
        ("--model", "http://127.0.0.1:9/v1", "--header", KEYS["header"]),
        ("--model", "http://127.0.0.1:9/v1", "--api-key-env", KEYS["env"]),
        ("--model", "http://127.0.0.1:9/v1", "--header", f"X: {KEYS['bearer']}\n"),
        ("--model", "sim:calibrated", "--judge", address(scene, "htps")),
        ("--model", "sim:calibrated", "--probe", "live", "--interlocutor", address(scene, "htps")),
    )
    for args in wrong:
        assert tell("run", "smoke", "--limit", "1", *args).code in (2, 4)
    assert tell("gate", "--baseline", address(scene)).code == 2
    tell("gate", "--baseline", ".", "--candidate", address(scene, "htps"))
    tell("serve", address(scene))

    assert found_in(tell.folder, *tell.done) == []


def test_a_run_started_from_a_file_of_settings(scene: Scene, tell: Teller) -> None:
    """The address and header of gadfly.toml stay in gadfly.toml."""
    settings = tell.folder / "gadfly.toml"
    settings.write_text(
        f"[run]\nmodel = {address(scene)!r}\nheader = ['X-Api-Key: {KEYS['header']}']\n"
    )
    assert tell("run", "smoke", "--limit", "1", "--readout", "sampled").code == 0
    settings.unlink()

    assert found_in(tell.folder, *tell.done) == []


def test_harmless_parameters_stay() -> None:
    """A version in an address is no secret; without it the address would be another."""
    assert without_secrets("http://h/v1?api-version=2024-02-01#m").endswith("=2024-02-01#m")
    assert without_secrets("spar:http://me:pw@h/v1#m") == "spar:http://***@h/v1#m"
    assert without_secrets("hf:org/name@main") == "hf:org/name@main"
