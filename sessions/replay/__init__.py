"""The replay of a recorded session: the timeline, its chapters, and a sentence for each event.

May import `deciding`, `portfolio`, `quarters`, `record`, `rounds`, `state`.
"""
