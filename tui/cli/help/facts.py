"""What applies to every command: the environment, the files, and how one ends. `--help` and the man page show it."""

from __future__ import annotations

ENVIRONMENT = (
    ("QUARTERDECK_LIBRARY", "The folder of sessions, or nats://HOST/NAME, if --library names none."),
    ("QUARTERDECK_NATS_CREDENTIALS", "Your key for a library on a server: a file, or the key itself."),
    ("QUARTERDECK_NATS_CA", "A file of certificates to trust there."),
    ("QUARTERDECK_CONFIG", "The config: the theme, and other keys."),
)
FILES = (
    ("ID.json", "A session, in the folder of the library. ID.urn has its sealed ballots, ID.seats the seats of its room."),
    ("library.json", "The list of the sessions there, which is rebuilt if it is missing."),
    ("trash", "The folder of what was deleted there."),
    ("config.toml", "The config; `quarterdeck where` prints its path."),
)
EXIT_CODES = (
    ("0", "Done."),
    ("1", "The request failed: one sentence says why."),
    ("2", "Wrong usage, or no terminal to draw on."),
    ("130", "Interrupted."),
    ("128 + N", "Ended by signal N."),
)
