/** The machine that this program runs on: its devices, what its system tells of itself, its programs. */
import { type SpawnSyncReturns, type StdioOptions, spawnSync } from "node:child_process";
import fs from "fs-extra";
import type { Answer, Execution, Machine } from "./host.ts";
import { explainSystemError, systemErrorCode } from "./system-error.ts";

export const THIS_MACHINE: Machine = { readText, listFolder, isThere, openDevice, execute, ask };

function readText(path: string): string | undefined {
  try {
    return fs.readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

function listFolder(path: string): readonly string[] {
  try {
    return fs.readdirSync(path);
  } catch {
    return [];
  }
}

function isThere(path: string): boolean {
  try {
    fs.statSync(path);
    return true;
  } catch (error) {
    return systemErrorCode(error) !== "ENOENT";
  }
}

/** O_NONBLOCK, which Windows lacks: a pipe in the place of a device must not be waited for. */
function openDevice(path: string): number {
  return fs.openSync(path, fs.constants.O_RDONLY | (fs.constants.O_NONBLOCK ?? 0));
}

function execute(program: string, args: readonly string[], timeoutMs: number): Execution {
  const run = ranTo(spawnSync(program, args, { stdio: "ignore", ...bounds(timeoutMs) }), timeoutMs);
  return run.ended ? { ended: true, status: run.status } : run;
}

const MAX_OUTPUT_SIZE_BYTES = 1024 * 1024;

function ask(program: string, args: readonly string[], timeoutMs: number): Answer {
  const stdio: StdioOptions = ["ignore", "pipe", "ignore"];
  const options = { stdio, maxBuffer: MAX_OUTPUT_SIZE_BYTES, encoding: "utf8", ...bounds(timeoutMs) } as const;
  return ranTo(spawnSync(program, args, options), timeoutMs);
}

/** Without an input there is nobody to ask. */
function bounds(timeoutMs: number): { timeout: number; killSignal: "SIGKILL"; windowsHide: true } {
  return { timeout: timeoutMs, killSignal: "SIGKILL", windowsHide: true };
}

function ranTo({ error, status, signal, stdout }: SpawnSyncReturns<string | Uint8Array>, timeoutMs: number): Answer {
  if (systemErrorCode(error) === "ETIMEDOUT") {
    return { ended: false, reason: `it had not ended after ${timeoutMs / 1000} seconds` };
  }
  if (error !== undefined) {
    return { ended: false, reason: explainSystemError(error) };
  }
  return status === null
    ? { ended: false, reason: `it was killed (${signal})` }
    : { ended: true, status, output: typeof stdout === "string" ? stdout : "" };
}
