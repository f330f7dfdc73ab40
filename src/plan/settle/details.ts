/** What a source wants of an interface and only the registry shows: raw values, and DNS over HTTPS. */
import type { MatchedConnection } from "../../match/model.ts";
import { controlSetKey } from "../../windows/registry-paths.ts";
import { NetworkWriter } from "../../windows/write/network-writer.ts";
import type { Source } from "../ends/source.ts";
import type { PlanRequest } from "../options.ts";

/** The names of those that the interface has otherwise, or not at all; what this Windows does not know is not among them. */
export function differingDetails(
  { settings }: Source,
  { connection }: MatchedConnection,
  { root, windows }: Pick<PlanRequest, "root" | "windows">,
): string[] {
  const { raw, dnsOverHttps = [] } = settings;
  const wanted = new Set(
    [...raw, ...dnsOverHttps.flatMap(({ values }) => values)].map(({ name }) => name.toLowerCase()),
  );
  if (wanted.size === 0) return [];
  const writer = new NetworkWriter(root, windows);
  writer.configure(connection, settings);
  const current = `${controlSetKey(windows.controlSets.current)}\\`.toLowerCase();
  const names = writer
    .changes()
    .flatMap((change) =>
      change.kind === "set-value" &&
      change.key.toLowerCase().startsWith(current) &&
      wanted.has(change.name.toLowerCase())
        ? [change.name]
        : [],
    );
  return [...new Set(names)];
}
