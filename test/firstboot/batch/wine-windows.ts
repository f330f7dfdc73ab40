/** A Windows of Wine's in which a generated batch file runs: the real registry and reg.exe, and stand-ins for what Wine does not have. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type BatchFile, batchFile } from "../../../src/firstboot/batch/batch-file.ts";
import type { FirstBootDocument } from "../../../src/firstboot/document.ts";
import { type FirstBootResult, parseFirstBootResult } from "../../../src/firstboot/result.ts";
import { encodeRegFile } from "../../../src/regtext/encoding.ts";
import { formatRegText } from "../../../src/regtext/format.ts";
import type { RegValue } from "../../../src/regtext/model.ts";
import { registryBytes } from "../../../src/windows/registry-data.ts";
import type { RegistryData } from "../../../src/notation/registry-data.ts";
import { Wine } from "../../support/wine.ts";

export const CONTROL_SET = "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet";
const SERVICE = `${CONTROL_SET}\\Services\\pint-first-boot`;
export const INTERFACES = `${CONTROL_SET}\\Services\\Tcpip\\Parameters\\Interfaces`;
export const CLASS = `${CONTROL_SET}\\Control\\Class\\{4D36E972-E325-11CE-BFC1-08002BE10318}`;
export const CONNECTIONS = `${CONTROL_SET}\\Control\\Network\\{4D36E972-E325-11CE-BFC1-08002BE10318}`;

export const SETUP = "HKEY_LOCAL_MACHINE\\SYSTEM\\Setup";
const COMPUTER = `${CONTROL_SET}\\Control\\ComputerName\\ComputerName`;

/** Setup is over, and the computer is the one that the documents are for, in other letters. */
const AS_EXPECTED = {
  [SETUP]: { SetupType: 0, SystemSetupInProgress: 0, OOBEInProgress: 0 },
  [COMPUTER]: { ComputerName: "srv1" },
};

const TIMEOUT_MS = 120_000;

/** A key's values: a number is REG_DWORD, a text REG_SZ, a list REG_MULTI_SZ. */
export type Values = Readonly<Record<string, number | string | readonly string[] | RegistryData>>;

export interface Run {
  readonly status: number;
  /** What the stand-ins were called with, in order. */
  readonly calls: readonly string[];
  readonly result: FirstBootResult | undefined;
  readonly log: string;
}

/** From this line on, reg ends as a program does that Windows cannot begin (0xC0000142). */
export const REG_CRASHES = 'set "REG=call C:\\stand-ins\\crash.cmd"';

export class WineWindows {
  readonly #wine = new Wine();
  readonly #drive = join(this.#wine.folder, "prefix", "drive_c");
  readonly #pint = join(this.#drive, "windows", "PINT");
  readonly #standIns = join(this.#drive, "stand-ins");

  close(): void {
    this.#wine.close();
  }

