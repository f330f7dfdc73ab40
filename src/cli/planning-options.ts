/** From the arguments to what the operations take: images, inventories, and what decides what becomes of a source. */
import type { AnswerFileTarget } from "../apply/answer-file/prepare.ts";
import type { ImageOptions } from "../apply/open-windows.ts";
import type { PlanningOptions } from "../apply/planning.ts";
import { inventoryByDefault, type InventorySource, inventorySource } from "../apply/read-inventory.ts";
import type { Context } from "./command.ts";
import type { Arguments, OptionName } from "./options.ts";
import { UsageError } from "./usage-error.ts";

export function imageOptions(args: Arguments, { host }: Context): ImageOptions {
  return { image: args.image, force: args.force, host };
}

/** undefined: none was named. */
export function namedInventory({ inventory }: Arguments, { host }: Context): InventorySource | undefined {
  return inventory === undefined || inventory === "none" ? undefined : inventorySource(inventory, host);
}

/** The one that was named, or where nothing was said the one that goes without saying. */
export function assumedInventory(args: Arguments, context: Context): InventorySource | undefined {
  return args.inventory === undefined ? inventoryByDefault(context.host) : namedInventory(args, context);
}

export function wasGiven(args: Arguments, name: OptionName): boolean {
  const value = args[name];
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}

/** Throws UsageError. */
export function planningOptions(args: Arguments, context: Context): PlanningOptions {
  if (args.profile !== undefined && args.sources === "orphans") {
    throw new UsageError("--profile and --sources orphans do not go together: the sources come from one or the other");
  }
  return {
    profile: args.profile,
    inventory: assumedInventory(args, context),
    pairing: {
      map: args.map.map(parsePair),
      exclude: args.exclude,
      pairBy: args.match === "mac" ? ["mac"] : ["mac", "order"],
      sources: args.sources ?? "profile",
      orphans: args.orphans ?? "clear",
      rename: args.rename,
      allOrNothing: args["all-or-nothing"],
      allowConflict: args.force.includes("conflict"),
    },
  };
}

/** `--unattend in-image`, or a file; undefined: none was asked for. */
export function answerFileTarget({ unattend }: Arguments): AnswerFileTarget | undefined {
  if (unattend === undefined) return undefined;
  return unattend === "in-image" ? "in-image" : { file: unattend };
}

function parsePair(text: string): readonly [source: string, target: string] {
  const [source, target, ...more] = text.split("=").map((part) => part.trim());
  if (source === undefined || source === "" || target === undefined || target === "" || more.length > 0) {
    throw new UsageError(
      `--map takes SOURCE=TARGET, not "${text}"`,
      "",
      "for a name that contains =, give its number instead (pint inspect and pint plan show it)",
    );
  }
  return [source, target];
}
