/** Whether Windows is restarted: a task sequence that runs is not broken off, and the traces of one that has ended do not count. */
import { mkdirSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import type { BootedWindows } from "../../../src/apply/first-boot-live/machine.ts";
import { restartWindows } from "../../../src/apply/first-boot-live/restart-windows.ts";
import type { ProgramRun } from "../../../src/inventory/windows/machine.ts";
import { newFolder } from "../../support/folders.ts";
import { fakeClock } from "../../support/surroundings.ts";
import { listener } from "../support.ts";

interface Given {
  readonly folder?: boolean;
  readonly variable?: boolean;
  /** What tasklist.exe prints; undefined: there is none. */
  readonly list?: string;
}

const said = (output: string): ProgramRun => ({ ended: true, status: 0, output, complaint: "" });

const line = (name: string) => `"${name}","1.234","Services","0","12.345 K"\r\n`;

function restart({ folder = false, variable = false, list }: Given) {
  const drive = newFolder();
  if (folder) mkdirSync(join(drive, "MININT"));
  const restarts: string[] = [];
  const clock = fakeClock(new Date(0));
  const machine: BootedWindows = {
    clock,
    environment: { SystemDrive: drive, ...(variable ? { _SMSTSPackageID: "X" } : {}) },
    release: "10.0.17763",
    temporaryFolder: drive,
    systemStart: () => clock.now(),
    freeBytes: () => undefined,
    interfaces: () => [],
    save: () => {},
    run: (program, args) => {
      if (basename(program) === "shutdown.exe") restarts.push(args.join(" "));
      else if (list === undefined) return { ended: false, why: "missing", reason: "is not there" };
      return said(list ?? "");
    },
  };
  const { events, emit } = listener();
  const why = restartWindows(machine, emit);
  expect(restarts).toHaveLength(why === undefined ? 1 : 0);
  return { why, noted: events.flatMap((event) => (event.kind === "noted" ? [event.message] : [])).join("; ") };
}

const NOTHING = line("System Idle Process") + line("svchost.exe") + line('TsManager.exe ""2"".exe');

test.for<[string, Given, RegExp | undefined, RegExp]>([
  ["nothing of a task sequence", { list: NOTHING }, undefined, /^$/],
  [
    "its variables",
    { list: NOTHING, variable: true },
    /^a task sequence runs here, .*the environment has _SMSTSPackageID/,
    /^$/,
  ],
  [
    "Configuration Manager's program",
    { list: NOTHING + line("TSManager.exe") },
    /^a task sequence runs here, .*TSManager\.exe runs/,
    /^$/,
  ],
  ["what begins and continues one", { list: line("TsmBootstrap.exe"), folder: true }, /TsmBootstrap\.exe runs/, /^$/],
  ["a folder that was left", { list: NOTHING, folder: true }, undefined, /MININT, and no task sequence runs/],
  ["no tasklist.exe", {}, undefined, /by folders alone: tasklist\.exe is not there/],
  [
    "no tasklist.exe, and a folder",
    { folder: true },
    /^a task sequence may run here, .*there is .*MININT/,
    /tasklist\.exe is not there/,
  ],
  [
    "Wine's, which lists nothing",
    { list: "", folder: true },
    /^a task sequence may run here, .*there is .*MININT/,
    /listed nothing, and ended with 0/,
  ],
])("%s", ([, given, sign, noted]) => {
  const { why, noted: all } = restart(given);
  if (sign === undefined) expect(why).toBeUndefined();
  else expect(why).toMatch(sign);
  expect(all).toMatch(noted);
});
