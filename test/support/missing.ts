/** What a test does when something it needs from outside the repository is missing: skip and say so at a desk, fail in CI. */
import { describe } from "vitest";

/** CI must have everything: a skipped witness there would pass for a witness that agreed. */
const mayBeMissing = process.env["CI"] !== "true";

const told = new Set<string>();

/** A `describe` that needs `what`: skipped with a line on stderr when it is missing, failed with that line when CI is true. */
export function describeUnlessMissing(title: string, missing: string | undefined, tests: () => void): void {
  if (missing === undefined) {
    describe(title, tests);
    return;
  }
  if (!mayBeMissing) {
    throw new Error(`${missing}, and CI=true: nothing may be skipped there (${title})`);
  }
  if (!told.has(missing)) {
    told.add(missing);
    process.stderr.write(`skipped: ${missing}\n`);
  }
  describe.skip(`${title} (skipped: ${missing})`, tests);
}
