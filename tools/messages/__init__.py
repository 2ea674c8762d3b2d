"""`./run messages`: the interface words of those who answer, from templates and Python to `.po` and `.mo` files.

No GNU gettext is needed, neither to run belong nor to test or translate it: reading, writing and compiling are here.
"""
