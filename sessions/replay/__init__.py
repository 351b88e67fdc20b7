"""A recorded session told again: the timeline, its chapters, and a sentence for each event. May import `state`, `rounds` and `record`."""
