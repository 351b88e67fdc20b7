"""The user's config: read from an ordinary file only; entries that the app cannot use are reported once."""

from __future__ import annotations

import errno
import os
import re
import stat
from pathlib import Path

from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

from sessions.disk.files import REAL_FILES
from tui.environment import config_path

_LIMIT = 100_000
"""The largest config that is read, in bytes."""
_KEY = r"(?:(?:ctrl|shift|alt|super|meta|hyper)\+)*(\S|[a-zA-Z_0-9]+)"
"""A key: one character or a name, after any modifiers."""


def user_config() -> tuple[dict[str, object], str]:
    """Return the usable part of the user's config (`theme`, a text; `keys`, a dict of texts), and what is wrong with it in sentences."""
    path = config_path()
    try:
        text = _bytes(path).decode("utf-8-sig")
        import tomllib

        config = tomllib.loads(text)
    except FileNotFoundError:
        return {}, ""
    except OSError as error:
        return {}, f"The config {path} was ignored: {error.strerror or error}."
    except ValueError as error:  # not UTF-8, or not TOML
        return {}, f"The config {path} was ignored: {error}."
    except RecursionError:
        return {}, f"The config {path} was ignored: it is nested too deeply."
    return _usable(config)


def _bytes(path: Path) -> bytes:
    """Read an ordinary file; a pipe or a device could block the app forever without a visible reason.

    Raises:
        OSError: it cannot be read, is not a file, or is too large.
    """
    handle = REAL_FILES.open(path, os.O_RDONLY)
    try:
        mode = os.fstat(handle).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR))
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "this is a pipe or a device, not a file")
        data = os.read(handle, _LIMIT + 1)
    finally:
        os.close(handle)
    if len(data) > _LIMIT:
        raise OSError(errno.EFBIG, f"it is larger than {_LIMIT // 1000} kB")
    return data


def _usable(config: dict[str, object]) -> tuple[dict[str, object], str]:
    """Return the usable entries of a config, and a sentence about the others."""
    wrong: list[str] = []
    usable: dict[str, object] = {}
    for name, value in config.items():
        if name == "theme" and isinstance(value, str):
            usable[name] = value
        elif name == "keys" and isinstance(value, dict):
            usable[name], unfit = _keys(value)
            wrong += [f'The config gives {", ".join(unfit)} no keys: write them like "K,ctrl+up".'] if unfit else []
        elif name in ("theme", "keys"):
            wrong.append(f"The config's {name} should be a {'text' if name == 'theme' else 'table'}; Quarterdeck ignored it.")
        else:
            wrong.append(f"The config knows no {name!r}, only theme and keys.")
    return usable, " ".join(wrong)


def _keys(table: dict[str, object]) -> tuple[dict[str, str], list[str]]:
    """Return the keys by action, each as a text like `K,ctrl+up`, and the actions with invalid keys."""
    keys: dict[str, str] = {}
    unfit: list[str] = []
    for name, value in table.items():
        parts = value if isinstance(value, list) else str(value).split(",")
        words = [part.strip() for part in parts if isinstance(part, str)] if isinstance(value, str | list) else []
        if words and all(map(is_key, words)):
            keys[name] = ",".join(words)
        else:
            unfit.append(name)
    return keys, unfit


def is_key(word: str) -> bool:
    """Return whether a word names a key: a character, the name of one, or of a key such as enter."""
    written = re.fullmatch(_KEY, word)
    if written is None:
        return False
    named = {key.value.rpartition("+")[2] for key in Keys} | set(KEY_NAME_REPLACEMENTS.values())
    return written[1] in named or key_to_character(written[1]) is not None
