/** What the engine and the system refuse becomes a sentence, a place, advice and the right exit code. */
import { describe, expect, test } from "vitest";
import { EXIT_CODES } from "../../src/exit/codes.ts";
import { Failure } from "../../src/exit/failure.ts";
import { asFailure, isDamage, notWritable } from "../../src/image/failures.ts";
import { FORCE_MEANS, FORCE_NAMES, withoutDamaged } from "../../src/image/force.ts";
import { explainSystemError, systemErrorCode } from "../../src/image/system-error.ts";
import { openHive } from "../../src/regf/index.ts";
import { MemoryStorage } from "../../src/storage/memory.ts";
import { StorageError } from "../../src/storage/storage.ts";
import { failureOf } from "../support/failures.ts";

const systemError = (code: string): Error => Object.assign(new Error(`${code}: refused`), { code });

function hiveFailure(bytes: Uint8Array): Failure {
  return failureOf(() => {
    try {
      openHive({ primary: new MemoryStorage("SYSTEM", bytes), logs: [] });
    } catch (error) {
      throw asFailure("/img/SYSTEM", error);
    }
  });
}

describe("the engine's errors", () => {
  test("no hive is no image, damage is damage, and each says where", () => {
    expect(hiveFailure(new Uint8Array())).toMatchObject({ exit: "noImage", code: "empty-file" });
    expect(hiveFailure(new Uint8Array(9000))).toMatchObject({
      exit: "noImage",
      code: "not-a-hive",
      at: "/img/SYSTEM: byte offset 0 (0x0)",
    });
    const cut = new Uint8Array(5000);
    cut.set(Buffer.from("regf"));
    expect(hiveFailure(cut)).toMatchObject({
      exit: "hiveDamaged",
      code: "truncated",
      at: "/img/SYSTEM: byte offset 5000 (0x1388)",
    });
    for (const bytes of [new Uint8Array(), new Uint8Array(9000), cut]) {
      expect(hiveFailure(bytes).advice).toMatch(/\w/);
    }
  });

  test("only damage is a finding of check", () => {
    const problem = (bytes: Uint8Array): boolean => {
      const { cause } = hiveFailure(bytes);
      return isDamage((cause as { problem: Parameters<typeof isDamage>[0] }).problem);
    };
    expect(problem(new Uint8Array())).toBe(false);
    expect(problem(new Uint8Array(9000))).toBe(false);
    const cut = new Uint8Array(5000);
    cut.set(Buffer.from("regf"));
    expect(problem(cut)).toBe(true);
  });

  test("a fault of the program stays one", () => {
    const fault = new TypeError("x");
    expect(asFailure("/img/SYSTEM", fault)).toBe(fault);
  });
});

describe("the system's errors", () => {
  test.each([
    ["open", "EACCES", "noImage", "cannot-be-read"],
    ["read", "EIO", "noImage", "cannot-be-read"],
    ["open", "EBUSY", "refused", "in-use"],
    ["write", "ENOSPC", "writeFailed", "write-failed"],
    ["grow", "ENOSPC", "writeFailed", "write-failed"],
    ["truncate", "EIO", "writeFailed", "write-failed"],
    ["flush", "EIO", "writeFailed", "write-failed"],
  ] as const)("%s: %s", (operation, code, exit, name) => {
    const failure = asFailure("/img/SYSTEM", new StorageError("/img/SYSTEM.LOG1", operation, "x", systemError(code)));
    expect(failure).toBeInstanceOf(Failure);
    expect(failure).toMatchObject({
      exit,
      code: name,
      at: "/img/SYSTEM.LOG1",
      message: expect.stringContaining(`(${code})`),
    });
  });

  test.each(["EROFS", "EACCES", "EPERM"])("opening for writing: %s is refused before anything else is done", (code) => {
    const failure = notWritable("/img/SYSTEM", new StorageError("/img/SYSTEM", "open", "x", systemError(code)));
    expect(failure).toMatchObject({
      exit: "refused",
      code: "read-only",
      message: expect.stringContaining(`(${code})`),
    });
    expect((failure as Failure).exitCode).toBe(EXIT_CODES.refused);
  });

  test("opening for writing: what is not about writing is told as for reading", () => {
    const failure = notWritable("/img/SYSTEM", new StorageError("/img/SYSTEM", "open", "x", systemError("ENOENT")));
    expect(failure).toMatchObject({ exit: "noImage" });
  });

  test("are explained in words, by the code of the error or of its cause; unknown ones by themselves", () => {
    expect(explainSystemError(new Error("outer", { cause: systemError("EROFS") }))).toBe(
      "the volume is mounted read-only (EROFS)",
    );
    expect(explainSystemError(systemError("EWEIRD"))).toBe("EWEIRD: refused");
    expect(explainSystemError("text")).toBe("text");
    expect(systemErrorCode(Object.assign(new Error("x"), { code: "unknown-force-name" }))).toBeUndefined();
  });
});

describe("what can be forced", () => {
  test("the names are pinned: scripts use them", () => {
    expect(FORCE_NAMES).toEqual([
      "dirty",
      "damaged",
      "setup-in-progress",
      "hibernated",
      "failed-control-set",
      "generalized",
      "dirty-volume",
      "conflict",
      "access-list",
    ]);
    expect(Object.keys(FORCE_MEANS)).toEqual([...FORCE_NAMES]);
  });

  test("a damaged hive is never forced for writing", () => {
    expect(withoutDamaged(["dirty", "damaged"])).toEqual(["dirty"]);
  });
});
