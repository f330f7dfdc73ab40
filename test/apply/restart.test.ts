/** `--reboot`: WinPE only, never in a task sequence, and only when the run ends with 0. (WinPE is simulated.) */
import { mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { assertMayRestart } from "../../src/apply/auto/restart.ts";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { run } from "../../src/cli/run.ts";
import type { Execution, Host } from "../../src/image/host.ts";
import { parseLog } from "../support/cmtrace.ts";
import { failureOf } from "../support/failures.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { LINUX, windowsHost } from "../support/hosts.ts";
import { phonyImage } from "../support/phony-images.ts";
import { readable, surroundingsWith } from "../support/surroundings.ts";
import { NOW, sha256 } from "./support.ts";

interface FakeWinPe {
  readonly drive: string;
  readonly host: Host;
  /** What was run, program first. */
  readonly ran: string[][];
}

/** A folder stands for X:. */
function winPe(answer: Execution = { ended: true, status: 0 }): FakeWinPe {
  const drive = newFolder();
  writeFileIn(drive, "Windows/System32/wpeutil.exe");
  const plain = windowsHost(join(drive, "Windows"), drive);
  const ran: string[][] = [];
  const execute: Host["machine"]["execute"] = (program, args) => {
    ran.push([program, ...args]);
    return answer;
  };
  return { drive, ran, host: { ...plain, machine: { ...plain.machine, execute } } };
}

const INVENTORY = fileURLToPath(new URL("../../fixtures/moved-windows-10/inventory.json", import.meta.url));

/** `pint apply --auto --reboot` and what follows, on the volumes named. */
function pint(
  host: Host,
  volumes: readonly string[],
  ...words: string[]
): { code: number; stdout: string; stderr: string } {
  let [stdout, stderr] = ["", ""];
  const code = run(["apply", "--auto", "--wait", "0", "--reboot", "--inventory", INVENTORY, ...words], COMMANDS, {
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    host,
    now: NOW,
    surroundings: surroundingsWith(() => volumes.map((root) => readable(root))),
  });
  return { code, stdout, stderr };
}

describe("where it is refused, before anything is done", () => {
  test.each([
    ["Linux", LINUX],
    ["an installed Windows", windowsHost("/gone/Windows")],
  ])("on %s: the command line is wrong", (_, host) => {
    const { root, hive } = phonyImage("moved-windows-10");
    const before = sha256(hive);
    expect(failureOf(() => assertMayRestart(host))).toMatchObject({ exit: "usage", code: "not-in-winpe" });
    expect(pint(host, [root]).code).toBe(2);
    expect(sha256(hive)).toBe(before);
  });

  test.each(["sms/bin", "SMS/BIN", "_SMSTaskSequence", "MININT", "Deploy/Scripts"])(
    "in a task sequence, by the folder %s",
    (folder) => {
      const { drive, host, ran } = winPe();
      const { root, hive } = phonyImage("moved-windows-10");
      const before = sha256(hive);
      expect(() => assertMayRestart(host)).not.toThrow();
      mkdirSync(join(drive, folder), { recursive: true });
      expect(failureOf(() => assertMayRestart(host))).toMatchObject({ exit: "refused", code: "in-task-sequence" });
      expect(pint(host, [root]).code).toBe(24);
      expect([sha256(hive), ran]).toEqual([before, []]);
    },
  );

  test.each(["_SMSTSLogPath", "_SMSTSInWinPE", "SMSTSRebootRequested"])(
    "in a task sequence, by the variable %s",
    (name) => {
      const { host } = winPe();
      const inside = { ...host, environment: { ...host.environment, [name]: "x" } };
      expect(failureOf(() => assertMayRestart(inside))).toMatchObject({ exit: "refused", code: "in-task-sequence" });
    },
  );
});

describe("in WinPE", () => {
  test("a run that ends with 0 restarts the machine, last of all", () => {
    const { drive, host, ran } = winPe();
    const { root } = phonyImage("moved-windows-10");
    const log = join(newFolder(), "pint.log");
    const { code, stdout, stderr } = pint(host, [root], "--log", log, "--verbose");
    expect([code, stderr]).toEqual([0, ""]);
    const program = join(drive, "Windows", "System32", "wpeutil.exe");
    expect(ran.filter(([name]) => name === program)).toEqual([[program, "reboot"]]);
    expect(stdout.trimEnd().split("\n").slice(-2).join(" ")).toContain("restarting this machine");
    const messages = parseLog(readFileSync(log, "utf8")).map(({ message }) => message);
    expect(messages.slice(-2)).toEqual([
      "exit code 0: done, already so, or nothing to do",
      `restarting this machine: ${program} reboot`,
    ]);
  });

  test("so does one whose rest is arranged for the first start, which is what the image waits for", () => {
    const { host, ran } = winPe();
    const { root } = phonyImage("generalized");
    expect(pint(host, [root]).code).toBe(27);
    expect(ran.filter(([, word]) => word === "reboot")).toHaveLength(1);
  });

  test("another end does not, and says so; one that is accepted does", () => {
    const { host, ran } = winPe();
    expect(pint(host, []).code).toBe(31);
    expect(ran).toEqual([]);
    const other = phonyImage("moved-windows-10").root;
    const left = pint(host, [other], "--match", "mac");
    expect(left.code).toBe(25);
    expect(left.stderr).toBe("pint: this machine is not restarted (--reboot): the run ends with 25\n");
    expect(ran).toEqual([]);
    expect(pint(host, [other], "--match", "mac", "--accept", "25").code).toBe(0);
    expect(ran).toHaveLength(1);
  });

  test.each<[Execution, string]>([
    [{ ended: true, status: 5 }, "wpeutil.exe ended with 5"],
    [{ ended: false, reason: "it had not ended after 60 seconds" }, "wpeutil.exe: it had not ended after 60 seconds"],
  ])("an order that was not taken is told, and what was done keeps its code: %j", (answer, words) => {
    const { host } = winPe(answer);
    const { root } = phonyImage("moved-windows-10");
    const { code, stderr } = pint(host, [root]);
    expect(code).toBe(0);
    expect(stderr).toContain("could not be restarted (--reboot)");
    expect(stderr).toContain(words);
  });

  test("--dry-run and --reboot contradict each other", () => {
    const { host, ran } = winPe();
    expect(pint(host, [], "--dry-run").code).toBe(2);
    expect(ran).toEqual([]);
  });
});
