"""Some 300 good and 300 bad files and any number of mutations, made in code from a seed.

`python -m bench korpus` puts all of them before the checker (registrasi.rules.berkas_pdf), each in
a process of its own as in service: the good ones must pass, the bad ones be refused for the right
reason, and of what a mutation makes nothing active may pass nor may a limit be exceeded.
"""
