"""Stand-ins of what watches, configures and connects: CloudWatch, Logs, SSM, Config, EC2 networks."""

from __future__ import annotations

from workbench.templates.stand_ins.shape import Shape

_ALARM = "arn:{partition}:cloudwatch:{region}:{account}:alarm:{name}"
_CONFIG_RULE = "config-rule-{id}"


def _network(prefix: str, *attributes: str) -> Shape:
    return Shape(ref=prefix + "-{hex}", attributes=dict.fromkeys(attributes, prefix + "-{hex}"))


SHAPES = {
    "AWS::Logs::LogGroup": Shape(
        "LogGroupName", attributes={"Arn": "arn:{partition}:logs:{region}:{account}:log-group:{name}:*"}
    ),
    "AWS::Logs::LogStream": Shape("LogStreamName"),
    "AWS::Logs::MetricFilter": Shape("FilterName"),
    "AWS::CloudWatch::Alarm": Shape("AlarmName", attributes={"Arn": _ALARM}),
    "AWS::CloudWatch::CompositeAlarm": Shape("AlarmName", attributes={"Arn": _ALARM}),
    "AWS::CloudWatch::Dashboard": Shape("DashboardName"),
    "AWS::SSM::Parameter": Shape("Name", attributes={"Type": "{Type}", "Value": "{Value}"}),
    "AWS::Config::ConfigRule": Shape(
        "ConfigRuleName",
        attributes={
            "Arn": "arn:{partition}:config:{region}:{account}:config-rule/" + _CONFIG_RULE,
            "ConfigRuleId": _CONFIG_RULE,
        },
    ),
    "AWS::Config::ConfigurationRecorder": Shape("Name"),
    "AWS::Config::DeliveryChannel": Shape("Name"),
    "AWS::CloudFormation::WaitConditionHandle": Shape(
        ref="https://cloudformation-waitcondition-{region}.s3.{suffix}/{uuid}"
    ),
    "AWS::EC2::VPC": _network("vpc", "VpcId"),
    "AWS::EC2::Subnet": _network("subnet", "SubnetId"),
    "AWS::EC2::SecurityGroup": _network("sg", "GroupId", "Id"),
    "AWS::EC2::RouteTable": _network("rtb", "RouteTableId"),
    "AWS::EC2::InternetGateway": _network("igw", "InternetGatewayId"),
    "AWS::EC2::NatGateway": _network("nat", "NatGatewayId"),
    "AWS::EC2::VPCEndpoint": _network("vpce", "Id"),
    "AWS::EC2::NetworkAcl": _network("acl", "Id"),
}
