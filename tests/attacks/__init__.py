"""Attempts to find out who gave which answer, by everything that answering leaves behind.

Each file is one idea. The attack is written once and run twice: on a naive design, which is built here beside the real
one and filled by the same answering, where it must find nearly everybody; and on belong after the wave has closed,
where it must do no better than guessing.

**What guessing finds.** A guess gives each of n answers to one of n pupils at random. The number of pupils it gets
right has the mean 1 whatever n is, and is nearly Poisson(1): more than 9 right happens once in nine million guesses. So
an attack "does no better than chance" while it gets at most 9 right; with the 40 pupils of the scene, that is less
than a quarter, where the naive design gives away 38 or more.

**What the attacker has**: the whole database (files on SQLite; every table with its hidden columns on PostgreSQL),
every log line, mail and job, at any moment after the close, and knows who sat where and in which order pupils
came. What the
attacker has not: `text.key`, which lies outside the database and its backups. Whoever has both, and is root on the
machine while it runs, can do what the program can (docs/keys.md).
"""
