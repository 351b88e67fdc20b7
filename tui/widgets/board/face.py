"""What a card shows, in words, and the state in which it is drawn."""

from typing import Literal, NamedTuple

from tui.themes import Ground, Ink

Tone = Literal["start", "wait", "stop", "late", "differ", "plain", "new"]
Drop = Literal["", "before", "after"]
Stand = Literal["", "proposed", "decided"]


class CardFace(NamedTuple):
    """What a card shows, in words that are ready to be read; missing things are empty."""

    rank: int
    title: str
    who: str = ""
    """Sponsor and objective."""
    worth: str = ""
    """The benefit: "$36,000 a month"."""
    tone: Tone = "plain"
    stand: Stand = ""
    """Whether the room has decided on it, or the plan only proposes something."""
    line: str = ""
    """The sentence of the third row: the decision, when it starts and why not sooner, or the first gap."""
    short: str = ""
    """The same in a word or two: "week 7"; the word of the tone if it is empty."""
    marked: bool = False
    """Whether it is one of several that something will be done with together."""
    moved: str = ""
    """ "▲ from 6", "▼ from 2", "new"."""
    flags: tuple[str, ...] = ()
    """Short words: "talk", "pinned"."""
    voices: tuple[tuple[str, str, Ink], ...] = ()
    """Each side's place, the same in short, and the side's colour: "● business 2", "● 2"."""
    bar: int = -1
    """The filled share of the bar in thousandths; -1 for no bar."""
    bar_text: str = ""
    extra: tuple[str, ...] = ()
    """Rows four and five of the largest card."""


class Look(NamedTuple):
    """The state of a card at this moment: chosen, with the keyboard on the board, picked up, or the place to drop a card."""

    chosen: bool = False
    focused: bool = False
    carried: bool = False
    drop: Drop = ""

    @property
    def ground(self) -> Ground:
        """What the card's text is on."""
        if self.carried:
            return "carry"
        return "focus" if self.chosen and self.focused else "card"


TONE_GLYPHS: dict[Tone, str] = {"start": "▸", "wait": "○", "stop": "■", "late": "!", "differ": "≠", "plain": "", "new": "+"}
TONE_WORDS: dict[Tone, str] = {"start": "starts", "wait": "waits", "stop": "stops", "late": "late", "differ": "differs", "plain": "", "new": "new"}
"""The state of a card told without colour."""
DECIDED = "✓"
"""The glyph of a card on which the room has decided, in every tone."""

PLAN_FLAG = "plan: "
"""How a flag begins that says another week than was promised."""
TOO_LATE = "too late"
"""The flag of a card that ends after its deadline."""
