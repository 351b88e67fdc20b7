"""The film in the README is small, half a minute long, and whole in itself."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from film import STEPS
from sources import ROOT

FILM = ROOT / ".github" / "demo.svg"


def test_the_film_is_in_the_readme_loads_nothing_and_shows_every_step_in_its_time() -> None:
    text = FILM.read_text(encoding="utf-8")
    assert f"({FILM.relative_to(ROOT).as_posix()})" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert len(text.encode()) < 400_000
    assert re.findall(r"https?:[^\"']*|@import|@font-face|url\(", text) == ["http://www.w3.org/2000/svg"]
    assert 20 <= float(re.search(r"animation:([\d.]+)s", text)[1]) <= 30  # type: ignore[index]
    assert "prefers-reduced-motion" in text
    groups = [each.attrib["class"].split()[-1] for each in ET.fromstring(text).iter() if each.attrib.get("class", "").startswith("f ")]
    assert sorted(groups) == sorted(re.findall(r"@keyframes (f\d+)", text))
    assert all(f'class="now" x="{10 + place * 110}"' in text for place, _ in enumerate(STEPS))
    assert "▲ from" in text
    assert "All 11 have voted" in text
    assert "21 of 24 decided" in text
