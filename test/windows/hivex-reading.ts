/** A small reading of a Windows from hivex's export alone: the witness that our reading is compared with. */
import { hivexDump } from "../support/hivex-export.ts";

type Values = ReadonlyMap<string, { readonly type: number; readonly hex: string }>;
/** Values by lower-case name, by lower-case key path. */
type Export = ReadonlyMap<string, Values>;

const CLASS = "control\\class\\{4d36e972-e325-11ce-bfc1-08002be10318}";
const RUNTIME =
  /^(dhcp.*|lease.*|t1|t2|ntecontextlist|addresstype|isservernapaware|ipautoconfiguration(address|mask|seed))$/;
const FIELDS =
  /^(enabledhcp|ipaddress|subnetmask|defaultgateway|defaultgatewaymetric|nameserver|domain|interfacemetric|mtu)$/;

export interface WitnessedConnection {
  readonly guid: string;
  readonly name: string | undefined;
  readonly classKey: string | undefined;
  readonly instanceId: string | undefined;
  readonly description: string | undefined;
  readonly hardwareIds: readonly string[];
  readonly service: string | undefined;
  readonly location: string | undefined;
  readonly disabled: boolean | undefined;
  readonly permanent: string | undefined;
  readonly current: string | undefined;
  readonly luid: string | undefined;
  readonly mode: string;
  readonly addresses: readonly string[];
  readonly gateways: readonly string[];
  readonly dnsServers: readonly string[];
  readonly dnsSuffix: string | undefined;
  readonly ipv6DnsServers: readonly string[];
  readonly netbios: number | undefined;
  readonly winsServers: readonly string[];
  readonly raw: readonly string[];
}

/** Every connection of the control set ControlSet001, sorted by GUID, and the order of TCP/IP's bindings. */
export function witness(hivePath: string): {
  connections: readonly WitnessedConnection[];
  bindings: readonly string[];
} {
  const keys = exportedKeys(hivePath);
  const drivers = new Map<string, readonly [classKey: string, values: Values]>();
  for (const [path, values] of keys) {
    const guid = text(values, "netcfginstanceid");
    if (guid !== undefined && path.startsWith(`${CLASS}\\`)) drivers.set(guid.toUpperCase(), [path.slice(-4), values]);
  }
  const guids = new Set([...drivers.keys(), ...interfacesWithoutDriver(keys)]);
  return {
    connections: [...guids].sort().map((guid) => read(keys, guid, drivers.get(guid))),
    bindings: list(keys.get("services\\tcpip\\linkage"), "bind")
      .map((device) => device.replace("\\Device\\", "").toUpperCase())
      .filter((guid) => guids.has(guid)),
  };
}

function exportedKeys(hivePath: string): Export {
  const keys = new Map<string, Map<string, { type: number; hex: string }>>();
  for (const line of hivexDump(hivePath).values) {
    const [path = "", name = "", type = "", hex = ""] = line.split("|");
    const [set, ...rest] = path.toLowerCase().split("\\");
    if (set !== "controlset001") continue;
    const key = rest.join("\\");
    const values = keys.get(key) ?? new Map();
    keys.set(key, values.set(name.toLowerCase(), { type: Number(type), hex }));
  }
  return keys;
}

function interfacesWithoutDriver(keys: Export): readonly string[] {
  const ras = list(keys.get("services\\tcpip\\parameters\\adapters\\ndiswanip"), "ipconfig").map((path) =>
    path.slice(-38),
  );
  const prefix = "services\\tcpip\\parameters\\interfaces\\{";
  const found = [...keys.keys()]
    .filter((path) => path.startsWith(prefix))
    .map((path) => path.slice(prefix.length - 1).toUpperCase());
  return found.filter((guid) => guid.length === 38 && !ras.includes(guid));
}

