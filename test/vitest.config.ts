/** How the tests run: where they are, how long one may take, and what coverage counts. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    root: fileURLToPath(new URL("..", import.meta.url)),
    include: ["test/**/*.test.ts"],
    pool: "forks",
    // By itself vitest leaves one core to itself: of two, that is half of the time.
    maxWorkers: 2,
    setupFiles: [fileURLToPath(new URL("support/seed.ts", import.meta.url))],
    reporters: ["default", fileURLToPath(new URL("support/plain-summary.ts", import.meta.url))],
    // Child processes (witnesses, the built program) and property tests on a busy two-core machine.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // A test must not depend on the terminal it runs in.
    env: { NO_COLOR: "1", TZ: "UTC", LC_ALL: "C.UTF-8" },
    coverage: {
      provider: "v8",
      include: ["src/**/*.ts"],
      reporter: ["text-summary", "json-summary"],
      reportsDirectory: "coverage",
    },
  },
});
