"""What changed since the earlier session, and the questions it leaves open, answered one by one.

May import `dialogs`, `host`, `stages`, `widgets`.
"""
