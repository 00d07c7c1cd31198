"""The outbox emptied: messages are signed and sent to who waits for them."""
