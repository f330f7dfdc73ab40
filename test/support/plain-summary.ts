/** The last line of a test run, for people and programs that do not know vitest: "120 passed, 0 failed". */
import type { SerializedError } from "vitest";
import type { Reporter, TestModule } from "vitest/node";

export default class PlainSummary implements Reporter {
  onTestRunEnd(modules: readonly TestModule[], unhandledErrors: readonly SerializedError[]): void {
    const counts = { passed: 0, failed: unhandledErrors.length, skipped: 0 };
    for (const module of modules) {
      const states = Array.from(module.children.allTests(), (test) => test.result().state);
      counts.passed += states.filter((state) => state === "passed").length;
      counts.skipped += states.filter((state) => state === "skipped").length;
      const failed = states.filter((state) => state === "failed").length;
      // A file that cannot even be loaded has failed without a test.
      counts.failed += failed === 0 && module.state() === "failed" ? 1 : failed;
    }
    const skipped = counts.skipped === 0 ? "" : `, ${counts.skipped} skipped`;
    process.stdout.write(`${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
  }
}
