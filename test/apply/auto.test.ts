/** `apply --auto`: the Windows and the profile that it finds, what it waits for, and what it does with both. */
import { readFileSync, renameSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyAuto, type ApplyAutoOptions } from "../../src/apply/auto/apply-auto.ts";
import { chooseForAuto } from "../../src/apply/auto/choose.ts";
import type { Event } from "../../src/apply/events.ts";
import type { ListedVolume } from "../../src/image/volumes/listing.ts";
import type { Surroundings } from "../../src/image/surroundings.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../src/plan/options.ts";
import { failureOf } from "../support/failures.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { LINUX, windowsHost } from "../support/hosts.ts";
import { phonyImage } from "../support/phony-images.ts";
import { fakeClock, readable, surroundingsWith } from "../support/surroundings.ts";
import { contents, isReceipt, listener, NOW, ORPHANS, SAVED_PROFILE, sha256, SILENT, snapshot } from "./support.ts";

function auto(surroundings: Surroundings, more: Partial<ApplyAutoOptions> = {}): ApplyAutoOptions {
  return {
    host: LINUX,
    surroundings,
    force: [],
    waitMs: 60_000,
    planning: SAVED_PROFILE,
    tool: "pint-offline test",
    now: NOW,
    ...more,
  };
}

/** Volumes that are there from the start. */
const withVolumes = (...roots: string[]): Surroundings => surroundingsWith(() => roots.map((root) => readable(root)));

/** The image's own profile, and the image without it. */
function withoutProfile(name: Parameters<typeof phonyImage>[0] = "moved-windows-10"): {
  root: string;
  profile: string;
} {
  const { root } = phonyImage(name);
  const file = join(root, "Windows/PINT/profile.json");
  const profile = readFileSync(file, "utf8");
  rmSync(join(root, "Windows/PINT"), { recursive: true });
  return { root, profile };
}

const kinds = (events: readonly Event[]): string[] => events.map(({ kind }) => kind);

