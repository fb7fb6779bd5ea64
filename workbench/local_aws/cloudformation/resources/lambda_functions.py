"""AWS Lambda: functions, their versions and layers."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from workbench.local_aws.cloudformation.provider import Context, Physical, Properties, Provider
from workbench.local_aws.cloudformation.resources.calling import call
from workbench.local_aws.cloudformation.resources.settings import gone_is_fine, pick, retagged

_CONFIGURATION: Mapping[str, Any] = {
    # What UpdateFunctionConfiguration is told when the template no longer mentions a property.
    "DeadLetterConfig": {"TargetArn": ""},
    "Description": "",
    "Environment": {"Variables": {}},
    "EphemeralStorage": {"Size": 512},
    "FileSystemConfigs": [],
    "Handler": None,
    "ImageConfig": {},
    "Layers": [],
    "LoggingConfig": {"LogFormat": "Text"},
    "MemorySize": 128,
    "Role": None,
    "Runtime": None,
    "SnapStart": {"ApplyOn": "None"},
    "Timeout": 3,
    "TracingConfig": {"Mode": "PassThrough"},
    "VpcConfig": {"SubnetIds": [], "SecurityGroupIds": []},
}
_CODE = ("Code", "Architectures")
_CREATE_ONLY = ("PackageType", "CodeSigningConfigArn")
_ALIASED = {"KmsKeyArn": "KMSKeyArn"}
_HELD = frozenset(
    {*_CONFIGURATION, *_CODE, *_CREATE_ONLY, *_ALIASED, "FunctionName", "ReservedConcurrentExecutions", "Tags"}
)


def _create(properties: Properties, context: Context) -> Physical:
    client = context.client("lambda")
    name = properties.get("FunctionName") or context.name(64)
    call(
        client,
        "create_function",
        FunctionName=name,
        Code=_code(properties["Code"], properties.get("Runtime", "")),
        Tags=context.tag_map(properties) or None,
        **pick(properties, *_CONFIGURATION, *_CREATE_ONLY, "Architectures", **_ALIASED),
    )
    context.exists(name)
    _set_concurrency(client, name, {}, properties)
    return _physical(client, name)


def _update(name: str, old: Properties, new: Properties, context: Context) -> Physical:
    client = context.client("lambda")
    if any(old.get(prop) != new.get(prop) for prop in _CODE):
        code = _code(new["Code"], new.get("Runtime", ""))
        call(client, "update_function_code", FunctionName=name, **code, **pick(new, "Architectures"))
    changed = {
        prop: new.get(prop, default) for prop, default in _CONFIGURATION.items() if old.get(prop) != new.get(prop)
    }
    if old.get("KmsKeyArn") != new.get("KmsKeyArn"):
        changed["KMSKeyArn"] = new.get("KmsKeyArn", "")
    if changed:
        call(client, "update_function_configuration", FunctionName=name, **changed)
    _set_concurrency(client, name, old, new)
    physical = _physical(client, name)
    retag(client, physical.attributes["Arn"], context.tag_map(new))
    return physical


def _delete(name: str, _: Properties, context: Context) -> None:
    with gone_is_fine():
        context.client("lambda").delete_function(FunctionName=name)


def _code(code: Mapping[str, Any], runtime: str) -> dict[str, Any]:
    """The API's shape of the code; code that stands in the template becomes an archive, as CloudFormation makes it."""
    if "ZipFile" not in code:
        return dict(code)
    files = {"index.py" if runtime.startswith("python") else "index.js": code["ZipFile"]}
    if runtime.startswith("python"):
        files["cfnresponse.py"] = Path(__file__).with_name("cfnresponse.py").read_text()
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w") as file:
        for name, text in files.items():
            # A fixed date, so that the same code is the same archive.
            file.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), text)
    return {"ZipFile": archive.getvalue()}


def _set_concurrency(client: Any, name: str, old: Properties, new: Properties) -> None:
    wanted = new.get("ReservedConcurrentExecutions")
    if wanted == old.get("ReservedConcurrentExecutions"):
        return
    if wanted is None:
        client.delete_function_concurrency(FunctionName=name)
    else:
        client.put_function_concurrency(FunctionName=name, ReservedConcurrentExecutions=int(wanted))


def retag(client: Any, arn: str, wanted: Mapping[str, str]) -> None:
    """Gives a function or a mapping these tags and no others."""
    current = client.list_tags(Resource=arn)["Tags"]
    if gone := retagged(current, wanted):
        client.untag_resource(Resource=arn, TagKeys=gone)
    if wanted and wanted != current:
        client.tag_resource(Resource=arn, Tags=wanted)


def _physical(client: Any, name: str) -> Physical:
    arn = client.get_function(FunctionName=name)["Configuration"]["FunctionArn"]
    return Physical(name, {"Arn": arn})


def _publish(properties: Properties, context: Context) -> Physical:
    published = call(
        context.client("lambda"), "publish_version", **pick(properties, "FunctionName", "Description", "CodeSha256")
    )
    arn = published["FunctionArn"]
    return Physical(arn, {"Version": published["Version"], "FunctionArn": arn})


def _delete_version(arn: str, _: Properties, context: Context) -> None:
    name, version = arn.rsplit(":", 1)
    with gone_is_fine():
        context.client("lambda").delete_function(FunctionName=name, Qualifier=version)


def _create_layer(properties: Properties, context: Context) -> Physical:
    arn = call(
        context.client("lambda"),
        "publish_layer_version",
        LayerName=properties.get("LayerName") or context.name(64),
        Content=_code(properties["Content"], ""),
        **pick(properties, "CompatibleArchitectures", "CompatibleRuntimes", "Description", "LicenseInfo"),
    )["LayerVersionArn"]
    return Physical(arn, {"LayerVersionArn": arn})


def _delete_layer(arn: str, _: Properties, context: Context) -> None:
    layer, version = arn.rsplit(":", 1)
    with gone_is_fine():
        context.client("lambda").delete_layer_version(LayerName=layer, VersionNumber=int(version))


def _create_layer_permission(properties: Properties, context: Context) -> Physical:
    layer, version = properties["LayerVersionArn"].rsplit(":", 1)
    statement = context.name(100)
    call(
        context.client("lambda"),
        "add_layer_version_permission",
        LayerName=layer,
        VersionNumber=version,
        StatementId=statement,
        **pick(properties, "Action", "OrganizationId", "Principal"),
    )
    return Physical(json.dumps([layer, version, statement]))


def _delete_layer_permission(physical_id: str, _: Properties, context: Context) -> None:
    layer, version, statement = json.loads(physical_id)
    with gone_is_fine():
        context.client("lambda").remove_layer_version_permission(
            LayerName=layer, VersionNumber=int(version), StatementId=statement
        )


PROVIDERS = {
    "AWS::Lambda::Function": Provider(
        _create,
        _update,
        _delete,
        replaces=frozenset({"FunctionName", *_CREATE_ONLY}),
        held=_HELD,
        tagged=True,
    ),
    "AWS::Lambda::LayerVersion": Provider(_create_layer, None, _delete_layer),
    "AWS::Lambda::LayerVersionPermission": Provider(_create_layer_permission, None, _delete_layer_permission),
    # A version is what it was published as; SAM gives each new one a logical id of its own.
    "AWS::Lambda::Version": Provider(_publish, None, _delete_version),
}
