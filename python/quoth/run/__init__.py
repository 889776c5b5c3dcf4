"""The command ``quoth run``: archives of articles into shards of results, on one machine.

The way of the data: files (inputs.py) -> records (records.py) -> threads (quoth._pipe) -> shards
(shards.py), each of which is there whole or not at all, with a journal (journal.py) of how far the
work (work.py) has come.
"""
