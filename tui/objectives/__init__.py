"""The objectives of the quarter: naming them, ranking them, and the decider's word on their order. May import `dialogs`, `host`, `widgets`."""
