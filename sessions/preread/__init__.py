"""The page that people read before the meeting.

May import `deciding`, `portfolio`, `quarters`, `record`, `rounds`, `state`, `summary`, `voting`.
"""
