/** Reads the IPv4 settings of a Tcpip interface key. */
import { parseIpv4, prefixLengthOfMask } from "../../notation/ipv4.ts";
import type { Ipv4Address, Ipv4Gateway, Ipv4Settings } from "../model/settings.ts";
import { IPV4_VALUES, NO_ADDRESS } from "./interface-values.ts";
import type { SettingReader } from "./setting-reader.ts";

export function readIpv4(reader: SettingReader): Ipv4Settings {
  const dnsSuffix = reader.text(IPV4_VALUES.dnsSuffix)?.trim();
  return {
    mode: reader.number(IPV4_VALUES.enableDhcp) === 0 ? "static" : "dhcp",
    addresses: readAddresses(reader),
    gateways: readGateways(reader),
    dnsServers: readDnsServers(reader),
    dnsSuffix: dnsSuffix === "" ? undefined : dnsSuffix,
    interfaceMetric: reader.number(IPV4_VALUES.interfaceMetric),
    mtu: reader.number(IPV4_VALUES.mtu),
  };
}

/** Two lists side by side: the first mask belongs to the first address. */
function readAddresses(reader: SettingReader): readonly Ipv4Address[] {
  const masks = reader.texts(IPV4_VALUES.masks);
  const found: Ipv4Address[] = [];
  for (const [index, text] of reader.texts(IPV4_VALUES.addresses).entries()) {
    const address = parseIpv4(text);
    if (address === NO_ADDRESS) continue;
    const prefixLength = prefixLengthOfMask(masks[index] ?? "");
    if (address === undefined) reader.refuse(IPV4_VALUES.addresses, `holds "${text}", which is not an IPv4 address`);
    else if (masks[index] === undefined) reader.refuse(IPV4_VALUES.addresses, `holds ${address}, which has no mask`);
    else if (!prefixLength) reader.refuse(IPV4_VALUES.masks, `holds "${masks[index]}", which is not a mask`);
    else found.push({ address, prefixLength });
  }
  return found;
}

/** Two lists again; a gateway without a metric has an automatic one. */
function readGateways(reader: SettingReader): readonly Ipv4Gateway[] {
  const metrics = reader.texts(IPV4_VALUES.gatewayMetrics);
  const found: Ipv4Gateway[] = [];
  for (const [index, text] of reader.texts(IPV4_VALUES.gateways).entries()) {
    const address = parseIpv4(text);
    if (address === NO_ADDRESS) continue;
    if (address === undefined) reader.refuse(IPV4_VALUES.gateways, `holds "${text}", which is not an IPv4 address`);
    else found.push({ address, metric: readMetric(reader, metrics[index]) });
  }
  return found;
}

function readMetric(reader: SettingReader, text: string | undefined): number {
  if (text === undefined) return 0;
  if (/^\s*\d{1,9}\s*$/.test(text)) return Number(text);
  reader.refuse(IPV4_VALUES.gatewayMetrics, `holds "${text}", which is not a metric`);
  return 0;
}

/** Separated by commas, as kubev2v/forklift writes them, or by spaces; that Windows itself accepts spaces is not confirmed. */
function readDnsServers(reader: SettingReader): readonly string[] {
  const found: string[] = [];
  for (const text of splitServers(reader.text(IPV4_VALUES.dnsServers))) {
    const address = parseIpv4(text);
    if (address === undefined) reader.refuse(IPV4_VALUES.dnsServers, `holds "${text}", which is not an IPv4 address`);
    else found.push(address);
  }
  return found;
}

export function splitServers(text: string | undefined): readonly string[] {
  return (text ?? "").split(/[\s,]+/).filter((part) => part !== "");
}
