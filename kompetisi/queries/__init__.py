"""The way to the data: what this person can see, in which order, with which numbers."""
