"""The ledger as pages: reads it, never writes it, and never loads the language stack.

A request goes through `safety` (who may ask, what a browser may do with the answer), `app` (which
view), a file of `views/` (what the page shows) and a template (how it looks). `segments` cuts a
text at the ends of its spans, `anchors` finds a cited passage again, `citations` writes one.
"""
