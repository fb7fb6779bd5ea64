"""Drift: what somebody changed by hand of the resources that a stack describes."""
