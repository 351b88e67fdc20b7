"""What the facilitator's screen shows now, which is what the pages of all others follow."""

from __future__ import annotations

from typing import Literal, NamedTuple

FollowingKind = Literal["board", "card", "vote", "reveal", "talk", "line", "decide", "closed"]


class Following(NamedTuple):
    """The kind of what is shown, and the card that it is about, if it is about one."""

    kind: FollowingKind = "board"
    card: str = ""
