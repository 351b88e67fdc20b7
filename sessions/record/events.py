"""Everything that can happen in a session: one frozen class per past-tense event. Other packages import events from here.

An event describes itself (a move holds the old and the new rank), so that a session can fold it, undo it and narrate it without looking anything
up. Who and when are around it, in `Recorded`.

This module loads them all, which takes as long as drawing the board. The first frame of a new session needs only one: the modules that it loads
import what they need from `opening`, `agreed`, `past`, `choices` and `codec`, and the rest only for its use. `test_first_frame` checks this.

To add an event:

1. Write its class in the module of its subject: `meeting_events`, `round_events`, `room_events`, or, with `undoable = True`, `board_events` or
   `quarter_events`.
2. Fold it: an entry in `state/fold_board.BOARD` (or `state/fold_quarters.QUARTERS`) if it is undoable, else in `state/fold_meeting.MEETING`. A new
   field of the state goes into `state/session.Session` and `state/builder.SessionBuilder`.
3. Narrate it: an entry in `replay/narration` or `replay/narration_rounds`.
4. Name the card it is about: an entry in `replay/subject.SUBJECTS`; if it begins a chapter of the replay, one in `replay/timeline.CHAPTERS`.
5. Show it in `export/json_export` (a field of a card in `imports/exported.OF_CARD` too, or the export cannot be read back), or give the reason why
   it is not exported in `tests/sessions_/record/test_event_places.py`.
6. Emit it from a command; if people other than the facilitator may give it, add a row to `handling/permissions`. Add an example to
   `tests/sessions_/record/test_events.py`, and the command to `record_release.every_command`.

`test_event_places` lists what is missing.

An event that has been released keeps its kind and its fields. A new field has a default, which the record leaves out, so that older records read
as before. `SCHEMA` (in `base`) rises once per release: the first change after a release, be it a kind or a field, raises it by one, and the
release is then recorded with `python -m record_release`. A test compares the events with the fields of the latest recorded release.
"""

from sessions.record.agreed import *  # noqa: F403
from sessions.record.base import *  # noqa: F403
from sessions.record.board_events import *  # noqa: F403
from sessions.record.choices import *  # noqa: F403
from sessions.record.codec import *  # noqa: F403
from sessions.record.kinds import *  # noqa: F403
from sessions.record.meeting_events import *  # noqa: F403
from sessions.record.opening import *  # noqa: F403
from sessions.record.past import *  # noqa: F403
from sessions.record.quarter_events import *  # noqa: F403
from sessions.record.room_events import *  # noqa: F403
from sessions.record.round_events import *  # noqa: F403
