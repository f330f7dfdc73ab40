/** The unattended run that README.md shows: `find` and `apply --auto` on a machine whose volumes are folders. */
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { run, type World } from "../../src/cli/run.ts";
import { buildFixture, FIXTURES } from "../fixtures.ts";

const IMAGE = "moved-windows-10";
const START = new Date("2026-02-01T21:30:00Z");

export interface UnattendedRun {
  readonly commandLine: string;
  /** What it printed, stdout before stderr. */
  readonly output: string;
  readonly code: number;
}

/** In `folder`, which becomes `/mnt/windows` and `/media/stick` in what is printed. Throws when a run does not end with 0. */
export function unattendedSession(folder: string): readonly UnattendedRun[] {
  const places = prepare(folder);
  const shown = (text: string): string => places.reduce((all, { real, name }) => all.replaceAll(real, name), text);
  const inventory = join(folder, "stick", "PINT", "new-machine.json");
  return [["find"], ["apply", "--auto", "--inventory", inventory]].map((words) => {
    const output: string[] = [];
    const code = run(
      words,
      COMMANDS,
      worldWith(places, (text) => void output.push(text)),
    );
    if (code !== 0) {
      throw new Error(`pint ${words.join(" ")} ended with ${code}: ${output.join("")}`);
    }
    return { commandLine: shown(`node dist/pint.cjs ${words.join(" ")}`), output: shown(output.join("")), code };
  });
}

interface Place {
  readonly real: string;
  readonly name: string;
}

/** The moved Windows, without a profile of its own; that is on the stick, by the computer's name. */
function prepare(folder: string): readonly Place[] {
  const [image, stick] = [join(folder, "windows"), join(folder, "stick")];
  buildFixture(IMAGE, image);
  mkdirSync(join(stick, "PINT"), { recursive: true });
  const saved = join(image, "Windows", "PINT");
  cpSync(join(saved, "profile.json"), join(stick, "PINT", "SRV-FILES01.json"));
  rmSync(saved, { recursive: true });
  cpSync(join(FIXTURES, IMAGE, "inventory.json"), join(stick, "PINT", "new-machine.json"));
  return [
    { real: image, name: "/mnt/windows" },
    { real: stick, name: "/media/stick" },
  ];
}

function worldWith([image, stick]: readonly Place[], write: (text: string) => void): World {
  let elapsedMs = 0;
  return {
    stdout: write,
    stderr: write,
    now: START,
    host: {
      platform: "linux",
      environment: {},
      run: { pid: process.pid, hostName: "rescue", isRunning: (pid) => pid === process.pid },
      machine: {
        readText: (path) => (path === "/proc/self/mountinfo" ? "22 1 8:1 / / rw - ext4 /dev/sda1 rw" : undefined),
        listFolder: () => [],
        isThere: () => true,
        openDevice: (path) => {
          throw new Error(`this machine has no ${path}`);
        },
        execute: () => ({ ended: false, reason: "there are no programs" }),
        ask: () => ({ ended: false, reason: "there are no programs" }),
      },
    },
    surroundings: {
      volumes: () => [
        { state: "readable", root: image?.real ?? "", mayHoldWindows: true },
        { state: "readable", root: stick?.real ?? "", mayHoldWindows: false },
      ],
      programFolder: "/usr/local/bin",
      clock: {
        now: () => new Date(START.getTime() + elapsedMs),
        elapsedMs: () => elapsedMs,
        biasMinutes: () => 0,
        sleep: (timeMs) => {
          elapsedMs += timeMs;
        },
      },
    },
  };
}
