/** The three components of an answer file that configure a network adapter, each element in the order that Microsoft documents. */
import type { MacAddress } from "../notation/mac.ts";
import { addressText } from "../notation/ipv4.ts";
import type { ConnectionSettings } from "../windows/model/settings.ts";
import type { NewElement } from "./new-element.ts";

export interface AnswerInterface {
  /** Which adapter is meant: Setup takes its MAC address as `Identifier` (Microsoft, "Identifier" of Microsoft-Windows-TCPIP). */
  readonly mac: MacAddress;
  readonly settings: ConnectionSettings;
}

export interface Component {
  readonly name: string;
  /** Its `Interface` element; undefined where the settings say nothing that belongs into this component. */
  readonly interfaceOf: (request: AnswerInterface) => NewElement | undefined;
}

/** All are valid in the pass specialize. */
export const COMPONENTS: readonly Component[] = [
  { name: "Microsoft-Windows-TCPIP", interfaceOf: tcpipInterface },
  { name: "Microsoft-Windows-DNS-Client", interfaceOf: dnsInterface },
  { name: "Microsoft-Windows-NetBT", interfaceOf: netbtInterface },
];

/** DNS registration: values of the interface key for which the answer file has elements. */
const REGISTRATION_VALUES = { enabled: "RegistrationEnabled", withSuffix: "RegisterAdapterName" } as const;

/** "Ipv4Settings, Ipv6Settings, Identifier, UnicastIpAddresses, and then Routes" (Microsoft, "Routes"). */
function tcpipInterface({ mac, settings: { ipv4, ipv6 } }: AnswerInterface): NewElement {
  const { mode, addresses, interfaceMetric } = ipv4;
  const metric = automaticOr(interfaceMetric);
  const own = [...(mode === "static" ? addresses : []), ...ipv6.addresses];
  const routes = [
    ...ipv4.gateways.map(({ address, metric }) => ({ prefix: "0.0.0.0/0", nextHop: address, metric })),
    ...ipv6.gateways.map(({ address, metric }) => ({ prefix: "::/0", nextHop: address, metric })),
    ...ipv6.routes.map((route) => ({ ...route, prefix: `${route.prefix}/${route.prefixLength}` })),
  ];
  return item("Interface", [
    leaves("Ipv4Settings", { DhcpEnabled: String(mode === "dhcp"), Metric: metric }),
    // With DHCPv6 as Windows has it there is nothing to say; routers are listened to in any case, as a static address never stopped that.
    ...(ipv6.dhcp === undefined ? [] : [leaves("Ipv6Settings", { DhcpEnabled: String(ipv6.dhcp) })]),
    leaf("Identifier", mac),
    ...list("UnicastIpAddresses", own.map(addressText), String),
    ...(routes.length === 0 ? [] : [{ name: "Routes", content: routes.map(routeElement) }]),
  ]);
}

interface RouteLine {
  readonly prefix: string;
  readonly nextHop: string;
  readonly metric: number;
}

/** "Identifier, Metric, NextHopAddress, and then Prefix" (Microsoft, "Route"). */
function routeElement({ prefix, nextHop, metric }: RouteLine, index: number): NewElement {
  const { content } = leaves("Route", {
    Identifier: String(index + 1),
    Metric: automaticOr(metric),
    NextHopAddress: nextHop,
    Prefix: prefix,
  });
  return item("Route", content);
}

/** In the order of the example that Microsoft gives for `Interface` of Microsoft-Windows-DNS-Client. */
function dnsInterface({ mac, settings }: AnswerInterface): NewElement | undefined {
  const { ipv4, ipv6 } = settings;
  const servers = [...ipv4.dnsServers, ...ipv6.dnsServers];
  const said = [
    ...(ipv4.dnsSuffix === undefined ? [] : [leaf("DNSDomain", ipv4.dnsSuffix)]),
    ...list("DNSServerSearchOrder", servers, String),
    ...(numberOf(settings, REGISTRATION_VALUES.withSuffix) === 1
      ? [leaf("EnableAdapterDomainNameRegistration", "true")]
      : []),
    ...(numberOf(settings, REGISTRATION_VALUES.enabled) === 0 ? [leaf("DisableDynamicUpdate", "true")] : []),
  ];
  return said.length === 0 ? undefined : item("Interface", [leaf("Identifier", mac), ...said]);
}

/** In the order of Microsoft's example; option 0, as DHCP says, is what Setup does unasked. */
function netbtInterface({ mac, settings: { netbios } }: AnswerInterface): NewElement | undefined {
  const { winsServers, option } = netbios;
  const width = String(winsServers.length).length;
  const said = [
    // "with higher priority given to lower keys (lexicographically)" (Microsoft, "Key" of Microsoft-Windows-NetBT)
    ...list("NameServerList", winsServers, (number) => `IpAddress${String(number).padStart(width, "0")}`),
    ...(option === 1 || option === 2 ? [leaf("NetbiosOptions", String(option))] : []),
  ];
  return said.length === 0 ? undefined : item("Interface", [...said, leaf("Identifier", mac)]);
}

/** What a connection has that no answer file can say, in words; empty when all of it goes along. */
export function notCarried({ settings }: AnswerInterface): readonly string[] {
  const { ipv4, dnsOverHttps = [], adapterSettings = [], raw } = settings;
  const carried: readonly string[] = Object.values(REGISTRATION_VALUES);
  return [
    ...(ipv4.mtu === undefined ? [] : [`MTU ${ipv4.mtu}`]),
    ...(ipv4.mode === "dhcp" && ipv4.addresses.length > 0 ? ["addresses beside DHCP"] : []),
    ...dnsOverHttps.map(({ server }) => `DNS over HTTPS for ${server}`),
    ...raw.map(({ name }) => name).filter((name) => !carried.some((one) => one.toLowerCase() === name.toLowerCase())),
    ...adapterSettings.map(({ text }) => text),
  ];
}

function numberOf({ raw }: ConnectionSettings, name: string): unknown {
  return raw.find((one) => one.name.toLowerCase() === name.toLowerCase())?.value.data;
}

/** A metric of 0 is Windows' word for automatic, which an answer file says by saying nothing. */
function automaticOr(metric: number | undefined): string | undefined {
  return metric === undefined || metric === 0 ? undefined : String(metric);
}

function leaf(name: string, content: string): NewElement {
  return { name, content };
}

function leaves(name: string, texts: Readonly<Record<string, string | undefined>>): NewElement {
  return {
    name,
    content: Object.entries(texts).flatMap(([child, text]) => (text === undefined ? [] : [leaf(child, text)])),
  };
}

function item(name: string, content: NewElement["content"]): NewElement {
  return { name, item: {}, content };
}

/** Nothing at all for an empty list: Setup supports no empty elements. */
function list(name: string, texts: readonly string[], keyOf: (number: number) => string): NewElement[] {
  const items = texts.map((content, index) => ({ name: "IpAddress", item: { key: keyOf(index + 1) }, content }));
  return items.length === 0 ? [] : [{ name, content: items }];
}
