"""Pilcrow's core: from a source file to a found, citable paragraph.

A map of the package, in the order the data takes:

==============  =============================================================
``readers``     a source file's bytes → blocks of text with their places
``structure``   blocks → front matter, sections, paragraphs, footnotes, references
``entities``    paragraphs → mentions → entities, by written rules
``pipeline``    file → Submission → library and engine: the order of the steps
``library``     whole submissions by id, and who and what they name
``engines``     the inverted index and facet columns behind one narrow protocol
``query``       what a search is: grammar, request, results, highlights
``search``      a query text answered from library and engine
``citations``   a paragraph, or a range, as a citation in a style or a record
``notation``    how pinpoints, provisions, cases, dates and names are written
``analysis``    text → tokens: the one analyser for indexing, querying, marking
``model``       the frozen document model in the middle
==============  =============================================================

This module imports nothing, so that a process that only serves pages loads no
reader.
"""

__version__ = "0.1.0"
