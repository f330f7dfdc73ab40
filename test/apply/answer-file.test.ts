/** Answer files beside a run and inside a generalized image: what is written where, what becomes of the sources, and the way back. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import type { AnswerFileTarget } from "../../src/apply/answer-file/prepare.ts";
import { planImage } from "../../src/apply/plan.ts";
import type { PlanningOptions } from "../../src/apply/planning.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../src/plan/options.ts";
import { failureOf } from "../support/failures.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { phonyImage } from "../support/phony-images.ts";
import { RICH } from "../unattend/samples.ts";
import {
  applyOptions,
  contents,
  editOnDisk,
  imageOptions,
  listener,
  NOW,
  SILENT,
  sha256,
  snapshot,
} from "./support.ts";

const NEW_MAC = "02-00-00-00-00-0A";
const PANTHER = "Windows/Panther/unattend.xml";

/** An adapter that no phony image knows, and the one that the Windows 10 image has booted with. */
const NEW_ADAPTER = {
  description: "New adapter",
  mac: { permanent: NEW_MAC },
  hardwareIds: ["PCI\\VEN_1AF4&DEV_1000"],
};
const KNOWN_ADAPTER = {
  mac: { permanent: "00-50-56-A7-1B-22" },
  hardwareIds: ["PCI\\VEN_15AD&DEV_07B0&SUBSYS_07B015AD&REV_01"],
  location: { bus: 11, device: 0, function: 0 },
};

function planning(adapters: readonly object[], connections: readonly object[] = [SERVER]): PlanningOptions {
  const folder = newFolder();
  const profile = writeFileIn(folder, "profile.json", JSON.stringify({ pintProfile: 1, connections }));
  const inventory = writeFileIn(folder, "inventory.json", JSON.stringify({ pintInventory: 1, adapters }));
  return { profile, inventory: { kind: "document", path: inventory }, pairing: DEFAULT_PLAN_OPTIONS };
}

const SERVER = {
  name: "LAN",
  ipv4: { addresses: ["10.20.30.40/24"], gateways: ["10.20.30.1"], dnsServers: ["10.20.30.2"], mtu: 1400 },
};

function apply(root: string, what: PlanningOptions, unattend: AnswerFileTarget) {
  const { events, emit } = listener();
  const result = applyImage({ ...applyOptions(root, what), unattend }, emit);
  return { result, events };
}

const codesOf = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }) =>
  warnings.map(({ code }) => code);

/** Windows would have the folder; names as it spells them. */
function put(root: string, name: string, content: string): string {
  mkdirSync(dirname(join(root, name)), { recursive: true });
  writeFileSync(join(root, name), content);
  return join(root, name);
}

