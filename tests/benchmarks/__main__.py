"""Speed as ratios to a floor: `python -m tests.benchmarks [--json FILE] [--only WORD]`.

Each row is ours beside the least that could do the same, measured in turn in one run. `--only keys` measures one group.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path

from tests.benchmarks.table import HEAD, measured

GROUPS = ("keys", "room", "room_keys", "peers", "recording", "starting", "opening", "schedule", "tally", "steps", "quarters", "reading", "nats")
"""The modules of this package that measure; each lists its benchmarks in ROWS."""
ON_REQUEST = ("room_long",)
"""Modules that take too long for every run."""
_PLAIN = {
    "QUARTERDECK_CONFIG": str(Path(tempfile.gettempdir()) / "no" / "such" / "config"),  # keys and themes as they come
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
}


def main() -> int:
    """Measure, print the rows of each group as soon as they are known, and write all of them where it was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description="Measures Quarterdeck against floors.")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there too")
    parser.add_argument("--only", choices=(*GROUPS, *ON_REQUEST), action="append", help="measure only this group; may be given more than once")
    asked = parser.parse_args()
    os.environ |= _PLAIN

    print(HEAD)
    rows, seconds = [], {}
    # Each group in a process of its own: what one leaves in memory must burden no other.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn"), max_tasks_per_child=1) as processes:
        for group in asked.only or GROUPS:
            begin = time.monotonic()
            some = processes.submit(measured, group).result()
            print(*(row.as_line() for row in some), sep="\n", flush=True)
            rows += some
            seconds[group] = round(time.monotonic() - begin)
    took = ", ".join(f"{group} {each}" for group, each in seconds.items())
    print("", f"Measured in {sum(seconds.values())} seconds: {took}.", sep="\n")
    if asked.json:
        told = {"rows": [row.as_json() for row in rows], "seconds": seconds}
        asked.json.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
