/** `pint undo`: puts back exactly what a run found. */
import { undoImage } from "../../apply/undo.ts";
import { undoView } from "../../report/views/undo.ts";
import { type Command, outcome } from "../command.ts";
import { imageOptions } from "../planning-options.ts";

export const undo: Command = {
  name: "undo",
  image: "the Windows volume's root, or its SYSTEM hive",
  summary: "put back, bit for bit, what the last apply found",
  options: ["receipt"],
  forces: ["dirty", "hibernated"],
  apart: [],
  run: (args, context) => {
    const options = { ...imageOptions(args, context), receipt: args.receipt };
    return outcome(undoImage(options, context.emit), undoView);
  },
};
