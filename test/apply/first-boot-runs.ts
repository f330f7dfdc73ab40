/** Runs of apply and plan with --first-boot on the phony images whose machine has an adapter that they never met. */
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { VariantName } from "../../scripts/fixtures/images.ts";
import { applyImage } from "../../src/apply/apply.ts";
import { planImage } from "../../src/apply/plan.ts";
import type { PlanningOptions } from "../../src/apply/planning.ts";
import type { ApplyResult } from "../../src/apply/results.ts";
import type { ForceName } from "../../src/image/force.ts";
import type { Host } from "../../src/image/host.ts";
import { DEFAULT_PLAN_OPTIONS, type PlanOptions } from "../../src/plan/options.ts";
import { type FinisherFolder, finisherFolder, keepingLists } from "../support/first-boot.ts";
import { LINUX } from "../support/hosts.ts";
import { NOW, readHive, SILENT } from "./support.ts";

/** pint.exe and nssm.exe for all tests of a file; called at its top. */
export function useFinisher(): void {
  beforeAll(async () => {
    finisher = await finisherFolder();
  });
  afterAll(() => finisher?.remove());
}

let finisher: FinisherFolder | undefined;

/** Where they are. */
export function finisherPath(): string {
  return finisher?.path ?? "";
}

export const FOLDER = "Windows/PINT/first-boot";
export const NEW_MAC = "52-54-00-1B-22-0C";

export function what(name: VariantName, pairing: Partial<PlanOptions> = {}): PlanningOptions {
  const sources = name === "pending-10" || name === "pending-arm64" || name === "generalized" ? "profile" : "orphans";
  const known = name === "generalized" ? "pending-10" : name;
  return {
    inventory: { kind: "document", path: join("fixtures", "variants", known, "inventory.json") },
    pairing: { ...DEFAULT_PLAN_OPTIONS, sources, ...pairing },
  };
}

export interface Choice {
  readonly force?: readonly ForceName[];
  readonly host?: Host;
  readonly filesFolder?: string;
  readonly insisted?: boolean;
  readonly pairing?: Partial<PlanOptions>;
  readonly now?: Date;
  readonly planning?: PlanningOptions;
}

export function options(root: string, name: VariantName, choice: Choice = {}) {
  const { force = [], host = keepingLists().host, insisted = true, pairing, now = NOW } = choice;
  return {
    image: root,
    force,
    host,
    what: choice.planning ?? what(name, pairing),
    tool: "pint-offline test",
    now,
    firstBoot: { filesFolder: choice.filesFolder ?? finisherPath(), insisted },
  };
}

export const apply = (root: string, name: VariantName, choice: Choice = {}) =>
  applyImage(options(root, name, choice), SILENT);

export function plan(root: string, name: VariantName, choice: Choice = {}) {
  const { what: planning, firstBoot, tool, now, ...rest } = options(root, name, choice);
  return planImage({ ...rest, ...planning, firstBoot: { ...firstBoot, tool, now } }, SILENT);
}

/** Where the document of the arrangement is that a run has made. */
export function documentFile(root: string, { firstBoot }: Pick<ApplyResult, "firstBoot">): string {
  return join(root, FOLDER, `${firstBoot?.id}.json`);
}

export const looking = (image: string) => ({ image, force: [], host: LINUX });
export const codes = ({ warnings }: { readonly warnings: readonly { readonly code: string }[] }) =>
  warnings.map(({ code }) => code);

export function service(hive: string, set = "ControlSet001"): Record<string, unknown> | undefined {
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
