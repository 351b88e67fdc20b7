"""What can go wrong, as one sentence that says what to do about it."""


class QuarterdeckError(Exception):
    """An error that the user can understand and fix. Its text is one sentence, shown without a traceback."""


class PortfolioError(QuarterdeckError):
    """The input is not as it should be: the sentence names the file, the line or path, and the field."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        """`line` is the one in the sentence, for callers that may not repeat the sentence."""
        super().__init__(sentence)
        self.line = line


class RecordError(QuarterdeckError):
    """The stored record could not be read or written."""


class ConflictError(RecordError):
    """Another writer was first: the number of the record is taken. Receive what it appended, and decide again."""


class SessionError(QuarterdeckError):
    """A command broke a rule of the session."""
