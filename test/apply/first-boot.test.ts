/** --first-boot: what is left in an image for sources whose adapter it never met, what is refused, and the way back. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { ImageName, VariantName } from "../../scripts/fixtures/images.ts";
import { applyImage } from "../../src/apply/apply.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { planImage } from "../../src/apply/plan.ts";
import type { PlanningOptions } from "../../src/apply/planning.ts";
import { listReceipts } from "../../src/apply/receipt/store.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import { formatFirstBootResult, parseFirstBootResult } from "../../src/firstboot/result.ts";
import { parseFirstBoot } from "../../src/firstboot/document.ts";
import type { ForceName } from "../../src/image/force.ts";
import type { Host } from "../../src/image/host.ts";
import { DEFAULT_PLAN_OPTIONS, type PlanOptions } from "../../src/plan/options.ts";
import { failureOf } from "../support/failures.ts";
import {
  type FinisherFolder,
  finisherFolder,
  keepingLists,
  phonyProgram,
  type ProgramTraits,
} from "../support/first-boot.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { LINUX } from "../support/hosts.ts";
import { phonyImage } from "../support/phony-images.ts";
import {
  dword,
  editOnDisk,
  listener,
  NOW,
  readHive,
  SILENT,
  sha256,
  snapshot,
  contents,
  isReceipt,
} from "./support.ts";

let finisher: FinisherFolder;
beforeAll(async () => {
  finisher = await finisherFolder();
});
afterAll(() => finisher.remove());

const FOLDER = "Windows/PINT/first-boot";
const NEW_MAC = "52-54-00-1B-22-0C";

function what(name: VariantName, pairing: Partial<PlanOptions> = {}): PlanningOptions {
  const sources = name === "pending-10" || name === "pending-arm64" || name === "generalized" ? "profile" : "orphans";
  const known = name === "generalized" ? "pending-10" : name;
  return {
    inventory: { kind: "document", path: join("fixtures", "variants", known, "inventory.json") },
    pairing: { ...DEFAULT_PLAN_OPTIONS, sources, ...pairing },
  };
}

interface Choice {
  readonly force?: readonly ForceName[];
  readonly host?: Host;
  readonly filesFolder?: string;
  readonly insisted?: boolean;
  readonly pairing?: Partial<PlanOptions>;
  readonly now?: Date;
  readonly planning?: PlanningOptions;
}

function options(root: string, name: VariantName, choice: Choice = {}) {
  const { force = [], host = keepingLists().host, insisted = true, pairing, now = NOW } = choice;
  return {
    image: root,
    force,
    host,
    what: choice.planning ?? what(name, pairing),
    tool: "pint-offline test",
    now,
    firstBoot: { filesFolder: choice.filesFolder ?? finisher.path, insisted },
  };
}

const apply = (root: string, name: VariantName, choice: Choice = {}) => applyImage(options(root, name, choice), SILENT);

function plan(root: string, name: VariantName, choice: Choice = {}) {
  const { what: planning, firstBoot, tool, now, ...rest } = options(root, name, choice);
  return planImage({ ...rest, ...planning, firstBoot: { ...firstBoot, tool, now } }, SILENT);
}

const looking = (image: string) => ({ image, force: [], host: LINUX });
const codes = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }) =>
  warnings.map(({ code }) => code);

function service(hive: string, set = "ControlSet001"): Record<string, unknown> | undefined {
  return readHive(hive, ({ root }) => {
    const key = root.open(`${set}\\Services\\pint-first-boot`);
    return (
      key &&
      Object.fromEntries(
        [...key.values()].map(({ name, data }) => [name, Buffer.from(data).toString("utf16le").replace(/\0+$/, "")]),
      )
    );
  });
}

describe("a Windows 10 that never met its new adapter", () => {
  test("gets the finisher and its service, 27; again: nothing; undo: bit for bit", () => {
    const { root, hive } = phonyImage("pending-10");
    const before = contents(root);
    const keeper = keepingLists();
    const planned = plan(root, "pending-10", { host: keeper.host });
    expect(planned).toMatchObject({ exitCode: 27, firstBoot: { state: "foreseen", way: "program" } });
    expect(contents(root)).toEqual(before);

    const { events, emit } = listener();
    const result = applyImage(options(root, "pending-10", { host: keeper.host }), emit);
    expect(result).toMatchObject({ exitCode: 27, written: true, firstBoot: { state: "written", way: "program" } });
    expect(result.sources).toMatchObject([{ outcome: "arranged", target: { mac: NEW_MAC } }]);
    expect(result.steps).toEqual(planned.plan.steps);
    expect(readdirSync(join(root, FOLDER)).sort()).toEqual(["first-boot.json", "nssm.exe", "pint.exe"]);
    for (const name of ["", "pint.exe", "nssm.exe", "first-boot.json"])
      expect(keeper.whyOpen(join(root, FOLDER, name))).toBeUndefined();
    expect(keeper.whyOpen(join(root, "Windows/PINT"))).toBeUndefined();
    // The files are in place before the receipt is, and that before the hive is written.
    const kinds = events.map((event) => (event.kind === "saved" ? event.what : event.kind));
    expect(kinds.lastIndexOf("file of the first boot")).toBeLessThan(kinds.indexOf("receipt-written"));
    expect(service(hive)).toMatchObject({
      ImagePath: '"%SystemRoot%\\PINT\\first-boot\\nssm.exe"',
      ObjectName: "LocalSystem",
    });

    const after = snapshot(root);
    const again = apply(root, "pending-10", { host: keeper.host, now: new Date(NOW.getTime() + 1e6) });
    expect(again).toMatchObject({
      exitCode: 27,
      written: false,
      receipt: null,
      steps: [],
      firstBoot: { state: "as-it-was" },
    });
    expect(again.sources).toMatchObject([{ outcome: "arranged" }]);
    expect(snapshot(root)).toEqual(after);
    // A run that was not asked for it says what is there, too.
    const plain = applyImage({ ...options(root, "pending-10"), firstBoot: undefined }, SILENT);
    expect(plain).toMatchObject({ exitCode: 27, written: false, firstBoot: null, sources: [{ outcome: "arranged" }] });

    const dry = undoImage({ ...looking(root), dryRun: true }, SILENT);
    expect(dry.removed).toHaveLength(3);
    expect(snapshot(root)).toEqual(after);
    const undone = undoImage(looking(root), SILENT);
    expect(undone).toMatchObject({ exitCode: 0, way: "bit-for-bit" });
    expect(undone.removed.map((file) => file.slice(root.length + 1)).sort()).toEqual([
      `${FOLDER}/first-boot.json`,
      `${FOLDER}/nssm.exe`,
      `${FOLDER}/pint.exe`,
    ]);
    expect(contents(root, isReceipt)).toEqual(before);
    expect(existsSync(join(root, FOLDER))).toBe(false);
  });

  test("the document has the source as its profile has it, the adapter, and what was asked", () => {
    const { root } = phonyImage("pending-10");
    const result = apply(root, "pending-10", { pairing: { rename: true, orphans: "keep", pairBy: ["order"] } });
    const text = readFileSync(join(root, FOLDER, "first-boot.json"));
    const document = parseFirstBoot(text, "first-boot.json");
    expect(document).toMatchObject({
      id: result.firstBoot?.id,
      way: "program",
      computerName: "SRV-FILES01",
      windows: { family: "10", architecture: "AMD64" },
      options: { pairBy: ["order"], orphans: "keep", rename: true, allowConflict: false, exclude: [] },
      attempts: 5,
      pending: [
        {
          matchedBy: "order",
          adapter: { mac: { permanent: NEW_MAC }, location: { bus: 0, device: 18, function: 0 } },
          connection: { apply: "move", ipv4: { addresses: [{ address: "10.20.30.40", prefixLength: 24 }] } },
        },
      ],
    });
  });

  test("another arrangement takes the place of the first, and each undo goes one back", () => {
    const { root } = phonyImage("pending-10");
    const { host } = keepingLists();
    const before = contents(root);
    apply(root, "pending-10", { host });
    const first = contents(root, isReceipt);
    const later = new Date(NOW.getTime() + 60_000);
    const second = apply(root, "pending-10", { host, pairing: { rename: true }, now: later });
    expect(second).toMatchObject({ exitCode: 27, written: true, firstBoot: { state: "written" } });
    const document = parseFirstBoot(readFileSync(join(root, FOLDER, "first-boot.json")), "d");
    expect(document).toMatchObject({ id: second.firstBoot?.id, options: { rename: true } });
    expect(undoImage(looking(root), SILENT).restored).toContain(join(root, FOLDER, "first-boot.json"));
    expect(contents(root, isReceipt)).toEqual(first);
    undoImage(looking(root), SILENT);
    expect(contents(root, isReceipt)).toEqual(before);
  });

  test("a file that is gone is put there again, and nothing else is written", () => {
    const { root, hive } = phonyImage("pending-10");
    const { host } = keepingLists();
    apply(root, "pending-10", { host });
    const before = sha256(hive);
    rmSync(join(root, FOLDER, "nssm.exe"));
    expect(verifyImage(looking(root), SILENT)).toMatchObject({ exitCode: 28, firstBoot: { state: "incomplete" } });
    expect(apply(root, "pending-10", { host })).toMatchObject({ written: false, firstBoot: { state: "written" } });
    expect(sha256(hive)).toBe(before);
    expect(verifyImage(looking(root), SILENT).exitCode).toBe(27);
  });

  test("without a source that waits nothing is left behind", () => {
    const { root } = phonyImage("moved-windows-10");
    const inventory = join("fixtures", "moved-windows-10", "inventory.json");
    const planning = { inventory: { kind: "document", path: inventory }, pairing: DEFAULT_PLAN_OPTIONS } as const;
    const result = apply(root, "pending-10", { planning });
    expect(result).toMatchObject({ exitCode: 0, firstBoot: null });
    expect(existsSync(join(root, FOLDER))).toBe(false);
  });
});

describe("older Windows", () => {
  test.each([
    ["pending-7", ["ControlSet001", "ControlSet002"], "nssm.exe"],
    ["pending-7-x86", ["ControlSet001", "ControlSet002"], undefined],
    ["pending-xp", ["ControlSet001"], undefined],
  ] as const)("%s gets a batch file, in every control set that counts, and loses it again", (name, sets, wrapper) => {
    const { root, hive } = phonyImage(name);
    const before = contents(root);
    const { host } = keepingLists();
    const result = apply(root, name, { host });
    expect(result).toMatchObject({ exitCode: 27, firstBoot: { way: "batch" } });
    const windows = readdirSync(root).find((entry) => /^windows$/i.test(entry)) ?? "";
    const names = readdirSync(join(root, windows, "PINT", "first-boot")).sort();
    expect(names).toEqual(["first-boot.cmd", "first-boot.json", ...(wrapper === undefined ? [] : [wrapper])]);
    for (const set of sets) {
      const image = String(service(hive, set)?.["ImagePath"]);
      expect(image).toMatch(wrapper === undefined ? /cmd\.exe \/d \/c start .*first-boot\.cmd"$/ : /nssm\.exe"$/);
    }
    const after = snapshot(root);
    expect(apply(root, name, { host })).toMatchObject({ exitCode: 27, written: false });
    expect(snapshot(root)).toEqual(after);
    expect(undoImage(looking(root), SILENT).exitCode).toBe(0);
    expect(contents(root, isReceipt)).toEqual(before);
  });

  test("where nothing is known to run the source stays pending, and says so", () => {
    const { root } = phonyImage("pending-arm64");
    const result = apply(root, "pending-arm64");
    expect(result).toMatchObject({ exitCode: 26, written: false, firstBoot: null });
    expect(result.sources[0]?.reason).toContain("ARM64");
  });
});

describe("what is refused, with the image as it was", () => {
  function refused(name: VariantName | ImageName, choice: Choice) {
    const { root } = phonyImage(name);
    const before = snapshot(root);
    const failure = failureOf(() => apply(root, name as VariantName, choice));
    expect(snapshot(root)).toEqual(before);
    return { failure, root };
  }

  test("a volume that shows no access lists (forced: it is told)", () => {
    const { failure, root } = refused("pending-10", { host: LINUX });
    expect(failure).toMatchObject({ exitCode: 24, code: "access-list" });
    expect(plan(root, "pending-10", { host: LINUX })).toMatchObject({ exitCode: 24 });
    const forced = apply(root, "pending-10", { host: LINUX, force: ["access-list"] });
    expect(forced.exitCode).toBe(27);
    expect(codes(forced).filter((code) => code === "forced-access-list")).toHaveLength(1);
  });

  test("a volume on which a list does not stay", () => {
    const { failure, root } = refused("pending-10", { host: keepingLists({ sets: false }).host });
    expect(failure).toMatchObject({ exitCode: 24, code: "access-list" });
    expect(failure.message).toContain("S-1-1-0");
    expect(existsSync(join(root, FOLDER))).toBe(false);
  });

  test("a generalized image: the answer file is named", () => {
    const { failure } = refused("generalized", { force: ["generalized"] });
    expect(failure).toMatchObject({ exitCode: 24, code: "answer-file-preferred" });
    expect(failure.advice).toContain("--unattend in-image");
  });

  test.each<[string, ProgramTraits | Uint8Array | undefined, string]>([
    ["is not there", undefined, "there is no pint.exe"],
    ["is no program", new TextEncoder().encode("MZ and no more"), "is no program for Windows"],
    ["is for 32 bits", { is32Bit: true }, "is no program for 64-bit Windows"],
    ["is another product", { productName: "another" }, "is not pint"],
    ["is another version", { version: "0.0.9" }, "the two must be the same"],
  ])("pint.exe that %s", (_what, program, words) => {
    const folder = newFolder();
    writeFileIn(folder, "nssm.exe", readFileSync(join(finisher.path, "nssm.exe")));
    if (program !== undefined)
      writeFileIn(folder, "pint.exe", program instanceof Uint8Array ? program : phonyProgram(program));
    const { failure, root } = refused("pending-10", { filesFolder: folder });
    expect(failure).toMatchObject({ exitCode: 24, code: "first-boot-files" });
    expect(failure.message).toContain(words);
    // An unattended run goes on without it.
    const result = apply(root, "pending-10", { filesFolder: folder, insisted: false });
    expect(result).toMatchObject({ exitCode: 26, written: false });
    expect(codes(result)).toContain("first-boot-not-arranged");
  });

  test("a wrapper that is not the one that was tried", () => {
    const folder = newFolder();
    writeFileIn(folder, "pint.exe", phonyProgram());
    writeFileIn(folder, "nssm.exe", "another");
    const { failure } = refused("pending-7", { filesFolder: folder });
    expect(failure.message).toContain("is not NSSM 2.24");
  });

  test("a hive that was named by itself", () => {
    const { hive } = phonyImage("pending-10");
    const copy = writeFileIn(newFolder(), "SYSTEM", readFileSync(hive));
    const profile = writeFileIn(
      newFolder(),
      "profile.json",
      readFileSync(join("fixtures/moved-windows-10/files/Windows/PINT/profile.json")),
    );
    const planning = { ...what("pending-10"), profile };
    expect(failureOf(() => apply(copy, "pending-10", { planning }))).toMatchObject({ exitCode: 2, code: "no-volume" });
  });

  test("a plan of it, applied from its file: the files are no part of a plan", () => {
    const { root } = phonyImage("pending-10");
    const planFile = writeFileIn(newFolder(), "plan.json", plan(root, "pending-10").text);
    const failure = failureOf(() => applyImage({ ...options(root, "pending-10"), what: { planFile } }, SILENT));
    expect(failure.exitCode).toBe(24);
  });

  test("another version's program under a service; without one it is a leftover, and replaced", () => {
    const { root } = phonyImage("pending-10");
    const { host } = keepingLists();
    writeFileIn(root, `${FOLDER}/pint.exe`, "left over");
    expect(apply(root, "pending-10", { host }).exitCode).toBe(27);
    writeFileSync(join(root, FOLDER, "pint.exe"), "another version");
    const failure = failureOf(() => apply(root, "pending-10", { host }));
    expect(failure).toMatchObject({ exitCode: 24, code: "first-boot-of-another-version" });
    expect(readFileSync(join(root, FOLDER, "pint.exe"), "utf8")).toBe("another version");
    const undone = undoImage(looking(root), SILENT);
    expect(codes(undone)).toContain("first-boot-file-left");
    expect(existsSync(join(root, FOLDER, "pint.exe"))).toBe(true);
    expect(inspectImage(looking(root), SILENT).firstBoot).toMatchObject({ state: "leftover" });
  });

  test("a receipt that cannot be written: the files are taken away again", () => {
    const { root, hive } = phonyImage("pending-10");
    const before = sha256(hive);
    writeFileIn(root, "Windows/PINT/receipts", "in the way");
    const failure = failureOf(() => apply(root, "pending-10"));
    expect(failure).toMatchObject({ exitCode: 29, code: "receipt-not-written" });
    expect(existsSync(join(root, FOLDER))).toBe(false);
    expect(sha256(hive)).toBe(before);
  });
});

describe("--all-or-nothing", () => {
  test("counts what is arranged as placed", () => {
    const { root } = phonyImage("pending-10");
    expect(apply(root, "pending-10", { pairing: { allOrNothing: true } })).toMatchObject({
      exitCode: 27,
      written: true,
    });
  });

  test("holds everything back when one cannot be served", () => {
    const { root } = phonyImage("pending-arm64");
    expect(apply(root, "pending-arm64", { pairing: { allOrNothing: true } })).toMatchObject({
      written: false,
      firstBoot: null,
    });
  });
});

describe("after that Windows has started", () => {
  const PARAMETERS = "ControlSet001\\Services\\pint-first-boot\\Parameters";

  function resultOf(id: string, more: object): string {
    const result = { pintFirstBootResult: 1, id, tool: "t", attempt: 1, sources: [], ...more };
    return formatFirstBootResult(parseFirstBootResult(JSON.stringify(result), "r"));
  }

  test("one that still waits is shown with its attempts, and taken out value by value", () => {
    const { root, hive } = phonyImage("pending-10");
    const { firstBoot } = apply(root, "pending-10");
    editOnDisk(hive, (edit) => {
      edit.setValue(PARAMETERS, "Attempts", 4, dword(2));
      edit.setValue("ControlSet001\\Control\\Windows", "ShutdownTime", 3, new Uint8Array(8));
    });
    const waiting = { state: "waiting", reason: "no adapter came", attempt: 2, removed: false, restart: false };
    writeFileIn(root, "Windows/PINT/first-boot-result.json", resultOf(firstBoot?.id ?? "", waiting));
    const found = inspectImage(looking(root), SILENT).firstBoot;
    expect(found).toMatchObject({
      state: "arranged",
      attempts: { made: 2, limit: 5 },
      sources: [{ number: 1, addresses: ["10.20.30.40/24"], adapter: { mac: NEW_MAC } }],
      result: { state: "waiting" },
      problems: [],
    });
    const undone = undoImage({ ...looking(root), byValue: { tool: "t", now: NOW } }, SILENT);
    expect(undone).toMatchObject({ exitCode: 0, way: "by-value", left: [] });
    expect(codes(undone)).toContain("first-boot-ran");
    expect(undone.removed).toHaveLength(3);
    expect(service(hive)).toBeUndefined();
    expect(existsSync(join(root, FOLDER))).toBe(false);
  });

  test("one that has finished is shown with its result, is as it was meant, and undo says that it has been", () => {
    const { root, hive } = phonyImage("pending-10");
    const { firstBoot } = apply(root, "pending-10");
    editOnDisk(hive, (edit) => edit.deleteKey("ControlSet001\\Services\\pint-first-boot"));
    rmSync(join(root, FOLDER), { recursive: true });
    const sources = [{ number: 1, outcome: "moved", reason: "its adapter came", target: "Ethernet 2" }];
    const finished = { state: "finished", reason: "all is moved", removed: true, restart: true, sources };
    writeFileIn(root, "Windows/PINT/first-boot-result.json", resultOf(firstBoot?.id ?? "", finished));
    expect(inspectImage(looking(root), SILENT).firstBoot).toMatchObject({
      state: "ran",
      result: { state: "finished" },
    });
    expect(verifyImage(looking(root), SILENT)).toMatchObject({ exitCode: 0, differences: [] });
    const undone = undoImage({ ...looking(root), byValue: { tool: "t", now: NOW } }, SILENT);
    expect(undone).toMatchObject({ exitCode: 0, written: false, left: [] });
    expect(undone.warnings.find(({ code }) => code === "first-boot-ran")?.message).toContain("moved source 1");
  });

  test("one that gave up is a difference", () => {
    const { root, hive } = phonyImage("pending-10");
    const { firstBoot } = apply(root, "pending-10");
    editOnDisk(hive, (edit) => edit.deleteKey("ControlSet001\\Services\\pint-first-boot"));
    rmSync(join(root, FOLDER), { recursive: true });
    const gone = { state: "gave-up", reason: "no adapter came", attempt: 5, removed: true, restart: false };
    writeFileIn(root, "Windows/PINT/first-boot-result.json", resultOf(firstBoot?.id ?? "", gone));
    const verified = verifyImage(looking(root), SILENT);
    expect(verified.exitCode).toBe(28);
    expect(verified.differences.map(({ message }) => message)).toEqual(["First boot: gave-up: no adapter came"]);
  });

  test("a result or a document that cannot be read stops nobody from looking", () => {
    const { root } = phonyImage("pending-10");
    apply(root, "pending-10");
    writeFileSync(join(root, FOLDER, "first-boot.json"), "{");
    writeFileIn(root, "Windows/PINT/first-boot-result.json", "nonsense");
    const found = inspectImage(looking(root), SILENT).firstBoot;
    expect(found).toMatchObject({ state: "incomplete", result: null });
    expect(found?.problems).toHaveLength(2);
  });
});

test("the receipt names what was put beside the hive", () => {
  const { root } = phonyImage("pending-10");
  const result = apply(root, "pending-10");
  const [stored] = listReceipts(join(root, "Windows/PINT/receipts")).receipts;
  expect(stored?.path).toBe(result.receipt);
  expect(stored?.receipt.firstBoot).toMatchObject({ id: result.firstBoot?.id, folder: FOLDER });
  for (const { name, sha256: hash, former } of stored?.receipt.firstBoot?.files ?? []) {
    expect(hash).toBe(sha256(join(root, FOLDER, name)));
    expect(former).toBeNull();
  }
});
