"""The room on the facilitator's screen: who joins from a device, and how. Imported only when a room opens, because it loads the server.

May import `dialogs`, `host`, `widgets`.
"""
