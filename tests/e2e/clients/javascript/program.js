// What users of the local AWS write: a stack, what is in it, and what Config says of it. Prints one JSON document.
// The clients are told nothing: all they know is in the environment.

import { readFile } from "node:fs/promises";
import { setTimeout as sleep } from "node:timers/promises";
import * as cloudformation from "@aws-sdk/client-cloudformation";
import * as cloudwatch from "@aws-sdk/client-cloudwatch";
import * as codedeploy from "@aws-sdk/client-codedeploy";
import * as config from "@aws-sdk/client-config-service";
import * as dynamodb from "@aws-sdk/client-dynamodb";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import * as sqs from "@aws-sdk/client-sqs";

const stacks = new cloudformation.CloudFormationClient();
const metrics = new cloudwatch.CloudWatchClient();
const deployments = new codedeploy.CodeDeployClient();
const rules = new config.ConfigServiceClient();
const tables = new dynamodb.DynamoDBClient();
const functions = new lambda.LambdaClient();
const buckets = new s3.S3Client();
const queues = new sqs.SQSClient();

const StackName = "javascript";
const patience = { maxWaitTime: 120, minDelay: 0.2, maxDelay: 1 };

async function deploy(ChangeSetType, Parameters = []) {
  const created = await stacks.send(
    new cloudformation.CreateChangeSetCommand({
      StackName,
      ChangeSetType,
      Parameters,
      ChangeSetName: `${ChangeSetType.toLowerCase()}-${Parameters.length}`,
      TemplateBody: await readFile("template.yaml", "utf8"),
      Capabilities: ["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    }),
  );
  const named = { ChangeSetName: created.Id };
  await cloudformation.waitUntilChangeSetCreateComplete({ client: stacks, ...patience }, named);
  const { Changes } = await stacks.send(new cloudformation.DescribeChangeSetCommand(named));
  await stacks.send(new cloudformation.ExecuteChangeSetCommand(named));
  const waiter = ChangeSetType === "CREATE" ? "waitUntilStackCreateComplete" : "waitUntilStackUpdateComplete";
  const { state } = await cloudformation[waiter]({ client: stacks, ...patience }, { StackName });
  return { state, changes: Changes.map(({ ResourceChange }) => `${ResourceChange.Action} ${ResourceChange.LogicalResourceId}`) };
}

async function physicalIds() {
  const { StackResources } = await stacks.send(new cloudformation.DescribeStackResourcesCommand({ StackName }));
  return Object.fromEntries(StackResources.map((each) => [each.LogicalResourceId, each.PhysicalResourceId]));
}

async function invoke(FunctionName, event) {
  const command = new lambda.InvokeCommand({ FunctionName, Payload: JSON.stringify(event), LogType: "Tail" });
  const { StatusCode, FunctionError, Payload, LogResult } = await functions.send(command);
  const log = Buffer.from(LogResult, "base64").toString();
  return { StatusCode, FunctionError, answer: JSON.parse(Payload.transformToString()), log };
}

async function putObjects(Bucket) {
  const keys = ["a b.txt", "deep/er/c.txt", "ü.txt"];
  for (const Key of keys) await buckets.send(new s3.PutObjectCommand({ Bucket, Key, Body: `content of ${Key}` }));
  const listed = [];
  const pages = s3.paginateListObjectsV2({ client: buckets, pageSize: 1 }, { Bucket });
  for await (const page of pages) listed.push(...(page.Contents ?? []).map((each) => each.Key));
  const { Body } = await buckets.send(new s3.GetObjectCommand({ Bucket, Key: "ü.txt" }));
  return { listed, read: await Body.transformToString() };
}

async function putItem(TableName) {
  const Item = { id: { S: "1" }, price: { N: "9.5" }, raw: { B: new Uint8Array([1, 2, 3]) } };
  await tables.send(new dynamodb.PutItemCommand({ TableName, Item }));
  const found = await tables.send(new dynamodb.GetItemCommand({ TableName, Key: { id: Item.id } }));
  const once = { TableName, Item, ConditionExpression: "attribute_not_exists(id)" };
  const refused = await failure(tables, new dynamodb.PutItemCommand(once), dynamodb.ConditionalCheckFailedException);
  return { price: found.Item.price.N, raw: [...found.Item.raw.B], refused };
}

async function sendMessage(QueueUrl) {
  await queues.send(new sqs.SendMessageCommand({ QueueUrl, MessageBody: "a job" }));
  const { Messages } = await queues.send(new sqs.ReceiveMessageCommand({ QueueUrl, WaitTimeSeconds: 1 }));
  return Messages.map(({ Body }) => Body);
}

async function publish() {
  const Dimensions = [{ Name: "Stack", Value: StackName }];
  const metric = { MetricName: "Fitness", Dimensions };
  const MetricData = [
    { ...metric, Value: 80 },
    { ...metric, Dimensions: [...Dimensions, { Name: "Category", Value: "security" }], Value: 10 },
  ];
  await metrics.send(new cloudwatch.PutMetricDataCommand({ Namespace: "ConfigFitness", MetricData }));
  const span = { StartTime: new Date(Date.now() - 600_000), EndTime: new Date(Date.now() + 60_000), Period: 60 };
  const read = { Namespace: "ConfigFitness", ...metric, ...span, Statistics: ["Average"] };
  const { Datapoints } = await metrics.send(new cloudwatch.GetMetricStatisticsCommand(read));
  return { averages: Datapoints.map(({ Average }) => Average), dated: Datapoints[0].Timestamp instanceof Date };
}

async function compliance(ConfigRuleName) {
  const pages = config.paginateGetComplianceDetailsByConfigRule({ client: rules, pageSize: 1 }, { ConfigRuleName });
  const found = {};
  let count = 0;
  for await (const { EvaluationResults } of pages) {
    count += 1;
    for (const { ComplianceType, EvaluationResultIdentifier } of EvaluationResults)
      found[EvaluationResultIdentifier.EvaluationResultQualifier.ResourceId] = ComplianceType;
  }
  return { found, pages: count };
}

async function complianceOf(ConfigRuleName, bucket, expected) {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    const said = await compliance(ConfigRuleName);
    if (said.found[bucket] === expected) return { said: expected, pages: said.pages };
    await sleep(200);
  }
  throw new Error(`${bucket} never became ${expected}`);
}

async function drift(ids) {
  const before = await complianceOf(ids.Versioned, ids.Documents, "COMPLIANT");
  const VersioningConfiguration = { Status: "Suspended" };
  await buckets.send(new s3.PutBucketVersioningCommand({ Bucket: ids.Documents, VersioningConfiguration }));
  return { before, after: await complianceOf(ids.Versioned, ids.Documents, "NON_COMPLIANT") };
}

async function refuse(ids) {
  const Parameters = [{ ParameterKey: "ArchiveName", ParameterValue: ids.Documents }];
  const refused = await deploy("UPDATE", Parameters).catch((error) => error.name);
  const { Stacks } = await stacks.send(new cloudformation.DescribeStacksCommand({ StackName }));
  const { StackEvents } = await stacks.send(new cloudformation.DescribeStackEventsCommand({ StackName }));
  const failed = StackEvents.find(({ ResourceStatus }) => /_FAILED$/.test(ResourceStatus));
  return { refused, status: Stacks[0].StackStatus, resource: failed.LogicalResourceId, reason: failed.ResourceStatusReason };
}

async function failure(client, command, kind) {
  try {
    await client.send(command);
    return "nothing failed";
  } catch (error) {
    return { name: error.name, typed: error instanceof kind, fault: error.$fault, requestId: Boolean(error.$metadata.requestId) };
  }
}

async function errors() {
  const base = cloudformation.CloudFormationServiceException;
  return [
    await failure(rules, new config.DescribeConfigRulesCommand({ ConfigRuleNames: ["nope"] }), config.NoSuchConfigRuleException),
    await failure(functions, new lambda.InvokeCommand({ FunctionName: "nope" }), lambda.ResourceNotFoundException),
    await failure(tables, new dynamodb.DescribeTableCommand({ TableName: "nope" }), dynamodb.ResourceNotFoundException),
    await failure(stacks, new cloudformation.DescribeStacksCommand({ StackName: "nope" }), base),
    await failure(buckets, new s3.GetObjectCommand({ Bucket: "nope", Key: "nope" }), s3.NoSuchBucket),
    await failure(queues, new sqs.GetQueueUrlCommand({ QueueName: "nope" }), sqs.QueueDoesNotExist),
    await failure(deployments, new codedeploy.GetDeploymentCommand({ deploymentId: "d-000000000" }), codedeploy.DeploymentDoesNotExistException),
  ];
}

async function remove(ids) {
  for (const Bucket of [ids.Documents, ids.Archive]) await empty(Bucket);
  await stacks.send(new cloudformation.DeleteStackCommand({ StackName }));
  return (await cloudformation.waitUntilStackDeleteComplete({ client: stacks, ...patience }, { StackName })).state;
}

async function empty(Bucket) {
  const { Versions = [], DeleteMarkers = [] } = await buckets.send(new s3.ListObjectVersionsCommand({ Bucket }));
  const Objects = [...Versions, ...DeleteMarkers].map(({ Key, VersionId }) => ({ Key, VersionId }));
  if (Objects.length) await buckets.send(new s3.DeleteObjectsCommand({ Bucket, Delete: { Objects } }));
}

const deployed = await deploy("CREATE");
const ids = await physicalIds();
const said = {
  deployed,
  invoked: await invoke(ids.Greeter, { name: "Ada" }),
  crashed: await invoke(ids.Greeter, {}),
  objects: await putObjects(ids.Documents),
  items: await putItem(ids.Items),
  messages: await sendMessage(ids.Jobs),
  metric: await publish(),
  refused: await refuse(ids),
  drift: await drift(ids),
  errors: await errors(),
  removed: await remove(ids),
};
console.log(JSON.stringify(said, null, 2));
