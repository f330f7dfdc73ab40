/** In which order the running registry is written: what Windows can do without last, and no interface static before it has its addresses. */
import { upcase } from "../../bytes/upcase.ts";
import type { Change } from "../../windows/model/change.ts";
import { NSI_KEY } from "../../windows/registry-paths.ts";

/** Each is an import of its own; of changes that are to be made one after the other. None is empty. */
export function inWritingOrder(changes: readonly Change[]): readonly (readonly Change[])[] {
  const nsi = changes.filter(({ key }) => isInNsi(key));
  const rest = changes.filter(({ key }) => !isInNsi(key));
  const late = rest.filter((change, index) => isMadeStatic(change) && staysUntouched(change, rest.slice(index + 1)));
  const early = rest.filter((change) => !late.includes(change));
  return [[...early, ...late], nsi].filter((part) => part.length > 0);
}

export function isInNsi(key: string): boolean {
  return upcase(`${key}\\`).startsWith(upcase(`${key.split("\\")[0] ?? ""}\\${NSI_KEY}\\`));
}

function isMadeStatic(change: Change): boolean {
  return change.kind === "set-value" && upcase(change.name) === "ENABLEDHCP" && change.data === 0;
}

/** Neither its key nor the value is changed again later. */
function staysUntouched({ key }: Change, later: readonly Change[]): boolean {
  return later.every((change) => {
    if (change.kind === "delete-key") return !upcase(`${key}\\`).startsWith(upcase(`${change.key}\\`));
    return !("name" in change && upcase(change.name) === "ENABLEDHCP" && upcase(change.key) === upcase(key));
  });
}
