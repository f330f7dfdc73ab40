/** The machine itself: devices are opened without waiting, programs end within their time and have nobody to ask. */
import { closeSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { THIS_MACHINE } from "../../src/image/machine.ts";
import { makePipe, newFolder, writeFileIn } from "../support/folders.ts";

const node = (script: string, timeoutMs = 30_000) => THIS_MACHINE.execute(process.execPath, ["-e", script], timeoutMs);

test("a program's status is what it ended with", () => {
  expect(node("process.exit(0)")).toEqual({ ended: true, status: 0 });
  expect(node("process.exit(7)")).toEqual({ ended: true, status: 7 });
});

test("it is killed when its time is over, and why is said", () => {
  expect(node("setInterval(() => {}, 1000)", 300)).toEqual({
    ended: false,
    reason: "it had not ended after 0.3 seconds",
  });
});

test("it gets no input, so that a question is answered at once", () => {
  expect(node("process.stdin.on('end', () => process.exit(5)).resume()")).toEqual({ ended: true, status: 5 });
});

test("what is there, and what is not; a place that may not be looked at is not called missing", () => {
  const folder = newFolder();
  expect(THIS_MACHINE.isThere(folder)).toBe(true);
  expect(THIS_MACHINE.isThere(join(folder, "gone"))).toBe(false);
  expect(THIS_MACHINE.isThere(join(writeFileIn(folder, "file"), "below"))).toBe(true);
});

test("one that is not there", () => {
  expect(THIS_MACHINE.execute("/gone/manage-bde", [], 1000)).toEqual({
    ended: false,
    reason: expect.stringContaining("ENOENT"),
  });
});

test("a file of the system, or none", () => {
  expect(THIS_MACHINE.readText(writeFileIn(newFolder(), "uuid", "CRYPT-BITLK"))).toBe("CRYPT-BITLK");
  expect(THIS_MACHINE.readText("/gone/uuid")).toBeUndefined();
});

test("a pipe in the place of a device is not waited for", () => {
  const pipe = join(newFolder(), "pipe");
  makePipe(pipe);
  closeSync(THIS_MACHINE.openDevice(pipe));
});
