"""The session as one frozen value, its rounds and timer, and the fold that builds it from events. May import `portfolio`, `record`."""
