// What runs inside the process of a Node.js function: loads the handler, answers one event after another.
// Speaks lines of JSON on two pipes whose descriptors are its arguments, as bootstrap_python.py does.

import { existsSync, readFileSync, writeSync } from "node:fs";
import { createRequire } from "node:module";
import { Socket } from "node:net";
import { createInterface } from "node:readline";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { format } from "node:util";

const [requests, answers] = process.argv.slice(2).map(Number);
const taskRoot = process.env.LAMBDA_TASK_ROOT;

const LEVELS = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"];
const ASKED_LEVEL = LEVELS.indexOf(process.env.AWS_LAMBDA_LOG_LEVEL ?? "TRACE");
const AS_JSON = process.env.AWS_LAMBDA_LOG_FORMAT === "JSON";
let requestId = "";

// Of this process alone: what Node.js tells begins with its parent's.
const peakMemoryMb = () => {
  const told = existsSync("/proc/self/status") && /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8"));
  return told ? Math.floor(told[1] / 1024) : Math.floor(process.resourceUsage().maxRSS / 1024);
};

const answer = (message) => {
  let text = Buffer.from(JSON.stringify({ ...message, maxMemoryMb: peakMemoryMb() }) + "\n");
  while (text.length) text = text.subarray(writeSync(answers, text));
};

const write = (level, message) => {
  const timestamp = new Date().toISOString();
  const line = AS_JSON
    ? JSON.stringify({ timestamp, level, requestId, message })
    : `${timestamp}\t${requestId || "undefined"}\t${level}\t${format("%s", message)}`;
  process.stdout.write(line.replaceAll("\n", "\r") + "\n");
};

const logAt = (level) => (...args) => {
  if (AS_JSON && LEVELS.indexOf(level) < ASKED_LEVEL) return;
  write(level, AS_JSON && args.length === 1 && !(args[0] instanceof Error) ? args[0] : format(...args));
};

const METHODS = { trace: "TRACE", debug: "DEBUG", log: "INFO", info: "INFO", warn: "WARN", error: "ERROR" };
for (const [name, level] of Object.entries(METHODS)) console[name] = logAt(level);

const failure = (error, heading = "Invoke Error ") => {
  const isError = error instanceof Error;
  const errorType = isError ? (error.kind ?? error.name) : typeof error;
  const errorMessage = isError ? error.message : String(error);
  const own = fileURLToPath(import.meta.url);
  const trace = isError ? String(error.stack).split("\n").filter((line) => !line.includes(own)) : [];
  const told = { errorType, errorMessage, stack: trace };
  write("ERROR", AS_JSON ? told : `${heading}\t${JSON.stringify(told)}`);
  return { payload: JSON.stringify({ errorType, errorMessage, trace }), failed: true };
};

// The process is in an unknown state: it answers once more, and nobody asks it again.
const endWith = (error, heading, code) => {
  answer({ ...failure(error, heading), ends: true });
  process.exit(code);
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
    return failure(error);
  }
};

process.on("uncaughtException", (error) => endWith(error, "Uncaught Exception ", 129));
process.on("unhandledRejection", (reason) => {
  const message = reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason);
  const error = runtimeError("Runtime.UnhandledPromiseRejection", message);
  endWith(Object.assign(error, { stack: reason?.stack ?? error.stack }), "Unhandled Promise Rejection ", 128);
});

let handler;
try {
  handler = await load(process.env._HANDLER);
} catch (error) {
  answer(failure(error, "Uncaught Exception "));
  process.exit(1);
}
answer({ ready: true });
// A file stream would keep a thread waiting, and the process from ending.
for await (const line of createInterface({ input: new Socket({ fd: requests, readable: true }) })) {
  const request = JSON.parse(line);
  requestId = request.requestId;
  answer(await handle(handler, request));
}
