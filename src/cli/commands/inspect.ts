/** `pint inspect`: what an image says about its network. */
import { inspectImage } from "../../apply/inspect.ts";
import { inspectView } from "../../report/views/inspect.ts";
import { type Command, outcome } from "../command.ts";
import { imageOptions, assumedInventory } from "../planning-options.ts";

export const inspect: Command = {
  name: "inspect",
  image: "the Windows volume's root, or its SYSTEM hive",
  summary: "what an image's Windows and its network connections are",
  options: ["inventory"],
  forces: ["dirty", "damaged"],
  apart: [],
  run: (args, context) => {
    const options = { ...imageOptions(args, context), inventory: assumedInventory(args, context) };
    return outcome(inspectImage(options, context.emit), inspectView);
  },
};
