/** A disk that cannot be read, or has no more room, and a program that writes to the same files: 29 with the old image, 30 with the new one. */
import { appendFileSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import fs from "fs-extra";
import { describe, expect, test, vi } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import type { Event } from "../../src/apply/events.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { Failure } from "../../src/exit/failure.ts";
import { failureOf } from "../support/failures.ts";
import { ourDump } from "../support/hivex-export.ts";
import { phonyImage } from "../support/phony-images.ts";
import { copyOf } from "./cuts.ts";
import {
  applyOptions,
  contents,
  imageOptions,
  isReceipt,
  ORPHANS,
  readHive,
  SAVED_PROFILE,
  SILENT,
} from "./support.ts";

const IMAGES = [
  { name: "moved-windows-10", what: SAVED_PROFILE },
  { name: "moved-windows-7", what: ORPHANS },
  { name: "moved-windows-xp", what: ORPHANS },
] as const;

type Spied = "readSync" | "writeSync" | "fsyncSync";
type Call = (...args: never[]) => unknown;

/** Runs `action` while one of the system's calls is another; `real` is the system's. */
function withSystem<T>(name: Spied, make: (real: Call) => Call, action: () => T): T {
  const real = fs[name] as unknown as Call;
  const spy = vi.spyOn(fs, name).mockImplementation(make(real) as never);
  try {
    return action();
  } finally {
    spy.mockRestore();
  }
}

const systemError = (code: string): Error =>
  Object.assign(new Error(`${code}: of this test`), { code, syscall: "test" });

/** Undefined when there is none; anything but a Failure goes on. */
function failureIn(action: () => unknown): Failure | undefined {
  try {
    action();
    return undefined;
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
}

const tree = (hive: string) => readHive(hive, ({ root }) => ourDump(root));

describe.each(IMAGES)("$name", ({ name, what }) => {
  function prepared() {
    const image = phonyImage(name);
    const hive = image.hive.slice(image.root.length + 1);
    const whole = copyOf(image.root);
    let reads = 0;
    const counting =
      (real: Call) =>
      (...args: never[]) => {
        reads++;
        return real(...args);
      };
    withSystem("readSync", counting, () => applyImage(applyOptions(whole, what), SILENT));
    return { root: image.root, hive, old: tree(image.hive), made: tree(join(whole, hive)), reads };
  }

  test("a read that fails: before anything is written there is no image (21), then 29, then 30", () => {
    const { root, hive, old, made, reads } = prepared();
    expect(reads).toBeGreaterThan(10);
    const exits: number[] = [];
    // Every one of the last, where the commit is, and some of the others.
    for (let at = 0; at < reads; at += at < reads - 60 ? Math.ceil(reads / 20) : 1) {
      const copy = copyOf(root);
      let left = at;
      const failing =
        (real: Call) =>
        (...args: never[]) => {
          if (left-- === 0) throw systemError("EIO");
          return real(...args);
        };
      const failure = withSystem("readSync", failing, () =>
        failureIn(() => applyImage(applyOptions(copy, what), SILENT)),
      );
      // Evidence that cannot be read is only not there.
      const { exitCode } = failure ?? { exitCode: 0 };
      expect([0, 21, 29, 30], failure?.message).toContain(exitCode);
      expect({ at, tree: tree(join(copy, hive)) }).toEqual({ at, tree: [0, 30].includes(exitCode) ? made : old });
      if (exitCode === 21) expect(contents(copy, isReceipt)).toEqual(contents(root, isReceipt));
      if (exitCode !== 0) exits.push(exitCode);
    }
    // Another order only between looking at the image and reading it again for the commit.
    const committed = exits.filter((exit) => exit !== 21);
    expect(committed).toEqual(committed.toSorted((left, right) => left - right));
    expect(new Set(exits)).toEqual(new Set([21, 29, 30]));
  });

  test("a disk with room for so many bytes: 29 until it is enough, and never 30", () => {
    const { root, hive, old, made } = prepared();
    let exitCode: number | undefined;
    for (let room = 0; exitCode !== 0; room += 12_288) {
      const copy = copyOf(root);
      let left = room;
      const limited =
        (real: Call) =>
        (...args: never[]) => {
          const [descriptor, , , length, position] = args as unknown as [
            number,
            unknown,
            unknown,
            number,
            number | null,
          ];
          const size = fs.fstatSync(descriptor).size;
          const more = Math.max(0, (position ?? size) + length - size);
          if (more > left) throw systemError("ENOSPC");
          left -= more;
          return real(...args);
        };
      const failure = withSystem("writeSync", limited, () =>
        failureIn(() => applyImage(applyOptions(copy, what), SILENT)),
      );
      exitCode = failure?.exitCode ?? 0;
      expect([0, 29]).toContain(exitCode);
      expect(tree(join(copy, hive))).toEqual(exitCode === 0 ? made : old);
      expect(room).toBeLessThan(4_000_000);
    }
  });

  test.each(["EBUSY", "ENOSPC", "EDQUOT"])("a flush that says %s", (code) => {
    const { root, hive, old, made } = prepared();
    const exits: number[] = [];
    for (let at = 0; ; at++) {
      const copy = copyOf(root);
      let left = at;
      let failed = false;
      const failing =
        (real: Call) =>
        (...args: never[]) => {
          if (left-- === 0) {
            failed = true;
            throw systemError(code);
          }
          return real(...args);
        };
      const failure = withSystem("fsyncSync", failing, () =>
        failureIn(() => applyImage(applyOptions(copy, what), SILENT)),
      );
      if (!failed) break;
      // A folder that cannot be flushed is no failure.
      if (failure === undefined) continue;
      exits.push(failure.exitCode);
      expect(tree(join(copy, hive))).toEqual(failure.exitCode === 30 ? made : old);
    }
    expect(new Set(exits)).toEqual(new Set([29, 30]));
  });
});

describe("another program writes to the hive", () => {
  /** Does something once, when the run says the event for the first time. */
  function intruding(kind: Event["kind"], intrude: (hive: string) => void) {
    const { root, hive } = phonyImage("moved-windows-10");
    const before = readFileSync(hive);
    let isDone = false;
    const failure = failureOf(() =>
      applyImage(applyOptions(root, SAVED_PROFILE), (event) => {
        if (event.kind !== kind || isDone) return;
        isDone = true;
        intrude(hive);
      }),
    );
    expect(isDone).toBe(true);
    return { failure, root, hive, before };
  }

  function writeByte(file: string, offset: number): void {
    const descriptor = fs.openSync(file, "r+");
    fs.writeSync(descriptor, Uint8Array.of(0x77), 0, 1, offset);
    fs.closeSync(descriptor);
  }

  test.each<[string, (hive: string) => void]>([
    ["its content", (hive) => writeByte(hive, 4096 + 3000)],
    ["its size", (hive) => appendFileSync(hive, Buffer.alloc(4096))],
    ["its sequences", (hive) => writeByte(hive, 4)],
    ["a log", (hive) => appendFileSync(`${hive}.LOG1`, "text")],
  ])("while it is edited: %s; nothing is written, not even a receipt", (_, intrude) => {
    const { failure, root, hive, before } = intruding("changed", intrude);
    expect(failure).toMatchObject({ exitCode: 29, code: "changed-meanwhile" });
    const other = Buffer.from(before);
    const twin = join(copyOf(root), "..", "twin");
    fs.writeFileSync(twin, other);
    fs.writeFileSync(`${twin}.LOG1`, "");
    intrude(twin);
    expect(readFileSync(hive).equals(readFileSync(twin))).toBe(true);
    expect(Object.keys(contents(root)).filter(isReceipt)).toEqual([]);
  });

  test("when the receipt is written already: it is not armed, and undo takes back what is beside the hive", () => {
    const { failure, root, hive, before } = intruding("receipt-written", (it) => writeByte(it, 4096 + 3000));
    expect(failure).toMatchObject({ exitCode: 29, code: "unarmed-differs" });
    const left = readFileSync(hive);
    expect(left.subarray(0, 512).equals(before.subarray(0, 512))).toBe(true);
    const changed = [...before.subarray(512).entries()].filter(([at, byte]) => left[at + 512] !== byte);
    expect(changed.map(([at]) => at + 512)).toEqual([4096 + 3000]);
    writeByteBack(hive, before);
    undoImage(imageOptions(root), SILENT);
    expect(readFileSync(hive).equals(before)).toBe(true);
  });

  function writeByteBack(file: string, before: Buffer): void {
    const descriptor = fs.openSync(file, "r+");
    fs.writeSync(descriptor, before, 4096 + 3000, 1, 4096 + 3000);
    fs.closeSync(descriptor);
    expect(statSync(file).size).toBeGreaterThanOrEqual(before.length);
  }
});
