"""What the room does next, in every phase: one step, in plain words, without keys. A terminal, a phone or a web page may show it.

May import `portfolio`, `record`, `state`, `deciding`, `rounds`, `quarters`; what only one phase needs is imported there: the first frame waits.
"""