describe("the one Windows", () => {
  test("is found among other volumes, its own profile applied, and the result looked at once more", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const before = sha256(hive);
    const stick = newFolder();
    const { events, emit } = listener();
    const result = applyAuto(auto(withVolumes(stick, root)), emit);
    expect(result).toMatchObject({
      exitCode: 0,
      written: true,
      image: { path: root },
      found: { image: root, profile: join(root, "Windows/PINT/profile.json"), profileWasFound: true, waitedMs: 2000 },
      sources: [{ outcome: "moved" }],
      verification: { exitCode: 0, differences: [], against: { kind: "receipt", path: result.receipt } },
    });
    expect(sha256(hive)).not.toBe(before);
    expect(
      kinds(events).filter((kind) =>
        ["volumes-seen", "windows-chosen", "profile-read", "committed", "compared"].includes(kind),
      ),
    ).toEqual(["volumes-seen", "windows-chosen", "profile-read", "committed", "compared", "compared"]);
    expect(kinds(events)).not.toContain("waiting");
  });

  test("that comes late, with the third look, is waited for; and then for what may come with it", () => {
    const { root } = phonyImage("moved-windows-10");
    const clock = fakeClock(NOW);
    const { events, emit } = listener();
    const surroundings = surroundingsWith((count) => (count < 2 ? [] : [readable(root)]), "/gone", clock);
    expect(applyAuto(auto(surroundings), emit)).toMatchObject({ exitCode: 0, found: { waitedMs: 6000 } });
    expect(clock.slept).toEqual([2000, 2000, 2000]);
    expect(events.filter(({ kind }) => kind === "waiting")).toEqual([
      { kind: "waiting", what: "a Windows", waitedMs: 0, limitMs: 60_000 },
    ]);
    expect(events.filter(({ kind }) => kind === "volumes-seen")).toMatchObject([{ windows: [] }, { windows: [root] }]);
  });

  test("that never comes: 31 when the time is over, with what was seen, and progress meanwhile", () => {
    const clock = fakeClock(NOW);
    const { events, emit } = listener();
    const locked: ListedVolume = {
      state: "locked",
      place: "D:",
      message: "BitLocker encrypts it",
      advice: "manage-bde -unlock D:",
    };
    const stick = newFolder();
    const surroundings = surroundingsWith(() => [locked, readable(stick)], "/gone", clock);
    const failure = failureOf(() => applyAuto(auto(surroundings, { waitMs: 25_000 }), emit));
    expect(failure).toMatchObject({ exitCode: 31, code: "no-windows" });
    expect(failure.message).toBe(
      `No Windows was found on this machine's volumes within 25 seconds:\n  without a Windows: ${stick}\n  D:: BitLocker encrypts it`,
    );
    expect(failure.advice).toContain("manage-bde -unlock D:");
    expect(clock.elapsedMs()).toBe(25_000);
    expect(events.flatMap((event) => (event.kind === "waiting" ? event.waitedMs : []))).toEqual([0, 10_000, 20_000]);
  });

  test("with no time to wait is looked for once", () => {
    const clock = fakeClock(NOW);
    let looks = 0;
    const none = surroundingsWith(
      () => {
        looks += 1;
        return [];
      },
      "/gone",
      clock,
    );
    expect(failureOf(() => applyAuto(auto(none, { waitMs: 0 }), SILENT)).exitCode).toBe(31);
    expect([looks, clock.slept]).toEqual([1, []]);
    const { root } = phonyImage("moved-windows-10");
    expect(
      applyAuto(
        auto(
          surroundingsWith(() => [readable(root)], "/gone", clock),
          { waitMs: 0 },
        ),
        SILENT,
      ),
    ).toMatchObject({ exitCode: 0, found: { waitedMs: 0 } });
  });

  test("of several is never guessed: 21 with the list, and none of them touched", () => {
    const roots = [phonyImage("moved-windows-10").root, phonyImage("moved-windows-7").root];
    const before = roots.map((root) => snapshot(root));
    const failure = failureOf(() => applyAuto(auto(withVolumes(...roots)), SILENT));
    expect(failure).toMatchObject({ exitCode: 21, code: "several-images" });
    for (const root of roots) expect(failure.message).toContain(`\n  ${root}`);
    expect(roots.map((root) => snapshot(root))).toEqual(before);
  });

  test("is not taken before another disk that comes a moment later", () => {
    const roots = [phonyImage("moved-windows-10").root, phonyImage("moved-windows-7").root];
    const late = surroundingsWith((count) => roots.slice(0, count + 1).map((root) => readable(root)));
    expect(failureOf(() => applyAuto(auto(late), SILENT))).toMatchObject({ exitCode: 21, code: "several-images" });
  });

  test("with a second one on its volume, or hibernated beside it, is several too", () => {
    const { root } = phonyImage("moved-windows-10");
    renameSync(join(phonyImage("moved-windows-7").root, "Windows"), join(root, "WINNT"));
    expect(failureOf(() => applyAuto(auto(withVolumes(root)), SILENT))).toMatchObject({
      exitCode: 21,
      code: "several-images",
    });
    const pair = withVolumes(phonyImage("moved-windows-10").root, phonyImage("hibernated").root);
    expect(failureOf(() => applyAuto(auto(pair), SILENT))).toMatchObject({ exitCode: 21, code: "several-images" });
  });

  test("is not the one that is running", () => {
    const running = phonyImage("moved-windows-7").root;
    const { root } = phonyImage("moved-windows-10");
    const host = windowsHost(join(running, "Windows"), "X:");
    expect(applyAuto(auto(withVolumes(running, root), { host }), SILENT).found.image).toBe(root);
  });

  test("beside a volume that could not be looked into is taken, and that is a warning", () => {
    const { root } = phonyImage("moved-windows-10");
    const volumes: ListedVolume[] = [
      { state: "locked", place: "E:", message: "BitLocker encrypts it", advice: "unlock it" },
      { state: "not-looked-at", place: "Z:", reason: "it does not answer" },
      { state: "left-out", place: "X:", reason: "it is running" },
      readable(root),
    ];
    const { warnings } = applyAuto(auto(surroundingsWith(() => volumes)), SILENT);
    expect(warnings.filter(({ code }) => code === "volume-not-looked-into").map(({ message }) => message)).toEqual([
      "Whether another Windows is on E: is not known: BitLocker encrypts it",
      "Whether another Windows is on Z: is not known: it does not answer",
    ]);
  });

  test.each([
    ["hibernated", 24, "hibernated"],
    ["setup-in-progress", 24, "setup-in-progress"],
  ] as const)("that is %s is refused by its guard: %i", (variant, exitCode, code) => {
    const { root } = phonyImage(variant);
    const before = snapshot(root);
    expect(failureOf(() => applyAuto(auto(withVolumes(root)), SILENT))).toMatchObject({ exitCode, code });
    expect(snapshot(root)).toEqual(before);
    expect(applyAuto(auto(withVolumes(root), { force: [code] }), SILENT).exitCode).toBe(0);
  });
});

