"""What runs on a laptop and Lambda never sees: the command line, rendering, offline checks and the local AWS."""
