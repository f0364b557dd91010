"""What a search is, with no engine in sight: grammar, request, results, highlights."""
