"""Who is in the meeting: attendance, proxies, the decider. May import `dialogs`, `host`, `voting`, `widgets`."""
