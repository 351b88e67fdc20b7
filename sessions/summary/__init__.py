"""The one-page Markdown summary that people take away, and the writing of its file.

May import `deciding`, `disk`, `portfolio`, `quarters`, `record`, `replay`, `rounds`, `sequencing`, `state`, `voting`.
"""
