/** What an unattended run found, did, and found in place afterwards. */
import type { AutoResult } from "../../apply/found-results.ts";
import type { VerifyResult } from "../../apply/results.ts";
import type { Warning } from "../../exit/warning.ts";
import type { Detail } from "../detail.ts";
import { fields } from "../lines.ts";
import { applyView } from "./apply.ts";
import { section, warningLines } from "./parts.ts";
import { differenceLines } from "./verify.ts";

type Choice = Omit<AutoResult["found"], "waitedMs">;

export function autoView(result: AutoResult, detail: Detail): string[] {
  // Its warnings are among those of the result.
  return [
    ...choiceLines(result.found, [], detail),
    ...applyView(result, detail),
    ...verificationLines(result.verification, detail),
  ];
}

/** Which Windows, and whose profile. */
export function choiceLines(choice: Choice, warnings: readonly Warning[], detail: Detail): string[] {
  return detail === "quiet"
    ? warningLines(warnings)
    : [
        ...fields("", [
          ["found", choice.image],
          ["profile", choice.profile === null ? null : `${choice.profile}${choice.profileWasFound ? " (found)" : ""}`],
        ]),
        ...warningLines(warnings),
        "",
      ];
}

function verificationLines(verification: VerifyResult | null, detail: Detail): string[] {
  if (verification === null) {
    return [];
  }
  const { differences } = verification;
  if (differences.length === 0) {
    return detail === "quiet" ? [] : ["", "verified  as it was meant"];
  }
  return section("verified  NOT as it was meant", differenceLines(differences));
}