function read(keys: Export, guid: string, driver: readonly [string, Values] | undefined): WitnessedConnection {
  const key = guid.toLowerCase();
  const tcpip = keys.get(`services\\tcpip\\parameters\\interfaces\\${key}`);
  const netbt = keys.get(`services\\netbt\\parameters\\interfaces\\tcpip_${key}`);
  const device = driver === undefined ? undefined : deviceOf(keys, driver[0]);
  const masks = list(tcpip, "subnetmask");
  const metrics = list(tcpip, "defaultgatewaymetric");
  const real = (address: string): boolean => address !== "0.0.0.0";
  return {
    guid,
    name: text(keys.get(`control\\network\\{4d36e972-e325-11ce-bfc1-08002be10318}\\${key}\\connection`), "name"),
    classKey: driver?.[0],
    instanceId: device?.[0],
    description:
      driver === undefined ? undefined : (text(device?.[1], "friendlyname") ?? text(driver[1], "driverdesc")),
    hardwareIds: list(device?.[1], "hardwareid"),
    service: text(device?.[1], "service"),
    location: text(device?.[1], "locationinformation"),
    disabled: driver === undefined ? undefined : ((number(device?.[1], "configflags") ?? 0) & 1) === 1,
    ...addressesOf(keys, key),
    luid: luidOf(driver?.[1]),
    mode: number(tcpip, "enabledhcp") === 0 ? "static" : "dhcp",
    addresses: list(tcpip, "ipaddress")
      .map((address, index) => `${address}/${bits(masks[index])}`)
      .filter((a) => real(a.split("/")[0]!)),
    gateways: list(tcpip, "defaultgateway")
      .filter(real)
      .map((address, index) => `${address} ${metrics[index] ?? "0"}`),
    dnsServers: (text(tcpip, "nameserver") ?? "").split(/[ ,]+/).filter(Boolean),
    dnsSuffix: text(tcpip, "domain") || undefined,
    ipv6DnsServers: (text(keys.get(`services\\tcpip6\\parameters\\interfaces\\${key}`), "nameserver") ?? "")
      .split(/[ ,]+/)
      .filter(Boolean),
    netbios: number(netbt, "netbiosoptions"),
    winsServers: list(netbt, "nameserverlist"),
    raw: [...(tcpip ?? [])]
      .filter(([name]) => !RUNTIME.test(name) && !FIELDS.test(name))
      .map(([name, { hex }]) => `${name}=${hex}`)
      .sort(),
  };
}

function deviceOf(keys: Export, classKey: string): readonly [string, Values] | undefined {
  for (const [path, values] of keys) {
    const driver = text(values, "driver")?.toLowerCase();
    if (path.startsWith("enum\\") && driver === `{4d36e972-e325-11ce-bfc1-08002be10318}\\${classKey}`)
      return [path.slice(5), values];
  }
  return undefined;
}

function addressesOf(keys: Export, guid: string): { permanent: string | undefined; current: string | undefined } {
  const kernel = keys.get(`control\\networksetup2\\interfaces\\${guid}\\kernel`);
  if (kernel !== undefined)
    return { permanent: mac(kernel.get("permanentaddress")?.hex), current: mac(kernel.get("currentaddress")?.hex) };
  const [, first = "", second = "", third = "", fourth = "", last = ""] =
    /^\{(\w{8})-(\w{4})-(\w{4})-(\w{4})-(\w{12})\}$/.exec(guid) ?? [];
  const swap = (hex: string): string => (hex.match(/../g) ?? []).reverse().join("");
  const bytes = `${swap(first)}${swap(second)}${swap(third)}${fourth}${last}`;
  for (const { hex } of keys.get("control\\nsi\\{eb004a11-9b1a-11d4-9123-0050047759bc}\\10")?.values() ?? []) {
    if (hex.slice(1040 * 2, 1056 * 2) === bytes) return { current: nsiMac(hex, 1088), permanent: nsiMac(hex, 1122) };
  }
  return { permanent: undefined, current: undefined };
}

const nsiMac = (hex: string, at: number): string | undefined =>
  hex.startsWith("0600", at * 2) ? mac(hex.slice(at * 2 + 4, at * 2 + 16)) : undefined;

const mac = (hex: string | undefined): string | undefined =>
  hex?.length !== 12 || hex === "000000000000" || /20524153$|^20415359/.test(hex)
    ? undefined
    : hex.toUpperCase().replace(/(..)(?=.)/g, "$1-");

function luidOf(driver: Values | undefined): string | undefined {
  const type = driver?.get("*iftype")?.hex;
  const index = driver?.get("netluidindex")?.hex;
  return type === undefined || index === undefined ? undefined : `000000${index.slice(0, 6)}${type.slice(0, 4)}`;
}

const decode = (hex: string): string => Buffer.from(hex, "hex").toString("utf16le");
const bits = (mask: string | undefined): number =>
  (mask ?? "").split(".").reduce((sum, part) => sum + (Number(part).toString(2).match(/1/g)?.length ?? 0), 0);

function text(values: Values | undefined, name: string): string | undefined {
  const value = values?.get(name);
  return value === undefined || (value.type !== 1 && value.type !== 2) ? undefined : decode(value.hex).split("\0")[0];
}

function list(values: Values | undefined, name: string): readonly string[] {
  const value = values?.get(name);
  return value?.type === 7 ? decode(value.hex).split("\0").filter(Boolean) : [];
}

function number(values: Values | undefined, name: string): number | undefined {
  const value = values?.get(name);
  return value?.type === 4 ? Buffer.from(value.hex, "hex").readUInt32LE() : undefined;
}
