/** What a rule is: a name, and what it has to say of a key, or of the whole hive when every key has been seen. */
import type { Bins } from "../bins.ts";
import type { Hive } from "../hive.ts";
import type { CellMap } from "./cell-map.ts";
import type { Findings } from "./findings.ts";
import type { SecurityRing } from "./security-ring.ts";
import type { KeyContents, KeyVisit } from "./visits.ts";

/** What every rule may look at. */
export interface Examined {
  readonly hive: Hive;
  readonly bins: Bins;
  readonly cells: CellMap;
  readonly security: SecurityRing;
  readonly findings: Findings;
  /** Whether every key, list and value could be walked; only then is it known that nothing refers to a cell. */
  readonly isComplete: () => boolean;
}

/** Rules add to `findings`; whatever the file's bytes are, they throw nothing. */
export interface Rule {
  readonly name: string;
  key?(examined: Examined, key: KeyVisit, contents: KeyContents): void;
  hive?(examined: Examined): void;
}
