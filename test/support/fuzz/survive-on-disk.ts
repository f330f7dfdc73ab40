/** What pint's own operations do with a mutant on the disk: an answer or a Failure, and not a byte of the files changes. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { captureImage } from "../../../src/apply/capture.ts";
import { checkImage } from "../../../src/apply/check.ts";
import { inspectImage } from "../../../src/apply/inspect.ts";
import { planImage } from "../../../src/apply/plan.ts";
import { Failure } from "../../../src/exit/failure.ts";
import type { ForceName } from "../../../src/image/force.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../../src/plan/options.ts";
import { LINUX } from "../hosts.ts";
import type { HiveBytes } from "./subjects.ts";
import { Violation } from "./violation.ts";

/** `folder` is empty. Returns how many of the operations had an answer. */
export function surviveOnDisk({ primary, logs }: HiveBytes, folder: string): number {
  const image = join(folder, "SYSTEM");
  writeFileSync(image, primary);
  for (const [index, log] of logs.entries()) writeFileSync(`${image}.LOG${index + 1}`, log);
  const before = stateOf(folder);
  let answers = 0;
  for (const force of [[], ["dirty", "damaged"]] satisfies ForceName[][]) {
    const options = { image, force, host: LINUX };
    const orphans = { ...DEFAULT_PLAN_OPTIONS, sources: "orphans" as const };
    for (const operation of [
      () => checkImage(options, () => {}),
      () => inspectImage(options, () => {}),
      () => captureImage({ ...options, save: "nowhere", now: new Date(0) }, () => {}),
      () => planImage({ ...options, pairing: orphans }, () => {}),
    ]) {
      if (answered(operation)) answers++;
    }
  }
  if (stateOf(folder) !== before) throw new Violation("an operation that only reads changed the files");
  return answers;
}

function answered(operation: () => unknown): boolean {
  try {
    operation();
    return true;
  } catch (error) {
    if (error instanceof Failure && error.message !== "") return false;
    throw error;
  }
}

/** Names, contents and times. */
function stateOf(folder: string): string {
  const names = readdirSync(folder).sort();
  return names
    .map((name) => {
      const file = join(folder, name);
      const hash = createHash("sha1").update(readFileSync(file)).digest("hex");
      return `${name} ${hash} ${statSync(file, { bigint: true }).mtimeNs}`;
    })
    .join("\n");
}
