"""The nouns that the packages pass along: frozen records, standard library only, no input or
output.

Every span is a half-open interval ``(start, end)`` of Unicode code points into the text of one
report.
"""
