/** What a person should know of the sources that the first boot moves: as of one that is moved now, and what it cannot carry. */
import type { Warning } from "../../exit/warning.ts";
import type { FirstBootDocument } from "../../firstboot/document.ts";
import type { Decision } from "../../plan/decision.ts";
import { sourceText } from "../../plan/ends/end.ts";
import { formerOf, type Source } from "../../plan/ends/source.ts";
import type { PlanRequest } from "../../plan/options.ts";
import {
  adapterSettingWarnings,
  gatewayWarnings,
  newNetworkWarning,
  notInProfileWarnings,
  unreadableWarning,
} from "../../plan/source-warnings.ts";
import { ipv4RouteTexts } from "../../windows/nsi/ipv4-routes.ts";

type Way = FirstBootDocument["way"];

/** Of `decisions`, those that the first boot serves, only what waits as a whole is told: what waits in part is moved by the run, which tells of it. Throws HiveError. */
export function firstBootWarnings(decisions: readonly Decision[], request: PlanRequest, way: Way): Warning[] {
  const awaited = decisions.filter(({ target }) => target?.kind === "new-adapter");
  return [
    ...awaited.flatMap((decision) => warningsOfSource(decision, request, way)),
    ...newNetworkWarning(
      awaited.map(({ source }) => source),
      request.windows.version.family,
    ),
  ];
}

function warningsOfSource({ source, target }: Decision, request: PlanRequest, way: Way): Warning[] {
  return [
    ...gatewayWarnings(source),
    ...unreadableWarnings(source),
    ...notInProfileWarnings(source, formerOf(source), request),
    ...(target === undefined ? [] : adapterSettingWarnings(source, target, [])),
    ...routeWarnings(source, request, way),
  ];
}

/** The document of the first boot has no record of NSI, so that none of them goes along as it stands. */
function unreadableWarnings(source: Source): Warning[] {
  const { unreadable = [] } = source.isOfImage ? source.settings : {};
  return unreadable.map((setting) =>
    setting.ipv6Record === "as-it-stands"
      ? notCarried(source, `${setting.name} ${setting.reason}; the first boot cannot carry what it does not understand`)
      : unreadableWarning(source, setting),
  );
}

/** The program makes the offline move's plan anew, routes and all, and tells what it could not write; netsh in a batch file is told the settings only. */
function routeWarnings(source: Source, { root, windows }: PlanRequest, way: Way): Warning[] {
  const routes = ipv4RouteTexts(root, windows.controlSets.current, formerOf(source)?.luid);
  if (routes.length === 0) return [];
  const list = routes.join(", ");
  if (way === "batch") return [notCarried(source, `the IPv4 routes ${list}; a batch file does not carry them`)];
  const message = `${sourceText(source)}: the first boot gives the IPv4 routes ${list} to the new interface as Windows keeps them, by LUID; no Windows that runs has been seen to take them so. Look at them after the first start.`;
  return [{ code: "ipv4-routes-inferred", message }];
}

function notCarried(source: Source, what: string): Warning {
  return {
    code: "first-boot-cannot-carry",
    message: `${sourceText(source)} has ${what}. Set it by hand after the first start; or let the image start once with the new adapter and move it then, offline.`,
  };
}
