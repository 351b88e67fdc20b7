"""The names of what can be chosen for a round. It loads nothing, so that the command line can list them at once."""

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
