"""What comes from the terminal while the app has it: keys, the mouse and pastes, whatever bytes they are made of."""

from __future__ import annotations

import os
import select
from codecs import getincrementaldecoder

from textual._xterm_parser import XTermParser

from tui.terminal.driver import ScreenDriver
from tui.terminal.ownership import hang_up

_BEGIN, _END = "\x1b[200~", "\x1b[201~"
LONGEST_PASTE = 20_000
"""Characters of one paste that are taken: far more than any field holds."""
_KEPT_CONTROLS = {"\n": "\n", "\r": "\n", "\t": "\t"}


class Pastes:
    """Takes out of pasted text whatever is no text, so that no part of it can act as a key; what is typed passes as it is."""

    def __init__(self) -> None:
        self._inside = False
        self._tail = ""
        self._room = LONGEST_PASTE

    def pass_on(self, text: str) -> str:
        """Return input for the parser."""
        passed = ""
        while text:
            part, text = self._pasted(text) if self._inside else self._typed(text)
            passed += part
        return passed

    def _typed(self, text: str) -> tuple[str, str]:
        """Return what comes before a paste and its mark, and the rest. The mark may have begun in input that was passed on already."""
        seen = self._tail + text
        mark = seen.find(_BEGIN)
        if mark < 0:
            self._tail = seen[-len(_BEGIN) + 1 :]
            return text, ""
        end = mark + len(_BEGIN) - len(self._tail)
        self._inside, self._tail, self._room = True, "", LONGEST_PASTE
        return text[:end], text[end:]

    def _pasted(self, text: str) -> tuple[str, str]:
        """Return the text of a paste, its mark at the end if that has come, and the rest."""
        pasted, mark, rest = (self._tail + text).partition(_END)
        self._tail = ""
        if mark:
            self._inside = False
        else:
            self._tail = next((_END[:size] for size in range(len(_END) - 1, 0, -1) if pasted.endswith(_END[:size])), "")
            pasted = pasted.removesuffix(self._tail)
        kept = "".join(_KEPT_CONTROLS.get(character, character) for character in pasted if _is_text(character))[: self._room]
        self._room -= len(kept)
        return kept + mark, rest


def _is_text(character: str) -> bool:
    return character in _KEPT_CONTROLS or not (character < " " or "\x7f" <= character <= "\x9f")


class TerminalDriver(ScreenDriver):
    """Textual's driver, which no input ends: bytes that are no text, a paste that holds keys, a terminal that is gone without a word."""

    def run_input_thread(self) -> None:
        """Read the terminal until the app is done with it. An error here is the app's, not only this thread's."""
        try:
            self._listen()
        except Exception as error:  # noqa: BLE001 - handed on whole
            self._loop.call_soon_threadsafe(_raise, error)

    def _listen(self) -> None:
        parser = XTermParser(self._debug)
        pastes = Pastes()
        decode = getincrementaldecoder("utf-8")("replace").decode
        while not self.exit_event.is_set():
            if select.select([self.fileno], [], [], 0.1)[0]:
                data = self._read()
                if not data:
                    hang_up()
                    return
                if text := pastes.pass_on(decode(data)):  # no text at all would be the end of it
                    for message in parser.feed(text):
                        self.process_message(message)
            for message in parser.tick():
                self.process_message(message)

    def _read(self) -> bytes:
        try:
            return os.read(self.fileno, 4096)
        except OSError:
            return b""


def _raise(error: Exception) -> None:
    raise error
