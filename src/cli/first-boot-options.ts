/** From the arguments to what is asked for the first boot. */
import path from "node:path";
import type { FirstBootRequest } from "../apply/first-boot/prepare.ts";
import { VERSION } from "../version.ts";
import type { Context } from "./command.ts";
import type { Arguments, OptionName } from "./options.ts";
import { UsageError } from "./usage-error.ts";

export const FIRST_BOOT_OPTIONS = [
  "first-boot",
  "no-first-boot",
  "first-boot-files",
] as const satisfies readonly OptionName[];

/** An unattended run arranges what it can; a person who asks for it wants it done. Throws UsageError. */
export function firstBootRequest(args: Arguments, { surroundings }: Context): FirstBootRequest | undefined {
  const { auto, "first-boot": insisted, "no-first-boot": isOff, "first-boot-files": folder } = args;
  const isWanted = !isOff && (insisted || (auto && args.unattend === undefined));
  if (folder !== undefined && !isWanted) {
    throw new UsageError("--first-boot-files goes with --first-boot or --auto only");
  }
  const filesFolder = folder === undefined ? surroundings.programFolder : path.resolve(folder);
  return isWanted ? { filesFolder, insisted } : undefined;
}

/** The same for a plan, which shows what the document would be. Throws UsageError. */
export function plannedFirstBoot(
  args: Arguments,
  context: Context,
): (FirstBootRequest & { readonly tool: string; readonly now: Date }) | undefined {
  const request = firstBootRequest(args, context);
  return request && { ...request, tool: `pint-offline ${VERSION}`, now: context.now };
}
