"""Points: a ledger of transfers, what is earned, put aside and spent."""
