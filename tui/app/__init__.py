"""The app: its configuration, its keys, and the one place that opens screens.

May import `ballot`, `board`, `changed`, `consent`, `decide`, `dialogs`, `history`, `host`, `library`, `look_back`, `objectives`, `people`, `plan`,
`replay`, `reveal`, `room`, `spotlight`, `stages`, `story`, `summary`, `talk`, `together`, `trend`.
"""
