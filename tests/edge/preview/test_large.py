"""A preview of an application with hundreds of resources."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from fitness import catalogue

from workbench.preview import Request, run

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
FUNCTION = """
  Function{n}:
    Type: AWS::Serverless::Function
    Properties:
      Handler: app.handler
      Runtime: python3.13
      CodeUri: src/
      Environment: {{Variables: {{TABLE: !Ref Table{n}, ARN: !Sub "${{Table{n}.Arn}}/index/*"}}}}
      Policies: [{{DynamoDBReadPolicy: {{TableName: !Ref Table{n}}}}}]
      Events: {{Get: {{Type: Api, Properties: {{Path: /{n}, Method: get}}}}}}
  Table{n}:
    Type: AWS::DynamoDB::Table
    Properties: {{BillingMode: PAY_PER_REQUEST}}
"""


def test_four_hundred_resources_are_judged(tmp_path: Path) -> None:
    template = tmp_path / "template.yaml"
    functions = "".join(FUNCTION.format(n=n) for n in range(100))
    template.write_text(f"Transform: AWS::Serverless-2016-10-31\nResources:\n{functions}")
    rules = catalogue.load(Path("rules.yaml").read_text())
    shown = run(Request(str(template)), rules, NOW)
    assert len(shown.card.snapshot.resources) > 400
