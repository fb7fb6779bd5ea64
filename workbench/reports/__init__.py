"""Reports of a scorecard: one renderer a format, all saying the same in the same order of importance."""
