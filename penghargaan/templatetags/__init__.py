"""Filters of the templates of penghargaan."""
