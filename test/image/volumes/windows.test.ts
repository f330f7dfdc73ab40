/** The volumes of a Windows: which letters are asked, by what, and what is said of those that cannot be read. (Windows is simulated.) */
import { openSync } from "node:fs";
import { expect, test } from "vitest";
import type { Execution, Host } from "../../../src/image/host.ts";
import { listVolumes } from "../../../src/image/volumes/list.ts";
import { VOLUME_TIMEOUT_MS } from "../../../src/image/volumes/listing.ts";
import { windowsHost } from "../../support/hosts.ts";
import { bitLockerVolume } from "../evidence/volumes.ts";

const THERE: Execution = { ended: true, status: 0 };
const NOT_THERE: Execution = { ended: true, status: 1 };

/** `vol X:` answers as the table says; `locked` are drives whose first sector is BitLocker's. */
function machineWith(
  drives: Readonly<Record<string, Execution>>,
  locked: readonly string[] = [],
  systemDrive = "X:",
  gone: readonly string[] = [],
) {
  const ran: string[][] = [];
  const host = windowsHost(`${systemDrive}\\Windows`, systemDrive);
  const whole: Host = {
    ...host,
    machine: {
      ...host.machine,
      isThere: (path) => !gone.includes(path),
      execute: (program, args, timeoutMs) => {
        ran.push([program, ...args, String(timeoutMs)]);
        return drives[args.at(-1) ?? ""] ?? NOT_THERE;
      },
      openDevice: (path) => {
        if (locked.some((drive) => path === `\\\\.\\${drive}`)) return openSync(bitLockerVolume(), "r");
        return host.machine.openDevice(path);
      },
    },
  };
  return { ran, volumes: () => listVolumes(whole) };
}

const LEFT_OUT = [
  { state: "left-out", place: "X:", reason: expect.stringContaining("is running") },
  { state: "left-out", place: "volumes without a drive letter", reason: expect.stringContaining("mountvol") },
];

test("drives that answer are readable; floppies and the running Windows are not asked", () => {
  const { ran, volumes } = machineWith({ "C:": THERE, "E:": THERE, "X:": THERE });
  expect(volumes()).toEqual([
    { state: "readable", root: "C:\\", mayHoldWindows: true },
    { state: "readable", root: "E:\\", mayHoldWindows: true },
    ...LEFT_OUT,
  ]);
  const asked = ran.map((words) => words.at(-2));
  expect(asked).toEqual([..."CDEFGHIJKLMNOPQRSTUVWYZ"].map((letter) => `${letter}:`));
  expect(ran[0]).toEqual([String.raw`X:\Windows\System32\cmd.exe`, "/d", "/c", "vol", "C:", String(VOLUME_TIMEOUT_MS)]);
});

test("in an installed Windows its own drive is left out, and X: is as any other", () => {
  const { volumes } = machineWith({ "C:": THERE, "X:": THERE }, [], "C:");
  expect(volumes()).toEqual([
    { state: "readable", root: "X:\\", mayHoldWindows: true },
    { state: "left-out", place: "C:", reason: expect.stringContaining("is running") },
    LEFT_OUT[1],
  ]);
});

test("a locked drive is named, with how to unlock it; one that is not ready is not", () => {
  const { volumes } = machineWith({ "C:": NOT_THERE, "D:": NOT_THERE }, ["D:"]);
  expect(volumes()).toEqual([
    {
      state: "locked",
      place: "D:",
      message: expect.stringContaining("locked"),
      advice: expect.stringContaining("manage-bde -unlock D:"),
    },
    ...LEFT_OUT,
  ]);
});

test("a drive of which vol knows nothing and ends with 0, as Wine's does, is not there; or it is locked", () => {
  const { volumes } = machineWith({ "D:": THERE, "E:": THERE, "F:": THERE }, ["F:"], "X:", ["E:\\", "F:\\"]);
  expect(volumes()).toEqual([
    { state: "readable", root: "D:\\", mayHoldWindows: true },
    expect.objectContaining({ state: "locked", place: "F:" }),
    ...LEFT_OUT,
  ]);
});

test("a drive that does not answer is given up, not read, and named with the reason", () => {
  const hangs: Execution = { ended: false, reason: "it had not ended after 20 seconds" };
  const { volumes } = machineWith({ "Z:": hangs }, ["Z:"]);
  expect(volumes()).toEqual([
    { state: "not-looked-at", place: "Z:", reason: "it does not answer: it had not ended after 20 seconds" },
    ...LEFT_OUT,
  ]);
});
