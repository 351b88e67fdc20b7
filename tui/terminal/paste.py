"""Pasted text: made plain before the parser sees it, so that nothing in it can act as a key."""

from __future__ import annotations

_BEGIN, _END = "\x1b[200~", "\x1b[201~"
LONGEST_PASTE = 20_000
"""How many characters of one paste are taken: far more than any field holds."""
_CONTROLS = {"\n": "\n", "\r": "\n", "\t": "\t"}
"""The control characters that are text, and what they become."""


class PasteFilter:
    """Removes control characters from pastes; typed input passes unchanged. Input may be cut anywhere."""

    def __init__(self) -> None:
        self._inside = False
        self._tail = ""
        self._room = LONGEST_PASTE

    def filtered(self, text: str) -> str:
        """Return the input for the parser."""
        passed = ""
        while text:
            part, text = self._pasted(text) if self._inside else self._typed(text)
            passed += part
        return passed

    def _typed(self, text: str) -> tuple[str, str]:
        """Return the input up to and including the start of a paste, and the rest. The mark may have begun in earlier input."""
        seen = self._tail + text
        mark = seen.find(_BEGIN)
        if mark < 0:
            self._tail = seen[-len(_BEGIN) + 1 :]
            return text, ""
        end = mark + len(_BEGIN) - len(self._tail)
        self._inside, self._tail, self._room = True, "", LONGEST_PASTE
        return text[:end], text[end:]

    def _pasted(self, text: str) -> tuple[str, str]:
        """Return the text of a paste, with its end mark if that has come, and the rest."""
        pasted, mark, rest = (self._tail + text).partition(_END)
        self._tail = ""
        if mark:
            self._inside = False
        else:
            self._tail = next((_END[:size] for size in range(len(_END) - 1, 0, -1) if pasted.endswith(_END[:size])), "")
            pasted = pasted.removesuffix(self._tail)
        kept = "".join(_CONTROLS.get(character, character) for character in pasted if _is_text(character))[: self._room]
        self._room -= len(kept)
        return kept + mark, rest


def _is_text(character: str) -> bool:
    return character in _CONTROLS or not (character < " " or "\x7f" <= character <= "\x9f")
