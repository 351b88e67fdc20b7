"""Questions about no card in large letters: how many have answered, then what each side said, and what to do about it.

May import `dialogs`, `host`, `stages`, `voting`, `widgets`.
"""
