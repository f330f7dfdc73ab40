/** A running Windows or WinPE of a test's own: its folders, and a reg.exe that answers from a hive. */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import type { ProgramRun, SystemInterface, WindowsMachine } from "../../src/inventory/windows/machine.ts";
import type { MacAddress } from "../../src/notation/mac.ts";
import { type Key, openHive } from "../../src/regf/index.ts";
import { encodeRegFile } from "../../src/regtext/encoding.ts";
import { formatRegText } from "../../src/regtext/format.ts";
import { type ReadableKey, regEntriesOf } from "../../src/regtext/from-key.ts";
import { openFile } from "../../src/storage/file.ts";

export type Answer = ProgramRun | "as reg.exe does";

export interface FakeTraits {
  /** WinPE has wpeutil.exe. */
  readonly isWindowsPe?: boolean;
  readonly release?: string;
  readonly interfaces?: Readonly<Record<string, string>>;
  readonly freeBytes?: (folder: string) => number | undefined;
  /** What reg.exe says instead; `args` as it gets them. */
  readonly answer?: (args: readonly string[]) => Answer;
  /** Volatile keys of the run, below the control set, which an export shows. */
  readonly volatileKeys?: readonly string[];
}

export const refusal = (complaint: string, status = 1): ProgramRun => ({ ended: true, status, output: "", complaint });

export class FakeWindows implements WindowsMachine {
  readonly root = mkdtempSync(join(tmpdir(), "pint-windows-"));
  readonly environment: Record<string, string | undefined>;
  readonly release: string;
  /** The arguments of every run of reg.exe. */
  readonly calls: (readonly string[])[] = [];
  /** How long each was given. */
  readonly timeouts: number[] = [];
  readonly #hive: string;
  readonly #traits: FakeTraits;

  /** Removed when the running test ends. `hive` is a hive file's path: the registry. */
  constructor(hive: string, traits: FakeTraits = {}) {
    onTestFinished(() => rmSync(this.root, { recursive: true, force: true }));
    this.#hive = hive;
    this.#traits = traits;
    this.release = traits.release ?? "10.0.19045";
    this.environment = { SystemRoot: this.root, TEMP: this.temporary };
    for (const folder of ["System32/config", "Temp", "Temp2"]) mkdirSync(join(this.root, folder), { recursive: true });
    copyFileSync(hive, join(this.root, "System32/config/SYSTEM"));
    if (traits.isWindowsPe ?? true) writeFileSync(join(this.root, "System32/wpeutil.exe"), "");
  }

  get temporary(): string {
    return join(this.root, "Temp");
  }

  /** Everything that was left in the folders for temporary files. */
  left(): readonly string[] {
    return [...readdirSync(this.temporary), ...readdirSync(join(this.root, "Temp2"))];
  }

  interfaces(): readonly SystemInterface[] {
    return Object.entries(this.#traits.interfaces ?? {}).map(([name, mac]) => ({ name, mac: mac as MacAddress }));
  }

  freeBytes(folder: string): number | undefined {
    return this.#traits.freeBytes === undefined ? 1e9 : this.#traits.freeBytes(folder);
  }

  run(program: string, args: readonly string[], timeoutMs: number): ProgramRun {
    if (program !== join(this.root, "System32/reg.exe")) throw new Error(`${program} was not expected`);
    this.calls.push(args);
    this.timeouts.push(timeoutMs);
    const answer = this.#traits.answer?.(args) ?? "as reg.exe does";
    return answer === "as reg.exe does" ? this.#registry(args) : answer;
  }

  #registry([verb = "", key = "", file = ""]: readonly string[]): ProgramRun {
    if (verb === "save") {
      copyFileSync(this.#hive, file);
      return { ended: true, status: 0, output: "", complaint: "" };
    }
    const storage = openFile(this.#hive, "read");
    try {
      const path = key.replace("HKLM\\SYSTEM\\CurrentControlSet\\", "ControlSet001\\");
      const found = openHive({ primary: storage, logs: [] }, { acceptDirty: true }).root.open(path);
      if (found === undefined) return refusal("ERROR: The system was unable to find the specified registry key.");
      return verb === "query" ? listOf(found) : this.#exported(found, file);
    } finally {
      storage.close();
    }
  }

  #exported(key: Key, file: string): ProgramRun {
    if (existsSync(file)) throw new Error(`${file} is there already`);
    const entries = [...regEntriesOf(relative(key), "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet")];
    const live = (this.#traits.volatileKeys ?? [])
      .filter((path) => `ControlSet001\\${path}`.startsWith(`${key.path}\\`))
      .map((path) => ({
        kind: "set-key" as const,
        path: `HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet\\${path}`,
        values: [],
      }));
    writeFileSync(file, encodeRegFile(formatRegText([...entries, ...live])));
    return { ended: true, status: 0, output: "The operation completed successfully.", complaint: "" };
  }
}

/** As reg.exe lists the keys below one. */
function listOf(key: Key): ProgramRun {
  const path = key.path.replace("ControlSet001", "HKEY_LOCAL_MACHINE\\SYSTEM\\CurrentControlSet");
  const lines = [...key.subkeys()].map(({ name }) => `${path}\\${name}`);
  return { ended: true, status: 0, output: `\r\n${lines.join("\r\n")}\r\n`, complaint: "" };
}

/** The same keys, their paths below the control set. */
function relative(key: Key): ReadableKey {
  return {
    path: key.path.replace("ControlSet001\\", ""),
    subkeys: () => [...key.subkeys()].map(relative),
    values: () => key.values(),
  };
}
