/** Two free cells side by side: hivex leaves them, and Windows, which joins what it frees, never does. */
import { problemKind } from "./problem-kind.ts";

export const adjacentFreeCells = problemKind({
  code: "adjacent-free-cells",
  severity: "warning",
  sentence: () => "Two free cells stand side by side; Windows always joins them",
});
