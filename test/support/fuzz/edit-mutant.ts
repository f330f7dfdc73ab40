/** Edits a mutant that the check found sound, commits it in memory, and looks at what is there then. */
import {
  checkHive,
  CommitError,
  commitHive,
  EditError,
  editHive,
  type Hive,
  type HiveEdit,
  type HiveFiles,
  type Key,
  type LogFormat,
  openHive,
} from "../../../src/regf/index.ts";
import { MemoryStorage } from "../../../src/storage/memory.ts";
import { bytesOf } from "../edit-actions.ts";
import { treeOf } from "../hive-model.ts";
import type { Random } from "../random.ts";
import type { HiveBytes } from "./subjects.ts";
import { Violation } from "./violation.ts";

const EDITS = 12;

/** False when no edit could be done, or the logs beside the hive are of no one format. Throws Violation. */
export function editAndCommit(mutant: HiveBytes, random: Random): boolean {
  return (["HvLE", "DIRT"] as const).some((format) => committed(mutant, random, format));
}

function committed(mutant: HiveBytes, random: Random, format: LogFormat): boolean {
  const files = writableFiles(mutant);
  const hive = openHive(files, { acceptDirty: true });
  const before = checkHive(hive).problems;
  const edit = editHive(hive, { now: 1n });
  for (let left = EDITS; left > 0; left--) attempt(() => editSomething(edit, hive, random));
  const tree = JSON.stringify(treeOf(hive.root));
  const logs = [...files.logs];
  const createLog = (): MemoryStorage => {
    const log = new MemoryStorage(`${mutant.name}.LOG1`);
    logs.push(log);
    return log;
  };
  try {
    if (!commitHive(hive, { logFormat: format, createLog }).written) return false;
  } catch (error) {
    if (error instanceof CommitError && error.code === "log-format-contradicts") return false;
    throw error;
  }
  const again = openHive({ primary: files.primary, logs });
  if (again.recovery.dirty) throw new Violation("the hive is dirty after the commit");
  if (JSON.stringify(treeOf(again.root)) !== tree)
    throw new Violation("the hive holds something else after the commit");
  const after = checkHive(again).problems;
  if (after.length > before.length)
    throw new Violation(`the commit brought ${after.map(({ code }) => code).join(", ")}`);
  return true;
}

function writableFiles({ name, primary, logs }: HiveBytes): HiveFiles {
  return {
    primary: new MemoryStorage(name, primary),
    logs: logs.map((log, index) => new MemoryStorage(`${name}.LOG${index + 1}`, log)),
  };
}

function attempt(edit: () => void): void {
  try {
    edit();
  } catch (error) {
    if (!(error instanceof EditError)) throw error;
  }
}

function editSomething(edit: HiveEdit, hive: Hive, random: Random): void {
  const key = someKey(hive.root, random);
  const names = [...key.values()].map(({ name }) => name);
  const name = names.length > 0 && random.once(2) ? random.pick(names) : `new ${random.below(9)}`;
  const path = pathOf(key);
  if (path === undefined) return;
  switch (random.below(6)) {
    case 0:
      edit.deleteValue(path, name);
      return;
    case 1:
      edit.renameValue(path, name, `renamed ${random.below(9)}`);
      return;
    case 2:
      edit.createKey(path === "" ? "made" : `${path}\\made\\below ${random.below(9)}`);
      return;
    case 3:
      if (path.includes("\\")) edit.deleteKey(path);
      return;
    default:
      edit.setValue(path, name, random.below(12), bytesOf(random.pick([0, 3, 60, 5000, 17_000]), random.below(256)));
  }
}

function someKey(root: Key, random: Random): Key {
  let key = root;
  for (let subkeys = [...key.subkeys()]; subkeys.length > 0 && !random.once(6); subkeys = [...key.subkeys()]) {
    key = random.pick(subkeys);
  }
  return key;
}

/** A damaged name may have a backslash in it, and is no path then. */
function pathOf(key: Key): string | undefined {
  return key.path.split("\\").length > 512 || key.name.includes("\\") ? undefined : key.path;
}
