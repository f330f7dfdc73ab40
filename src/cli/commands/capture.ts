/** `pint capture`: saves the network configuration of an image as a profile. */
import { captureImage } from "../../apply/capture.ts";
import { captureLive } from "../../apply/capture-live.ts";
import type { CaptureResult } from "../../apply/results.ts";
import { asJson } from "../../report/json.ts";
import { captureView, liveCaptureView } from "../../report/views/capture.ts";
import { warningLines } from "../../report/views/parts.ts";
import { type Command, documentOutcome, outcome, type Outcome } from "../command.ts";
import { imageOptions, namedInventory } from "../planning-options.ts";

export const capture: Command = {
  name: "capture",
  image: "the Windows volume's root, or its SYSTEM hive",
  summary: "save the network configuration of an image (or of this Windows) as a profile",
  insteadOfImage: "live",
  options: ["live", "output", "inventory"],
  forces: ["dirty", "damaged"],
  // What is live knows its own adapters, and is not a damaged file.
  apart: [["live", ["inventory", "force"]]],
  run: (args, context) => {
    if (args.live) {
      const { host, now } = context;
      return outcome(captureLive({ host, file: args.output, now }, context.emit), liveCaptureView);
    }
    // With --json alone the document goes to stdout, so that a script can keep it where it likes.
    const save = args.output !== undefined ? { file: args.output } : args.json ? "nowhere" : "in-image";
    // What WinPE finds may be the machine that the image was moved to: captured there without being asked, every source would be an orphan.
    const options = { ...imageOptions(args, context), inventory: namedInventory(args, context), now: context.now };
    return captured(captureImage({ ...options, save }, context.emit));
  },
};

/** Unsaved, the document is the profile itself; else it is the profile and where it went. */
function captured(result: CaptureResult): Outcome {
  if (result.savedTo === null) {
    return documentOutcome(result, captureView, result.text, warningLines(result.warnings));
  }
  const { text: _inTheFile, ...document } = result;
  return documentOutcome(result, captureView, asJson(document), []);
}
