"""Questions read aloud by a voice the school recorded."""
