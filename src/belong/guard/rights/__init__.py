"""The rights of people over what is held about them: access, erasure, retention, holds, and the data map."""
