"""A verdict as JUnit XML, in the dialect that Jenkins, GitLab and their kin agree on."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from gadfly.eval.gate.wording import figures, said

if TYPE_CHECKING:
    from gadfly.eval.gate.result import ContrastResult, GateResult, Verdict

SUITE = "gadfly gate"
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters XML 1.0 cannot carry, even escaped."""


def junit(result: GateResult, *, seconds: float, inconclusive_fails: bool) -> bytes:
    """Return the verdict as a test suite: a case for each headline contrast, one for them all.

    A regression is a failure. What is inconclusive is an error where that fails the build, else
    skipped. Exploratory contrasts stand in the suite's output: they have no verdict.
    """
    cases = [
        _case("verdict", result.verdict, result.reason, "", inconclusive_fails),
        *(_contrast(contrast, inconclusive_fails) for contrast in result.headline),
    ]
    counts = {
        "tests": str(len(cases)),
        "failures": str(sum(case.find("failure") is not None for case in cases)),
        "errors": str(sum(case.find("error") is not None for case in cases)),
    }
    time = {"time": f"{seconds:.3f}"}
    root = ET.Element("testsuites", {"name": SUITE, **counts, **time})
    skipped = str(sum(case.find("skipped") is not None for case in cases))
    suite = ET.SubElement(root, "testsuite", {"name": SUITE, **counts, "skipped": skipped, **time})
    properties = ET.SubElement(suite, "properties")
    for name, value in (
        ("baseline", result.baseline.respondent),
        ("candidate", result.candidate.respondent),
        ("plan", result.baseline.run),
        ("confirmed", result.confirmed),
    ):
        ET.SubElement(properties, "property", {"name": name, "value": _clean(value)})
    suite.extend(cases)
    out = ET.SubElement(suite, "system-out")
    exploratory = (f"{c.name}: {figures(c)}" for c in result.exploratory)
    out.text = _clean("\n".join((*result.notes, *exploratory)))
    ET.indent(root)
    text = ET.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _contrast(contrast: ContrastResult, inconclusive_fails: bool) -> ET.Element:
    verdict = contrast.verdict or "inconclusive"
    return _case(contrast.name, verdict, said(contrast), figures(contrast), inconclusive_fails)


def _case(
    name: str, verdict: Verdict, message: str, detail: str, inconclusive_fails: bool
) -> ET.Element:
    case = ET.Element("testcase", {"classname": "gadfly.gate", "name": _clean(name)})
    case.set("time", "0.000")
    kind = {
        "regression": "failure",
        "inconclusive": "error" if inconclusive_fails else "skipped",
    }.get(verdict)
    if kind is not None:
        mark = ET.SubElement(case, kind, {"type": verdict, "message": _clean(message)})
        mark.text = _clean(detail)
    elif detail:
        ET.SubElement(case, "system-out").text = _clean(detail)
    return case


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
