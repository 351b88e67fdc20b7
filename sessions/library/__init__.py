"""The list of sessions; opening, reading, copying, changing and deleting one of them.

May import `commands`, `handling`, `live`, `portfolio`, `quarters`, `record`, `state`, `store`.
"""
