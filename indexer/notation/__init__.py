"""How is a thing written? One grammar for the text, the search box and the citation desk.

A module for each kind of notation: pinpoints, provisions, cases, laws, dates, names.
"""
