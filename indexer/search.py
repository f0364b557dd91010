"""How is a query text answered? From engine and library, one result page at a time."""

from __future__ import annotations

from indexer.query.results import ResultPage, SearchParameters


class Searcher:
    """Answers searches on one index generation."""

    def search(self, parameters: SearchParameters) -> ResultPage:
        """Answer *parameters*.

        Raises ParameterError for a value that cannot be, QueryRefused over a limit,
        IndexUnavailable where the index cannot answer.
        """
        raise NotImplementedError
