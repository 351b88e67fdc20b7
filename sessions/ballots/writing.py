"""Write the forms of all voters into a folder: all of them or none, and never over a file that is there."""

from __future__ import annotations

from pathlib import Path

from sessions.ballots.forms import form_csv, form_html
from sessions.disk.files import os_error_text, printable_path, write_atomically, write_new
from sessions.errors import RecordError
from sessions.portfolio.models import Participant
from sessions.state.rounds import Round
from sessions.state.session import Session
from sessions.wording import file_stem, free_id, plural, slug

_MODE = 0o666
"""Forms are made to be passed on: the user's umask decides who may read them."""
_NAME_LIMIT = 60


class FormsNotWrittenError(RecordError):
    """The forms could not be written, or would have replaced a file."""


def form_paths(session: Session, folder: Path) -> dict[str, tuple[Path, Path]]:
    """Return the CSV and the sheet of each voter by id, each under a name of its own."""
    found: dict[str, tuple[Path, Path]] = {}
    taken: set[str] = set()
    for voice in session.voters():
        name = free_id(file_stem(slug(voice.id, _NAME_LIMIT) or voice.role, _NAME_LIMIT, "voter"), taken)
        taken.add(name)
        found[voice.id] = folder / f"{name}.csv", folder / f"{name}.html"
    return found


def check_free(paths: dict[str, tuple[Path, Path]]) -> None:
    """Raise FormsNotWrittenError if one of the files is there already."""
    there = [path for both in paths.values() for path in both if path.exists() or path.is_symlink()]
    if there:
        more = f" and {plural(len(there) - 1, 'more file')}" if len(there) > 1 else ""
        raise FormsNotWrittenError(f"{printable_path(there[0])}{more} would be replaced: name another folder, or give --force.")


def write_forms(session: Session, round_: Round, paths: dict[str, tuple[Path, Path]], *, replace: bool) -> None:
    """Write the forms of all voters; the folder is made if it is missing. Raises FormsNotWrittenError."""
    write = write_atomically if replace else write_new
    forms: list[tuple[Path, str]] = []
    for voice, (csv, sheet) in paths.items():
        person: Participant = session.people[voice]
        forms += [(csv, "\ufeff" + form_csv(session, round_, person)), (sheet, form_html(session, round_, person))]
    for path, text in forms:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            write(path, text.encode(), mode=_MODE)
        except (OSError, ValueError) as error:
            raise FormsNotWrittenError(f"{printable_path(path)} was not written: {os_error_text(error)}.") from error
