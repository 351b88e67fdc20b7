"""Weeks as rows and columns."""