describe("its profile", () => {
  const places: readonly [name: string, path: (places: { root: string; stick: string; program: string }) => string][] =
    [
      ["in the image, by capture", ({ root }) => join(root, "Windows/PINT/profile.json")],
      ["in ProgramData", ({ root }) => join(root, "programdata/Pint/PROFILE.JSON")],
      ["in the image's root", ({ root }) => join(root, "PINT/profile.json")],
      ["on another volume, by name", ({ stick }) => join(stick, "PINT/SRV-FILES01.json")],
      ["on another volume, in other letters", ({ stick }) => join(stick, "pint/srv-files01.JSON")],
      ["on another volume, by the common name", ({ stick }) => join(stick, "PINT/profile.json")],
      ["beside the executable", ({ program }) => join(program, "SRV-FILES01.json")],
      ["in the folder beside the executable", ({ program }) => join(program, "PINT/SRV-FILES01.json")],
    ];

  test.each(places)("is found %s, and nothing is written but to the image", (_, place) => {
    const { root, profile } = withoutProfile();
    const [stick, program] = [newFolder(), newFolder()];
    const file = writeFileIn("/", place({ root, stick, program }), profile);
    const others = [stick, program].map((folder) => snapshot(folder));
    const surroundings = surroundingsWith(() => [readable(root), readable(stick, false)], program);
    expect(applyAuto(auto(surroundings), SILENT)).toMatchObject({
      exitCode: 0,
      written: true,
      found: { profile: file, profileWasFound: true },
      sources: [{ outcome: "moved" }],
    });
    expect([stick, program].map((folder) => snapshot(folder))).toEqual(others);
  });

  test("in several places is one where the copies say the same", () => {
    const { root, profile } = withoutProfile();
    const stick = newFolder();
    writeFileIn(root, "Windows/PINT/profile.json", profile);
    const copy = JSON.parse(profile) as { captured: { at: string } };
    copy.captured.at = "2020-01-01T00:00:00.000Z";
    writeFileIn(stick, "PINT/SRV-FILES01.json", JSON.stringify(copy));
    expect(applyAuto(auto(withVolumes(root, stick)), SILENT).found.profile).toBe(
      join(root, "Windows/PINT/profile.json"),
    );
  });

  test("that is reached by two ways is one", () => {
    const { root, profile } = withoutProfile();
    const stick = newFolder();
    writeFileIn(stick, "PINT/profile.json", profile);
    const surroundings = surroundingsWith(() => [readable(root), readable(stick)], join(stick, "PINT"));
    expect(applyAuto(auto(surroundings), SILENT).exitCode).toBe(0);
  });

  test("of several that differ is never guessed: 21 with the list, and nothing touched", () => {
    const { root, profile } = withoutProfile();
    const stick = newFolder();
    writeFileIn(root, "Windows/PINT/profile.json", profile);
    writeFileIn(stick, "PINT/SRV-FILES01.json", profile.replace("10.20.30.40", "10.20.30.41"));
    const before = contents(root);
    const failure = failureOf(() => applyAuto(auto(withVolumes(root, stick)), SILENT));
    expect(failure).toMatchObject({ exitCode: 21, code: "several-profiles" });
    expect(failure.message).toContain(join(root, "Windows/PINT/profile.json"));
    expect(failure.message).toContain(join(stick, "PINT/SRV-FILES01.json"));
    expect(contents(root)).toEqual(before);
    const planning = { ...SAVED_PROFILE, profile: join(stick, "PINT/SRV-FILES01.json") };
    expect(applyAuto(auto(withVolumes(root, stick), { planning }), SILENT)).toMatchObject({
      found: { profile: planning.profile, profileWasFound: false },
    });
  });

  test("that comes late on a stick is waited for", () => {
    const { root, profile } = withoutProfile();
    const stick = newFolder();
    writeFileIn(stick, "PINT/SRV-FILES01.json", profile);
    const surroundings = surroundingsWith((count) => [readable(root), ...(count < 5 ? [] : [readable(stick)])]);
    const { events, emit } = listener();
    expect(applyAuto(auto(surroundings), emit).exitCode).toBe(0);
    expect(events).toContainEqual({ kind: "waiting", what: "a profile", waitedMs: 2000, limitMs: 60_000 });
  });

  test("of another machine, or of an earlier Windows of this one, is passed over, told once; with no other: 21", () => {
    const { root, profile } = withoutProfile();
    const stick = newFolder();
    const other = writeFileIn(stick, "PINT/profile.json", profile.replace("SRV-FILES01", "SRV-FILES02"));
    const anew = writeFileIn(stick, "PINT/SRV-FILES01.json", profile.replace("3B1C9E52", "3B1C9E53"));
    const before = snapshot(root);
    const { events, emit } = listener();
    const failure = failureOf(() => applyAuto(auto(withVolumes(root, stick)), emit));
    expect(failure).toMatchObject({ exitCode: 21, code: "no-profile" });
    expect(failure.advice).toMatch(/^if one that was passed over is meant, name it: --profile FILE; else put /);
    expect(failure.message).toContain(`${other}: the profile was captured from computer SRV-FILES02`);
    expect(failure.message).toContain(
      `${anew}: the profile has the computer name SRV-FILES01, but none of its interfaces`,
    );
    expect(failure.message).toContain(`looked in ${join(root, "ProgramData/PINT")}`);
    expect(events.filter(({ kind }) => kind === "profile-passed-over")).toHaveLength(2);
    expect(snapshot(root)).toEqual(before);
  });

  test("that cannot be understood ends the run, whichever other there is: 20", () => {
    const { root, profile } = withoutProfile();
    const stick = newFolder();
    writeFileIn(root, "Windows/PINT/profile.json", profile);
    const broken = writeFileIn(stick, "PINT/SRV-FILES01.json", '{"pintProfile":1,');
    const failure = failureOf(() => applyAuto(auto(withVolumes(root, stick)), SILENT));
    expect(failure.exitCode).toBe(20);
    expect(`${failure.message} ${failure.at}`).toContain(broken);
  });

  test("is not looked for where the image's own orphans are the sources", () => {
    const { root } = withoutProfile();
    const result = applyAuto(auto(withVolumes(root), { planning: ORPHANS }), SILENT);
    expect(result).toMatchObject({ exitCode: 0, written: true, found: { profile: null, profileWasFound: false } });
  });

  test("in a folder that a link leads to out of the volume is no profile of it", () => {
    const { root, profile } = withoutProfile();
    const elsewhere = newFolder();
    writeFileIn(elsewhere, "profile.json", profile);
    symlinkSync(elsewhere, join(root, "PINT"));
    expect(failureOf(() => applyAuto(auto(withVolumes(root), { waitMs: 0 }), SILENT))).toMatchObject({
      exitCode: 21,
      code: "no-profile",
    });
  });
});

