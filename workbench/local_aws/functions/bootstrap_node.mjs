// What runs inside the process of a Node.js function: loads the handler, answers one event after another.
// Speaks lines of JSON on two pipes whose descriptors are its arguments, as bootstrap_python.py does.

import { createReadStream, existsSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [requests, answers] = process.argv.slice(2).map(Number);
const taskRoot = process.env.LAMBDA_TASK_ROOT;

const answer = (message) => {
  const maxMemoryMb = Math.floor(process.resourceUsage().maxRSS / 1024);
  let text = Buffer.from(JSON.stringify({ ...message, maxMemoryMb }) + "\n");
  while (text.length) text = text.subarray(writeSync(answers, text));
};

const failure = (error, requestId = "") => {
  const shown = error instanceof Error ? error : { name: "string", message: String(error), stack: "" };
  const errorType = shown.kind ?? shown.name;
  const trace = String(shown.stack).split("\n");
  console.error(`[ERROR] ${errorType}: ${shown.message}\r${trace.slice(1).join("\r")}`);
  return { payload: JSON.stringify({ errorType, errorMessage: shown.message, requestId, trace }), failed: true };
};

const runtimeError = (kind, message) => Object.assign(new Error(message), { kind });

const load = async (name) => {
  const dot = name.indexOf(".", name.lastIndexOf("/") + 1);
  if (dot < 0) throw runtimeError("Runtime.MalformedHandlerName", "Bad handler");
  const [file, path] = [name.slice(0, dot), name.slice(dot + 1)];
  const found = [".js", ".mjs", ".cjs"].map((extension) => join(taskRoot, file + extension)).find(existsSync);
  if (!found) throw runtimeError("Runtime.ImportModuleError", `Error: Cannot find module '${file}'`);
  const module = await import(pathToFileURL(found)).catch(() => createRequire(found)(found));
  const handler = path.split(".").reduce((scope, key) => scope?.[key] ?? scope?.default?.[key], module);
  if (typeof handler !== "function") {
    throw runtimeError("Runtime.HandlerNotFound", `${name} is undefined or not exported`);
  }
  return handler;
};

const contextOf = (request, settle) => ({
  awsRequestId: request.requestId,
  invokedFunctionArn: request.invokedFunctionArn,
  functionName: process.env.AWS_LAMBDA_FUNCTION_NAME,
  functionVersion: process.env.AWS_LAMBDA_FUNCTION_VERSION,
  memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
  logGroupName: process.env.AWS_LAMBDA_LOG_GROUP_NAME,
  logStreamName: process.env.AWS_LAMBDA_LOG_STREAM_NAME,
  clientContext: request.clientContext,
  callbackWaitsForEmptyEventLoop: true,
  getRemainingTimeInMillis: () => Math.max(0, Math.floor(request.deadline * 1000 - Date.now())),
  done: settle,
  succeed: (result) => settle(null, result),
  fail: (error) => settle(error ?? new Error("Unknown")),
});

const run = (handler, request) =>
  new Promise((resolve, reject) => {
    const settle = (error, result) => (error ? reject(error) : resolve(result));
    const result = handler(JSON.parse(request.event), contextOf(request, settle), settle);
    if (typeof result?.then === "function") result.then(resolve, reject);
  });

const handle = async (handler, request) => {
  try {
    const result = await run(handler, request);
    return { payload: JSON.stringify(result ?? null), failed: false };
  } catch (error) {
    return failure(error, request.requestId);
  }
};

let handler;
try {
  handler = await load(process.env._HANDLER);
} catch (error) {
  answer(failure(error));
  process.exit(1);
}
answer({ ready: true });
for await (const line of createInterface({ input: createReadStream(null, { fd: requests }) })) {
  answer(await handle(handler, JSON.parse(line)));
}
