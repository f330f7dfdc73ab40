/** Tests that need the outside witnesses, which must read what we wrote as we do. */
import { describeUnlessMissing } from "./missing.ts";
import { findTool, PACKAGES, type Tool } from "./programs.ts";

export { findTool, runTool } from "./programs.ts";

/** A `describe` that needs these programs: skipped, and said, when one is missing; failed when CI=true. */
export function describeWithTools(title: string, tools: readonly Tool[], tests: () => void): void {
  const absent = tools.filter((tool) => findTool(tool) === undefined);
  const packages = [...new Set(absent.map((tool) => PACKAGES[tool]))];
  const missing = absent.length === 0 ? undefined : `no ${absent.join(", ")} (Debian: ${packages.join(" ")})`;
  describeUnlessMissing(title, missing, tests);
}
