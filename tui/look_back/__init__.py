"""Look back: what became of last quarter's decisions, and whether people use what was delivered.

May import `dialogs`, `host`, `stages`, `widgets`.
"""
