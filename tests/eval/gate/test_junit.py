"""JUnit XML: what CI systems read, whatever a model is called."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest
from support.verdicts import HOSTILE, result

from gadfly.eval.gate.junit import junit

if TYPE_CHECKING:
    from gadfly.eval.gate.result import Verdict

CASE = ("skipped", "error", "failure", "system-out", "system-err")
MAY_HAVE: dict[str, tuple[set[str], set[str], set[str]]] = {
    # element: required attributes, optional ones, children, as Jenkins' junit-10.xsd has them
    "testsuites": (set(), {"name", "time", "tests", "failures", "errors"}, {"testsuite"}),
    "testsuite": (
        {"name", "tests", "failures", "errors"},
        {
            "time",
            "skipped",
            "timestamp",
            "hostname",
            "id",
            "package",
            "group",
            "file",
            "log",
            "url",
        },
        {"testsuite", "properties", "testcase", "system-out", "system-err"},
    ),
    "testcase": ({"name"}, {"time", "classname", "group"}, set(CASE)),
    "properties": (set(), set(), {"property"}),
    "property": ({"name", "value"}, set(), set()),
    **{mark: (set(), {"type", "message"}, set()) for mark in ("skipped", "error", "failure")},
    "system-out": (set(), set(), set()),
    "system-err": (set(), set(), set()),
}


def check(element: ET.Element) -> None:
    """Hold an element and all in it to the schema."""
    required, optional, children = MAY_HAVE[element.tag]
    assert required <= set(element.attrib) <= required | optional, element.tag
    assert {child.tag for child in element} <= children, element.tag
    if element.tag not in CASE:
        assert not (element.text or "").strip(), element.tag
    for child in element:
        check(child)


def cases(raw: bytes) -> dict[str, list[str]]:
    root = ET.fromstring(raw)
    check(root)
    return {c.attrib["name"]: [mark.tag for mark in c] for c in root.iter("testcase")}


@pytest.mark.parametrize(
    ("verdict", "fails", "marks"),
    [
        ("pass", True, ["system-out"]),
        ("regression", True, ["failure"]),
        ("regression", False, ["failure"]),
        ("inconclusive", True, ["error"]),
        ("inconclusive", False, ["skipped"]),
    ],
)
def test_every_verdict_has_its_mark(verdict: Verdict, fails: bool, marks: list[str]) -> None:
    """A regression fails; what cannot be told is an error where that fails the build."""
    found = cases(junit(result("pass", verdict), seconds=1.5, inconclusive_fails=fails))

    assert list(found) == ["verdict", "metric_0 said", "metric_1 said"]
    assert found["metric_1 said"] == marks
    assert found["metric_0 said"] == ["system-out"]
    assert found["verdict"] == [m for m in marks if m != "system-out"]


def test_counts_are_those_of_the_cases() -> None:
    """Tests, failures, errors and skipped add up to what is in the suite."""
    root = ET.fromstring(
        junit(result("pass", "regression", "inconclusive"), seconds=0.0, inconclusive_fails=True)
    )
    suite = root.find("testsuite")

    assert suite is not None
    assert [suite.attrib[n] for n in ("tests", "failures", "errors", "skipped")] == list("4210")
    assert [root.attrib[n] for n in ("tests", "failures", "errors")] == list("421")


def test_no_name_of_a_model_breaks_the_file() -> None:
    """Control characters, tags and ends of sections in a name are text, or gone."""
    raw = junit(result("pass", model=HOSTILE), seconds=0.0, inconclusive_fails=True)
    properties = {p.attrib["name"]: p.attrib["value"] for p in ET.fromstring(raw).iter("property")}

    check(ET.fromstring(raw))
    assert "<b>" in properties["candidate"]
    assert "\x1b" not in raw.decode()
    assert "\x00" not in raw.decode()