  /** Nothing of an earlier test is left: the service with what the batch file needs, and these keys below the control set. */
  prepare(document: FirstBootDocument, keys: Readonly<Record<string, Values>>): BatchFile {
    for (const folder of [this.#pint, this.#standIns]) {
      rmSync(folder, { recursive: true, force: true });
      mkdirSync(folder);
    }
    const file = batchFile(document);
    const staged = file.values.map(({ key, name, value }) => ({
      path: `${SERVICE}\\${key}`,
      values: [of(name, value)],
    }));
    const former = [
      SERVICE,
      INTERFACES,
      CONNECTIONS,
      `${CONTROL_SET}\\Control\\Nsi`,
      `${CONTROL_SET}\\Control\\NetworkSetup2`,
      CLASS,
    ];
    this.#import([
      ...former.map((path) => ({ kind: "delete-key" as const, path })),
      ...[...staged, ...entriesOf(AS_EXPECTED), ...entriesOf(keys)].map((each) => ({
        kind: "set-key" as const,
        ...each,
      })),
    ]);
    this.netsh("");
    this.#program("ping", "");
    this.#program("shutdown", "");
    this.#program("eventcreate", "");
    this.#program("sc", "exit /b 1\r\n");
    this.#program("crash", "exit /b -1073741502\r\n");
    this.#program("getmac", 'type "C:\\stand-ins\\getmac.txt"\r\n');
    return file;
  }

  /** What stands in for it does this, after it has noted how it was called. */
  netsh(lines: string): void {
    this.#program("netsh", `${lines}exit /b 0\r\n`);
  }

  /** Sets values; nothing else is changed. */
  write(keys: Readonly<Record<string, Values>>): void {
    this.#import(entriesOf(keys).map((each) => ({ kind: "set-key" as const, ...each })));
  }

  /** `adapters`: lines of getmac, the MAC address and the name of its transport; `change` may cut the text. */
  run(file: BatchFile, adapters: readonly (readonly [string, string])[], change = (text: string) => text): Run {
    const folder = join(this.#pint, "first-boot");
    mkdirSync(folder, { recursive: true });
    const text = PROGRAMS.reduce(
      (lines, name) => lines.replace(`=${name}.exe"`, `=call C:\\stand-ins\\${name}.cmd"`),
      change(file.text).replace('set "ROUNDS=60"', 'set "ROUNDS=2"'),
    );
    writeFileSync(join(folder, "first-boot.cmd"), text);
    const lines = adapters.map(([mac, transport]) => `"${mac}","${transport}"\r\n`);
    writeFileSync(join(this.#standIns, "getmac.txt"), `\r\n${lines.join("")}`);
    const calls = join(this.#standIns, "calls.txt");
    rmSync(calls, { force: true });
    const script = "C:\\windows\\PINT\\first-boot\\first-boot.cmd";
    const run = this.#wine.run("cmd.exe", ["/d", "/c", script], TIMEOUT_MS);
    if (!run.ended) throw new Error(`the batch file ${run.reason}`);
    return {
      status: run.status,
      calls: existsSync(calls)
        ? readFileSync(calls, "latin1")
            .trim()
            .split(/\s*\r\n/)
        : [],
      result: this.#result(),
      log: readFileSync(join(this.#pint, "first-boot.log"), "latin1"),
    };
  }

  /** As .reg text says it, without the quotes of names; undefined when there is no such key. */
  key(path: string): Readonly<Record<string, string>> | undefined {
    const query = this.#wine.reg(["query", path], TIMEOUT_MS);
    if (!query.ended || query.status !== 0) return undefined;
    const values = [...query.output.matchAll(/^ {4}(\S.*?) {4}(REG_\w+) {4}(.*?)\r$/gm)];
    return Object.fromEntries(values.map(([, name = "", , data = ""]) => [name, data]));
  }

  hasService(): boolean {
    return this.key(SERVICE) !== undefined;
  }

  /** Wine's cmd keeps the batch file open while it runs, so that the folder, empty by then, stays. */
  hasBatchFile(): boolean {
    return existsSync(join(this.#pint, "first-boot", "first-boot.cmd"));
  }

  #result(): FirstBootResult | undefined {
    const path = join(this.#pint, "first-boot-result.json");
    return existsSync(path) ? parseFirstBootResult(readFileSync(path), path) : undefined;
  }

  #program(name: string, lines: string): void {
    const text = `@echo off\r\n>>C:\\stand-ins\\calls.txt echo ${name} %*\r\n${lines}`;
    writeFileSync(join(this.#standIns, `${name}.cmd`), name === "getmac" ? `@echo off\r\n${lines}` : text);
  }

  #import(entries: Parameters<typeof formatRegText>[0]): void {
    const path = join(this.#standIns, "keys.reg");
    writeFileSync(path, encodeRegFile(formatRegText(entries)));
    const run = this.#wine.reg(["import", path], TIMEOUT_MS);
    if (!run.ended || run.status !== 0) throw new Error("the keys cannot be imported");
  }
}

const PROGRAMS = ["getmac", "netsh", "ping", "sc", "shutdown", "eventcreate"];

function entriesOf(keys: Readonly<Record<string, Values>>) {
  return Object.entries(keys).map(([path, values]) => ({
    path,
    values: Object.entries(values).map(([name, value]) => of(name, dataOf(value))),
  }));
}

function dataOf(value: Values[string]): RegistryData {
  if (typeof value === "number") return { type: "REG_DWORD", data: value };
  if (typeof value === "string") return { type: "REG_SZ", data: value };
  return "type" in value ? value : { type: "REG_MULTI_SZ", data: value };
}

function of(name: string, value: RegistryData): RegValue {
  return { kind: "set-value", name, ...registryBytes(value) };
}