describe("a generalized image", () => {
  test("gets an answer file where Setup looks, and nothing else: arranged, 27; a second run writes nothing; undo takes it out", () => {
    const { root, hive } = phonyImage("generalized");
    const before = contents(root);
    const what = planning([NEW_ADAPTER]);
    const { result, events } = apply(root, what, "in-image");
    expect(result).toMatchObject({ exitCode: 27, written: false, steps: [] });
    expect(result.sources).toMatchObject([{ outcome: "arranged", target: { mac: NEW_MAC } }]);
    expect(result.sources[0]?.reason).toContain(join(root, PANTHER));
    expect(result.answerFile).toMatchObject({
      path: join(root, PANTHER),
      basedOn: null,
      state: "written",
      formerKeptAs: null,
    });
    expect(result.hiveSha256).toEqual({ before: sha256(hive), after: sha256(hive) });
    expect(codesOf(result)).toContain("answer-file-leaves-out");
    expect(codesOf(result)).not.toContain("answer-file-needs-setup");
    const text = readFileSync(join(root, PANTHER), "utf8");
    expect(text).toContain(`<Identifier>${NEW_MAC}</Identifier>`);
    expect(text).toContain("10.20.30.40/24");
    // The receipt is there before the file is.
    const kinds = events.map((event) => (event.kind === "saved" ? `saved ${event.what}` : event.kind));
    expect(kinds.indexOf("receipt-written")).toBeLessThan(kinds.indexOf("saved answer file"));

    const untouched = snapshot(root);
    const again = apply(root, what, "in-image").result;
    expect(again).toMatchObject({ exitCode: 27, answerFile: { state: "as-it-was", receipt: null } });
    expect(snapshot(root)).toEqual(untouched);

    const dry = undoImage({ ...imageOptions(root), dryRun: true }, SILENT);
    expect(dry).toMatchObject({ written: false, removed: [join(root, PANTHER)] });
    expect(existsSync(join(root, PANTHER))).toBe(true);
    const undone = undoImage(imageOptions(root), SILENT);
    expect(undone).toMatchObject({ written: true, restored: [], removed: [join(root, PANTHER)], exitCode: 0 });
    expect(contents(root, (path) => path.includes("answer-files"))).toEqual(before);
    expect(failureOf(() => undoImage(imageOptions(root), SILENT))).toMatchObject({
      code: "nothing-to-undo",
      exitCode: 24,
    });
  });

  test("whoever has a target there needs the answer file, an adapter that is known too; the hive gets none of it", () => {
    const { root, hive } = phonyImage("generalized");
    const before = sha256(hive);
    const { result } = apply(
      root,
      planning(
        [KNOWN_ADAPTER, NEW_ADAPTER],
        [SERVER, { ...SERVER, name: "Two", ipv4: { addresses: ["10.20.31.5/24"] } }],
      ),
      "in-image",
    );
    expect(result.sources.map(({ outcome }) => outcome)).toEqual(["arranged", "arranged"]);
    expect(result.steps).toEqual([]);
    expect(sha256(hive)).toBe(before);
    expect(readFileSync(join(root, PANTHER), "utf8").match(/<Identifier>0[^<]*<\/Identifier>/g)).toHaveLength(3);
  });

  test("its architecture decides the components; where it is not known, all of them are there", () => {
    const architecturesIn = (root: string) => {
      apply(root, planning([NEW_ADAPTER], [{ name: "LAN", ipv4: { addresses: ["10.20.30.40/24"] } }]), "in-image");
      return [...readFileSync(join(root, PANTHER), "utf8").matchAll(/processorArchitecture="(\w+)"/g)].map(
        ([, one]) => one,
      );
    };
    expect(architecturesIn(phonyImage("generalized").root)).toEqual(["amd64"]);
    const key = "ControlSet001\\Control\\Session Manager\\Environment";
    const unknown = phonyImage("generalized");
    editOnDisk(unknown.hive, (edit) => edit.deleteValue(key, "PROCESSOR_ARCHITECTURE"));
    expect(architecturesIn(unknown.root)).toEqual(["amd64", "x86", "arm64"]);
    const { root, hive } = phonyImage("generalized");
    const x86 = new Uint8Array([..."x86\0"].flatMap((character) => [character.charCodeAt(0), 0]));
    editOnDisk(hive, (edit) => edit.setValue(key, "PROCESSOR_ARCHITECTURE", 1, x86));
    expect(architecturesIn(root)).toEqual(["x86"]);
  });

  test("without being asked it is refused, with that advice; so it is with a file elsewhere", () => {
    const { root } = phonyImage("generalized");
    const before = snapshot(root);
    const file = join(newFolder(), "answer.xml");
    for (const options of [{}, { unattend: { file } }]) {
      const failure = failureOf(() =>
        applyImage({ ...applyOptions(root, planning([NEW_ADAPTER])), ...options }, SILENT),
      );
      expect(failure).toMatchObject({
        exitCode: 24,
        code: "generalized",
        advice: expect.stringContaining("--unattend in-image"),
      });
    }
    expect(existsSync(file)).toBe(false);
    expect(snapshot(root)).toEqual(before);
  });

  test("what is left over says so: no target 25, no MAC address or one that two adapters have 26", () => {
    const two = [SERVER, { ...SERVER, name: "Two", ipv4: { addresses: ["10.20.31.5/24"] } }];
    const outcomes = (adapters: readonly object[]) => {
      const { root } = phonyImage("generalized");
      const { result } = apply(root, planning(adapters, two), "in-image");
      expect(existsSync(join(root, PANTHER))).toBe(result.sources.some(({ outcome }) => outcome === "arranged"));
      return [result.exitCode, ...result.sources.map(({ outcome }) => outcome)];
    };
    const noMac = { hardwareIds: ["PCI\\VEN_1AF4&DEV_1000"], location: { bus: 0, device: 3, function: 0 } };
    expect(outcomes([NEW_ADAPTER])).toEqual([25, "arranged", "unplaced"]);
    expect(outcomes([NEW_ADAPTER, noMac])).toContain("pending");
    expect(outcomes([noMac])).toEqual([25, "pending", "unplaced"]);
  });

  test("a plan foresees it and writes nothing into the image", () => {
    const { root } = phonyImage("generalized");
    const before = snapshot(root);
    const options = {
      ...imageOptions(root),
      ...planning([NEW_ADAPTER]),
      unattend: { target: "in-image" as const, now: NOW },
    };
    const result = planImage(options, SILENT);
    expect(result).toMatchObject({ exitCode: 27, answerFile: { state: "foreseen", path: join(root, PANTHER) } });
    expect(result.plan).toMatchObject({ steps: [], sources: [{ outcome: "arranged" }] });
    expect(snapshot(root)).toEqual(before);
    const planFile = writeFileIn(newFolder(), "plan.json", result.text);
    expect(failureOf(() => applyImage(applyOptions(root, { planFile }, ["generalized"]), SILENT))).toMatchObject({
      exitCode: 24,
      code: "plan-of-answer-file",
    });
  });

  describe("with an answer file of its own", () => {
    test.each([
      "Windows/Panther/Unattend/UNATTEND.XML",
      "Windows/Panther/Unattend/autounattend.xml",
      "Windows/PANTHER/unattend.xml",
    ])("%s is continued where it is, and led back to exactly; the receipt holds none of its other content", (name) => {
      const { root } = phonyImage("generalized");
      const secret = RICH.replace("<servicing/>", "<servicing>Pa55word</servicing>");
      const file = put(root, name, secret);
      const { result } = apply(root, planning([NEW_ADAPTER]), "in-image");
      expect(result.answerFile).toMatchObject({ path: file, basedOn: file, state: "written" });
      expect(readFileSync(file, "utf8")).toContain(NEW_MAC);
      expect(readFileSync(file, "utf8")).toContain("Pa55word");
      expect(readFileSync(result.answerFile?.receipt ?? "", "utf8")).not.toContain("Pa55word");
      undoImage(imageOptions(root), SILENT);
      expect(readFileSync(file, "utf8")).toBe(secret);
    });

    test.each(["Windows/System32/Sysprep/unattend.xml", "unattend.xml"])(
      "%s, which Setup would not look for any more, goes on in ours and stays as it is",
      (name) => {
        const { root } = phonyImage("generalized");
        const file = put(root, name, RICH);
        const { result } = apply(root, planning([NEW_ADAPTER]), "in-image");
        expect(result.answerFile).toMatchObject({ path: join(root, PANTHER), basedOn: file });
        expect(readFileSync(file, "utf8")).toBe(RICH);
        expect(readFileSync(join(root, PANTHER), "utf8")).toContain("kept by the lab");
        undoImage(imageOptions(root), SILENT);
        expect(existsSync(join(root, PANTHER))).toBe(false);
        expect(readFileSync(file, "utf8")).toBe(RICH);
      },
    );

    test("several: the first is taken, and the others are told", () => {
      const { root } = phonyImage("generalized");
      put(root, "unattend.xml", RICH);
      const file = put(root, PANTHER, RICH);
      const { result } = apply(root, planning([NEW_ADAPTER]), "in-image");
      expect(result.answerFile?.path).toBe(file);
      expect(result.warnings.find(({ code }) => code === "several-answer-files")?.message).toContain(
        join(root, "unattend.xml"),
      );
    });

    test.each([
      ["is no XML", "[unattended]", { exitCode: 20, code: "answer-file-not-xml" }],
      [
        "is done with",
        RICH.replace('pass="specialize"', 'pass="specialize" wasPassProcessed="true"'),
        { exitCode: 24, code: "answer-file-processed" },
      ],
    ])("that %s: refused, and nothing is written", (_, text, expected) => {
      const { root } = phonyImage("generalized");
      put(root, PANTHER, text);
      const before = snapshot(root);
      expect(failureOf(() => apply(root, planning([NEW_ADAPTER]), "in-image"))).toMatchObject(expected);
      expect(snapshot(root)).toEqual(before);
    });

    test("that is a link out of the volume, or a folder: refused", () => {
      const { root } = phonyImage("generalized");
      const outside = writeFileIn(newFolder(), "unattend.xml", RICH);
      mkdirSync(join(root, "Windows/Panther"), { recursive: true });
      symlinkSync(outside, join(root, PANTHER));
      expect(failureOf(() => apply(root, planning([NEW_ADAPTER]), "in-image"))).toMatchObject({
        code: "link-leaves-image",
      });
      rmSync(join(root, PANTHER));
      mkdirSync(join(root, PANTHER));
      expect(failureOf(() => apply(root, planning([NEW_ADAPTER]), "in-image"))).toMatchObject({
        code: "no-answer-file",
      });
    });
  });

  test("whose hive names another answer file is refused", () => {
    const { root, hive } = phonyImage("generalized");
    const text = new Uint8Array([..."C:\\a.xml\0"].flatMap((character) => [character.charCodeAt(0), 0]));
    editOnDisk(hive, (edit) => edit.setValue("Setup", "UnattendFile", 1, text));
    expect(failureOf(() => apply(root, planning([NEW_ADAPTER]), "in-image"))).toMatchObject({
      exitCode: 24,
      code: "answer-file-elsewhere",
    });
  });

  test("the file changed since: undo says so and leaves it; a damaged receipt is never followed", () => {
    const { root } = phonyImage("generalized");
    put(root, PANTHER, RICH);
    const { result } = apply(root, planning([NEW_ADAPTER]), "in-image");
    const receipt = result.answerFile?.receipt ?? "";
    const written = readFileSync(join(root, PANTHER));
    writeFileSync(join(root, PANTHER), `${written.toString()}<!-- later -->`);
    expect(failureOf(() => undoImage(imageOptions(root), SILENT))).toMatchObject({
      exitCode: 24,
      code: "changed-since-receipt",
    });
    writeFileSync(join(root, PANTHER), written);
    writeFileSync(receipt, readFileSync(receipt, "utf8").replace(/"start": \d/, '"start": 9'));
    expect(failureOf(() => undoImage(imageOptions(root), SILENT))).toMatchObject({ exitCode: 20 });
    writeFileSync(receipt, "{");
    expect(failureOf(() => undoImage({ ...imageOptions(root), receipt }, SILENT))).toMatchObject({ exitCode: 20 });
    expect(readFileSync(join(root, PANTHER))).toEqual(written);
  });

  test("by a receipt that was kept elsewhere; and two runs go back one by one", () => {
    const { root } = phonyImage("generalized");
    const first = apply(root, planning([NEW_ADAPTER]), "in-image").result;
    const middle = readFileSync(join(root, PANTHER), "utf8");
    apply(root, planning([NEW_ADAPTER], [{ ...SERVER, ipv4: { addresses: ["10.20.30.41/24"] } }]), "in-image");
    expect(undoImage(imageOptions(root), SILENT).restored).toEqual([join(root, PANTHER)]);
    expect(readFileSync(join(root, PANTHER), "utf8")).toBe(middle);
    const kept = writeFileIn(newFolder(), "kept.json", readFileSync(first.answerFile?.receipt ?? "", "utf8"));
    expect(undoImage({ ...imageOptions(root), receipt: kept }, SILENT).removed).toEqual([join(root, PANTHER)]);
  });
});

