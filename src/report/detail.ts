/** How much a human report tells. */

/** quiet: errors, warnings and what was not done. verbose: every stage and every registry change too. */
export type Detail = "quiet" | "normal" | "verbose";

/** The human face of one result, as lines; the exit code's line is added by `humanReport`. */
export type View<Result> = (result: Result, detail: Detail) => string[];
