"""The room's server: what devices send and get over HTTP, and what protects it. Imported only when a room opens, for it needs aiohttp.

May import `room`, `state`, `summary`.
"""
