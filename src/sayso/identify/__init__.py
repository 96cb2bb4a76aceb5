"""Who is who across reports: what `link` says of two names, applied to the names of a ledger."""
