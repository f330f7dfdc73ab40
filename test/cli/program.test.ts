/** The built program as a process: what only a process has, streams, signals and its exit code. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { MAX_ADAPTER_COUNT } from "../../src/inventory/rules.ts";
import { buildProgram } from "../../scripts/build.ts";
import { VERSION } from "../../src/version.ts";
import { phonyImage } from "../support/phony-images.ts";

const folder = mkdtempSync(join(tmpdir(), "pint-program-"));
const program = join(folder, "pint.cjs");

beforeAll(async () => {
  await buildProgram(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));

function pint(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], {
    encoding: "utf8",
    timeout: 60_000,
  });
  return { status, stdout, stderr };
}

const EMPTY_PROFILE = '{"pintProfile":1,"connections":[]}';

function exitOf(...args: string[]): Promise<number | null> {
  return new Promise((resolve) => {
    spawn(process.execPath, [program, ...args], { stdio: "ignore" }).on("close", resolve);
  });
}

/** The program runs where nothing else of the repository is, in any language, and its version and help do not depend on that. */
test("one file is the whole program", () => {
  const environment = { PATH: process.env["PATH"], LANG: "de_DE.UTF-8", LC_ALL: "de_DE.UTF-8" };
  const run = (...args: string[]) =>
    spawnSync(process.execPath, [program, ...args], { cwd: folder, env: environment, encoding: "utf8" });
  expect(run("--version")).toMatchObject({ status: 0, stdout: `${VERSION}\n`, stderr: "" });
  expect(run("--help").stdout).toContain("show this help");
});

test("a run ends with its exit code, the report on stdout, failures on stderr", () => {
  const { root } = phonyImage("moved-windows-10");
  expect(pint("apply", root)).toMatchObject({ status: 0, stderr: "", stdout: expect.stringContaining("[moved]") });
  expect(pint("undo", root)).toMatchObject({ status: 0, stderr: "" });
  expect(pint("undo", root)).toMatchObject({
    status: 24,
    stdout: "",
    stderr: expect.stringContaining("nothing to undo"),
  });
  expect(pint("undo")).toMatchObject({ status: 2, stdout: "" });
});

test("while it waits for a Windows, a signal ends it at once", async () => {
  const child = spawn(process.execPath, [program, "apply", "--auto", "--wait", "60"], {
    stdio: ["ignore", "pipe", "ignore"],
  });
  const told = await new Promise<string>((resolve) => {
    child.stdout.once("data", (data: Buffer) => resolve(data.toString()));
  });
  expect(told).toContain("waiting for a Windows: 0 of at most 60 seconds");
  const ended = new Promise<NodeJS.Signals | null>((resolve) => {
    child.once("close", (_code, signal) => resolve(signal));
  });
  await new Promise((resolve) => setTimeout(resolve, 200));
  child.kill("SIGINT");
  expect(await ended).toBe("SIGINT");
}, 15_000);

test("of several runs on one image at a time one writes, and the others are told of it", async () => {
  const { root, hive } = phonyImage("moved-windows-10");
  const former = readFileSync(hive);
  for (let round = 0; round < 3; round++) {
    const codes = await Promise.all([1, 2, 3].map(() => exitOf("apply", root)));
    // A late one may come when the first is through, and finds nothing to do.
    expect(codes).toContain(0);
    expect(codes.filter((code) => code !== 0 && code !== 24)).toEqual([]);
    expect(readdirSync(join(root, "Windows", "PINT", "receipts"))).toHaveLength(round + 1);
    expect(pint("undo", root).status).toBe(0);
    expect(readFileSync(hive).equals(former)).toBe(true);
  }
});

test("a lock is the system's word on its process: one at work keeps out, one that has ended does not", () => {
  const { root } = phonyImage("moved-windows-10");
  const lock = join(root, "Windows", "PINT", "lock");
  const hold = (pid: number): void =>
    writeFileSync(lock, JSON.stringify({ pintLock: 1, pid, host: hostname(), since: new Date().toISOString() }));
  hold(process.pid);
  expect(pint("apply", root)).toMatchObject({ status: 24, stderr: expect.stringContaining(`process ${process.pid}`) });
  hold(spawnSync(process.execPath, ["--version"]).pid);
  expect(pint("apply", root)).toMatchObject({ status: 0, stdout: expect.stringContaining("stale-lock") });
  expect(existsSync(lock)).toBe(false);
});

test("a profile may come through a pipe", () => {
  const { root } = phonyImage("moved-windows-7");
  const { status, stdout } = spawnSync(
    "sh",
    ["-c", 'echo "$3" | "$0" "$1" apply "$2" --profile /dev/stdin', process.execPath, program, root, EMPTY_PROFILE],
    { encoding: "utf8", timeout: 60_000 },
  );
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining("nothing") });
});

