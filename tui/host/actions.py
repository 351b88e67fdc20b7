"""What a user can do: one registry, from which bindings, key bar, palette and help are all made, so that they cannot drift apart.

An action belongs to a place (a screen, or everywhere). Its name is the screen's `action_...` method; `where.name` is its id in the user's
config. `writes` actions change the session: a read-only session does not offer them.
"""

from typing import NamedTuple

from textual.binding import Binding, BindingType


class Action(NamedTuple):
    """Something that a key does. `keys` are Textual key names, `shown` how they are written for people, `short` the key bar's word."""

    where: str
    name: str
    keys: str
    shown: str
    short: str
    help: str
    bar: bool = False
    writes: bool = False

    @property
    def id(self) -> str:
        """Return the name by which the user's config may bind it to other keys."""
        return f"{self.where}.{self.name}"


ACTIONS: tuple[Action, ...] = (
    Action("board", "move_down", "J,shift+down", "J ⇧↓", "down", "Move the card one place down", writes=True),
    Action("board", "move_up", "K,shift+up", "K ⇧↑", "up", "Move the card one place up", writes=True),
    Action("board", "carry", "space", "space", "carry", "Pick the card up: arrows carry it, space drops it, esc puts it back", True, True),
    Action("board", "select_down", "j,down", "j ↓", "next", "Select the next card"),
    Action("board", "select_up", "k,up", "k ↑", "previous", "Select the previous card"),
    Action("board", "select_first", "g,home", "g", "first", "Select the first card"),
    Action("board", "select_last", "G,end", "G", "last", "Select the last card"),
    Action("board", "page_down", "pagedown,ctrl+d", "page ↓", "page down", "Select a card one view further down"),
    Action("board", "page_up", "pageup,ctrl+u", "page ↑", "page up", "Select a card one view further up"),
    Action("board", "find", "slash", "/", "find", "Find a card by some of its words; tab shows only the cards that match", True),
    Action("board", "view", "V", "V", "view", "Show only some cards, in groups or sorted: a view that moves nothing"),
    Action("board", "mark", "M", "M", "mark", "Mark the card, or unmark it"),
    Action("board", "together", "ampersand", "&", "together", "Move, decide or merge the marked cards together, or show only them"),
    Action("board", "to_top", "T", "T", "to the top", "Move the card to the top", writes=True),
    Action("board", "to_bottom", "B", "B", "to the bottom", "Move the card to the bottom", writes=True),
    Action("board", "denser", "minus", "-", "denser", "Show more cards with fewer rows each"),
    Action("board", "roomier", "equals_sign", "=", "roomier", "Show fewer cards with more rows each"),
    Action("board", "detail", "tab", "tab", "detail", "Show the board instead of the phase's view; if there is none, show or hide the detail"),
    Action("board", "accept_move", "exclamation_mark", "!", "accept", "Accept the move that someone proposed from their device", writes=True),
    Action("board", "decline_move", "b", "b", "keep ours", "Decline the move that someone proposed: the board stays", writes=True),
    Action("card", "undo", "u,ctrl+z", "u", "undo", "Undo the last board action", True, True),
    Action("card", "redo", "U,ctrl+y", "U", "redo", "Bring back what was undone", writes=True),
    Action("card", "open_card", "enter", "enter", "card", "Read the card in full; after digits: move it to that rank"),
    Action("card", "asker", "a", "a", "who asks", "Say who is asking for the next moves (kept until changed)", True, True),
    Action("card", "note", "n", "n", "why", "Say why the card last moved, or add a note", True, True),
    Action("card", "why", "w", "w", "waits", "Why the card waits: the whole chain, and what would let it start sooner", True),
    Action("card", "decide", "d", "d", "decide", "Decide on the card", True, True),
    Action("card", "adoption", "ctrl+r", "ctrl+r", "in use", "Say that the card was delivered; after that, how far people use it", writes=True),
    Action("card", "accept", "D", "D", "accept the rest", "Accept the proposed decisions of the open cards; shows them first", writes=True),
    Action("session", "draw_line", "L", "L", "the line", "How many can we start? Draw the line: a number of projects, or an amount", writes=True),
    Action("card", "talk", "i", "i", "talk", "Discuss the card: four minutes, scores before and after, outcome"),
    Action("card", "consent", "c", "c", "consent", "Consent on the decision: hands or a secret vote, the sentences that low hands owe"),
    Action("card", "dissent", "X", "X", "dissent", "Write down who disagrees with the decision, and the answer", writes=True),
    Action("card", "story", "full_stop", ".", "story", "The card's story over all quarters: rank, decision, outcome, wording, use"),
    Action("card", "edit", "e", "e", "edit", "Edit the card", writes=True),
    Action("card", "add", "plus", "+", "add", "Add a card below the selected one", writes=True),
    Action("card", "split", "S", "S", "split", "Split the card in two", writes=True),
    Action("card", "withdraw", "W", "W", "withdraw", "Withdraw the card from the board", writes=True),
    Action("session", "ballots", "v", "v", "vote", "Ballots: who is in, enter one, from a file", True),
    Action("session", "reveal", "r", "r", "reveal", "Reveal the ballots (asks), or see the latest reveal"),
    Action("session", "next_phase", "right_square_bracket", "]", "next", "Take the next step, which the line at the top names", True, True),
    Action("session", "previous_phase", "left_square_bracket", "[", "previous phase", "Go back to the previous phase", writes=True),
    Action("session", "more_time", "t", "t", "+2 min", "Add two minutes to the phase", writes=True),
    Action("session", "timer", "s", "s", "timer", "Start or stop the timer", writes=True),
    Action("session", "minutes", "colon", ":", "minutes", "Change how long the phases last: 60, 90 or 120 minutes, or each phase", writes=True),
    Action("session", "set_next_session", "ctrl+n", "ctrl+n", "next date", "Name the day on which the room meets next", writes=True),
    Action("session", "people", "m", "m", "people", "People: attendance, proxies, decider, add someone"),
    Action("session", "invite", "I", "I", "invite", "Invite people to vote from their phones: the square to scan, who is here, who asks"),
    Action("session", "objectives", "z", "z", "objectives", "Objectives: add, name and rank them; the decider confirms the order"),
    Action("session", "changed", "semicolon", ";", "what changed", "What changed since the earlier session, and the questions left open"),
    Action("session", "pulse", "ctrl+o", "ctrl+o", "two questions", "The two questions: ask them, or see what the room answered"),
    Action("session", "partnership", "ctrl+e", "ctrl+e", "partnership", "The partnership: ask both sides; the level, what the next one lacks"),
    Action("session", "look_back", "comma", ",", "look back", "Look back: what became of last quarter's decisions, and of what was delivered"),
    Action("session", "park", "p", "p", "park", "Park a question for another day", writes=True),
    Action("session", "agree", "o", "o", "action", "Agree an action: what, who, by when", writes=True),
    Action("session", "save_copy", "Y", "Y", "copy", "Save a copy of the session elsewhere, with all that is recorded"),
    Action("session", "plan", "P", "P", "plan", "The plan: weeks across, teams or cards down", True),
    Action("card", "what_if", "x", "x", "what if", "Try a move, people, a split; see all that changes, keep it or drop it", True),
    Action("card", "work", "E", "E", "work", "Edit the card's work by team, its needs and its weeks", writes=True),
    Action("session", "history", "H", "H", "history", "What was done: a list, to undo everything down to a line"),
    Action("session", "trend", "ctrl+t", "ctrl+t", "trend", "The trend over the quarters: what to reach next, and how the quarters went"),
    Action("session", "close_session", "Z", "Z", "close session", "Close the session, which says what is still open; then its page"),
    Action("home", "open_session", "enter", "enter", "open", "Continue the session", True),
    Action("home", "new_session", "n", "n", "new", "Begin a session from a portfolio file", True),
    Action("home", "replay_session", "r", "r", "replay", "Replay the session", True),
    Action("home", "read_summary", "s", "s", "summary", "Read the session's summary", True),
    Action("home", "trend", "t", "t", "trend", "The trend of the session's series, quarter by quarter", True),
    Action("home", "rename_session", "e", "e", "rename", "Rename the session", True),
    Action("home", "follow_session", "c", "c", "carry over", "Begin the session after this one: its cards, people and promises come along", True),
    Action("home", "archive_session", "a", "a", "archive", "Archive the session, or bring it back from the archive", True),
    Action("home", "show_archived", "A", "A", "archived", "List archived sessions too, or hide them"),
    Action("home", "reopen_session", "o", "o", "reopen", "Reopen a session that was closed by mistake", True),
    Action("home", "delete_session", "X", "X", "delete", "Move the session to the trash (asks)", True),
    Action("home", "demo", "d", "d", "demo", "Open the demo session, in a library of its own", True),
    Action("new", "columns", "f3", "F3", "columns", "Show what each column of the file is, and change it", True),
    Action("ballot", "enter_ballot", "enter", "enter", "vote", "Enter this voter's ballot, unseen", True, True),
    Action("ballot", "missing", "m", "m", "who is missing", "See who has not voted yet, by side", True),
    Action("ballot", "other_ways", "v", "v", "other ways to vote", "Vote in another way: from files, or by raised hands", True, True),
    Action("ballot", "hands", "h", "h", "hands", "Count raised hands, a box per voter or a count per card", writes=True),
    Action("ballot", "from_file", "f", "f", "file", "Take ballots from a file", writes=True),
    Action("ballot", "reveal", "r", "r", "reveal", "Reveal the ballots (asks)", True, True),
    Action("ballot", "drop", "backspace,delete", "⌫", "cancel this vote", "Cancel the ballot; sealed votes are destroyed unread", True, True),
    Action("together", "ask", "enter", "enter", "ask", "Ask: on devices if people joined, else by hands; then take an answer", True, True),
    Action("together", "hands", "h", "h", "hands", "Count raised hands, a row for each question and side", True, True),
    Action("together", "ballots", "v", "v", "secret vote", "Ask by secret ballots, or continue collecting them", True, True),
    Action("together", "reveal", "r", "r", "reveal", "Reveal the answers (asks)", True, True),
    Action("together", "edit", "e", "e", "what is asked", "Choose what is asked besides the six items", True, True),
    Action("reveal", "talk", "enter", "enter", "talk", "Discuss the selected card: timer, scores before and after, outcome", True),
    Action("reveal", "turn", "tab", "tab", "order", "Switch between the few cards to discuss and the whole order", True),
    Action("reveal", "take_order", "O", "O", "use it", "Use the group's order on the board; shows first what moves", True, True),
    Action("reveal", "keep_board", "b", "b", "keep ours", "Keep the board as it is", True, True),
    Action("reveal", "weighting", "number_sign", "#", "by person", "Count each person the same, or each side", True),
    Action("reveal", "figures", "percent_sign", "%", "figures", "Show the figures: points, agreement, attention, spread", True),
    Action("talk", "begin", "enter", "enter", "next", "Take the next step: score, talk, score again, say the outcome", True, True),
    Action("talk", "score", "h", "h", "hands", "Score the card by raised hands, before the discussion and after it", True, True),
    Action("talk", "ballots", "v", "v", "secret vote", "Take secret ballots for the open round; if none is open, scores", True, True),
    Action("talk", "reveal", "r", "r", "reveal", "Reveal the secret ballots (asks)", True, True),
    Action("talk", "move", "1", "1", "move it", "Move the card to a rank, which ends the discussion", True, True),
    Action("talk", "keep", "2", "2", "keep it", "Keep the card's place, which ends the discussion", True, True),
    Action("talk", "duel", "3", "3", "duel", "Hold a duel with the card above or below, which ends the discussion", True, True),
    Action("talk", "differ", "4", "4", "agree to differ", "Agree to differ, in one sentence, which ends the discussion", True, True),
    Action("talk", "park", "5", "5", "park it", "Park a question about the card, which ends the discussion", True, True),
    Action("talk", "next_card", "N", "N", "next card", "Continue with the next card to discuss", True),
    Action("talk", "reopen", "i", "i", "talk again", "Discuss the card again, after its discussion is over", True, True),
    Action("talk", "undo", "u,ctrl+z", "u", "undo", "Undo the start of the discussion, as esc does until something is scored", writes=True),
    Action("talk", "look_down", "down,pagedown", "↓", "further down", "Scroll down if not everything fits"),
    Action("talk", "look_up", "up,pageup", "↑", "further up", "Look further up"),
    Action("consent", "hands", "h", "h", "hands", "Ask for consent by raised hands, a box per voter", True, True),
    Action("consent", "ballots", "v", "v", "secret vote", "Ask for consent by secret ballots, or continue collecting them", True, True),
    Action("consent", "reveal", "r", "r", "reveal", "Reveal the secret ballots (asks)", True, True),
    Action("consent", "write", "enter", "enter", "write down", "Write down the sentence that a low hand owes, with its answer", True, True),
    Action("consent", "amend", "e,d", "e", "amend", "Amend the decision; or decide, if there is no decision yet", True, True),
    Action("consent", "answer", "R", "R", "answer", "Close the decision without consent, with the decider's written answer", True, True),
    Action("consent", "look_down", "j,down,pagedown", "↓", "further down", "Select the next sentence; or scroll down"),
    Action("consent", "look_up", "k,up,pageup", "↑", "further up", "Select the previous sentence; or scroll up"),
    Action("people", "toggle_presence", "space", "space", "here/away", "Mark as present, or as away", True, True),
    Action("people", "all_present", "A", "A", "all here", "Mark everybody as present", True, True),
    Action("people", "override_quorum", "Q", "Q", "no quorum", "Continue without a quorum, for a reason", True, True),
    Action("people", "proxy", "F", "F", "proxy", "Name a proxy for someone who is away", True, True),
    Action("people", "name_decider", "d", "d", "decides", "Name the selected person as the one who decides", True, True),
    Action("people", "add_person", "plus", "+", "add", "Add people, one or many, by role", True, True),
    Action("people", "from_file", "f", "f", "file", "Add the people of a file", True, True),
    Action("people", "undo", "u,ctrl+z", "u", "undo", "Remove the people added last", True, True),
    Action("people", "change_person", "e", "e", "change", "Correct a role, side or seat", True, True),
    Action("objectives", "confirm", "enter", "enter", "confirm", "Confirm the order, as the decider; or take in what a card names", True, True),
    Action("objectives", "place_up", "K,shift+up", "K ⇧↑", "up", "Move the objective one place up", True, True),
    Action("objectives", "place_down", "J,shift+down", "J ⇧↓", "down", "Move the objective one place down", True, True),
    Action("objectives", "add", "plus", "+", "add", "Add an objective", True, True),
    Action("objectives", "rename", "e", "e", "change", "Rename the objective", True, True),
    Action("objectives", "leave_out", "W", "W", "leave out", "Leave the objective out", writes=True),
    Action("objectives", "undo", "u,ctrl+z", "u", "undo", "Undo the latest change", writes=True),
    Action("changed", "answer", "enter", "enter", "answer", "Answer or re-answer the selected question; or go to the first open one", True, True),
    Action("changed", "undo", "u,ctrl+z", "u", "undo", "Undo the latest answer", True, True),
    Action("look_back", "answer", "enter", "enter", "yes", "Accept what is proposed for the decision, and go to the next one", True, True),
    Action("look_back", "kept", "1", "1", "kept", "The decision was kept", True, True),
    Action("look_back", "missed", "2", "2", "missed", "It was missed; then asks why", True, True),
    Action("look_back", "reversed", "3", "3", "reversed", "It was reversed outside the session; then asks why", True, True),
    Action("look_back", "overtaken", "4", "4", "overtaken", "It was overtaken by something that no one in the room decided", True, True),
    Action("look_back", "open", "5", "5", "open", "Its outcome is still open", True, True),
    Action("look_back", "accept", "D", "D", "accept the rest", "Accept every proposed outcome that is left; shows them first", True, True),
    Action("look_back", "note", "n", "n", "note", "Say in one sentence what happened", True, True),
    Action("look_back", "turn", "tab", "tab", "delivered", "Switch between the decisions and what was delivered", True),
    Action("look_back", "undo", "u,ctrl+z", "u", "undo", "Undo the last outcome", writes=True),
    Action("join", "admit", "enter", "enter", "let in", "Let in the first person who asks", True),
    Action("join", "admit_all", "A", "A", "all", "Let in all who ask", True),
    Action("join", "turn_away", "backspace", "⌫", "not this one", "Turn away the first person who asks", True),
    Action("join", "turn_all_away", "W", "W", "none of them", "Turn away all who ask (asks)", True),
    Action("join", "network", "tab", "tab", "network", "Use another network", True),
    Action("join", "copy_link", "y", "y", "copy link", "Copy the link, for the chat of a video call", True),
    Action("join", "people", "m", "m", "people", "People: attendance, proxies, decider, add someone", True),
    Action("join", "change", "e", "e", "change", "Lock the room, type a public address, reissue a seat, let people move cards", True),
    Action("spotlight", "next_card", "right,down,j", "→", "next card", "Show the next card", True),
    Action("spotlight", "previous_card", "left,up,k", "←", "previous card", "Show the previous card", True),
    Action("spotlight", "decide", "d", "d", "decide", "Decide on the card", True, True),
    Action("spotlight", "more_time", "t", "t", "+2 min", "Add two minutes to the phase", True, True),
    Action("replay", "play", "space", "space", "play", "Play and pause", True),
    Action("replay", "forward", "right,down,l,j", "→", "event", "One event forward", True),
    Action("replay", "back", "left,up,h,k", "←", "event back", "One event back"),
    Action("replay", "next_chapter", "shift+right,shift+down,right_square_bracket", "⇧→", "chapter", "To the next chapter", True),
    Action("replay", "previous_chapter", "shift+left,shift+up,left_square_bracket", "⇧←", "chapter back", "To the previous chapter"),
    Action("replay", "faster", "plus,equals_sign", "+", "faster", "Play faster", True),
    Action("replay", "slower", "minus", "-", "slower", "Play slower"),
    Action("replay", "to_start", "home,g", "home", "start", "To the first event"),
    Action("replay", "to_end", "end,G", "end", "end", "To the last event"),
    Action("replay", "chapters", "c", "c", "chapters", "Choose a chapter", True),
    Action("replay", "reveal", "r", "r", "ballots", "What was revealed up to here, as it was revealed", True),
    Action("history", "take_back", "enter", "enter", "undo to here", "Undo all down to the line (shows first what changes)", True, True),
    Action("story", "next_card", "right", "→", "next card", "The story of the next card", True),
    Action("story", "previous_card", "left", "←", "previous card", "The story of the card above it", True),
    Action("trend", "look_down", "j,down,pagedown", "↓", "further down", "Look further down", True),
    Action("trend", "look_up", "k,up,pageup", "↑", "further up", "Look further up"),
    Action("trend", "figures", "percent_sign", "%", "figures", "Show all figures, or the pictures again", True),
    Action("summary", "save", "enter,ctrl+s", "enter", "write", "Write the page, as Markdown and as HTML, to the files named below", True),
    Action("summary", "copy", "y", "y", "copy", "Copy the page to the clipboard of this terminal", True),
    Action("summary", "rename", "e", "e", "file name", "Write it to another file", True),
    Action("plan", "turn", "tab", "tab", "teams/cards", "Switch between the plan by team and the plan by card", True),
    Action("plan", "to_card", "enter", "enter", "to the card", "Go to the card on the board", True),
    Action("plan", "earlier_weeks", "left", "←", "earlier", "Look at earlier weeks"),
    Action("plan", "later_weeks", "right", "→", "later", "Look at later weeks", True),
    Action("plan", "edit_team", "e", "e", "people", "Change the team's people, and the weeks that differ", True, True),
    Action("plan", "add_team", "plus", "+", "add team", "Add a team", True, True),
    Action("plan", "edit_work", "E", "E", "work", "Edit the card's work by team, its needs and its weeks", True, True),
    Action("plan", "try_it", "x", "x", "what if", "Try something on the card", True),
    Action("what_if", "keep", "enter", "enter", "keep", "Keep all that was tried, as one action that u undoes", True, True),
    Action("what_if", "step_back", "u,ctrl+z", "u", "undo", "Undo the latest try", True),
    Action("what_if", "move_rank", "at", "@", "to rank", "Try the card at a rank (or type its digits)", True),
    Action("what_if", "place_up", "K,shift+up", "K ⇧↑", "up", "Try the card one place up"),
    Action("what_if", "place_down", "J,shift+down", "J ⇧↓", "down", "Try the card one place down"),
    Action("what_if", "more_people", "plus", "+", "people", "Try more people in a team, always or from week to week", True),
    Action("what_if", "fewer_people", "underscore", "_", "fewer", "Try fewer people in a team"),
    Action("what_if", "drop_card", "W", "W", "drop", "Try the plan without the card", True),
    Action("what_if", "split_off", "S", "S", "split off", "Try a team's part of the card as a card of its own", True),
    Action("what_if", "half_crew", "less_than_sign", "<", "half crew", "Try half the crew in a team; > tries double", True),
    Action("what_if", "double_crew", "greater_than_sign", ">", "double crew", "Try twice the crew in a team"),
    Action("what_if", "cheaper", "dollar_sign", "$", "cheaper order", "Look for an order in which waiting costs less, or stop looking", True),
    Action("what_if", "put_aside", "l", "l", "put aside", "Put what was tried aside under a name, three at most, to compare", True, True),
    Action("what_if", "compare", "tab", "tab", "compare", "Compare the what-ifs that were put aside", True),
    Action("what_if", "other_card", "slash", "/", "other card", "Choose another card to try things on", True),
    Action("compare", "take", "enter", "enter", "take it", "Take the selected what-if (asks), as one action that u undoes", True, True),
    Action("compare", "column_left", "left", "←", "left", "Select the what-if on the left"),
    Action("compare", "column_right", "right", "→", "choose", "Select the what-if on the right", True),
    Action("compare", "try_again", "x", "x", "try again", "Try the selected what-if again, to change it", True),
    Action("compare", "forget", "W", "W", "drop", "Drop the selected what-if (u brings it back)", True, True),
    Action("compare", "hands", "h", "h", "hands", "Put two what-ifs to a duel by raised hands", True, True),
    Action("compare", "ballots", "v", "v", "secret vote", "Put two what-ifs to a duel by secret ballots", True, True),
    Action("compare", "reveal", "r", "r", "reveal", "Reveal the secret ballots (asks)", True, True),
    Action("joined", "vote", "enter", "enter", "vote", "Fill in your ballot, or change it until the reveal", True),
    Action("joined", "propose", "at", "@", "to rank", "Propose another rank for a card; where moves are free, move it there", True),
    Action("joined", "benefit", "e", "e", "benefit", "Reword the benefit of one of your own cards", True),
    Action("joined", "effort", "E", "E", "effort", "Change the estimate of a team's effort on a card", True),
    Action("everywhere", "back", "escape,q", "esc", "back", "Go back (asks first in a live session)", True),
    Action("everywhere", "help", "question_mark,f1", "?", "help", "Show what the keys do", True),
    Action("everywhere", "curtain", "C", "C", "curtain", "Draw the curtain over everything; any key opens it"),
    Action("everywhere", "spotlight", "asterisk", "*", "projector", "Show it large for the projector; again, or esc, goes back"),
    Action("everywhere", "summary", "ctrl+s", "ctrl+s", "summary", "Read and write the summary"),
    Action("everywhere", "theme", "f2", "F2", "dark or light", "Switch between the dark and the light theme"),
    Action("everywhere", "quit", "ctrl+q", "ctrl+q", "quit", "Quit (asks first in a live session)"),
)
"""Every action. The order within a place is the order in help and in the key bar."""


