"""Reads a text for deficit framing: words that put into people what stands between them and something.

>>> from equitykit import language
>>> [found.text for found in language.read("Vulnerable groups fail to engage.").findings]
['Vulnerable groups', 'fail to']

It advises, and says why and where that was read. It never scores a text or a person.
"""

from equitykit.language.document import Document, Part, Place, read_file
from equitykit.language.measured import Half, Measured, errors_table, measured, vocabulary_table
from equitykit.language.reader import Finding, Reading, Sentence, read
from equitykit.language.vocabulary import Entry, Source, Vocabulary, vocabulary

__all__ = [
    "Document",
    "Entry",
    "Finding",
    "Half",
    "Measured",
    "Part",
    "Place",
    "Reading",
    "Sentence",
    "Source",
    "Vocabulary",
    "errors_table",
    "measured",
    "read",
    "read_file",
    "vocabulary",
    "vocabulary_table",
]
