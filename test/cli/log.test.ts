/** `--log`: the log of real runs read back, and what becomes of one that cannot be written. */
import fs from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { openLog, RunLog } from "../../src/cli/log.ts";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { run } from "../../src/cli/run.ts";
import { UsageError } from "../../src/cli/usage-error.ts";
import { VERSION } from "../../src/version.ts";
import { parseLog, type ParsedRecord } from "../support/cmtrace.ts";
import { failureOf } from "../support/failures.ts";
import { makePipe, newFolder, writeFileIn } from "../support/folders.ts";
import { LINUX } from "../support/hosts.ts";
import { phonyImage } from "../support/phony-images.ts";
import { fakeClock, surroundingsWith } from "../support/surroundings.ts";
import { outcomeOf, runSample } from "./sample-commands.ts";

const NOW = new Date("2026-01-02T03:04:05.678Z");
const STAMP = { at: NOW, biasMinutes: -60, processId: 7, command: "plan" };

function pint(...words: string[]): { readonly code: number; readonly stderr: string } {
  let stderr = "";
  const code = run(words, COMMANDS, {
    stdout: () => {},
    stderr: (text) => {
      stderr += text;
    },
    host: LINUX,
    now: NOW,
    surroundings: surroundingsWith(() => [], "/gone", fakeClock(NOW)),
  });
  return { code, stderr };
}

function read(file: string): ParsedRecord[] {
  return parseLog(fs.readFileSync(file, "utf8"));
}

const newLog = (): string => join(newFolder(), "pint.log");

/** What the log says, without what the report says as well or what differs from run to run. */
function told(file: string): string[] {
  return read(file).map(({ type, message }) => `${type} ${message}`);
}

