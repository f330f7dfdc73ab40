/** What `firstboot` returns: the document that `--json` prints, its names fixed. */
import type { ExitCode } from "../exit/codes.ts";
import type { Warning } from "../exit/warning.ts";
import type { FirstBootResult } from "../firstboot/result.ts";

export interface FirstBootRun {
  /** The first-boot document's path. */
  readonly document: string;
  /** As it was saved. */
  readonly result: FirstBootResult;
  /** Where. */
  readonly savedTo: string;
  readonly warnings: readonly Warning[];
  readonly exitCode: ExitCode;
}