test("a second run changes nothing, and has nothing to look at", () => {
  const { root } = phonyImage("moved-windows-10");
  applyAuto(auto(withVolumes(root)), SILENT);
  const before = snapshot(root);
  expect(applyAuto(auto(withVolumes(root)), SILENT)).toMatchObject({ exitCode: 0, written: false, verification: null });
  expect(snapshot(root)).toEqual(before);
});

test("what is left undone has its exit code, with the rest in place", () => {
  const { root, profile } = withoutProfile();
  const document = JSON.parse(profile) as {
    connections: { number: number; name: string; guid?: string; mac?: unknown }[];
  };
  const [first] = document.connections;
  document.connections.push({
    ...first,
    number: 2,
    name: "Ethernet9",
    guid: undefined,
    mac: undefined,
    ipv4: { addresses: [{ address: "10.99.0.1", prefixLength: 24 }] },
  } as never);
  writeFileIn(root, "Windows/PINT/profile.json", JSON.stringify(document));
  expect(applyAuto(auto(withVolumes(root)), SILENT)).toMatchObject({
    exitCode: 25,
    written: true,
    verification: { exitCode: 0 },
  });
});

test("a generalized image is served by an answer file in it, without being asked for", () => {
  const { root, hive } = phonyImage("generalized");
  const inventory = {
    kind: "document",
    path: writeFileIn(
      newFolder(),
      "inventory.json",
      JSON.stringify({
        pintInventory: 1,
        adapters: [
          {
            description: "vmxnet3 Ethernet Adapter",
            mac: { permanent: "00-50-56-A7-1B-22" },
            hardwareIds: ["PCI\\VEN_15AD&DEV_07B0&SUBSYS_07B015AD&REV_01"],
            location: { bus: 11, device: 0, function: 0 },
          },
        ],
      }),
    ),
  } as const;
  const before = sha256(hive);
  const choice = chooseForAuto(auto(withVolumes(root)), SILENT);
  expect(choice.unattend).toBe("in-image");
  expect(chooseForAuto(auto(withVolumes(root), { force: ["generalized"] }), SILENT).unattend).toBeUndefined();
  const result = applyAuto(auto(withVolumes(root), { planning: { ...SAVED_PROFILE, inventory } }), SILENT);
  expect(result).toMatchObject({ exitCode: 27, written: false, verification: null, answerFile: { state: "written" } });
  expect(sha256(hive)).toBe(before);
});

test("only receipts and the hive are written, whatever was looked at", () => {
  const { root, hive } = phonyImage("moved-windows-10");
  const but = (path: string): boolean => isReceipt(path) || path.startsWith(hive);
  const before = snapshot(root, but);
  applyAuto(auto(withVolumes(root), { planning: { pairing: DEFAULT_PLAN_OPTIONS } }), SILENT);
  expect(snapshot(root, but)).toEqual(before);
});
