"""Quarter after quarter: how a session follows on the one before it, what became of its promises, and the measures over a series (METHOD 6).

Pure over sessions. May import `deciding`, `portfolio`, `record`, `rounds`, `sequencing`, `state`, `voting`.
"""
