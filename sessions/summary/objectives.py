"""What the room works for, if the meeting named, ranked or confirmed it."""

from __future__ import annotations

from sessions.state.session import Session
from sessions.summary.markdown_escape import inline
from sessions.summary.page import bullets
from sessions.wording import ordinal


def what_we_work_for(session: Session) -> list[str]:
    """Return the objectives in their order, and who confirmed it; nothing if the meeting left them as they were brought in."""
    brought = tuple(sorted(session.portfolio.objectives, key=lambda each: each.rank))
    if not session.objectives or (session.objectives == brought and not session.objectives_confirmed):
        return []
    owners = {each.id: f" ({inline(each.owner)})" if each.owner else "" for each in session.objectives}
    lines = [f"{ordinal(each.rank)}: {inline(each.text.rstrip('. '))}{owners[each.id]}" for each in session.objectives]
    told = f"The {inline(session.role(session.decider))} confirmed this order." if session.objectives_confirmed else "The order is not confirmed."
    return [*bullets(lines), "", told]
