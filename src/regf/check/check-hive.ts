/** The full check: every bin, cell, key, value and descriptor, each looked at once. */
import { KEY_NODE } from "../format/key-node.ts";
import type { Hive } from "../hive.ts";
import type { Problem } from "../problem.ts";
import { CellMap } from "./cell-map.ts";
import { Claims } from "./claims.ts";
import { Findings } from "./findings.ts";
import type { Examined, Looks } from "./rule.ts";
import { RULES } from "./rules/index.ts";
import { SecurityRing } from "./security-ring.ts";
import { claimRoot, walkKeys } from "./walk.ts";

export interface CheckResult {
  /** In the order of their places. */
  readonly problems: readonly Problem[];
  /** Problems that were found beyond the bound on each severity (limits.ts, MAX_PROBLEMS), and are not listed. */
  readonly omitted: number;
  /** What could be reached. */
  readonly counts: { readonly keys: number; readonly values: number };
}

interface Known {
  readonly revision: number;
  readonly result: CheckResult;
}

/** A check takes longer than all the rest of a run, and finds the same in the same bytes: a run looks at the hive it found, and again when it begins to edit. */
const known = new WeakMap<Hive, Known>();

/** Throws nothing for the hive's bytes; StorageError when they cannot be read. Takes an eighth of the hive's size in memory, and the hive. */
export function checkHive(hive: Hive): CheckResult {
  const { revision } = hive.bins;
  const last = known.get(hive);
  if (last?.revision === revision) return last.result;
  const result = checkAnew(hive);
  known.set(hive, { revision, result });
  return result;
}

function checkAnew(hive: Hive): CheckResult {
  const findings = new Findings();
  const { bins } = hive;
  const cells = new CellMap(bins, findings);
  const security = new SecurityRing(bins, cells, findings);
  const claims = new Claims(bins, hive.version.minor, cells, findings);
  const areBinsWhole = findings.fatalCount === 0;
  const isComplete = (): boolean => areBinsWhole && !claims.isIncomplete;
  const looks = arranged({ hive, bins, cells, findings, isComplete });
  const counts = { keys: 0, values: 0 };

  const root = claimRoot(claims, hive.rootCell);
  if (root !== undefined) {
    security.walk(bins.get(root.cell, KEY_NODE.fields.security), root);
    walkKeys(claims, root, (key, contents) => {
      counts.keys++;
      counts.values += contents.values.length;
      security.use(bins.get(key.cell, KEY_NODE.fields.security), key);
      for (const look of looks.key) look(key, contents);
      for (const list of contents.lists) for (const look of looks.list) look(list, key);
      for (const value of contents.values) for (const look of looks.value) look(value, key);
    });
  }
  for (const descriptor of security.descriptors()) for (const look of looks.descriptor) look(descriptor);
  for (const look of looks.hive) look();
  const problems = findings.problems.sort((left, right) => left.at - right.at);
  return { problems, omitted: findings.omitted, counts };
}

type Arranged = { readonly [Place in keyof Looks]-?: NonNullable<Looks[Place]>[] };

/** Every rule begun, and what they look at, by the place where they look: most keys and values are shown to few rules. */
function arranged(examined: Examined): Arranged {
  const looks: Arranged = { key: [], list: [], value: [], descriptor: [], hive: [] };
  for (const { begin } of RULES) {
    const { key, list, value, descriptor, hive } = begin(examined);
    if (key !== undefined) looks.key.push(key);
    if (list !== undefined) looks.list.push(list);
    if (value !== undefined) looks.value.push(value);
    if (descriptor !== undefined) looks.descriptor.push(descriptor);
    if (hive !== undefined) looks.hive.push(hive);
  }
  return looks;
}