describe("an image that is not generalized", () => {
  test("reads no answer file of its own: refused", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const before = snapshot(root);
    expect(failureOf(() => apply(root, planning([NEW_ADAPTER]), "in-image"))).toMatchObject({
      exitCode: 24,
      code: "not-generalized",
    });
    expect(failureOf(() => apply(hive, planning([NEW_ADAPTER]), "in-image"))).toMatchObject({
      exitCode: 2,
      code: "no-volume",
    });
    expect(snapshot(root)).toEqual(before);
  });

  test("what is pending goes into a file, stays pending (26), and what can be moved is moved", () => {
    const { root } = phonyImage("moved-windows-10");
    const file = join(newFolder(), "deep", "answer.xml");
    const two = [SERVER, { ...SERVER, name: "Two", ipv4: { addresses: ["10.20.31.5/24"] } }];
    const { result } = apply(root, planning([KNOWN_ADAPTER, NEW_ADAPTER], two), { file });
    expect(result.exitCode).toBe(26);
    expect(result.written).toBe(true);
    expect(result.sources.map(({ outcome }) => outcome).toSorted()).toEqual(["moved", "pending"]);
    expect(result.sources.find(({ outcome }) => outcome === "pending")?.reason).toContain(file);
    expect(codesOf(result)).toContain("answer-file-needs-setup");
    expect(new Set(readFileSync(file, "utf8").match(/<Identifier>[^<]{17}<\/Identifier>/g))).toEqual(
      new Set([`<Identifier>${NEW_MAC}</Identifier>`]),
    );
  });

  test("a file that stands there is merged with and kept; the same again is not written", () => {
    const { root } = phonyImage("moved-windows-10");
    const folder = newFolder();
    const file = writeFileIn(folder, "answer.xml", RICH);
    const what = planning([NEW_ADAPTER]);
    const options = { ...imageOptions(root), ...what, unattend: { target: { file }, now: NOW } };
    const { answerFile } = planImage(options, SILENT);
    expect(answerFile).toMatchObject({
      path: file,
      basedOn: file,
      state: "written",
      formerKeptAs: join(folder, "answer-before-2026-03-01T12-34-56Z.xml"),
    });
    expect(readFileSync(answerFile?.formerKeptAs ?? "", "utf8")).toBe(RICH);
    const written = readFileSync(file, "utf8");
    expect(written).toContain(NEW_MAC);
    expect(planImage(options, SILENT).answerFile).toMatchObject({ state: "as-it-was", formerKeptAs: null });
    expect(readFileSync(file, "utf8")).toBe(written);
    expect(readdirSync(folder)).toHaveLength(2);
  });

  test("with nothing pending no file is written, and that is said", () => {
    const { root } = phonyImage("moved-windows-10");
    const file = join(newFolder(), "answer.xml");
    const { result } = apply(root, planning([KNOWN_ADAPTER]), { file });
    expect(result.answerFile).toBeNull();
    expect(codesOf(result)).toContain("no-answer-file");
    expect(existsSync(file)).toBe(false);
  });

  test("where it cannot be written, nothing is: the hive neither", () => {
    const { root } = phonyImage("moved-windows-10");
    const before = snapshot(root);
    const file = join(writeFileIn(newFolder(), "a-file"), "answer.xml");
    const failure = failureOf(() =>
      apply(
        root,
        planning(
          [KNOWN_ADAPTER, NEW_ADAPTER],
          [SERVER, { ...SERVER, name: "Two", ipv4: { addresses: ["10.20.31.5/24"] } }],
        ),
        { file },
      ),
    );
    expect(failure).toMatchObject({ exitCode: 29, code: "answer-file-not-written" });
    expect(snapshot(root)).toEqual(before);
  });

  test("a hive, or whatever is too large, is never taken for one by a slip of the pen", () => {
    const { root, hive } = phonyImage("moved-windows-10");
    const before = sha256(hive);
    const large = writeFileIn(newFolder(), "large.xml", new Uint8Array(8 * 1024 * 1024 + 1));
    for (const file of [hive, large]) {
      expect(failureOf(() => apply(root, planning([NEW_ADAPTER]), { file }))).toMatchObject({ exitCode: 20 });
    }
    expect(sha256(hive)).toBe(before);
  });

  test("Windows XP reads none", () => {
    const { root } = phonyImage("moved-windows-xp");
    const file = join(newFolder(), "answer.xml");
    expect(failureOf(() => apply(root, planning([NEW_ADAPTER]), { file }))).toMatchObject({
      exitCode: 22,
      code: "no-answer-file-in-xp",
    });
  });

  test("with a conflict there is none, as nothing is moved then", () => {
    const { root } = phonyImage("conflict");
    const file = join(newFolder(), "answer.xml");
    const options = { ...imageOptions(root), pairing: DEFAULT_PLAN_OPTIONS, unattend: { target: { file }, now: NOW } };
    expect(planImage(options, SILENT)).toMatchObject({ exitCode: 24, answerFile: null });
    expect(existsSync(file)).toBe(false);
  });
});
