"""An architectural fitness function for serverless stacks: reads AWS Config, scores, decides, answers CodeDeploy."""

__version__ = "0.1.0"
