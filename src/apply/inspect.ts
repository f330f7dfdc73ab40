/** `inspect`: what an image's Windows is, its hive's health, and every connection with its settings, MAC address and presence. */
import { EXIT_CODES } from "../exit/codes.ts";
import { matchAdapters } from "../match/match-adapters.ts";
import type { MatchedConnection } from "../match/model.ts";
import type { Windows, WindowsAdapter } from "../windows/model/windows.ts";
import { plannedDrivers } from "./drivers/with-drivers.ts";
import type { Emit } from "./events.ts";
import { lookAtFirstBoot } from "./first-boot/present.ts";
import { summariseFirstBoot } from "./first-boot/summary.ts";
import { summariseHive } from "./hive-summary.ts";
import { type ImageOptions, openWindows, summariseImage, tellWarnings, withImage } from "./open-windows.ts";
import { type InventorySource, readInventory } from "./read-inventory.ts";
import type { InspectedAdapter, InspectedConnection, InspectedWindows, InspectResult } from "./results.ts";

export interface InspectOptions extends ImageOptions {
  /** Of the machine the image will boot on: then presence is judged by it. */
  readonly inventory?: InventorySource | undefined;
}

/** Throws Failure (21, 22, 23; 20 for the inventory). Writes nothing. */
export function inspectImage(options: InspectOptions, emit: Emit): InspectResult {
  return withImage(options, "read", emit, (session) => {
    const { windows, problems, warnings } = openWindows(session, options.force, emit);
    const match = matchAdapters(windows, readInventory(options.inventory, emit));
    const remarks = [...warnings, ...match.warnings];
    tellWarnings(remarks, emit);
    return {
      image: summariseImage(session),
      windows: describeWindows(windows),
      hive: summariseHive(session.hive, problems),
      connections: match.connections.map(describeConnection),
      drivers: match.byInventory ? plannedDrivers(session, windows, match) : null,
      firstBoot: summariseFirstBoot(session, lookAtFirstBoot(session, windows.controlSets)),
      warnings: remarks,
      exitCode: EXIT_CODES.done,
    };
  });
}

export function describeWindows({ version, controlSets, computerName }: Windows): InspectedWindows {
  return {
    version: version.version,
    build: version.build ?? null,
    updateRevision: version.updateRevision ?? null,
    release: version.release ?? null,
    edition: version.edition ?? null,
    productName: version.productName ?? null,
    productType: version.productType ?? null,
    from: version.from,
    notBySoftware: version.notBySoftware ?? null,
    inferred: version.inferred !== undefined,
    inferredReason: version.inferred ?? null,
    controlSet: controlSets.current,
    computerName: computerName ?? null,
  };
}

function describeConnection({ connection, presence }: MatchedConnection): InspectedConnection {
  const { settings, mac, adapter } = connection;
  const { ipv4, ipv6, netbios } = settings;
  return {
    number: connection.number,
    name: connection.name ?? null,
    guid: connection.guid,
    mode: ipv4.mode,
    presence: presence.verdict,
    presenceReason: presence.reason,
    adapter: adapter === undefined ? null : describeAdapter(adapter),
    mac: {
      permanent: mac.permanent ?? null,
      current: mac.current ?? null,
      source: mac.source ?? null,
      disagreements: mac.disagreements ?? [],
    },
    ipv4: {
      addresses: ipv4.addresses,
      gateways: ipv4.gateways,
      dnsServers: ipv4.dnsServers,
      dnsSuffix: ipv4.dnsSuffix ?? null,
      interfaceMetric: ipv4.interfaceMetric ?? null,
      mtu: ipv4.mtu ?? null,
    },
    ipv6: { ...ipv6, dhcp: ipv6.dhcp ?? true },
    netbios: { option: netbios.option ?? null, winsServers: netbios.winsServers },
    dnsOverHttps: settings.dnsOverHttps ?? [],
    adapterSettings: settings.adapterSettings ?? [],
    raw: settings.raw,
    nsiRecords: settings.nsiRecords ?? [],
    unreadable: (settings.unreadable ?? []).map(({ ipv6Record = null, ...one }) => ({ ...one, ipv6Record })),
  };
}

function describeAdapter(adapter: WindowsAdapter): InspectedAdapter {
  return {
    description: adapter.description,
    hardwareIds: adapter.hardwareIds,
    instanceId: adapter.instanceId ?? null,
    location: adapter.location ?? null,
    physical: adapter.physical,
    notPhysical: adapter.notPhysical ?? null,
    kind: adapter.kind,
    foundation: adapter.foundation ?? null,
    memberOf: adapter.memberOf ?? null,
    startsAtBoot: adapter.startsAtBoot === true,
    disabled: adapter.disabled,
    boundToTcpip: adapter.boundToTcpip,
  };
}
