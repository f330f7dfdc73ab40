/** Every connection of every real hive, as we read it and as an independent reading of hivex's export has it. */
import { expect, test } from "vitest";
import { toHex } from "../../src/bytes/hex.ts";
import type { WindowsConnection } from "../../src/windows/model/windows.ts";
import { registryBytes } from "../../src/windows/registry-data.ts";
import { describeWithRealHives, realHive } from "../support/real-hives.ts";
import { describeWithTools } from "../support/tools.ts";
import { type WitnessedConnection, witness } from "./hivex-reading.ts";
import { readReal } from "./open-real.ts";

/** How many connections each has: a comparison of nothing with nothing must not pass. */
const HIVES = [
  ["xp-sp3-dell", 9],
  ["win7-sp1-x86-esx", 13],
  ["win81-x64-virtualbox-dirty", 3],
  ["win10-1903-vmware-dirty", 11],
  ["win10-21h2-vmware", 3],
] as const;

describeWithRealHives("hivex agrees", () => {
  describeWithTools("on every connection", ["hivexregedit"], () => {
    test.each(HIVES)("of %s", (name, count) => {
      const ours = readReal(name).connections;
      const theirs = witness(realHive(`system/${name}.hiv`));
      expect(theirs.connections).toHaveLength(count);
      expect(sorted(ours.map(summary))).toEqual(theirs.connections.map(normal));
      expect(ours.slice(0, theirs.bindings.length).map(({ guid }) => guid)).toEqual(theirs.bindings);
      expect(ours.map(({ number }) => number)).toEqual(ours.map((_, index) => index + 1));
    });
  });
});

function sorted(connections: readonly WitnessedConnection[]): readonly WitnessedConnection[] {
  return [...connections].sort((left, right) => (left.guid < right.guid ? -1 : 1));
}

/** The export's paths are compared without case. */
function normal(connection: WitnessedConnection): WitnessedConnection {
  return { ...connection, instanceId: connection.instanceId?.toLowerCase() };
}

function summary({ guid, name, adapter, mac, luid, settings }: WindowsConnection): WitnessedConnection {
  const { ipv4, ipv6, netbios, raw } = settings;
  return {
    guid,
    name,
    classKey: adapter?.classKey,
    instanceId: adapter?.instanceId?.toLowerCase(),
    description: adapter?.description,
    hardwareIds: adapter?.hardwareIds ?? [],
    service: adapter?.service,
    location: adapter?.locationText,
    disabled: adapter?.disabled,
    permanent: mac.permanent,
    current: mac.current,
    luid,
    mode: ipv4.mode,
    addresses: ipv4.addresses.map(({ address, prefixLength }) => `${address}/${prefixLength}`),
    gateways: ipv4.gateways.map(({ address, metric }) => `${address} ${metric}`),
    dnsServers: ipv4.dnsServers,
    dnsSuffix: ipv4.dnsSuffix,
    ipv6DnsServers: ipv6.dnsServers,
    netbios: netbios.option,
    winsServers: netbios.winsServers,
    raw: raw.map((setting) => `${setting.name.toLowerCase()}=${toHex(registryBytes(setting.value).data)}`).sort(),
  };
}
