"""Parts of what is rendered from rules.yaml that are more than text with gaps."""