describe("the log of a run", () => {
  test("of apply: the command, every stage, each source and each change, and the end", () => {
    const { root } = phonyImage("moved-windows-10");
    const log = newLog();
    expect(pint("apply", root, "--log", log).code).toBe(0);
    const records = read(log);
    expect(records[0]).toEqual({
      message: `pint ${VERSION} on test-machine (linux): pint apply ${root} --log ${log}`,
      at: NOW,
      type: 1,
      component: "pint",
      thread: process.pid,
      file: "apply",
    });
    const messages = told(log);
    expect(messages.filter((one) => one.startsWith("1 change: "))).toHaveLength(21);
    expect(messages).toContainEqual(
      String.raw`1 change: ControlSet001\Services\Tcpip\Parameters\Interfaces\{9d4e6f03-2c8b-4b7f-a1e6-5c0d8e3f7a22}: set IPAddress: (none) -> REG_MULTI_SZ 10.20.30.40`,
    );
    expect(messages.filter((one) => one.startsWith("1 [moved] 1 Ethernet0 (10.20.30.40/24;"))).toHaveLength(1);
    expect(messages.filter((one) => one.startsWith("2 "))).toEqual([
      expect.stringMatching(/^2 presence-by-last-boot: /),
      expect.stringMatching(/^2 network-may-be-public: /),
    ]);
    const order = [
      "pint ",
      "opened",
      "checked",
      "guard",
      "read the profile",
      "planned",
      "[moved]",
      "presence-by",
      "change",
      "wrote the receipt",
      "committed",
      "checked",
      "read back and compared",
      "exit code 0",
    ];
    let from = 0;
    for (const beginning of order) {
      const found = records.findIndex(({ message }, index) => index >= from && message.startsWith(beginning));
      expect([beginning, found >= from]).toEqual([beginning, true]);
      from = found + 1;
    }
    expect(from).toBe(records.length);
  });

  test("of apply, from its first line to its last", () => {
    const { root } = phonyImage("moved-windows-10");
    const log = newLog();
    pint("apply", root, "--log", log);
    const text = fs
      .readFileSync(log, "utf8")
      .replaceAll(root, "/mnt/win")
      .replaceAll(log, "/home/me/pint.log")
      .replaceAll(`thread="${process.pid}"`, 'thread="4711"')
      .replace(/\b[0-9a-f]{64}\b/g, "<SHA-256>")
      .replace(/\(\d+ bytes\)/g, "(<count> bytes)")
      .replaceAll("\r\n", "\n");
    const golden = fileURLToPath(new URL("golden/apply.log", import.meta.url));
    if (process.env["UPDATE_TRANSCRIPTS"] === "1") {
      fs.writeFileSync(golden, text);
    }
    expect(text).toBe(fs.readFileSync(golden, "utf8"));
  });

  test("of plan: each change that would be made, and nothing else of the disk is touched", () => {
    const { root } = phonyImage("moved-windows-7");
    const log = newLog();
    pint("plan", root, "--sources", "orphans", "--log", log, "--quiet");
    const changes = told(log).filter((one) => one.startsWith("1 planned change: "));
    const { length } = (JSON.parse(planOf(root)) as { steps: unknown[] }).steps;
    expect(changes).toHaveLength(length);
    expect(length).toBeGreaterThan(10);
  });

  test("of verify: what differs is an error", () => {
    const { root } = phonyImage("moved-windows-10");
    const log = newLog();
    expect(pint("verify", root, "--log", log).code).toBe(28);
    expect(told(log).filter((one) => one.startsWith("3 difference: ")).length).toBeGreaterThan(20);
    expect(told(log).at(-1)).toMatch(/^3 exit code 28: /);
  });

  test("of check: every problem, by its severity", () => {
    const log = newLog();
    const { hive } = phonyImage("moved-windows-10");
    const broken = fs.readFileSync(hive).fill(0xff, 0x1020, 0x1024);
    fs.writeFileSync(hive, broken);
    expect(pint("check", hive, "--log", log).code).toBe(23);
    expect(told(log)).toContainEqual(expect.stringMatching(/^3 problem [a-z-]+ at byte offset 0x1020: /));
  });

  test.each(["inspect", "capture", "undo", "inventory", "find", "profile list"])(
    "of %s, however it ends",
    (command) => {
      const { root } = phonyImage("moved-windows-10");
      const log = newLog();
      const operand = { find: [], inventory: [], "profile list": [join(root, "Windows/PINT/profile.json")] }[command];
      const { code } = pint(...command.split(" "), ...(operand ?? [root]), "--log", log);
      expect(read(log)[0]?.message).toContain(`: pint ${command}`);
      expect(read(log).at(-1)?.message).toMatch(new RegExp(`^exit code ${code}: `));
    },
  );

  test("of one that fails: what, and what to do, as errors", () => {
    const log = newLog();
    expect(pint("apply", "/gone", "--log", log).code).toBe(21);
    expect(told(log).slice(1)).toEqual([
      "3 /gone cannot be opened: there is no such file or folder (ENOENT)",
      "3 at: /gone",
      "1 do: check the spelling, and that the volume is mounted",
      "3 exit code 21: no image or no profile, or more than one",
    ]);
  });

  test("has what was accepted, and what the program itself got wrong", () => {
    const log = newLog();
    expect(runSample(["plan", "x", "--log", log, "--accept", "25"], () => outcomeOf(25)).code).toBe(0);
    expect(told(log).slice(1)).toEqual([
      expect.stringMatching(/^2 exit code 25/),
      "1 exit code 25 is accepted (--accept): ends with 0",
    ]);
    const broken = (): never => {
      throw new TypeError("undefined is not a hive");
    };
    expect(runSample(["plan", "x", "--log", log], broken).code).toBe(1);
    expect(told(log)).toContain("3 TypeError: undefined is not a hive");
  });
});

function planOf(root: string): string {
  let text = "";
  run(["plan", root, "--sources", "orphans", "--json"], COMMANDS, {
    stdout: (part) => {
      text += part;
    },
    stderr: () => {},
    host: LINUX,
    now: NOW,
    surroundings: surroundingsWith(() => []),
  });
  return text;
}

