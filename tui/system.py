"""What the app takes from the machine it runs on: the clock, randomness, the folders, and who is sitting there."""

from __future__ import annotations

import os
import re
import secrets
import time
from pathlib import Path

from sessions.record.library import Library
from sessions.record.lock import describe_holder

_KEY = re.compile(r"(?:(?:ctrl|shift|alt|super|meta|hyper)\+)*(?:\S|[a-zA-Z_0-9]+)")
"""How a key is written: one character or a name, after any modifiers."""


class SystemClock:
    """The machine's clock: UTC to the second for what is shown, monotonic seconds for what is measured."""

    def now(self) -> str:
        """Give the time in UTC as ISO text."""
        return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())

    def seconds(self) -> float:
        """Give monotonic seconds."""
        return time.monotonic()


def token(length: int) -> str:
    """Give random hex text of a length."""
    return secrets.token_hex((length + 1) // 2)[:length]


def library_folder(chosen: Path | None) -> Path:
    """Give the library's folder: the chosen one, else $QUARTERDECK_LIBRARY, else the platform's user data folder."""
    if chosen is not None:
        return chosen
    if named := os.environ.get("QUARTERDECK_LIBRARY"):
        return Path(named)
    import platformdirs  # noqa: PLC0415 - only where nothing was named

    return platformdirs.user_data_path("quarterdeck", appauthor=False) / "library"


def resume_command(folder: Path, session: str = "last") -> str:
    """Give the command that opens a session of a library again."""
    import shlex  # noqa: PLC0415 - only for a sentence

    usual = library_folder(None).absolute() == folder.absolute()
    return shlex.join(["quarterdeck", *([] if usual else ["--library", str(folder)]), "open", session])


def open_library(folder: Path) -> Library:
    """Give the library in a folder, with this machine's clock and randomness."""
    return Library(folder, SystemClock(), token, holder=describe_holder(SystemClock().now()))


def config_path() -> Path:
    """Give where the user's config stands: $QUARTERDECK_CONFIG, else the platform's user config folder."""
    if named := os.environ.get("QUARTERDECK_CONFIG"):
        return Path(named)
    import platformdirs  # noqa: PLC0415 - only where nothing was named

    return platformdirs.user_config_path("quarterdeck", appauthor=False) / "config.toml"


def user_config() -> tuple[dict[str, object], str]:
    """Give the user's config as far as it can be used, and what is wrong with it as sentences (or empty).

    What remains is `theme`, a text, and `keys`, a dict of texts.
    """
    path = config_path()
    try:
        text = path.read_text(encoding="utf-8")
        import tomllib  # noqa: PLC0415 - only where there is a config

        config = tomllib.loads(text)
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        return {}, f"The config {path} was left out: {error.strerror or error}."
    except ValueError as error:  # no UTF-8, or no TOML
        return {}, f"The config {path} was left out: {error}."
    return _usable(config)


def _usable(config: dict[str, object]) -> tuple[dict[str, object], str]:
    """Keep what the app can use of a config, and say what else stands in it."""
    wrong: list[str] = []
    usable: dict[str, object] = {}
    for name, value in config.items():
        if name == "theme" and isinstance(value, str):
            usable[name] = value
        elif name == "keys" and isinstance(value, dict):
            usable[name], unfit = _keys(value)
            wrong += [f'The config gives {", ".join(unfit)} no keys: write them like "K,ctrl+up".'] if unfit else []
        elif name in ("theme", "keys"):
            wrong.append(f"The config's {name} should be a {'text' if name == 'theme' else 'table'}, and was left out.")
        else:
            wrong.append(f"The config knows no {name!r}, only theme and keys.")
    return usable, " ".join(wrong)


def _keys(table: dict[str, object]) -> tuple[dict[str, str], list[str]]:
    """Give the keys by action, each as a text like `K,ctrl+up`, and the actions whose keys cannot be understood."""
    keys: dict[str, str] = {}
    unfit: list[str] = []
    for name, value in table.items():
        parts = value if isinstance(value, list) else str(value).split(",")
        words = [part.strip() for part in parts if isinstance(part, str)] if isinstance(value, str | list) else []
        if words and all(_KEY.fullmatch(word) for word in words):
            keys[name] = ",".join(words)
        else:
            unfit.append(name)
    return keys, unfit
