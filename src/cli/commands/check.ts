/** `pint check`: the integrity of a hive and its logs. */
import { checkImage } from "../../apply/check.ts";
import { checkView } from "../../report/views/check.ts";
import { type Command, outcome } from "../command.ts";
import { imageOptions } from "../planning-options.ts";

export const check: Command = {
  name: "check",
  image: "the Windows volume's root, or any hive file",
  summary: "full integrity check of the hive and its logs",
  options: [],
  forces: ["dirty"],
  apart: [],
  run: (args, context) => outcome(checkImage(imageOptions(args, context), context.emit), checkView),
};
