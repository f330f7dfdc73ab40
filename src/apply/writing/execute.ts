/** The executor for an offline hive: each change is compared with what stands there, then made in memory. */
import { Failure } from "../../exit/failure.ts";
import { EditError, type Hive, type HiveEdit } from "../../regf/index.ts";
import { isSameData, registryBytes } from "../../windows/registry-data.ts";
import type { Change } from "../../windows/model/change.ts";
import type { RegistryData } from "../../notation/registry-data.ts";
import type { Emit } from "../events.ts";
import { spellOut } from "./spell-out.ts";
import { valueAt } from "./standing.ts";

/**
 * Returns what was changed, spelled out for a receipt. Throws Failure("refused", 24) as soon as something is not as the
 * plan saw it (`was`): then the edit is to be discarded. Keys and values that earlier changes of the same list made count as standing.
 */
export function makeChanges(hive: Hive, edit: HiveEdit, changes: readonly Change[], emit: Emit): Change[] {
  const made: Change[] = [];
  for (const change of changes) {
    refuseChanged(hive, change);
    made.push(...spellOut(hive.root, change));
    try {
      makeChange(edit, change);
    } catch (error) {
      throw error instanceof EditError ? impossible(change, error) : error;
    }
    emit({ kind: "changed", change });
  }
  return made;
}

function makeChange(edit: HiveEdit, change: Change): void {
  switch (change.kind) {
    case "set-value": {
      const { type, data } = registryBytes(change);
      edit.setValue(change.key, change.name, type, data);
      break;
    }
    case "delete-value":
      edit.deleteValue(change.key, change.name);
      break;
    case "create-key":
      edit.createKey(change.key);
      break;
    case "delete-key":
      edit.deleteKey(change.key);
      break;
  }
}

function refuseChanged(hive: Hive, change: Change): void {
  const what = whatChanged(hive, change);
  if (what !== undefined) {
    const name = "name" in change ? `\\${change.name === "" ? "(default)" : change.name}` : "";
    throw new Failure("refused", `The hive is not as the plan saw it: ${what}`, {
      at: change.key + name,
      code: "changed-since-plan",
      advice: "make the plan again; nothing was written",
    });
  }
}

/** undefined: what stands there is what the plan saw. */
function whatChanged(hive: Hive, change: Change): string | undefined {
  const key = hive.root.open(change.key);
  switch (change.kind) {
    case "create-key":
      return key === undefined ? undefined : "the key is there already";
    case "delete-key":
      return key === undefined ? "the key is not there any more" : undefined;
    default: {
      if (key === undefined) {
        return "the key is not there";
      }
      const now = valueAt(hive.root, change.key, change.name);
      return isSameData(now, change.was) ? undefined : `the plan saw ${say(change.was)}, and now there is ${say(now)}`;
    }
  }
}

/** A plan that was edited by hand can ask for what no hive can hold. */
function impossible(change: Change, error: EditError): Failure {
  return new Failure("refused", `A change of the plan cannot be made: ${error.message}`, {
    at: change.key,
    code: error.code,
    advice: "make the plan again; nothing was written",
    cause: error,
  });
}

function say(data: RegistryData | null): string {
  return data === null ? "no value" : `${data.type} ${JSON.stringify(data.data)}`;
}
