"""Where the program begins: it runs the command line, and turns every error into one sentence on stderr.

Exit codes: 0 done, 1 the request failed, 2 wrong usage or no terminal, 130 interrupted.
"""

from __future__ import annotations

import os
import sys

from sessions.errors import QuarterdeckError
from tui.cli.output import open_closed_streams, print_crash, print_refusal, write_utf8


def main() -> None:
    """Run the command line; every error is one sentence on stderr."""
    # Pydantic would otherwise read the metadata of every installed package to look for plug-ins.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    open_closed_streams()
    write_utf8()
    from tui.cli.app import app  # noqa: PLC0415 - Typer writes to the streams that were set up above

    try:
        if sys.argv[1:2] == ["_complete"]:
            from typer.main import get_command  # noqa: PLC0415 - only at the tab key

            from tui.cli.help.completing import print_offers  # noqa: PLC0415

            print_offers(get_command(app), sys.argv[2:])
            return
        app()
    except QuarterdeckError as error:
        sys.exit(print_refusal(error))
    except Exception as error:  # noqa: BLE001 - a crash of ours
        print_crash(error)
        sys.exit(1)