describe("the file", () => {
  const open = (file: string, complain: (why: string) => void = () => {}): RunLog =>
    openLog(file, () => STAMP, complain);

  test("is added to, whoever wrote it, with or without a byte order mark", () => {
    const other =
      '<![LOG[of smsts]LOG]!><time="01:00:00.000+000" date="01-01-2026" component="TSManager" context="" type="1" thread="1" file="a.cpp:1">\r\n';
    for (const mark of ["", "\ufeff"]) {
      const file = writeFileIn(newFolder(), "smsts.log", mark + other);
      const log = open(file);
      log.write({ severity: "info", message: "ours" });
      log.close();
      expect(read(file).map(({ message }) => message)).toEqual(["of smsts", "ours"]);
    }
  });

  test("whose last record was cut off keeps its pieces on a line of their own", () => {
    const file = writeFileIn(newFolder(), "pint.log", "<![LOG[cut o");
    const log = open(file);
    log.write({ severity: "info", message: "one" }, { severity: "error", message: "two" });
    log.close();
    const [cut, ...rest] = fs.readFileSync(file, "utf8").split("\r\n");
    expect(cut).toBe("<![LOG[cut o");
    expect(parseLog(rest.join("\r\n")).map(({ message }) => message)).toEqual(["one", "two"]);
  });

  test("has each record as soon as it is told", () => {
    const log = newLog();
    runSample(["plan", "x", "--log", log], (_args, { emit }) => {
      emit({ kind: "planned", sources: 1, steps: 2 });
      expect(
        read(log)
          .map(({ message }) => message)
          .at(-1),
      ).toBe("planned: 1 source, 2 registry changes");
      return outcomeOf(0);
    });
  });

  test("in a folder that is not there, a folder itself, or a pipe: the command line is wrong, and nothing was done", () => {
    const folder = newFolder();
    const pipe = join(folder, "pipe");
    makePipe(pipe);
    for (const file of [join(folder, "gone", "pint.log"), folder, pipe, join(writeFileIn(folder, "f"), "x.log")]) {
      let performed = false;
      const { code, stderr } = runSample(["plan", "x", "--log", file], () => {
        performed = true;
        return outcomeOf(0);
      });
      expect([file, code, performed]).toEqual([file, 2, false]);
      expect(stderr).toContain(`the log cannot be written: ${file}`);
      expect(failureOf(() => open(file))).toBeInstanceOf(UsageError);
    }
  });

  test("that is something else is never added to", () => {
    const { hive } = phonyImage("moved-windows-10");
    const former = fs.readFileSync(hive);
    expect(failureOf(() => open(hive))).toMatchObject({ exit: "refused", code: "would-overwrite" });
    expect(pint("inspect", hive, "--log", hive).code).toBe(24);
    expect(fs.readFileSync(hive).equals(former)).toBe(true);
    const empty = writeFileIn(newFolder(), "empty.log");
    expect(() => open(empty).close()).not.toThrow();
  });

  test("that cannot be written any more is said once, and the run goes on", () => {
    const complaints: string[] = [];
    const descriptor = fs.openSync(writeFileIn(newFolder(), "pint.log"), "r");
    const log = new RunLog(
      descriptor,
      true,
      () => STAMP,
      (why) => void complaints.push(why),
    );
    log.write({ severity: "info", message: "a" });
    log.write({ severity: "info", message: "b" });
    log.close();
    expect(complaints).toEqual([expect.stringContaining("EBADF")]);
  });
});

test.skipIf(!fs.existsSync("/dev/full"))("a full disk under the log changes neither the report nor the code", () => {
  const file = newLog();
  const log = fs.openSync(file, "a");
  fs.closeSync(log);
  const perform: Parameters<typeof runSample>[1] = (_args, { emit }) => {
    emit({ kind: "planned", sources: 1, steps: 2 });
    return outcomeOf(25);
  };
  const plain = runSample(["plan", "x"], perform);
  const real = fs.openSync;
  fs.openSync = ((path: fs.PathLike, flags: fs.OpenMode, mode?: fs.Mode) =>
    real(path === file && flags === "a" ? "/dev/full" : path, flags, mode)) as typeof fs.openSync;
  try {
    const logged = runSample(["plan", "x", "--log", file], perform);
    expect(logged).toMatchObject({ code: plain.code, stdout: plain.stdout });
    expect(logged.stderr.match(/cannot be written any more/g)).toHaveLength(1);
    expect(logged.stderr).toContain("ENOSPC");
  } finally {
    fs.openSync = real;
  }
});
