"""The words that can be chosen: phases, decisions, and what a round is about. It loads nothing, so that the command line can list them quickly."""

from typing import Literal, get_args

OrderMethod = Literal["points", "ranking", "approval"]
"""The methods that put cards in an order."""
CardMethod = Literal["score", "duel", "consent"]
"""The methods that ask about a card, or about two."""
QuestionMethod = Literal["pulse", "partnership"]
"""The methods that ask questions about no card."""
Method = Literal[OrderMethod, CardMethod, QuestionMethod]
METHODS: tuple[Method, ...] = get_args(Method)

Anonymity = Literal["named", "side", "secret"]
"""What a reveal shows of a ballot (METHOD 2.6): its voter; its side, while the voter stays in the session file; or only the choice."""
ANONYMITIES: tuple[Anonymity, ...] = get_args(Anonymity)

Phase = Literal["prepare", "open", "look_back", "cards", "vote", "reveal", "talk", "sequence", "decide", "close"]
PHASES: tuple[Phase, ...] = get_args(Phase)

Presence = Literal["expected", "present", "proxy", "away"]
"""`proxy`: represented by another voter of the same side (METHOD 2.3)."""

DecisionWord = Literal["continue", "start", "start_after", "hold", "not_now", "return", "stop", "done", "accept_below_target"]
DECISION_WORDS: tuple[DecisionWord, ...] = get_args(DecisionWord)
