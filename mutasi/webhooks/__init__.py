"""Webhooks: which events are told, how a message is signed, and where it may be sent.

Who receives is told ids and states alone, and asks for the rest as anybody does.
"""
