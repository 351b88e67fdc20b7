"""The disk: every system call that reads or writes a file of ours, and the two ways to write a whole file.

May import nothing else.
"""
