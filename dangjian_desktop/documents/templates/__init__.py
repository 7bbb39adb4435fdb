"""Word templates with placeholders, which people edit in Word; a superior's is foreign input.

A template is a program to Jinja: it is looked at and rendered in a process of its own, in a
sandbox, under limits of time and memory (``running``); ``child`` is what runs there.
"""
