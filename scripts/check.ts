/** `npm run check`: everything a change must pass, in order, stopping at the first failure; `--without-tests` leaves the tests to `npm test`. */
import { runTool } from "./tools.ts";

interface Step {
  readonly name: string;
  /** Returns the exit status. */
  readonly run: () => number;
}

const TESTS: Step = {
  name: "tests",
  run: () => runTool("vitest", ["run", "--config", "test/vitest.config.ts"]),
};

/** What the program, the library and the build use; src/regtext/README.md says why regtext counts among it. */
const PRODUCTION = ["--production", "--exports", "--files", "--config", "scripts/knip-production.json"];

const STEPS: readonly Step[] = [
  { name: "format and lint", run: () => runTool("@biomejs/biome", ["ci", "--error-on-warnings"]) },
  { name: "types", run: () => runTool("typescript", ["-p", "tsconfig.json"]) },
  { name: "dead code", run: () => runTool("knip", []) },
  { name: "dead code that only tests use", run: () => runTool("knip", PRODUCTION) },
  TESTS,
  { name: "build", run: () => runTool("tsx", ["scripts/build.ts"]) },
  { name: "the built program on a fixture", run: () => runTool("tsx", ["scripts/demo.ts", "--built"]) },
];

function main(args: readonly string[]): number {
  const steps = args.includes("--without-tests") ? STEPS.filter((step) => step !== TESTS) : STEPS;
  for (const { name, run } of steps) {
    process.stdout.write(`\n== ${name}\n`);
    const started = performance.now();
    const status = run();
    const seconds = ((performance.now() - started) / 1000).toFixed(1);
    process.stdout.write(`== ${name}: ${status === 0 ? "passed" : `failed (${status})`} in ${seconds} s\n`);
    if (status !== 0) {
      return 1;
    }
  }
  return 0;
}

process.exitCode = main(process.argv.slice(2));
