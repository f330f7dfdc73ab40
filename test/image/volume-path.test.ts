/** Paths in a volume are found without regard to case, and no link leads out of it. */
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { findEntry, findInVolume } from "../../src/image/volume-path.ts";
import { failureOf } from "../support/failures.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";

const HIVE = ["Windows", "System32", "config", "SYSTEM"];

test("a path is found however the volume spells it, and told as it spells it", () => {
  const root = newFolder();
  const hive = writeFileIn(root, "WINDOWS/system32/Config/system");
  expect(findInVolume(root, HIVE)).toEqual({ path: hive, links: [] });
});

test("what is not there, or lies below a file, is undefined", () => {
  const root = newFolder();
  writeFileIn(root, "Windows/System32");
  expect(findInVolume(root, HIVE)).toBeUndefined();
  expect(findInVolume(root, ["nothing"])).toBeUndefined();
});

test("names that differ only in case are refused, also beside the exact one", () => {
  const root = newFolder();
  writeFileIn(root, "windows");
  writeFileIn(root, "WINDOWS");
  const failure = failureOf(() => findEntry(root, "Windows"));
  expect(failure).toMatchObject({ exit: "noImage", code: "ambiguous-name", at: root });
  expect(failure.message).toContain("WINDOWS");
  writeFileIn(root, "Windows");
  expect(failureOf(() => findEntry(root, "Windows")).code).toBe("ambiguous-name");
});

test("a link inside the volume is followed and told", () => {
  const root = newFolder();
  const hive = writeFileIn(root, "real/config/SYSTEM");
  mkdirSync(join(root, "Windows"));
  symlinkSync(join(root, "real"), join(root, "Windows", "System32"));
  expect(findInVolume(root, HIVE)).toEqual({
    path: hive,
    links: [{ from: join(root, "Windows", "System32"), to: join(root, "real") }],
  });
});

test.each([
  ["an absolute link", (outside: string) => outside],
  ["a relative link", () => join("..", "..", "outside")],
])("%s out of the volume is refused", (_what, target) => {
  const folder = newFolder();
  const root = join(folder, "volume");
  const outside = join(folder, "outside");
  writeFileIn(outside, "config/SYSTEM");
  mkdirSync(join(root, "Windows"), { recursive: true });
  symlinkSync(target(outside), join(root, "Windows", "System32"));
  const failure = failureOf(() => findInVolume(root, HIVE));
  expect(failure).toMatchObject({ exit: "noImage", code: "link-leaves-image", at: join(root, "Windows", "System32") });
  expect(failure.message).toContain(outside);
});

test("a folder beside the root whose name begins like it is outside", () => {
  const folder = newFolder();
  const root = join(folder, "volume");
  writeFileIn(folder, "volume-2/SYSTEM");
  mkdirSync(root);
  symlinkSync(join(folder, "volume-2", "SYSTEM"), join(root, "SYSTEM"));
  expect(failureOf(() => findInVolume(root, ["SYSTEM"])).code).toBe("link-leaves-image");
});

test("a link to nothing is nothing; one in a circle cannot be read", () => {
  const root = newFolder();
  symlinkSync(join(root, "gone"), join(root, "Windows"));
  expect(findInVolume(root, ["Windows"])).toBeUndefined();
  symlinkSync(join(root, "circle"), join(root, "circle"));
  expect(failureOf(() => findInVolume(root, ["circle"]))).toMatchObject({ exit: "noImage", code: "cannot-be-read" });
});
