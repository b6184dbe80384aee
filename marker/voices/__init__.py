"""Whose words a passage holds: what `marker.attribution` asks, a subject a file."""
