"""`./run torture`: kill the program at random moments while a school uses it, and count what is lost or doubled.

`mother` forks serving processes out of one that has everything loaded; `pupils`, `adults` and `leader` use the school
over HTTP as browsers do and write down in a `Ledger` what they were told; `verify` holds the database against it.
"""
