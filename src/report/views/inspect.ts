/** What an image says about its network, connection by connection. */
import type { InspectedConnection, InspectResult } from "../../apply/results.ts";
import { fields, table, type Field } from "../lines.ts";
import type { Detail } from "../detail.ts";
import { dataText } from "../registry.ts";
import { addressText } from "../../notation/ipv4.ts";
import { locationText } from "../../notation/pci-location.ts";
import { gatewayText } from "../words.ts";
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
  const others = result.connections.filter((one) => one.adapter?.physical !== true);
  const shown = detail === "verbose" ? result.connections : physical;
  return [
    ...fields("", [...imageFields(result.image), ["Windows", windowsText(result)], ...hiveStateFields(result.hive)]),
    ...shown.flatMap((connection) => section(title(connection), fields("   ", connectionFields(connection, detail)))),
    ...(physical.length === 0 ? ["", "no physical adapter"] : []),
    ...(detail === "verbose"
      ? []
      : section("not physical, or without an adapter (--verbose shows them whole)", otherLines(others))),
    ...notices,
  ];
}

function windowsText({ windows }: InspectResult): string {
  const build = windows.build === null ? [] : [`build ${windows.build}`];
  const product = windows.productType === null ? [] : [windows.productType];
  const computer = windows.computerName === null ? [] : [`computer ${windows.computerName}`];
  return [windows.version, ...build, ...product, ...computer, `control set ${windows.controlSet}`].join(", ");
}

function title(connection: InspectedConnection): string {
  return `${connection.number}  ${connection.name ?? "(no name)"}  ${connection.guid}`;
}

function connectionFields(connection: InspectedConnection, detail: Detail): Field[] {
  const { ipv4, ipv6, netbios } = connection;
  return [
    ["adapter", windowsAdapterText(connection)],
    ["where", connection.adapter?.location ? locationText(connection.adapter.location) : null],
    ["MAC", macText(connection)],
    [connection.presence, connection.presenceReason],
    ["IPv4", [connection.mode, ...ipv4.addresses.map(addressText)].join(" ")],
    ["gateway", ipv4.gateways.map(gatewayText)],
    ["DNS", joined([...ipv4.dnsServers, ...ipv6.dnsServers])],
    ["suffix", ipv4.dnsSuffix],
    ["WINS", joined(netbios.winsServers)],
    ["NetBIOS", netbiosText(netbios.option)],
    ["metric", ipv4.interfaceMetric === null ? null : String(ipv4.interfaceMetric)],
    ["MTU", ipv4.mtu === null ? null : String(ipv4.mtu)],
    ["DoH", joined(connection.dnsOverHttps.map(({ server }) => server))],
    ["device", connection.adapterSettings.map(({ text }) => text)],
    ...(detail === "verbose" ? verboseFields(connection) : []),
  ];
}

function verboseFields({ adapter, raw }: InspectedConnection): Field[] {
  return [
    ["instance", adapter?.instanceId],
    ["hardware", adapter?.hardwareIds],
    ["values", raw.map(({ name, value }) => `${name} = ${dataText(value)}`)],
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
  const remarks = [
    ...(adapter.kind === "ethernet" ? [] : [adapter.kind]),
    ...(adapter.disabled ? ["disabled"] : []),
    ...(adapter.boundToTcpip ? [] : ["not bound to TCP/IP"]),
  ];
  return remarks.length === 0 ? adapter.description : `${adapter.description} (${remarks.join(", ")})`;
}

function macText({ mac }: InspectedConnection): string {
  const address = mac.permanent ?? mac.current;
  if (address === null) {
    return "unknown";
  }
  const overridden = mac.permanent !== null && mac.current !== null && mac.current !== mac.permanent;
  return `${address}${mac.source === null ? "" : ` (from ${mac.source})`}${overridden ? `, now ${mac.current}` : ""}`;
}

function joined(texts: readonly string[]): string | null {
  return texts.length === 0 ? null : texts.join(", ");
}

function otherLines(connections: readonly InspectedConnection[]): string[] {
  return table(
    "  ",
    connections.map((one) => [
      String(one.number),
      one.adapter?.kind ?? "no adapter",
      [one.mode, ...one.ipv4.addresses.map(addressText)].join(" "),
      one.name ?? one.adapter?.description ?? one.guid,
    ]),
  );
}
