"""The rules: synchronous functions `(session, …, now)`, one transaction each; they neither speak nor look at clocks."""