test("-o takes the place of no image", () => {
  const { root, hive } = phonyImage("moved-windows-10");
  const before = readFileSync(hive);
  for (const command of ["capture", "plan"]) {
    expect(pint(command, root, "-o", hive).status).toBe(24);
    expect(pint(command, root, "-o", `${hive}.LOG1`).status).toBe(24);
    expect(pint(command, root, "-o", root).status).toBe(24);
  }
  expect(readFileSync(hive).equals(before)).toBe(true);
});

describe.skipIf(process.platform === "win32")("streams", () => {
  function shell(script: string, ...args: string[]): { status: number | null; stdout: string; stderr: string } {
    const { status, stdout, stderr } = spawnSync("/bin/sh", ["-c", script, process.execPath, program, ...args], {
      encoding: "utf8",
      timeout: 60_000,
      maxBuffer: 1 << 26,
    });
    return { status, stdout, stderr };
  }

  test("a reader that has gone away changes nothing about the run", () => {
    const { root } = phonyImage("moved-windows-10");
    const { stderr } = shell('( sleep 1; "$0" "$@"; echo "exit code $?" >&2 ) | true', "apply", root);
    expect(stderr).toBe("exit code 0\n");
    expect(readdirSync(join(root, "Windows", "PINT", "receipts"))).toHaveLength(1);
  });

  test("nor do streams that were closed from the start", () => {
    const { root } = phonyImage("moved-windows-10");
    expect(shell('"$0" "$@" >&- 2>&- <&-', "inspect", root).status).toBe(0);
    expect(shell('"$0" "$@" >&- 2>&- <&-', "undo", root).status).toBe(24);
  });

  test("a slow reader gets everything", () => {
    const adapters = Array.from({ length: MAX_ADAPTER_COUNT }, (_, index) => ({
      mac: { permanent: `02-00-00-00-${hex(index >> 8)}-${hex(index & 0xff)}` },
      description: `Number ${index}, with a long name${", so that the document is longer than a pipe holds".repeat(5)}`,
    }));
    const document = join(folder, "many.json");
    writeFileSync(document, JSON.stringify({ pintInventory: 1, adapters }));
    const { stdout } = shell('"$0" "$@" | ( sleep 1; cat )', "inventory", "--inventory", document, "--json");
    expect(stdout.length).toBeGreaterThan(1 << 18);
    expect(JSON.parse(stdout).adapters).toHaveLength(MAX_ADAPTER_COUNT);
  });

  test.skipIf(!existsSync("/dev/full"))("output that cannot be written is told, and ends with 1", () => {
    const { root } = phonyImage("moved-windows-10");
    const { status, stderr } = shell('"$0" "$@" >/dev/full', "inspect", root);
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(/^pint: the output could not be written: ENOSPC/),
    });
    expect(
      shell('"$0" "$@" >/dev/full', "apply", root, "--accept", "26", "--inventory", join(folder, "none.json")).status,
    ).toBe(21);
  });

  function hex(byte: number): string {
    return byte.toString(16).padStart(2, "0");
  }
});

describe.skipIf(process.platform === "win32")("signals", () => {
  /** Interrupts as soon as the first stage is told, when the run is in the middle of its work. */
  function interrupt(
    signal: NodeJS.Signals,
    ...args: string[]
  ): Promise<{ code: number | null; stdout: string; stderr: string }> {
    const child = spawn(process.execPath, [program, ...args], { stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => {
      if (stdout === "") {
        child.kill(signal);
      }
      stdout += String(data);
    });
    child.stderr.on("data", (data: Buffer) => {
      stderr += String(data);
    });
    return new Promise((resolve) => {
      child.on("close", (code) => resolve({ code, stdout, stderr }));
    });
  }

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)(
    "%s does not break off a write: 130 when it is done",
    async (signal) => {
      const { root } = phonyImage("moved-windows-10");
      const { code, stdout, stderr } = await interrupt(signal, "apply", root, "--verbose");
      expect(code).toBe(130);
      expect(stderr).toBe(`pint: ${signal} came while this run was at work; what it reports was done all the same\n`);
      expect(stdout).toContain("* read back and compared");
      expect(pint("verify", root).status).toBe(0);
      expect(pint("undo", root).status).toBe(0);
    },
  );

  test("a run that has more to tell than 0 keeps its exit code", async () => {
    const { root } = phonyImage("moved-windows-7");
    expect(await interrupt("SIGINT", "plan", root, "--verbose")).toMatchObject({ code: 21 });
  });
});
