/** What a person may name as an image, and what is said of everything else. */
import { mkdirSync, rmdirSync, symlinkSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { locateImage } from "../../src/image/locate.ts";
import { placesOf } from "../../src/image/places.ts";
import { failureOf } from "../support/failures.ts";
import { LINUX } from "../support/hosts.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";

test("a volume's root", () => {
  const root = newFolder();
  const hive = writeFileIn(root, "Windows/System32/config/SYSTEM");
  expect(locateImage(root, LINUX)).toEqual({
    kind: "folder",
    path: root,
    hivePath: hive,
    volume: { root, windowsFolder: join(root, "Windows") },
    links: [],
  });
  expect(locateImage(`${relative(process.cwd(), root)}/`, LINUX).hivePath).toBe(hive);
});

test("the root of a Windows XP that was upgraded from Windows 2000", () => {
  const root = newFolder();
  const hive = writeFileIn(root, "WINNT/system32/config/system");
  expect(locateImage(root, LINUX)).toMatchObject({ hivePath: hive, volume: { windowsFolder: join(root, "WINNT") } });
});

test("a hive file has no volume", () => {
  const hive = writeFileIn(newFolder(), "copy-of-SYSTEM");
  expect(locateImage(hive, LINUX)).toEqual({ kind: "hive", path: hive, hivePath: hive, volume: undefined, links: [] });
});

test("a hive file that lies where Windows keeps it belongs to a volume", () => {
  const root = newFolder();
  const hive = writeFileIn(root, "WINDOWS/system32/config/system");
  expect(locateImage(hive, LINUX)).toMatchObject({
    kind: "hive",
    volume: { root, windowsFolder: join(root, "WINDOWS") },
  });
  const software = writeFileIn(root, "WINDOWS/system32/config/SOFTWARE");
  expect(locateImage(software, LINUX).volume).toBeUndefined();
});

test("a link that was named is followed and told; the logs are beside the hive itself", () => {
  const folder = newFolder();
  const hive = writeFileIn(folder, "real/SYSTEM");
  const link = join(folder, "link");
  symlinkSync(hive, link);
  expect(locateImage(link, LINUX)).toMatchObject({ path: link, hivePath: hive, links: [{ from: link, to: hive }] });
});

describe("what is no image", () => {
  test("a path that is not there", () => {
    const path = join(newFolder(), "nothing");
    expect(failureOf(() => locateImage(path, LINUX))).toMatchObject({
      exit: "noImage",
      code: "no-such-path",
      at: path,
    });
  });

  test("a path below a file", () => {
    const path = join(writeFileIn(newFolder(), "file"), "Windows");
    expect(failureOf(() => locateImage(path, LINUX)).code).toBe("no-such-path");
  });

  test("links in a circle", () => {
    const link = join(newFolder(), "circle");
    symlinkSync(link, link);
    expect(failureOf(() => locateImage(link, LINUX))).toMatchObject({ exit: "noImage", code: "cannot-be-read" });
  });

  test("a device", () => {
    expect(failureOf(() => locateImage("/dev/null", LINUX))).toMatchObject({
      exit: "noImage",
      code: "disk-image-not-supported",
    });
  });

  test("a folder without Windows: what was looked for is named", () => {
    const folder = newFolder();
    const failure = failureOf(() => locateImage(folder, LINUX));
    expect(failure).toMatchObject({ exit: "noImage", exitCode: 21, code: "no-windows", at: folder });
    expect(failure.message).toContain("Windows/System32/config/SYSTEM");
    expect(failure.message).toContain("WINNT/System32/config/SYSTEM");
  });

  test("the Windows folder itself: the root is named", () => {
    const root = newFolder();
    writeFileIn(root, "Windows/System32/config/SYSTEM");
    const failure = failureOf(() => locateImage(join(root, "Windows"), LINUX));
    expect(failure.code).toBe("no-windows");
    expect(failure.advice).toBe(`this is the Windows folder itself: name the volume's root, ${root}`);
  });

  test("the folder of the hives: the file is named", () => {
    const root = newFolder();
    const hive = writeFileIn(root, "Windows/System32/config/SYSTEM");
    expect(failureOf(() => locateImage(dirname(hive), LINUX)).advice).toContain(hive);
  });

  test("a folder where the hive should be", () => {
    const root = newFolder();
    mkdirSync(join(root, "Windows/System32/config/SYSTEM"), { recursive: true });
    expect(failureOf(() => locateImage(root, LINUX))).toMatchObject({ exit: "noImage", code: "no-windows" });
  });
});

describe("several of a thing, of which Windows would use one", () => {
  test("Windows and WINNT: both are named", () => {
    const root = newFolder();
    const hives = ["Windows", "WINNT"].map((name) => writeFileIn(root, `${name}/System32/config/SYSTEM`));
    const failure = failureOf(() => locateImage(root, LINUX));
    expect(failure).toMatchObject({ exit: "noImage", exitCode: 21, code: "several-images", at: root });
    for (const hive of hives) {
      expect(failure.message).toContain(hive);
      expect(locateImage(hive, LINUX).hivePath).toBe(hive);
    }
  });

  test("a WINNT that is a link to Windows, or has no hive, is no other", () => {
    const root = newFolder();
    const hive = writeFileIn(root, "Windows/System32/config/SYSTEM");
    mkdirSync(join(root, "WINNT"));
    expect(locateImage(root, LINUX).hivePath).toBe(hive);
    rmdirSync(join(root, "WINNT"));
    symlinkSync("Windows", join(root, "WINNT"));
    expect(locateImage(root, LINUX)).toMatchObject({
      hivePath: hive,
      volume: { windowsFolder: join(root, "Windows") },
    });
  });

  test.each([
    ["windows/x", "."],
    ["Windows/SYSTEM32/x", "Windows"],
    ["Windows/System32/config/system", "Windows/System32/config"],
  ])("another spelling beside the right one: %s", (other, folder) => {
    const root = newFolder();
    writeFileIn(root, "Windows/System32/config/SYSTEM");
    writeFileIn(root, other);
    expect(failureOf(() => locateImage(root, LINUX))).toMatchObject({
      exit: "noImage",
      code: "ambiguous-name",
      at: join(root, folder),
    });
  });

  test("nor is a hive file taken beside another spelling of its name", () => {
    const folder = newFolder();
    const hive = writeFileIn(folder, "SYSTEM");
    writeFileIn(folder, "system");
    expect(failureOf(() => locateImage(hive, LINUX))).toMatchObject({ code: "ambiguous-name", at: folder });
  });
});

describe("places", () => {
  test("in the Windows folder of a volume, under the spelling that is there", () => {
    const root = newFolder();
    writeFileIn(root, "WINDOWS/system32/config/system");
    const windows = join(root, "WINDOWS");
    const places = (): unknown => placesOf(locateImage(root, LINUX));
    expect(places()).toEqual({
      profile: join(windows, "PINT", "profile.json"),
      savedProfiles: [],
      receipts: join(windows, "PINT", "receipts"),
    });
    writeFileIn(root, "WINDOWS/Pint/Profile.JSON");
    expect(places()).toEqual({
      profile: join(windows, "Pint", "Profile.JSON"),
      savedProfiles: [join(windows, "Pint", "Profile.JSON")],
      receipts: join(windows, "Pint", "receipts"),
    });
    writeFileIn(root, "programdata/PINT/profile.json");
    expect(places()).toMatchObject({
      profile: join(windows, "Pint", "Profile.JSON"),
      savedProfiles: [join(windows, "Pint", "Profile.JSON"), join(root, "programdata", "PINT", "profile.json")],
    });
  });

  test("beside a hive that was named by itself, wherever it lies", () => {
    const root = newFolder();
    for (const name of ["SYSTEM", "Windows/System32/config/SYSTEM"]) {
      const hive = writeFileIn(root, name);
      expect(placesOf(locateImage(hive, LINUX))).toEqual({
        profile: `${hive}.pint-profile.json`,
        savedProfiles: [],
        receipts: `${hive}.pint-receipts`,
      });
      expect(basename(hive)).toBe("SYSTEM");
    }
  });
});
