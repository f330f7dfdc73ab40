/** A source's settings as registry values that wait in the service's own key, for a batch file to copy to an interface that does not exist yet. */
import type { Warning } from "../../exit/warning.ts";
import { parseGuid } from "../../notation/guid.ts";
import { type RegistryData, REGISTRY_TYPES } from "../../notation/registry-data.ts";
import { settingsInProfile } from "../../plan/ends/source.ts";
import type { ProfileConnection } from "../../profile/model.ts";
import { buildHive, editHive, type Key } from "../../regf/index.ts";
import type { Change } from "../../windows/model/change.ts";
import type { WindowsFamily } from "../../windows/model/windows.ts";
import {
  DNS_CLIENT_KEY,
  dohSettingsKey,
  inControlSet,
  netbtInterfaceKey,
  tcpip6InterfaceKey,
  tcpipInterfaceKey,
  tcpipMirrorKey,
} from "../../windows/registry-paths.ts";
import { IPV4_VALUES } from "../../windows/settings/interface-values.ts";
import { writeDnsOverHttps } from "../../windows/write/dns-over-https.ts";
import { Draft } from "../../windows/write/draft.ts";
import { writeNetbt } from "../../windows/write/netbt.ts";
import type { InterfacePlace } from "../../windows/write/place.ts";
import { clearTcpip, DHCP_RESIDUE, writeTcpip } from "../../windows/write/tcpip.ts";
import { writeTcpip6 } from "../../windows/write/tcpip6.ts";

/** A value of the registry; `key` is below the key that all settings of the source wait in. */
export interface StagedValue {
  readonly key: string;
  readonly name: string;
  readonly value: RegistryData;
}

/** What an interface is to be: values to copy, and names of values that it must not have. */
export interface StagedInterface {
  readonly values: readonly StagedValue[];
  /** Names to delete, by the key that the values for the same place wait in. */
  readonly deleted: ReadonlyMap<string, readonly string[]>;
  readonly warnings: readonly Warning[];
}

/** Stands for the interface that does not exist yet; no value that is written holds it. */
const GUID = parseGuid("{00000000-0000-0000-0000-000000000000}") ?? fail();

const CONTROL_SET = 1;

/** The keys that values wait in, and what each stands for. */
const STAGES: ReadonlyMap<string, string> = new Map([
  ["Tcpip", tcpipInterfaceKey(GUID)],
  ["Mirror", tcpipMirrorKey(GUID)],
  ["NetBT", netbtInterfaceKey(GUID)],
  ["Tcpip6", tcpip6InterfaceKey(GUID)],
  ["Doh", dohSettingsKey(GUID)],
]);

/** Values that an interface may have and its new settings may not: with one of each there, the writer says which it deletes. */
const MAY_BE_THERE: readonly string[] = [...Object.values(IPV4_VALUES), ...DHCP_RESIDUE];

/** The interface as the offline move writes it: the same writer, on an interface that has everything. */
export function stagedSettings(connection: ProfileConnection, family: WindowsFamily): StagedInterface {
  const settings = settingsInProfile(connection);
  return staged(family, (place) => [
    ...writeTcpip(place, settings),
    ...writeNetbt(place, settings.netbios),
    ...writeTcpip6(place, settings.ipv6),
    ...writeDnsOverHttps(place, settings.dnsOverHttps ?? []),
  ]);
}

/** The interface that the source was on, without its addresses. */
export function stagedOrphan(family: WindowsFamily): StagedInterface {
  return staged(family, (place) => {
    clearTcpip(place);
    return [];
  });
}

function staged(family: WindowsFamily, write: (place: InterfacePlace) => Warning[]): StagedInterface {
  const draft = new Draft(fullInterface(family));
  const warnings = write({ draft, controlSet: CONTROL_SET, family, guid: GUID });
  const changes = draft.changes();
  const deleted = new Map<string, string[]>();
  for (const change of changes) {
    if (change.kind !== "delete-value") continue;
    const stage = stageOf(change.key);
    deleted.set(stage, [...(deleted.get(stage) ?? []), change.name]);
  }
  return { values: changes.flatMap(settingOf), deleted, warnings };
}

function settingOf(change: Change): StagedValue[] {
  if (change.kind !== "set-value") return [];
  const { key, name, type, data } = change;
  return [{ key: stageOf(key), name, value: { type, data } }];
}

function stageOf(key: string): string {
  const lower = key.toLowerCase();
  for (const [stage, path] of STAGES) {
    const whole = inControlSet(CONTROL_SET, path).toLowerCase();
    if (lower === whole || lower.startsWith(`${whole}\\`)) return stage + key.slice(whole.length);
  }
  throw new Error(`${key} is no key of an interface`);
}

/** NetBT's and Tcpip6's keys are not there, so that nothing is written to them when there is nothing to say. */
function fullInterface(family: WindowsFamily): Key {
  const hive = buildHive({ minor: 5 });
  const edit = editHive(hive, { now: 0n });
  const full = [tcpipInterfaceKey(GUID), ...(family === "10" ? [] : [tcpipMirrorKey(GUID)])];
  for (const path of full) {
    const key = inControlSet(CONTROL_SET, path);
    edit.createKey(key);
    // No setting is of this type: whatever is written differs.
    for (const name of MAY_BE_THERE) edit.setValue(key, name, REGISTRY_TYPES.REG_NONE, new Uint8Array());
  }
  const parents = [netbtInterfaceKey(GUID), tcpip6InterfaceKey(GUID)].map((path) =>
    path.slice(0, path.lastIndexOf("\\")),
  );
  for (const path of [...parents, DNS_CLIENT_KEY]) edit.createKey(inControlSet(CONTROL_SET, path));
  return hive.root;
}

function fail(): never {
  throw new Error("the placeholder is no GUID");
}
