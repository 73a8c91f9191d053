"""A reader for each format: bytes or decoded text in, a `Draft` out. Readers know nothing of folders, manifests or options."""
