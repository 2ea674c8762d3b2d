"""The demo school: seeded, synthetic, and labelled so wherever it is shown."""
