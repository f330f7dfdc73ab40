/** Removes the default route that Windows itself noted for a gateway; the administrator's routes are never touched. */
import { inControlSet, PERSISTENT_ROUTES_KEY } from "../registry-paths.ts";
import type { Draft } from "./draft.ts";

/**
 * An entry is a value's name: destination, mask, gateway, metric (Microsoft, "TCP/IP Implementation Details"). With metric -1 Windows 7 has one for
 * each gateway of a static connection, an orphan's too (seen in a hive); any other metric was given by somebody to `route add -p`.
 */
export function dropDefaultRoute(draft: Draft, controlSet: number, gateway: string): void {
  const key = draft.pathOf(inControlSet(controlSet, PERSISTENT_ROUTES_KEY));
  if (key === undefined) return;
  const entry = `0.0.0.0,0.0.0.0,${gateway},-1`;
  for (const name of draft.valueNames(key)) {
    if (name === entry) draft.delete(key, name);
  }
}
