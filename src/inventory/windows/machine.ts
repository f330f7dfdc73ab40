/** The Windows or WinPE that the program runs in, as far as its inventory asks: its programs, folders and network interfaces. */
import { spawnSync } from "node:child_process";
import os from "node:os";
import path from "node:path";
import fs from "fs-extra";
import { printable } from "../../bytes/printable.ts";
import { isStationMac, type MacAddress, parseMac } from "../../notation/mac.ts";

export interface WindowsMachine {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The kernel's version, "10.0.19045". */
  readonly release: string;
  /** Runs a program that asks nothing, and waits for it no longer than the time given. */
  run(program: string, args: readonly string[], timeoutMs: number): ProgramRun;
  /** The only folder for temporary files; absent: the first with room of TEMP, TMP and Windows' own. */
  readonly temporaryFolder?: string | undefined;
  /** Room on the volume of a folder; undefined when that cannot be told. */
  freeBytes(folder: string): number | undefined;
  /** Those that are up and have an address. */
  interfaces(): readonly SystemInterface[];
}

export type ProgramRun =
  /** `output`: what it printed; `complaint`: what it said of errors, on one line. */
  | { readonly ended: true; readonly status: number; readonly output: string; readonly complaint: string }
  /** `reason`: the end of a sentence whose subject is the program. */
  | { readonly ended: false; readonly why: "missing" | "timed-out" | "failed"; readonly reason: string };

export interface SystemInterface {
  /** The connection's name, "Ethernet". */
  readonly name: string;
  readonly mac: MacAddress;
}

/** Of what a program prints, more than this is not kept. */
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;

/** A complaint is one sentence or two. */
const MAX_COMPLAINT_LENGTH = 300;

export function thisWindows(environment: WindowsMachine["environment"]): WindowsMachine {
  return { environment, release: os.release(), run, freeBytes, interfaces };
}

function run(program: string, args: readonly string[], timeoutMs: number): ProgramRun {
  const { error, status, signal, stdout, stderr } = spawnSync(program, args, {
    stdio: ["ignore", "pipe", "pipe"], // without an input there is nobody to ask
    encoding: "latin1", // in the code page of the console, whichever that is: keys' names are ASCII
    maxBuffer: MAX_OUTPUT_BYTES,
    timeout: timeoutMs,
    killSignal: "SIGKILL",
    windowsHide: true,
  });
  const code = error !== undefined && "code" in error ? error.code : undefined;
  if (code === "ETIMEDOUT") {
    return { ended: false, why: "timed-out", reason: `had not ended after ${timeoutMs / 1000} seconds` };
  }
  if (code === "ENOENT") return { ended: false, why: "missing", reason: "is not there" };
  if (error !== undefined) return { ended: false, why: "failed", reason: `could not be run (${error.message})` };
  if (status === null) return { ended: false, why: "failed", reason: `was killed (${signal})` };
  return { ended: true, status, output: stdout, complaint: oneLine(stderr) };
}

function oneLine(text: string): string {
  return printable(text.replaceAll(/\s+/g, " ").trim()).slice(0, MAX_COMPLAINT_LENGTH);
}

function freeBytes(folder: string): number | undefined {
  try {
    const { bavail, bsize } = fs.statfsSync(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}

/** libuv lists an adapter only while it is up and has an address; its name is that of the connection. */
function interfaces(): readonly SystemInterface[] {
  return Object.entries(os.networkInterfaces()).flatMap(([name, addresses]) => {
    const mac = parseMac(addresses?.[0]?.mac ?? "");
    return mac !== undefined && isStationMac(mac) && addresses?.[0]?.internal === false ? [{ name, mac }] : [];
  });
}

/** `%SystemRoot%`, with which every Windows starts its programs. */
export function systemFolder({ environment }: Pick<WindowsMachine, "environment">): string {
  return environment["SystemRoot"] ?? "C:\\Windows";
}

/**
 * Every WinPE (WinRE and Setup's, too) has wpeutil.exe, and no installed Windows has (Microsoft, "Wpeutil command-line
 * options"). The key Control\MiniNT is no proof: a hive of an installed Windows 10 1903 has it.
 */
export function isWindowsPe(machine: Pick<WindowsMachine, "environment">): boolean {
  return fs.pathExistsSync(path.join(systemFolder(machine), "System32", "wpeutil.exe"));
}
