"""Where the program begins: the shortest way to a screen, or the command line; every error is one sentence on stderr.

Exit codes: 0 done, 1 the request failed, 2 wrong usage or no terminal, 130 interrupted.
"""

from __future__ import annotations

import gc
import os
import sys
from functools import partial

from sessions.errors import QuarterdeckError
from tui.cli.endings import complain, last_words, open_closed_streams, orderly, speak_utf8
from tui.cli.screens import Chosen
from tui.cli.shortcut import read, take


def main() -> None:
    """Run what was asked for; every error is one sentence on stderr."""
    gc.disable()  # start-up makes no garbage to speak of: looking for it costs a seventh of the time to the first frame
    # No plug-in is meant to see what is validated here, and looking for them reads what is known of every installed package.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    open_closed_streams()
    speak_utf8()
    try:
        _run()
    except QuarterdeckError as error:
        sys.exit(complain(error))
    finally:
        # Typer puts its own hook in; what comes this far is an error of ours.
        sys.excepthook = partial(last_words, Chosen.library)


def _run() -> None:
    asked = read(sys.argv[1:])
    if asked is not None:
        with orderly():
            if take(asked):
                return
    from tui.cli.commands import app  # noqa: PLC0415 - Typer, only where it is needed

    app()
