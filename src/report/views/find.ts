/** The Windows installations of a machine, and what could not be looked into. */
import type { FindResult, FoundWindows } from "../../apply/found-results.ts";
import type { Detail } from "../detail.ts";
import { fields, wrap } from "../lines.ts";
import { windowsText } from "../windows-words.ts";
import { counted } from "../words.ts";
import { section, warningLines } from "./parts.ts";

/** That there is none, or why one is not taken, is told at every detail. */
export function findView(result: FindResult, detail: Detail): string[] {
  const { windows, closed, withoutWindows, notLookedAt } = result;
  const shown = detail === "quiet" ? windows.filter(({ usable }) => !usable) : windows;
  return [
    ...(windows.length === 0 ? ["no Windows was found"] : []),
    ...shown.flatMap((one, index) => [...(index === 0 ? [] : [""]), ...windowsLines(one, detail)]),
    ...section(
      "not open",
      closed.flatMap(({ place, message, advice }) => [...wrap(`  ${place}  `, message), ...wrap("    do: ", advice)]),
    ),
    ...(detail === "quiet"
      ? []
      : [
          ...section(`${counted(withoutWindows.length, "volume")} without Windows`, [
            ...withoutWindows.map((root) => `  ${root}`),
          ]),
          ...section(
            "not looked at",
            notLookedAt.flatMap(({ place, reason }) => wrap(`  ${place}  `, reason)),
          ),
        ]),
  ];
}

function windowsLines({ root, windows, dirty, usable, refusals, warnings }: FoundWindows, detail: Detail): string[] {
  return [
    ...fields("", [
      ["image", root],
      ["Windows", windows === null ? null : windowsText(windows)],
      ["hive", dirty === null ? null : dirty ? "dirty: its last changes are in its logs" : "clean"],
      ["apply", usable ? "takes it" : "does NOT take it"],
      ["because", refusals.map(({ code, message }) => `${code}: ${message}`)],
      ["do", refusals.flatMap(({ advice }) => advice ?? [])],
    ]),
    ...(detail === "quiet" ? [] : warningLines(warnings)),
  ];
}
