"""One reader a format: bytes in, passages and unread parts out."""
