/** `pint verify`: whether an image is as it is meant to be. */
import { verifyImage } from "../../apply/verify.ts";
import { verifyView } from "../../report/views/verify.ts";
import { type Command, outcome } from "../command.ts";
import { PAIRING_OPTIONS } from "../options.ts";
import { imageOptions, planningOptions, wasGiven } from "../planning-options.ts";

export const verify: Command = {
  name: "verify",
  image: "the Windows volume's root, or its SYSTEM hive",
  summary: "whether the image is as the profile wants it, or as the last run left it",
  options: PAIRING_OPTIONS,
  forces: ["dirty"],
  apart: [],
  run: (args, context) => {
    // Without anything to plan by, what the last run meant is what counts.
    const planning = PAIRING_OPTIONS.some((name) => wasGiven(args, name)) ? planningOptions(args, context) : undefined;
    return outcome(verifyImage({ ...imageOptions(args, context), planning }, context.emit), verifyView);
  },
};
