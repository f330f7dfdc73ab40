/** Which finisher a Windows can run, by what its hives say of it. */
import type { Windows } from "../windows/model/windows.ts";
import type { Starter } from "./service.ts";

export type ChosenWay =
  | { readonly possible: true; readonly way: "program" | "batch"; readonly starter: Starter }
  /** `reason`: the end of a sentence. */
  | { readonly possible: false; readonly reason: string };

/**
 * The packaged program holds Node 22, which is made for 64-bit Windows 10 and Server 2016 or later (Node's BUILDING.md). NSSM 2.24 is a
 * 64-bit program for Windows 2000 and later (its README). A 32-bit Windows runs neither. On ARM64 neither is known to run as a service.
 */
export function wayFor({ version, processorArchitecture }: Windows): ChosenWay {
  if (processorArchitecture === undefined) {
    return { possible: false, reason: "the image does not say for which processors its Windows is" };
  }
  switch (processorArchitecture.toUpperCase()) {
    case "AMD64":
      return { possible: true, way: version.family === "10" ? "program" : "batch", starter: "nssm" };
    case "X86":
      return { possible: true, way: "batch", starter: "cmd" };
    default:
      return {
        possible: false,
        reason: `nothing that could finish it is known to run on ${processorArchitecture}, for which this Windows is`,
      };
  }
}
