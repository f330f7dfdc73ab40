/** What an image says about its network, connection by connection. */
import type { InspectedConnection, InspectedWindows, InspectResult } from "../../apply/results.ts";
import { foundationText, kindText, kindWords, macTexts } from "../adapter-words.ts";
import { fields, table, type Field } from "../lines.ts";
import type { Detail } from "../detail.ts";
import { dataText } from "../registry.ts";
import { addressText } from "../../notation/ipv4.ts";
import { locationText } from "../../notation/pci-location.ts";
import { windowsText } from "../windows-words.ts";
import { gatewayText, routeText } from "../words.ts";
import { driverLines } from "./drivers.ts";
import { firstBootLines } from "./first-boot.ts";
import { hiveStateFields, imageFields, problemLines, section, warningLines } from "./parts.ts";

export function inspectView(result: InspectResult, detail: Detail): string[] {
  const notices = [
    ...section("problems of the hive", problemLines(result.hive.problems, detail)),
    ...warningLines(result.warnings),
  ];
  if (detail === "quiet") {
    return notices;
  }
  const physical = result.connections.filter((one) => one.adapter?.physical === true);
  const whole = result.connections.filter(isShownWhole);
  const others = result.connections.filter((one) => !isShownWhole(one));
  const shown = detail === "verbose" ? result.connections : whole;
  return [
    ...fields("", [...imageFields(result.image), ...windowsFields(result.windows), ...hiveStateFields(result.hive)]),
    ...shown.flatMap((connection) =>
      section(title(connection), fields("   ", connectionFields(connection, result.connections, detail))),
    ),
    ...(physical.length === 0 ? ["", "no physical adapter"] : []),
    ...(detail === "verbose"
      ? []
      : section("not physical, or without an adapter (--verbose shows them whole)", otherLines(others))),
    ...driverLines(result.drivers),
    ...firstBootLines(result.firstBoot, detail),
    ...notices,
  ];
}

function windowsFields(windows: InspectedWindows): Field[] {
  return [
    ["Windows", windowsText(windows)],
    ["version", windows.notBySoftware === null ? null : `by the SYSTEM hive alone: ${windows.notBySoftware}`],
    ["inferred", windows.inferredReason],
  ];
}

/** What can be a source or a target: hardware, and teams and virtual switches with addresses of their own. Beside them, what has settings that no line shows. */
function isShownWhole({ adapter, mode, unreadable }: InspectedConnection): boolean {
  if (unreadable.length > 0) return true;
  return adapter !== null && (adapter.physical || (adapter.foundation !== null && mode === "static"));
}

function title(connection: InspectedConnection): string {
  return `${connection.number}  ${connection.name ?? "(no name)"}  ${connection.guid}`;
}

function connectionFields(
  connection: InspectedConnection,
  all: readonly InspectedConnection[],
  detail: Detail,
): Field[] {
  const { ipv4, ipv6, netbios } = connection;
  return [
    ["adapter", windowsAdapterText(connection)],
    ["where", connection.adapter?.location ? locationText(connection.adapter.location) : null],
    ["kind", connection.adapter === null ? null : kindWords(connection.adapter)],
    [connection.adapter?.kind === "team" ? "members" : "uplinks", foundationText(connection, all)],
    ["MAC", macTexts(connection)],
    [connection.presence, connection.presenceReason],
    ["IPv4", [connection.mode, ...ipv4.addresses.map(addressText)].join(" ")],
    ["IPv6", joined(ipv6.addresses.map(addressText))],
    ["gateway", [...ipv4.gateways, ...ipv6.gateways].map(gatewayText)],
    ["route", ipv6.routes.map(routeText)],
    ["DHCPv6", ipv6.dhcp ? null : "off"],
    ["DNS", joined([...ipv4.dnsServers, ...ipv6.dnsServers])],
    ["suffix", ipv4.dnsSuffix],
    ["WINS", joined(netbios.winsServers)],
    ["NetBIOS", netbiosText(netbios.option)],
    ["metric", ipv4.interfaceMetric === null ? null : String(ipv4.interfaceMetric)],
    ["MTU", ipv4.mtu === null ? null : String(ipv4.mtu)],
    ["DoH", joined(connection.dnsOverHttps.map(({ server }) => server))],
    ["device", connection.adapterSettings.map(({ text }) => text)],
    ["unread", connection.unreadable.map(({ name, reason }) => `${name} ${reason}`)],
    ...(detail === "verbose" ? verboseFields(connection) : []),
  ];
}

function verboseFields({ adapter, raw, nsiRecords }: InspectedConnection): Field[] {
  return [
    ["instance", adapter?.instanceId],
    ["hardware", adapter?.hardwareIds],
    ["values", raw.map(({ name, value }) => `${name} = ${dataText(value)}`)],
    ["NSI", nsiRecords.map(({ name, value }) => `${name} = ${dataText(value)}`)],
  ];
}

/** `NetbiosOptions` (Microsoft: Win32_NetworkAdapterConfiguration.TcpipNetbiosOptions): 0, as DHCP says, is the usual. */
function netbiosText(option: number | null): string | null {
  if (option === null || option === 0) {
    return null;
  }
  return option === 1 ? "on" : option === 2 ? "off" : `option ${option}`;
}

function windowsAdapterText({ adapter }: InspectedConnection): string {
  if (adapter === null) {
    return "none: no adapter of the image has this interface any more";
  }
  const remarks = [...(adapter.disabled ? ["disabled"] : []), ...(adapter.boundToTcpip ? [] : ["not bound to TCP/IP"])];
  return remarks.length === 0 ? adapter.description : `${adapter.description} (${remarks.join(", ")})`;
}

function joined(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : texts.join(", ");
}

function otherLines(connections: readonly InspectedConnection[]): string[] {
  return table(
    "  ",
    connections.map((one) => [
      String(one.number),
      kindText(one.adapter),
      [one.mode, ...one.ipv4.addresses.map(addressText)].join(" "),
      one.name ?? one.adapter?.description ?? one.guid,
    ]),
  );
}
