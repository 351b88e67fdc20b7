"""Trying a change to the plan without recording it. May import `cards`, `dialogs`, `host`, `plan`, `voting`, `widgets`."""
