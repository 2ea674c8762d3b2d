"""Concerns: raised by words, by a pupil who asks for an adult, or by an adult; read, taken on, decided, handed over.

`raising` lets them in, `rota` and `routes` say who reads them and when, `timer` reminds, `acting` is what adults do,
`queue` and `status` are how adults and pupils see them, `record` writes and verifies every entry.
"""
