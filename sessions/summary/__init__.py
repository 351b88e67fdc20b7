"""The one-page Markdown summary that people take away, and the writing of its file with the file operations of the store.

May import `deciding`, `portfolio`, `quarters`, `record`, `replay`, `rounds`, `sequencing`, `state`, `store.tinydb`, `voting`.
"""
