/** `find`: every Windows on the machine's volumes, whether apply takes it and why not, and what was not looked into. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { findImages } from "../../src/apply/find.ts";
import type { FindResult } from "../../src/apply/found-results.ts";
import type { Host } from "../../src/image/host.ts";
import type { ListedVolume } from "../../src/image/volumes/listing.ts";
import { findView } from "../../src/report/views/find.ts";
import { newFolder } from "../support/folders.ts";
import { LINUX, windowsHost } from "../support/hosts.ts";
import { phonyImage } from "../support/phony-images.ts";
import { describeWithRealHives, copyOfRealHive } from "../support/real-hives.ts";
import { readable } from "../support/surroundings.ts";
import { listener, SILENT, snapshot } from "./support.ts";

function find(volumes: readonly ListedVolume[], host: Host = LINUX): FindResult {
  return findImages({ host, volumes: () => volumes }, SILENT);
}

const text = (result: FindResult): string => findView(result, "normal").join("\n");

test("each Windows is told with its version, build, name and hive, and nothing is written", () => {
  const ten = phonyImage("moved-windows-10").root;
  const xp = phonyImage("moved-windows-xp").root;
  const empty = newFolder();
  const before = [ten, xp].map((root) => snapshot(root));
  const result = find([readable(ten), readable(xp), readable(empty)]);
  expect(result.exitCode).toBe(0);
  expect(result.withoutWindows).toEqual([empty]);
  expect(result.windows).toMatchObject([
    {
      root: ten,
      windows: { version: "Server 2019", build: 17763, computerName: "SRV-FILES01" },
      dirty: false,
      usable: true,
      refusals: [],
    },
    { root: xp, windows: { version: "XP", computerName: "LATHE-3" }, dirty: false, usable: true, refusals: [] },
  ]);
  expect([ten, xp].map((root) => snapshot(root))).toEqual(before);
  expect(text(result)).toContain("computer");
});

test("a volume that is for documents only is not looked into", () => {
  const { root } = phonyImage("moved-windows-10");
  expect(find([readable(root, false)])).toMatchObject({ windows: [], withoutWindows: [root], exitCode: 21 });
});

describe("a Windows that apply would not take", () => {
  test.each([
    ["hibernated", "hibernated", "shut it down completely"],
    ["setup-in-progress", "setup-in-progress", "Setup"],
    ["generalized", "generalized", "answer file"],
  ] as const)("because it is %s", (variant, code, advice) => {
    const { root } = phonyImage(variant);
    const result = find([readable(root)]);
    expect(result).toMatchObject({
      windows: [
        {
          root,
          usable: false,
          windows: { computerName: "SRV-FILES01" },
          refusals: [{ code, advice: expect.stringContaining(advice) }],
        },
      ],
      exitCode: 0,
    });
    for (const detail of ["quiet", "normal"] as const) {
      expect(findView(result, detail).join("\n")).toContain("does NOT take it");
    }
  });

  test("because its hive is damaged, is told with the reason, and the next one is looked at", () => {
    const broken = phonyImage("moved-windows-10");
    writeFileSync(broken.hive, readFileSync(broken.hive).fill(0xff, 0x1020, 0x1024));
    const { root } = phonyImage("moved-windows-7");
    expect(find([readable(broken.root), readable(root)]).windows).toMatchObject([
      { root: broken.root, usable: false, windows: null, dirty: null, refusals: [{ code: expect.any(String) }] },
      { root, usable: true },
    ]);
  });

  test("because there are two on one volume", () => {
    const { root } = phonyImage("moved-windows-10");
    const other = phonyImage("moved-windows-7").root;
    renameSync(join(other, "Windows"), join(root, "WINNT"));
    expect(find([readable(root)])).toMatchObject({
      windows: [{ root, usable: false, refusals: [{ code: "several-images" }] }],
      exitCode: 0,
    });
  });
});

test("the Windows that is running is no image", () => {
  const { root } = phonyImage("moved-windows-10");
  const host = windowsHost(join(root, "Windows"));
  expect(find([readable(root)], host)).toMatchObject({
    windows: [],
    withoutWindows: [],
    notLookedAt: [{ place: root, reason: "it is the Windows that is running" }],
    exitCode: 21,
  });
});

test("what cannot be looked into is named, at every detail where something can be done", () => {
  const result = find([
    {
      state: "locked",
      place: "D:",
      message: "BitLocker encrypts this volume, and it is locked",
      advice: "manage-bde -unlock D:",
    },
    { state: "not-mounted", place: "/dev/sda2", message: "it holds an NTFS volume", advice: "mount it" },
    { state: "not-looked-at", place: "E:", reason: "it does not answer" },
    { state: "left-out", place: "X:", reason: "it is the drive of the Windows that is running" },
  ]);
  expect(result).toEqual({
    windows: [],
    closed: [
      expect.objectContaining({ place: "D:", state: "locked" }),
      expect.objectContaining({ place: "/dev/sda2", state: "not-mounted" }),
    ],
    withoutWindows: [],
    notLookedAt: [
      { place: "E:", reason: "it does not answer" },
      { place: "X:", reason: "it is the drive of the Windows that is running" },
    ],
    exitCode: 21,
  });
  expect(text(result)).toBe(
    [
      "no Windows was found",
      "",
      "not open",
      "  D:  BitLocker encrypts this volume, and it is locked",
      "    do: manage-bde -unlock D:",
      "  /dev/sda2  it holds an NTFS volume",
      "    do: mount it",
      "",
      "not looked at",
      "  E:  it does not answer",
      "  X:  it is the drive of the Windows that is running",
    ].join("\n"),
  );
  expect(findView(result, "quiet").join("\n")).toContain("manage-bde -unlock D:");
});

test("what was seen is an event, and so is every stage of looking into an image", () => {
  const { root } = phonyImage("moved-windows-10");
  const { events, emit } = listener();
  findImages({ host: LINUX, volumes: () => [readable(root)] }, emit);
  expect(events[0]).toEqual({ kind: "volumes-seen", windows: [root], withoutWindows: [], others: [] });
  expect(events.map(({ kind }) => kind)).toContain("guard");
});

describeWithRealHives("real hives in the place of a Windows' own", () => {
  test.each(["system/win7-sp1-x86-esx.hiv"])("%s", (name) => {
    const root = newFolder();
    const folder = join(root, "Windows/System32/config");
    mkdirSync(folder, { recursive: true });
    renameSync(copyOfRealHive(name), join(folder, "SYSTEM"));
    expect(find([readable(root)]).windows).toMatchObject([
      { root, windows: { version: "7", from: "SYSTEM", computerName: expect.any(String) } },
    ]);
  });
});
