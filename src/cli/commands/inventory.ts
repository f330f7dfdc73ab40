/** `pint inventory`: the network adapters of a machine, as a document. */
import { takeInventory } from "../../apply/inventory.ts";
import { inventoryView } from "../../report/views/inventory.ts";
import { type Command, documentOutcome } from "../command.ts";
import { namedInventory } from "../planning-options.ts";

export const inventory: Command = {
  name: "inventory",
  image: null,
  summary: "the network adapters of this machine (or of a document, checked)",
  options: ["inventory", "output"],
  forces: [],
  apart: [],
  run: (args, context) => {
    // An imaging server has to be asked for where an image is at stake; here nothing else can be meant.
    const source = namedInventory(args, context) ?? { kind: "this-machine", host: context.host };
    const result = takeInventory({ source, output: args.output }, context.emit);
    return documentOutcome(result, inventoryView, result.text, []);
  },
};
