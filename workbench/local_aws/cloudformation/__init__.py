"""CloudFormation on a laptop: stacks, change sets, updates and rollback over the services of the local AWS."""
