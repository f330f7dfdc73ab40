/** Every kind of edit is taken back bit for bit, in every kind of image, and a power cut on the way is finished by the next undo. */
import { cpSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { undoImage } from "../../src/apply/undo.ts";
import type { HiveEdit } from "../../src/regf/index.ts";
import { bytesOf } from "../support/edit-actions.ts";
import { newFolder } from "../support/folders.ts";
import { ourDump } from "../support/hivex-export.ts";
import { phonyImage } from "../support/phony-images.ts";
import { runAny } from "./any-run.ts";
import { copyOf, cutAfter, makeDirty } from "./cuts.ts";
import { contents, imageOptions, isReceipt, readHive, SILENT, sha256 } from "./support.ts";

const HOME = "Setup";

/** What the edits below find: many siblings, big data, names beyond Latin-1. */
function furnish(edit: HiveEdit): void {
  for (let index = 0; index < 700; index++) {
    edit.createKey(`${HOME}\\Many\\sibling ${index}`);
  }
  edit.setValue(`${HOME}\\Many\\sibling 7`, "value", 3, bytesOf(600, 1));
  edit.createKey(`${HOME}\\Deep\\日本語\\Straße`);
  edit.setValue(`${HOME}\\Deep\\日本語\\Straße`, "big", 3, bytesOf(60_000, 2));
  edit.setValue(`${HOME}\\Deep\\日本語`, "", 1, bytesOf(40, 3));
  for (let index = 0; index < 40; index++) {
    edit.setValue(`${HOME}\\Deep`, `value ${index}`, 3, bytesOf(index * 9, index));
  }
}

const EDITS: Readonly<Record<string, (edit: HiveEdit) => void>> = {
  "a value in place": (edit) => void edit.setValue(`${HOME}\\Deep`, "value 20", 3, bytesOf(180, 99)),
  "a value made, of another type and shorter, deleted": (edit) => {
    edit.setValue(HOME, "new", 1, bytesOf(10, 1));
    edit.setValue(`${HOME}\\Deep`, "value 30", 7, bytesOf(4, 1));
    edit.deleteValue(`${HOME}\\Deep`, "value 39");
    edit.deleteValue(`${HOME}\\Deep\\日本語`, "");
  },
  "values renamed, by case and to a longer name": (edit) => {
    edit.renameValue(`${HOME}\\Deep`, "value 1", "VALUE 1");
    edit.renameValue(`${HOME}\\Deep`, "value 2", "日".repeat(90));
    edit.renameValue(`${HOME}\\Deep\\日本語\\Straße`, "big", "");
  },
  "keys made, some with the keys above them": (edit) => {
    edit.createKey(`${HOME}\\N\\M\\ß`);
    edit.createKey(`${HOME}\\Deep\\日本語\\z`);
    edit.setValue(`${HOME}\\N\\M`, "value", 3, bytesOf(3, 1));
  },
  "a tree deleted, big data in it": (edit) => void edit.deleteKey(`${HOME}\\Deep`),
  "lists that split": (edit) => {
    for (let index = 0; index < 500; index++) {
      edit.createKey(`${HOME}\\Many\\more ${index}`);
    }
  },
  "lists that shrink": (edit) => {
    for (let index = 0; index < 650; index++) {
      edit.deleteKey(`${HOME}\\Many\\sibling ${index}`);
    }
  },
  "big data made, shortened and replaced": (edit) => {
    edit.setValue(HOME, "big", 3, bytesOf(33_000, 8));
    edit.setValue(`${HOME}\\Deep\\日本語\\Straße`, "big", 3, bytesOf(17_000, 9));
  },
  "the hive grown": (edit) => {
    for (let index = 0; index < 12; index++) {
      edit.setValue(HOME, `block ${index}`, 3, bytesOf(16_000, index));
    }
  },
};

const IMAGES = [
  { name: "moved-windows-10", logFormat: "HvLE", cut: "a tree deleted, big data in it", condition: "clean" },
  { name: "moved-windows-7", logFormat: "DIRT", cut: "lists that split", condition: "clean" },
  { name: "moved-windows-xp", logFormat: "DIRT-XP", cut: "the hive grown", condition: "dirty" },
] as const;

interface Prepared {
  /** What a person names. */
  readonly image: string;
  /** The folder in which everything of it is. */
  readonly root: string;
  readonly hive: string;
}

describe.each(IMAGES)("$name", ({ name, logFormat, cut, condition: cutCondition }) => {
  function prepare(kind: "folder" | "hive file", condition: "clean" | "dirty"): Prepared {
    const { root, hive } = phonyImage(name);
    const furnished = runAny(root, logFormat, furnish);
    expect(furnished).toMatch(/\.json$/);
    if (condition === "dirty") {
      makeDirty(hive, logFormat);
    }
    if (kind === "folder") {
      return { image: root, root, hive };
    }
    const folder = newFolder();
    cpSync(dirname(hive), folder, { recursive: true });
    const alone = join(folder, basename(hive));
    return { image: alone, root: folder, hive: alone };
  }

  describe.each(["folder", "hive file"] as const)("%s", (kind) => {
    test.each(["clean", "dirty"] as const)("%s: every kind of edit", (condition) => {
      const base = prepare(kind, condition);
      const original = contents(base.root, isReceipt);
      for (const [what, edit] of Object.entries(EDITS)) {
        const root = copyOf(base.root);
        const image = join(root, relative(base.root, base.image));
        const before = sha256(join(root, relative(base.root, base.hive)));
        const receipt = runAny(image, logFormat, edit);
        expect(sha256(join(root, relative(base.root, base.hive))), what).not.toBe(before);
        const undone = undoImage(imageOptions(image), SILENT);
        expect({ what, ...undone }).toMatchObject({ what, way: "bit-for-bit", receipt });
        // A hive that was named by itself: its volume could not be looked at.
        expect(undone.warnings.filter(({ code }) => kind === "folder" || !code.startsWith("not-checked-"))).toEqual([]);
        expect({ what, files: contents(root, isReceipt) }).toEqual({ what, files: original });
      }
    });
  });

  test(`cut anywhere, by a clock that went back: ${cut}`, () => {
    const base = prepare("folder", cutCondition);
    const original = contents(base.root, isReceipt);
    const applied = copyOf(base.root);
    const old = treeOf(base.hive);
    // The run that furnished the hive has a receipt too, and a later time: where this one began that one ended.
    runAny(applied, logFormat, EDITS[cut] ?? expect.fail(), new Date("2020-01-01T00:00:00Z"));
    const made = treeOf(join(applied, relative(base.root, base.hive)));
    let cuts = 0;
    for (; ; cuts++) {
      const root = copyOf(applied);
      const { reached, failure } = cutAfter(cuts, () => undoImage(imageOptions(root), SILENT));
      if (reached) {
        expect([29, 30, undefined], failure?.message).toContain(failure?.exitCode);
        expect(treeOf(join(root, relative(base.root, base.hive)))).toBe(failure?.exitCode === 29 ? made : old);
        if (contentText(root) !== JSON.stringify(original)) {
          undoImage(imageOptions(root), SILENT);
        }
      }
      expect(contents(root, isReceipt)).toEqual(original);
      if (!reached) {
        break;
      }
    }
    expect(cuts).toBeGreaterThan(8);
  });
});

function treeOf(hive: string): string {
  return readHive(hive, ({ root }) => JSON.stringify(ourDump(root)));
}

function contentText(root: string): string {
  return JSON.stringify(contents(root, isReceipt));
}
