/** `pint undo`: puts back exactly what a run found, or value by value what still stands of it. */
import { undoImage } from "../../apply/undo.ts";
import { undoView } from "../../report/views/undo.ts";
import { VERSION } from "../../version.ts";
import { type Command, outcome } from "../command.ts";
import { imageOptions } from "../planning-options.ts";

export const undo: Command = {
  name: "undo",
  image: "the Windows volume's root, or its SYSTEM hive",
  summary: "put back, bit for bit, what the last apply found",
  options: ["receipt", "values", "dry-run"],
  // The guards of Setup and of the control set stand only before --values: what is restored bit for bit is not looked into.
  forces: ["dirty", "setup-in-progress", "hibernated", "failed-control-set", "generalized", "dirty-volume"],
  apart: [],
  run: (args, context) => {
    const byValue = args.values ? { tool: `pint-offline ${VERSION}`, now: context.now } : undefined;
    const options = { ...imageOptions(args, context), receipt: args.receipt, byValue, dryRun: args["dry-run"] };
    return outcome(undoImage(options, context.emit), undoView);
  },
};
