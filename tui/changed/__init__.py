"""What changed since the earlier session, and the questions that it leaves, answered one by one.

May import `dialogs`, `host`, `stages`, `widgets`.
"""