def writing_at(*places: str) -> frozenset[str]:
    """Return the names of the actions of some places that change the session."""
    return frozenset(action.name for action in actions_at(*places) if action.writes)


def actions_at(*places: str) -> list[Action]:
    """Return the actions of some places."""
    return [action for action in ACTIONS if action.where in places]


def bindings(*places: str, prefix: str = "") -> list[BindingType]:
    """Return the bindings of some places for a class's BINDINGS. Descriptions are plain text; `prefix` is put before the action's name."""
    return [
        # Quitting works in dialogs too, where only bindings with priority reach the app; it asks before anything is lost.
        Binding(
            action.keys,
            prefix + action.name,
            action.short,
            show=False,
            id=action.id,
            tooltip=action.help,
            priority=action.id == "everywhere.quit",
        )
        for action in actions_at(*places)
    ]


def bindings_of(*ids: str) -> list[BindingType]:
    """Return the bindings of single actions, for screens that share them with another place."""
    return [Binding(each.keys, each.name, each.short, show=False, id=each.id, tooltip=each.help) for each in ACTIONS if each.id in ids]


def keymap(config: dict[str, str]) -> tuple[dict[str, str], list[str]]:
    """Return Textual's keymap from the user's config (action id to keys), and what in it is not known."""
    known = {action.id for action in ACTIONS}
    return {name: keys for name, keys in config.items() if name in known}, sorted(set(config) - known)
