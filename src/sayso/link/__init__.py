"""Two records in, a link with its score and its reasons out; nothing here reads or writes."""
