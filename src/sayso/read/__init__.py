"""From bytes on disk to `Report` records.

The order: `files` finds inputs and opens them (`streams` decompresses, under a limit; `tables` and
`json_rows` cut tables into rows, `columns` says which column is what) and yields one `RawRecord` at
a time; `reports.read_report` decodes it (`text`), strips markup (`html`), reads the header
(`headers`, `datelines`, `moments`) and the language (`language`). Everything that is read is
hostile: sizes are capped while they are read, and what cannot be read becomes a `Failure`, never a
traceback.
"""
