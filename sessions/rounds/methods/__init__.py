"""One file per way of asking the room, each with one `SPEC`. May import `state`, `voting`, `record` and the ballot file helpers of `imports`.

To add a ballot type: name it in `record.round_events` (`OrderMethod` or `CardMethod`), write a file of that name here with its
`SPEC`, add it to `registry`, and write its counterpart in `tui.voting.methods`.
"""
