"""The terminal app: what the room sees, and the keys the facilitator presses.

Every package may import `sessions` and the modules of this folder, such as `text` and `themes`, unless its docstring says what it does not know.
"""
