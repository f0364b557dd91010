"""What does each page show? One documented, frozen dataclass a page.

HTML and JSON are both made from it. Links, states and numbers are all settled here, so
that templates compute nothing; only escaping is left to them.
"""
