/** --first-boot: what is left in an image for sources whose adapter it never met, what is refused, and the way back. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { listReceipts } from "../../src/apply/receipt/store.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import { parseFirstBoot } from "../../src/firstboot/document.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../src/plan/options.ts";
import { writeFileIn } from "../support/folders.ts";
import { keepingLists } from "../support/first-boot.ts";
import { phonyImage } from "../support/phony-images.ts";
import { listener, NOW, SILENT, sha256, snapshot, contents, isReceipt } from "./support.ts";
import {
  documentFile,
  apply,
  codes,
  FOLDER,
  looking,
  NEW_MAC,
  options,
  plan,
  service,
  useFinisher,
} from "./first-boot-runs.ts";

useFinisher();

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
    const document = `${result.firstBoot?.id}.json`;
    expect(readdirSync(join(root, FOLDER)).sort()).toEqual([document, "nssm.exe", "pint.exe"]);
    for (const name of ["", "pint.exe", "nssm.exe", document])
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
    for (const run of [planned.plan, result, again]) expect(codes(run)).toContain("network-may-be-public");
    expect(snapshot(root)).toEqual(after);
    // A run that was not asked for it says what is there, too.
    const plain = applyImage({ ...options(root, "pending-10"), firstBoot: undefined }, SILENT);
    expect(plain).toMatchObject({ exitCode: 27, written: false, firstBoot: null, sources: [{ outcome: "arranged" }] });
    expect(codes(plain)).toContain("network-may-be-public");

    const dry = undoImage({ ...looking(root), dryRun: true }, SILENT);
    expect(dry.removed).toHaveLength(3);
    expect(snapshot(root)).toEqual(after);
    const undone = undoImage(looking(root), SILENT);
    expect(undone).toMatchObject({ exitCode: 0, way: "bit-for-bit" });
    expect(undone.removed.map((file) => file.slice(root.length + 1)).sort()).toEqual([
      `${FOLDER}/${document}`,
      `${FOLDER}/nssm.exe`,
      `${FOLDER}/pint.exe`,
    ]);
    expect(contents(root, isReceipt)).toEqual(before);
    expect(existsSync(join(root, FOLDER))).toBe(false);
  });

  test("the document has the source as its profile has it, the adapter, and what was asked", () => {
    const { root } = phonyImage("pending-10");
    const result = apply(root, "pending-10", { pairing: { rename: true, orphans: "keep", pairBy: ["order"] } });
    const file = documentFile(root, result);
    const document = parseFirstBoot(readFileSync(file), file);
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
    const file = documentFile(root, second);
    expect(parseFirstBoot(readFileSync(file), file)).toMatchObject({
      id: second.firstBoot?.id,
      options: { rename: true },
    });
    expect(undoImage(looking(root), SILENT).removed).toContain(file);
    expect(contents(root, isReceipt)).toEqual(first);
    undoImage(looking(root), SILENT);
    expect(contents(root, isReceipt)).toEqual(before);
  });

  test("a power cut between the files and the hive, on the way there or back, leaves the arrangement of the hive whole", () => {
    const { root, hive } = phonyImage("pending-10");
    const { host } = keepingLists();
    const first = apply(root, "pending-10", { host });
    const logs = [".LOG1", ".LOG2"].map((ending) => hive + ending);
    const former = [hive, ...logs].map((file) => [file, readFileSync(file)] as const);
    const whole = { state: "arranged", id: first.firstBoot?.id, problems: [], sources: [{ number: 1 }] };
    const later = new Date(NOW.getTime() + 60_000);
    const second = apply(root, "pending-10", { host, pairing: { rename: true }, now: later });
    const files = readdirSync(join(root, FOLDER));
    for (const [file, bytes] of former) writeFileSync(file, bytes);
    expect(inspectImage(looking(root), SILENT).firstBoot).toMatchObject(whole);
    expect(files).toEqual(expect.arrayContaining([first, second].map(({ firstBoot }) => `${firstBoot?.id}.json`)));
    // Of the undo the hive is written first: it is the same state, and the run after it goes on from there.
    rmSync(second.receipt ?? "");
    const again = apply(root, "pending-10", { host, now: new Date(later.getTime() + 60_000) });
    expect(again).toMatchObject({ exitCode: 27, written: false, firstBoot: { state: "as-it-was" } });
    // As a finisher leaves it whose power is cut.
    for (const name of ["lock", "lock.0123abcd.stale", "first-boot-result.json.0123abcd.new", "pint-inventory-x/a.reg"])
      writeFileIn(root, `${FOLDER}/${name}`, "x");
    expect(undoImage(looking(root), SILENT)).toMatchObject({ exitCode: 0, way: "bit-for-bit" });
    expect(existsSync(join(root, FOLDER))).toBe(false);
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
    expect(codes(result)).not.toContain("first-boot-stays");
    expect(existsSync(join(root, FOLDER))).toBe(false);
  });

  test("a later run that moves the source itself says that the first boot of the earlier one stays", () => {
    const { root } = phonyImage("pending-10");
    apply(root, "pending-10");
    const inventory = join("fixtures", "moved-windows-10", "inventory.json");
    const planning = { inventory: { kind: "document", path: inventory }, pairing: DEFAULT_PLAN_OPTIONS } as const;
    const result = apply(root, "pending-10", { planning });
    expect(result).toMatchObject({ exitCode: 0, written: true, sources: [{ outcome: "moved" }] });
    expect(codes(result)).toContain("first-boot-stays");
    expect(verifyImage(looking(root), SILENT).exitCode).toBe(27);
  });
});

describe("older Windows", () => {
  test.each([
    ["pending-7", ["ControlSet001", "ControlSet002"]],
    ["pending-7-x86", ["ControlSet001", "ControlSet002"]],
    ["pending-xp", ["ControlSet001"]],
  ] as const)("%s gets a batch file, in every control set that counts, and loses it again", (name, sets) => {
    const { root, hive } = phonyImage(name);
    const before = contents(root);
    const { host } = keepingLists();
    const result = apply(root, name, { host });
    expect(result).toMatchObject({ exitCode: 27, firstBoot: { way: "batch" } });
    const windows = readdirSync(root).find((entry) => /^windows$/i.test(entry)) ?? "";
    const names = readdirSync(join(root, windows, "PINT", "first-boot")).sort();
    const { id } = result.firstBoot ?? {};
    expect(names).toEqual([`${id}.cmd`, `${id}.json`]);
    for (const set of sets) {
      expect(String(service(hive, set)?.["ImagePath"])).toMatch(
        /cmd\.exe \/d \/c start .*first-boot\\[0-9a-f]{32}\.cmd"$/,
      );
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

test("the receipt names what was put beside the hive", () => {
  const { root } = phonyImage("pending-10");
  const result = apply(root, "pending-10");
  const [stored] = listReceipts(join(root, "Windows/PINT/receipts")).receipts;
  expect(stored?.path).toBe(result.receipt);
  expect(stored?.receipt.firstBoot).toMatchObject({ id: result.firstBoot?.id, folder: FOLDER });
  for (const { name, sha256: hash } of stored?.receipt.firstBoot?.files ?? []) {
    expect(hash).toBe(sha256(join(root, FOLDER, name)));
  }
});
