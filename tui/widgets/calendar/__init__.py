"""Weeks as rows and columns. May import `widgets`."""
