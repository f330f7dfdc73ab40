/** Which finisher a Windows can run, by what its hives say of it. */
import type { Windows } from "../windows/model/windows.ts";

export type ChosenWay =
  | { readonly possible: true; readonly way: "program" | "batch" }
  /** `reason`: the end of a sentence. */
  | { readonly possible: false; readonly reason: string };

/**
 * The packaged program holds Node 22, which is made for 64-bit Windows 10 and Server 2016 or later (Node's BUILDING.md); so is the
 * service wrapper, NSSM 2.24. On ARM64 neither is known to run as a service.
 */
export function wayFor({ version, processorArchitecture }: Windows): ChosenWay {
  if (processorArchitecture === undefined) {
    return { possible: false, reason: "the image does not say for which processors its Windows is" };
  }
  switch (processorArchitecture.toUpperCase()) {
    case "AMD64":
      return { possible: true, way: version.family === "10" ? "program" : "batch" };
    case "X86":
      return { possible: true, way: "batch" };
    default:
      return {
        possible: false,
        reason: `nothing that could finish it is known to run on ${processorArchitecture}, for which this Windows is`,
      };
  }
}
