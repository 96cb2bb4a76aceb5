"""How the tagger of attributions was made: `python -m training --help`."""
