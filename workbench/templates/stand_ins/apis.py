"""Stand-ins of what answers requests: API Gateway, AppSync, CloudFront."""

from __future__ import annotations

from workbench.templates.stand_ins.shape import Shape

_API = "arn:{partition}:appsync:{region}:{account}:apis/{id}"
_OF_API = "arn:{partition}:appsync:{region}:{account}:apis/{ApiId}"

SHAPES = {
    "AWS::ApiGateway::RestApi": Shape(ref="{id}", attributes={"RestApiId": "{id}", "RootResourceId": "r{id}"}),
    "AWS::ApiGateway::Stage": Shape(ref="{StageName}"),
    "AWS::ApiGateway::Deployment": Shape(ref="{id}", attributes={"DeploymentId": "{id}"}),
    "AWS::ApiGateway::Resource": Shape(ref="{id}", attributes={"ResourceId": "{id}"}),
    "AWS::ApiGateway::Authorizer": Shape(ref="{id}", attributes={"AuthorizerId": "{id}"}),
    "AWS::ApiGateway::ApiKey": Shape(ref="{id}", attributes={"APIKeyId": "{id}"}),
    "AWS::ApiGateway::UsagePlan": Shape(ref="{id}", attributes={"Id": "{id}"}),
    "AWS::ApiGateway::UsagePlanKey": Shape(ref="{KeyId}:{UsagePlanId}", attributes={"Id": "{KeyId}:{UsagePlanId}"}),
    "AWS::ApiGateway::RequestValidator": Shape(ref="{id}", attributes={"RequestValidatorId": "{id}"}),
    "AWS::ApiGateway::Model": Shape("Name"),
    "AWS::ApiGateway::ClientCertificate": Shape(ref="{id}", attributes={"ClientCertificateId": "{id}"}),
    "AWS::ApiGateway::VpcLink": Shape(ref="{id}", attributes={"VpcLinkId": "{id}"}),
    "AWS::ApiGateway::DomainName": Shape(
        ref="{DomainName}",
        attributes={
            "DistributionDomainName": "{id}.cloudfront.net",
            "RegionalDomainName": "d-{id}.execute-api.{region}.{suffix}",
        },
    ),
    "AWS::ApiGatewayV2::Api": Shape(
        ref="{id}", attributes={"ApiEndpoint": "https://{id}.execute-api.{region}.{suffix}", "ApiId": "{id}"}
    ),
    "AWS::ApiGatewayV2::Stage": Shape(ref="{StageName}"),
    "AWS::ApiGatewayV2::Deployment": Shape(ref="{id}", attributes={"DeploymentId": "{id}"}),
    "AWS::ApiGatewayV2::Integration": Shape(ref="{id}", attributes={"IntegrationId": "{id}"}),
    "AWS::ApiGatewayV2::Route": Shape(ref="{id}", attributes={"RouteId": "{id}"}),
    "AWS::ApiGatewayV2::Authorizer": Shape(ref="{id}", attributes={"AuthorizerId": "{id}"}),
    "AWS::ApiGatewayV2::VpcLink": Shape(ref="{id}", attributes={"VpcLinkId": "{id}"}),
    "AWS::ApiGatewayV2::DomainName": Shape(
        ref="{DomainName}", attributes={"RegionalDomainName": "d-{id}.execute-api.{region}.{suffix}"}
    ),
    "AWS::AppSync::GraphQLApi": Shape(
        ref=_API,
        attributes={
            "ApiId": "{id}",
            "Arn": _API,
            "GraphQLUrl": "https://{id}.appsync-api.{region}.{suffix}/graphql",
            "RealtimeUrl": "wss://{id}.appsync-realtime-api.{region}.{suffix}/graphql",
        },
    ),
    "AWS::AppSync::GraphQLSchema": Shape(ref="{ApiId}GraphQLSchema", attributes={"Id": "{ApiId}GraphQLSchema"}),
    "AWS::AppSync::DataSource": Shape(
        "Name",
        ref=_OF_API + "/datasources/{name}",
        attributes={"DataSourceArn": _OF_API + "/datasources/{name}", "Name": "{name}"},
    ),
    "AWS::AppSync::FunctionConfiguration": Shape(
        "Name",
        ref=_OF_API + "/functions/{id}",
        attributes={
            "DataSourceName": "{DataSourceName}",
            "FunctionArn": _OF_API + "/functions/{id}",
            "FunctionId": "{id}",
            "Name": "{name}",
        },
    ),
    "AWS::AppSync::Resolver": Shape(
        ref=_OF_API + "/types/{TypeName}/resolvers/{FieldName}",
        attributes={
            "FieldName": "{FieldName}",
            "ResolverArn": _OF_API + "/types/{TypeName}/resolvers/{FieldName}",
            "TypeName": "{TypeName}",
        },
    ),
    "AWS::CloudFront::Distribution": Shape(
        ref="E{unique}", attributes={"DomainName": "{id}.cloudfront.net", "Id": "E{unique}"}
    ),
    "AWS::CloudFront::OriginAccessControl": Shape(ref="E{unique}", attributes={"Id": "E{unique}"}),
    "AWS::CloudFront::CloudFrontOriginAccessIdentity": Shape(ref="E{unique}", attributes={"Id": "E{unique}"}),
    "AWS::CloudFront::CachePolicy": Shape(ref="{uuid}", attributes={"Id": "{uuid}"}),
    "AWS::CloudFront::OriginRequestPolicy": Shape(ref="{uuid}", attributes={"Id": "{uuid}"}),
    "AWS::CloudFront::ResponseHeadersPolicy": Shape(ref="{uuid}", attributes={"Id": "{uuid}"}),
    "AWS::CloudFront::Function": Shape(
        "Name",
        ref="arn:{partition}:cloudfront::{account}:function/{name}",
        attributes={"FunctionARN": "arn:{partition}:cloudfront::{account}:function/{name}"},
    ),
}
