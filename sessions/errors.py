"""What can go wrong, as one sentence that says what to do about it."""


class QuarterdeckError(Exception):
    """Something the user can understand and mend. Its text is one sentence; it is shown as it is, without a traceback."""


class PortfolioError(QuarterdeckError):
    """What was to be read is not what it should be: names the file, the line or path, and the field."""

    def __init__(self, sentence: str, line: int | None = None) -> None:
        """`line` is the one that the sentence names, for those who may not repeat the sentence."""
        super().__init__(sentence)
        self.line = line


class RecordError(QuarterdeckError):
    """The stored record could not be read or written."""


class ConflictError(RecordError):
    """Another writer was first: the number of the record is taken. Receive what it appended, and decide again."""


class SessionError(QuarterdeckError):
    """A command broke a rule of the session."""
