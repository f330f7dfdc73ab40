/** What the first boot made of the sources that had waited. */
import type { FirstBootRun } from "../../apply/first-boot-results.ts";
import type { FirstBootResult } from "../../firstboot/result.ts";
import type { Detail } from "../detail.ts";
import { fields, wrap } from "../lines.ts";
import { counted } from "../words.ts";
import { section, warningLines } from "./parts.ts";

export function firstBootRunView({ document, result, savedTo, warnings }: FirstBootRun, detail: Detail): string[] {
  const { state, reason, attempt, removed, restart, sources } = result;
  if (detail === "quiet") {
    return [...sources.filter(({ outcome }) => !QUIET.has(outcome)).flatMap(sourceLines), ...warningLines(warnings)];
  }
  return [
    ...fields("", [
      ["document", document],
      ["state", `${state}: ${reason}`],
      ["attempt", String(attempt)],
      ["service", removed ? "removed" : "not removed"],
      ["restart", restart ? "needed for the settings to count" : null],
      ["saved to", savedTo],
    ]),
    ...section(counted(sources.length, "source"), sources.flatMap(sourceLines)),
    ...warningLines(warnings),
  ];
}

const QUIET: ReadonlySet<string> = new Set(["moved", "already", "kept", "skipped"]);

function sourceLines({ number, name, outcome, reason, target }: FirstBootResult["sources"][number]): string[] {
  const called = name === undefined ? "" : ` "${name}"`;
  const to = target === undefined ? "" : ` -> ${target}`;
  return wrap("  ", `${number}${called} ${outcome}${to}: ${reason}`);
}
