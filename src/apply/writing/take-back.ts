/** Works out, value by value, how a run is taken back from a hive that something else has written since: what still stands goes, all else stays. */
import type { RegistryData } from "../../notation/registry-data.ts";
import type { Key } from "../../regf/index.ts";
import type { Change } from "../../windows/model/change.ts";
import { isSameData } from "../../windows/registry-data.ts";
import type { ChangedPlace, LeftChange } from "../results.ts";
import { keyPlace, type Net, type NetKey, netOf, type NetValue, valuePlace } from "./net.ts";
import { valueAt } from "./standing.ts";

export interface TakeBack {
  /** In the order in which they must be made: keys, values, and in the end the keys that go. */
  readonly steps: readonly Change[];
  /** What is as it was before the run already. */
  readonly already: readonly ChangedPlace[];
  /** What is neither as the run made it nor as it was. */
  readonly left: readonly LeftChange[];
}

/** `changes` are those of a run, spelled out. Throws HiveError. */
export function planTakeBack(root: Key, changes: readonly Change[]): TakeBack {
  return new Planning(root, netOf(changes)).plan();
}

class Planning {
  readonly #root: Key;
  readonly #net: Net;
  readonly #steps: Change[] = [];
  readonly #already: ChangedPlace[] = [];
  readonly #left: LeftChange[] = [];
  /** By place: keys that the run deleted and that the steps make again; those that somebody has made since. */
  readonly #made = new Set<string>();
  readonly #madeAnew = new Set<string>();
  /** By place: keys and values that the steps delete. */
  readonly #goes = new Set<string>();

  constructor(root: Key, net: Net) {
    this.#root = root;
    this.#net = net;
  }

  plan(): TakeBack {
    const fromTheTop = this.#net.keys.toSorted((left, right) => depthOf(left) - depthOf(right));
    for (const key of fromTheTop.filter(({ was, meant }) => was && !meant)) {
      this.#makeAgain(key);
    }
    for (const value of this.#net.values.filter(({ was, meant }) => !isSameData(was, meant))) {
      this.#takeBackValue(value);
    }
    for (const key of fromTheTop.toReversed().filter(({ was, meant }) => !was && meant)) {
      this.#deleteAgain(key);
    }
    return { steps: this.#steps, already: this.#already, left: this.#left };
  }

  #makeAgain({ key }: NetKey): void {
    if (this.#root.open(key) !== undefined) {
      this.#madeAnew.add(keyPlace(key));
      this.#already.push({ key });
      return;
    }
    const gone = this.#whatIsGone(parentOf(key));
    if (gone === undefined) {
      this.#made.add(keyPlace(key));
      this.#steps.push({ kind: "create-key", key });
    } else {
      this.#left.push({ key, reason: `The run deleted this key, and now ${gone} is not there any more` });
    }
  }

  #takeBackValue({ key, name, was, meant }: NetValue): void {
    const now = valueAt(this.#root, key, name);
    if (isSameData(now, was)) {
      this.#already.push({ key, name });
      return;
    }
    const reason = this.#whyLeft(key, isSameData(now, meant));
    if (reason !== undefined) {
      this.#left.push({ key, name, reason, now, wrote: meant, was });
    } else if (was === null) {
      // Then `now` is what the run wrote, which is not null either.
      this.#goes.add(valuePlace(key, name));
      this.#steps.push({ kind: "delete-value", key, name, was: now as RegistryData });
    } else {
      this.#steps.push({ kind: "set-value", key, name, ...was, was: now });
    }
  }

  /** undefined: it stands, and its key is there, or will be. */
  /** undefined: it stands, and its key is there, or will be. */
  #whyLeft(key: string, stands: boolean): string | undefined {
    const gone = this.#whatIsGone(key);
    if (gone !== undefined) {
      return gone === key ? "Its key is not there any more" : `${gone} is not there any more`;
    }
    if (!stands) {
      return "Something else has written it since";
    }
    return this.#madeAnew.has(keyPlace(key)) ? "The run deleted its key, which was made anew since" : undefined;
  }

  /** Only a key that is empty then: what else has been put into it is not this run's. */
  #deleteAgain({ key }: NetKey): void {
    const found = this.#root.open(key);
    if (found === undefined) {
      this.#already.push({ key });
      return;
    }
    const values = [...found.values()].filter(({ name }) => !this.#goes.has(valuePlace(key, name))).length;
    const subkeys = [...found.subkeys()].filter(({ name }) => !this.#goes.has(keyPlace(`${key}\\${name}`))).length;
    if (values + subkeys === 0) {
      this.#goes.add(keyPlace(key));
      this.#steps.push({ kind: "delete-key", key });
    } else {
      const reason = `The run made this key; now it holds what is not of that run or is to stay (values: ${values}, keys: ${subkeys})`;
      this.#left.push({ key, reason });
    }
  }

  /** The uppermost that is missing, of a key and those above it: of a control set that is gone, that one. */
  #whatIsGone(key: string): string | undefined {
    const names = key.split("\\");
    const paths = names.map((_, index) => names.slice(0, index + 1).join("\\"));
    return paths.find((path) => !this.#made.has(keyPlace(path)) && this.#root.open(path) === undefined);
  }
}

function parentOf(key: string): string {
  return key.slice(0, Math.max(0, key.lastIndexOf("\\")));
}

function depthOf({ key }: NetKey): number {
  return key.split("\\").length;
}
