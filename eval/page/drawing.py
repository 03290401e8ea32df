"""Figures drawn: SVG that does nothing but show and link within its page, and PNG.

Vega-Lite is run by vl-convert when the page is written, offline; no part of it is in the page.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import vl_convert
from markupsafe import Markup

if TYPE_CHECKING:
    from gadfly.eval.page.look import Spec

VEGALITE = "6.4"
SVG = "http://www.w3.org/2000/svg"
XLINK = "{http://www.w3.org/1999/xlink}href"
TAGS = frozenset(
    f"{{{SVG}}}{name}"
    for name in ("svg", "g", "path", "text", "tspan", "rect", "line", "a", "defs", "clipPath")
)
"""Everything our drawings are made of."""
DROPPED = ("style", "class", "role", "aria-roledescription", "aria-hidden", "pointer-events")
PICTURE_SCALE = 2.0
_CLIP = re.compile(r"clip\d+")
_PLACES = frozenset(("d", "transform", "x", "x2", "y", "y2", "width", "height"))
"""Attributes whose numbers need no more than a hundredth of a pixel."""
_NUMBER = re.compile(r"-?\d+\.\d{3,}")


class DrawingError(ValueError):
    """A drawing holds an element no drawing of ours has."""


def inline(spec: Spec, *, name: str, alt: str) -> Markup:
    """Draw a figure as SVG to stand in a page; `name` keeps its ids apart from others'.

    Points that lead somewhere are links into the page and have a tooltip; nothing else can be
    followed, loaded or run.

    Raises:
        DrawingError: There is an element in it that we do not draw.
    """
    ET.register_namespace("", SVG)
    root = ET.fromstring(vl_convert.vegalite_to_svg(spec, vl_version=VEGALITE))
    _clean(root, name, {})
    root.set("role", "group")
    root.set("aria-label", alt)
    root.attrib.pop("version", None)
    return Markup(ET.tostring(root, encoding="unicode"))


def picture(spec: Spec) -> bytes:
    """Draw a figure as PNG, at twice its size."""
    return vl_convert.vegalite_to_png(spec, vl_version=VEGALITE, scale=PICTURE_SCALE)


def _clean(element: ET.Element, name: str, clips: dict[str, str]) -> None:
    """Check an element and what is in it, and take out what the page has no use for.

    Vega counts clips on from drawing to drawing: `clips` holds what they are called instead.
    """
    if element.tag not in TAGS:
        raise DrawingError(f"a drawing holds <{element.tag}>")
    for child in list(element):
        if child.get("display") == "none" or child.get("class") in ("background", "foreground"):
            element.remove(child)
        else:
            _clean(child, name, clips)
    for key in [k for k in element.attrib if k in DROPPED or k.lower().startswith("on")]:
        del element.attrib[key]
    address = element.attrib.pop(XLINK, "")
    # Addresses come resolved against that of Vega's examples; of ours, which are fragments, only
    # the fragment is kept, and a point that leads nowhere keeps none.
    _, mark, fragment = address.partition("#")
    if mark:
        element.set("href", f"#{fragment}")
    for key in ("id", "clip-path"):
        for clip in _CLIP.findall(element.get(key, "")):
            known = clips.setdefault(clip, f"{name}-clip{len(clips)}")
            element.set(key, element.attrib[key].replace(clip, known))
    for key in _PLACES & element.attrib.keys():
        element.set(key, _NUMBER.sub(lambda m: f"{float(m.group()):.2f}", element.attrib[key]))
    told = element.attrib.pop("aria-label", "")
    if told and element.tag != f"{{{SVG}}}g":
        title = ET.Element(f"{{{SVG}}}title")
        title.text = told
        element.insert(0, title)
