"""The synthetic handbook: pages first, then one module for each family of generators. ../corpus.py is its door."""
