/** Before the move it is told when a target has no driver, whatever the image's files are like; a warning, and nothing else. */
import { existsSync, readdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { VariantName } from "../../scripts/fixtures/images.ts";
import { applyImage } from "../../src/apply/apply.ts";
import { planImage } from "../../src/apply/plan.ts";
import type { PlanningOptions } from "../../src/apply/planning.ts";
import { encodeUtf16 } from "../../src/bytes/utf16.ts";
import { formatPlan, parsePlan } from "../../src/plan/document.ts";
import type { Plan } from "../../src/plan/model.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../src/plan/options.ts";
import { newFolder } from "../support/folders.ts";
import { phonyImage } from "../support/phony-images.ts";
import { makeDirty } from "./cuts.ts";
import { applyOptions, contents, imageOptions, SILENT } from "./support.ts";

const CONFIG = "Windows/System32/config";
const REPOSITORY = "Windows/System32/DriverStore/FileRepository";

interface Adapter {
  readonly description: string;
  readonly mac: { readonly permanent: string };
  readonly hardwareIds?: readonly string[];
}

const VMXNET3: Adapter = {
  description: "vmxnet3",
  mac: { permanent: "00-50-56-A7-1B-22" },
  hardwareIds: ["PCI\\VEN_15AD&DEV_07B0&SUBSYS_07B015AD&REV_01"],
};

/** Windows has not met it. */
const other = (...hardwareIds: string[]): Adapter => ({
  description: "the new one",
  mac: { permanent: "02-00-00-00-00-01" },
  hardwareIds,
});

const IN_DRIVERS = other("PCI\\VEN_8086&DEV_1521");
const IN_INF = other("PCI\\VEN_14E4&DEV_165F");
const NOWHERE = other("PCI\\VEN_15B3&DEV_1015");

function planning(...adapters: Adapter[]): PlanningOptions {
  const path = join(newFolder(), "inventory.json");
  writeFileSync(path, JSON.stringify({ pintInventory: 1, adapters }));
  return { inventory: { kind: "document", path }, pairing: { ...DEFAULT_PLAN_OPTIONS, sources: "orphans" } };
}

function plan(image: string, ...adapters: Adapter[]): Plan {
  return planImage({ ...imageOptions(image), ...planning(...adapters) }, SILENT).plan;
}

const told = ({ warnings }: Plan) => warnings.filter(({ code }) => code === "no-driver" || code === "driver-unknown");
const codes = (made: Plan) => told(made).map(({ code }) => code);
const root = (name: VariantName = "driver-store") => phonyImage(name).root;

describe("plan and apply", () => {
  test("warn of a target that has no driver, with the command that adds one, and go on", () => {
    const image = root();
    const made = plan(image, NOWHERE);
    expect(told(made)).toEqual([
      {
        code: "no-driver",
        message: expect.stringMatching(
          /^The image has no driver for the new one, 02-00-00-00-00-01 \(for source \d \("Ethernet0"\)\): .*DRIVERS hive lists none.*dism \/Image:D:\\ \/Add-Driver \/Driver:PATH \/Recurse/,
        ),
      },
    ]);
    expect([made.exitCode, plan(image, IN_INF).exitCode]).toEqual([26, 26]);
    const applied = applyImage(applyOptions(image, planning(NOWHERE)), SILENT);
    expect(applied.warnings).toEqual(expect.arrayContaining(told(made)));
    expect(applied.drivers).toEqual(made.drivers);
    expect(applied.exitCode).toBe(26);
  });

  test("say nothing of drivers that are there, nor of adapters that no source goes to", () => {
    const made = plan(root(), VMXNET3, NOWHERE);
    expect(made.sources.map(({ outcome }) => outcome)).toEqual(["moved"]);
    expect(told(made)).toEqual([]);
    expect(made.drivers?.map(({ verdict }) => verdict)).toEqual(["there", "missing"]);
  });

  test("tell of a driver that is disabled what helps there", () => {
    const image = root("driver-disabled");
    const made = plan(image, VMXNET3);
    expect(told(made)).toEqual([{ code: "no-driver", message: expect.stringContaining("until Start is 3") }]);
    expect(told(made)[0]?.message).not.toContain("dism");
    // it is moved all the same, and told again when everything is in place
    expect(applyImage(applyOptions(image, planning(VMXNET3)), SILENT)).toMatchObject({ written: true, exitCode: 0 });
  });

  test("tell what serves where dism does not", () => {
    const [warning] = told(plan(root("driver-store-xp"), NOWHERE));
    expect(warning?.message).toMatch(/DevicePath/);
    expect(warning?.message).not.toMatch(/dism \//);
  });

  test("without an inventory nothing is looked for", () => {
    const made = planImage({ ...imageOptions(root()), ...planning(), inventory: undefined }, SILENT).plan;
    expect(made.drivers).toBeUndefined();
  });

  test("the plan's document keeps what was found, and so does what is done by it", () => {
    const image = root();
    const output = join(newFolder(), "plan.json");
    const { plan: made } = planImage({ ...imageOptions(image), ...planning(VMXNET3, NOWHERE), output }, SILENT);
    expect(parsePlan(formatPlan(made), "plan.json")).toEqual({ ...made, $schema: expect.any(String) });
    const applied = applyImage(applyOptions(image, { planFile: output }), SILENT);
    expect(applied).toMatchObject({ written: true, exitCode: 0 });
    expect(applied.drivers).toEqual(made.drivers);
  });
});

describe("what was installed once", () => {
  test("is missing when its file is", () => {
    const image = root();
    rmSync(join(image, "Windows/System32/drivers/vmxnet3.sys"));
    expect(told(plan(image, VMXNET3))[0]?.message).toContain("System32\\drivers\\vmxnet3.sys is not there");
  });

  test("is there for another adapter of its kind, too, but a disabled one says nothing of that", () => {
    const twin = other("PCI\\VEN_15AD&DEV_07B0&SUBSYS_00000000&REV_02");
    const image = root();
    expect(codes(plan(image, twin))).toEqual([]);
    // for a device that Windows has not met it needs the package, too; the one that it knows keeps its driver
    rmSync(join(image, "Windows/INF/oem5.inf"));
    expect(codes(plan(image, twin))).toEqual(["no-driver"]);
    expect(codes(plan(image, VMXNET3))).toEqual([]);
    expect(codes(plan(root("driver-disabled"), twin))).toEqual(["driver-unknown"]);
  });
});

describe("nobody can tell", () => {
  test("of an INF file whose service another one names", () => {
    const image = root();
    makeInf(image, (file) => writeFileSync(file, infWithNeeds()));
    const { drivers } = plan(image, NOWHERE);
    expect(drivers).toMatchObject([{ verdict: "unknown", inf: "a.inf", reason: expect.stringContaining("Needs") }]);
  });

  test("from a hive file that was named by itself", () => {
    const hive = join(newFolder(), "SYSTEM");
    writeFileSync(hive, readFileSync(join(root(), CONFIG, "SYSTEM")));
    const made = plan(hive, VMXNET3, IN_INF);
    expect(made.drivers?.map(({ verdict }) => verdict)).toEqual(["there", "unknown"]);
    expect(made.drivers?.[1]?.reason).toContain("only a hive file was named");
    expect(codes(plan(hive, IN_INF))).toEqual(["driver-unknown"]);
  });

  test("what the inventory does not name", () => {
    const { hardwareIds: _, ...nameless } = NOWHERE;
    expect(told(plan(root(), nameless))[0]?.message).toContain("the inventory does not say its hardware IDs");
  });
});

/** What is done to an image's files, and what is then said of an adapter in DRIVERS, one in an INF file, one nowhere. */
const DAMAGE: readonly [what: string, damage: (image: string) => void, verdicts: readonly string[]][] = [
  ["nothing", () => {}, ["there", "there", "missing"]],
  ["no DRIVERS hive", (image) => rmSync(join(image, CONFIG, "DRIVERS")), ["there", "there", "missing"]],
  [
    "DRIVERS is no hive",
    (image) => writeFileSync(join(image, CONFIG, "DRIVERS"), "no hive"),
    ["there", "there", "missing"],
  ],
  ["DRIVERS is cut", (image) => truncateSync(join(image, CONFIG, "DRIVERS"), 5000), ["there", "there", "missing"]],
  ["DRIVERS is full of nonsense", scramble, ["there", "there", "missing"]],
  ["DRIVERS is dirty: what its logs hold counts", (image) => listInLogs(image, "E1521"), ["there", "there", "there"]],
  [
    "DRIVERS lists a null driver, which has no service",
    (image) => listInLogs(image, "NO_DRV"),
    ["there", "there", "missing"],
  ],
  [
    "no FileRepository",
    (image) => rmSync(join(image, REPOSITORY), { recursive: true }),
    ["missing", "missing", "missing"],
  ],
  [
    "neither",
    (image) => [`${CONFIG}/DRIVERS`, REPOSITORY].map((name) => rmSync(join(image, name), { recursive: true })),
    ["unknown", "unknown", "unknown"],
  ],
  [
    "an INF file that nobody can read",
    (image) => makeInf(image, (file) => symlinkSync("/dev/zero", file)),
    ["there", "there", "missing"],
  ],
  ["an INF file that is too large, and no DRIVERS hive", hugeInf, ["there", "there", "unknown"]],
  [
    "an INF file of nonsense",
    (image) =>
      makeInf(image, (file) =>
        writeFileSync(
          file,
          Uint8Array.from({ length: 70_000 }, (_, index) => (index * index) >> 3),
        ),
      ),
    ["there", "there", "missing"],
  ],
];

test.each(DAMAGE)("whatever the files are like: %s", (_, damage, verdicts) => {
  const image = root();
  damage(image);
  const before = contents(image);
  const found = [IN_DRIVERS, IN_INF, NOWHERE].map((adapter) => plan(image, adapter).drivers?.[0]?.verdict);
  expect(found).toEqual(verdicts);
  expect(contents(image)).toEqual(before);
});

/** `configuration`: of the package, which has one, E1521, that names a service. */
function listInLogs(image: string, configuration: string): void {
  makeDirty(join(image, CONFIG, "DRIVERS"), "HvLE", (edit) => {
    const key = "DriverDatabase\\DeviceIds\\PCI\\VEN_15B3&DEV_1015";
    edit.createKey(key);
    edit.setValue(key, "e1r68x64.inf", 3, Uint8Array.of(1, 0xff, 0, 0));
    const folder = "DriverDatabase\\DriverPackages\\e1r68x64.inf_amd64_2222222222222222";
    const descriptor = `${folder}\\Descriptors\\PCI\\VEN_15B3&DEV_1015`;
    edit.createKey(descriptor);
    edit.setValue(descriptor, "Configuration", 1, encodeUtf16(`${configuration}\0`));
    edit.createKey(`${folder}\\Configurations\\${configuration}`);
  });
}

function scramble(image: string): void {
  const path = join(image, CONFIG, "DRIVERS");
  const bytes = readFileSync(path);
  for (let at = 4096 + 32; at < bytes.length; at += 7) bytes[at] = (at * 31) & 0xff;
  writeFileSync(path, bytes);
}

/** A package in the repository, the first by name, whose INF file `make` makes. */
function makeInf(image: string, make: (file: string) => void): void {
  const [name = ""] = readdirSync(join(image, REPOSITORY));
  const folder = join(image, REPOSITORY, name);
  const file = join(folder, "a.inf");
  expect(existsSync(folder)).toBe(true);
  make(file);
}

function infWithNeeds(): string {
  return [
    "[Version]\nClass = Net",
    "[Manufacturer]\nV = M, NTamd64",
    "[M.NTamd64]\nD = I, PCI\\VEN_15B3&DEV_1015",
    "[I]\nInclude = other.inf\nNeeds = Other",
  ].join("\n");
}

function hugeInf(image: string): void {
  rmSync(join(image, CONFIG, "DRIVERS"));
  makeInf(image, (file) => {
    writeFileSync(file, "");
    truncateSync(file, 2 ** 24);
  });
}
