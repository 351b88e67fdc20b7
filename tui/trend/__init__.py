"""The trend of a series: what to reach next, and a picture with a sentence for each measure. May import `stages`, `host`, `widgets`."""
