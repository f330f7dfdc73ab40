/** The registry of a phony Windows in memory: shaped like the real hives where the network is concerned, read as a Key tree, and changed by a plan's steps. */
import { toHex } from "../../src/bytes/hex.ts";
import { encodeUtf16 } from "../../src/bytes/utf16.ts";
import type { Key } from "../../src/regf/index.ts";
import type { Change } from "../../src/windows/model/change.ts";
import type { RegistryData } from "../../src/notation/registry-data.ts";
import { registryBytes, registryData } from "../../src/windows/registry-data.ts";
import { binary, dword, type FakeValue, type FakeValues, fakeRoot, multiSz, qword, sz } from "./fake-key.ts";
import { afterBoot, E1000_IDS, guidOf, macOf } from "./models.ts";

export interface PhonyAdapter {
  /** Names the class key, the GUID, the LUID and, where the family keeps one, the MAC address. */
  readonly number: number;
  readonly name?: string;
  readonly wifi?: boolean;
  /** Was there at the last boot. */
  readonly present?: boolean;
  readonly disabled?: boolean;
  readonly boundToTcpip?: boolean;
  /** What its UpperBind names in place of Tcpip: `NdisImPlatform` of a team's member, `VMSP` of a switch's uplink (services seen in hives of 8.1 and 10). */
  readonly carries?: string;
  /** A device that software makes up: its INF's name and where Enum has it. Both *inferred* for teams and switches. */
  readonly software?: { readonly componentId: string; readonly instanceId: string };
  /** The driver, whose key gets this Start: 3 in all hives of 7 to 10. */
  readonly driver?: { readonly service: string; readonly start: number };
  readonly hardwareIds?: readonly string[];
  readonly location?: { readonly bus: number; readonly device: number; readonly function: number };
  /** Of `macOf`, instead of `number`; several adapters can so have one address. */
  readonly mac?: number;
  /** Of the Tcpip interface key; undefined leaves it as DHCP without a lease. */
  readonly tcpip?: FakeValues;
  readonly netbt?: FakeValues | undefined;
  readonly tcpip6?: FakeValues | undefined;
  /** Not in every control set: which ones have the interface. */
  readonly inControlSets?: readonly number[];
}

export interface PhonySpec {
  readonly family: "xp" | "7" | "10";
  /** With family "7": without what tells 7 from Vista. */
  readonly vista?: boolean;
  readonly computerName?: string;
  readonly controlSets?: readonly number[];
  readonly adapters: readonly PhonyAdapter[];
  /** Whole paths below the root, in addition. */
  readonly more?: Readonly<Record<string, FakeValues>>;
}

const NET_CLASS = "{4d36e972-e325-11ce-bfc1-08002be10318}";
const CLASS_OF_INTERFACES = "{ad498944-762f-11d0-8dcb-00c04fc3358c}";
const IPV4_NSI = "Control\\Nsi\\{eb004a00-9b1a-11d4-9123-0050047759bc}";

export class PhonyRegistry {
  private readonly keys = new Map<
    string,
    { readonly path: string; readonly values: Map<string, { name: string; value: FakeValue }> }
  >();
  private readonly times: Record<string, bigint> = {};

  constructor(spec: PhonySpec) {
    const sets = spec.controlSets ?? [1];
    this.put("Select", {
      Current: dword(1),
      Default: dword(1),
      Failed: dword(0),
      LastKnownGood: dword(sets.at(-1) ?? 1),
    });
    this.put("Setup", { SetupType: dword(0), SystemSetupInProgress: dword(0), CmdLine: sz("") });
    for (const set of sets) this.putControlSet(spec, set);
    for (const [path, values] of Object.entries(spec.more ?? {})) this.put(path, values);
  }

  /** The tree as it is now; it does not follow later changes. */
  root(): Key {
    const keys: Record<string, FakeValues> = {};
    for (const { path, values } of this.keys.values()) {
      keys[path] = Object.fromEntries([...values.values()].map(({ name, value }) => [name, value]));
    }
    return fakeRoot(keys, this.times);
  }

  value(path: string, name: string): RegistryData | undefined {
    const found = this.keys.get(path.toLowerCase())?.values.get(name.toLowerCase());
    return found === undefined ? undefined : registryData(found.value);
  }

  names(path: string): string[] {
    return [...(this.keys.get(path.toLowerCase())?.values.values() ?? [])].map(({ name }) => name).toSorted();
  }

  /** The bindings of TCP/IP in one control set, to give them to another registry. */
  linkage(set: number): FakeValues {
    const key = this.keys.get(`controlset00${set}\\services\\tcpip\\linkage`);
    return Object.fromEntries([...(key?.values.values() ?? [])].map(({ name, value }) => [name, value]));
  }

  has(path: string): boolean {
    return this.keys.has(path.toLowerCase());
  }

  put(path: string, values: FakeValues): void {
    const key = this.keys.get(path.toLowerCase()) ?? { path, values: new Map() };
    this.keys.set(path.toLowerCase(), key);
    for (const [name, value] of Object.entries(values)) key.values.set(name.toLowerCase(), { name, value });
  }

  /** Makes the changes as an executor would; throws when one does not fit what is there. */
  apply(changes: readonly Change[]): void {
    for (const change of changes) this.applyOne(change);
  }

  /** Takes them back, last first. */
  undo(changes: readonly Change[]): void {
    for (const change of changes.toReversed()) {
      if (change.kind === "create-key") this.keys.delete(change.key.toLowerCase());
      else if (change.kind !== "delete-key") this.restore(change.key, change.name, change.was);
    }
  }

  /** Every value as one line, to compare whole registries. */
  lines(): string[] {
    const lines = [...this.keys.values()].flatMap(({ path, values }) => [
      `[${path}]`,
      ...[...values.values()].map(({ name, value }) => `${path}\\${name} ${value.type} ${toHex(value.data)}`),
    ]);
    return lines.toSorted();
  }

  private applyOne(change: Change): void {
    const key = this.keys.get(change.key.toLowerCase());
    switch (change.kind) {
      case "create-key":
        if (key !== undefined) throw new Error(`${change.key} exists`);
        this.put(change.key, {});
        return;
      case "delete-key":
        throw new Error(`no plan deletes a key: ${change.key}`);
      case "set-value":
      case "delete-value": {
        if (key === undefined) throw new Error(`${change.key} does not exist`);
        if (key.path !== change.key) throw new Error(`${change.key} is spelled ${key.path}`);
        const former = this.value(change.key, change.name) ?? null;
        if (JSON.stringify(former) !== JSON.stringify(change.was)) {
          throw new Error(
            `${change.key}\\${change.name} was ${JSON.stringify(former)}, not ${JSON.stringify(change.was)}`,
          );
        }
        this.restore(
          change.key,
          change.name,
          change.kind === "set-value" ? { type: change.type, data: change.data } : null,
        );
      }
    }
  }

  private restore(path: string, name: string, data: RegistryData | null): void {
    if (data === null) this.keys.get(path.toLowerCase())?.values.delete(name.toLowerCase());
    else this.put(path, { [name]: registryBytes(data) });
  }

  private putControlSet({ family, vista, computerName, adapters }: PhonySpec, set: number): void {
    const put = (path: string, values: FakeValues): void => this.put(`ControlSet00${set}\\${path}`, values);
    put("Control\\ComputerName\\ComputerName", { ComputerName: sz(computerName ?? "SRV-1") });
    put("Control\\Network", {});
    put("Services\\Tcpip\\Parameters\\PersistentRoutes", {});
    put("Services\\NetBT\\Parameters\\Interfaces", {});
    if (family !== "xp") {
      put("Services\\Tcpip6\\Parameters\\Interfaces", {});
      put(`${IPV4_NSI}\\10`, {});
      put(`${IPV4_NSI}\\16`, {});
    }
    const bind = adapters
      .filter(({ boundToTcpip, carries }) => boundToTcpip ?? carries === undefined)
      .map(({ number }) => `\\Device\\${guidOf(number)}`);
    put("Services\\Tcpip\\Linkage", { Bind: multiSz(...bind) });
    this.putLastBoot(family, set, vista === true);
    for (const adapter of adapters) this.putAdapter(family, set, adapter);
  }

  private putLastBoot(family: PhonySpec["family"], set: number, vista: boolean): void {
    const at = `ControlSet00${set}\\`;
    if (family === "10") {
      this.put("DriverDatabase", { Version: dword(0x0a00_0000) });
      this.put(`${at}Control\\NetworkSetup2`, {});
      this.put(`${at}Enum\\ACPI_HAL\\PNP0C08\\0\\${arrivalKey}`, { "": qword(afterBoot(0), 0xffff_0010) });
      return;
    }
    if (family === "7" && !vista)
      this.put(`${at}Enum\\HTREE\\ROOT\\0`, { ContainerID: sz("{00000000-0000-0000-FFFF-FFFFFFFFFFFF}") });
    this.times[`${at}Control\\DeviceClasses\\${CLASS_OF_INTERFACES}\\##?#Root#SYSTEM#0000#${CLASS_OF_INTERFACES}`] =
      afterBoot(0);
  }

  private putAdapter(family: PhonySpec["family"], set: number, adapter: PhonyAdapter): void {
    const {
      number,
      present = true,
      wifi = false,
      disabled = false,
      carries,
      boundToTcpip = carries === undefined,
      software,
      driver,
      hardwareIds = E1000_IDS,
    } = adapter;
    const put = (path: string, values: FakeValues): void => this.put(`ControlSet00${set}\\${path}`, values);
    const guid = guidOf(number);
    const digits = String(number).padStart(4, "0");
    const { bus, device, function: part } = adapter.location ?? { bus: 2, device: number, function: 0 };
    const instance = `4&b70f118&0&${(device * 8 + part).toString(16).padStart(2, "0")}${bus}8`;
    const instanceId = software?.instanceId ?? `${hardwareIds[0]}\\${instance}`;
    put(`Control\\Class\\${NET_CLASS}\\${digits}`, {
      NetCfgInstanceId: sz(guid),
      DriverDesc: sz(`Adapter ${number}`),
      ComponentId: sz(software?.componentId ?? hardwareIds.at(-1)?.toLowerCase() ?? ""),
      Characteristics: dword(software === undefined ? 0x84 : 0x1),
      ...(family === "xp" ? {} : { "*IfType": dword(wifi ? 71 : 6), NetLuidIndex: dword(number) }),
    });
    put(`Control\\Class\\${NET_CLASS}\\${digits}\\Linkage`, {
      RootDevice: multiSz(guid),
      UpperBind: multiSz(
        ...(boundToTcpip ? ["Tcpip", ...(family === "xp" ? [] : ["TCPIP6"])] : []),
        ...(carries === undefined ? [] : [carries]),
      ),
    });
    if (driver !== undefined) put(`Services\\${driver.service}`, { Start: dword(driver.start) });
    put(`Enum\\${instanceId}`, {
      Driver: sz(`${NET_CLASS}\\${digits}`),
      HardwareID: multiSz(...hardwareIds),
      CompatibleIDs: multiSz(...(wifi ? ["PCI\\CC_0280"] : ["PCI\\CC_0200"])),
      Capabilities: dword(0),
      ConfigFlags: dword(disabled ? 1 : 0),
      ...(driver === undefined ? {} : { Service: sz(driver.service) }),
      LocationInformation: sz(`PCI bus ${bus}, device ${device}, function ${part}`),
    });
    const seen = afterBoot(present ? 5 : -86_400 * 100);
    if (family === "10") put(`Enum\\${instanceId}\\${arrivalKey}`, { "": qword(seen, 0xffff_0010) });
    else {
      const device = `##?#${instanceId.replaceAll("\\", "#")}#${CLASS_OF_INTERFACES}`;
      this.times[`ControlSet00${set}\\Control\\DeviceClasses\\${CLASS_OF_INTERFACES}\\${device}`] = seen;
      this.times[`ControlSet00${set}\\Enum\\${instanceId}`] = afterBoot(86_400);
    }
    this.putConnection(family, set, adapter);
  }

  private putConnection(
    family: PhonySpec["family"],
    set: number,
    { number, name, boundToTcpip, mac = number, ...adapter }: PhonyAdapter,
  ): void {
    const put = (path: string, values: FakeValues): void => this.put(`ControlSet00${set}\\${path}`, values);
    const guid = guidOf(number);
    const called = name ?? `Ethernet ${number}`;
    put(`Control\\Network\\${NET_CLASS.toUpperCase()}\\${guid}\\Connection`, { Name: sz(called) });
    if (family === "10") {
      const address = binary(
        ...macOf(mac)
          .split("-")
          .map((digits) => Number.parseInt(digits, 16)),
      );
      const kernel = {
        IfAlias: sz(called),
        PermanentAddress: address,
        CurrentAddress: address,
        ProtocolList: multiSz(...((boundToTcpip ?? adapter.carries === undefined) ? ["Tcpip"] : [])),
      };
      put(`Control\\NetworkSetup2\\Interfaces\\${guid}\\Kernel`, kernel);
      put(`Control\\NetworkSetup2\\Interfaces\\${guid}\\${aliasKey}`, { "": { ...sz(called), type: 0xffff_0012 } });
    }
    if (family === "7")
      put("Control\\Nsi\\{eb004a11-9b1a-11d4-9123-0050047759bc}\\10", {
        [luidOf(number)]: { type: 3, data: ndisRecord(number, mac) },
      });
    if (adapter.inControlSets?.includes(set) === false) return;
    // Windows 10 writes these in lower case.
    const spelled = family === "10" ? guid.toLowerCase() : guid;
    const tcpip = adapter.tcpip ?? dhcpValues(family);
    put(`Services\\Tcpip\\Parameters\\Interfaces\\${spelled}`, tcpip);
    if (family !== "10") put(`Services\\${guid}\\Parameters\\Tcpip`, mirrorOf(tcpip));
    if (!("netbt" in adapter) || adapter.netbt !== undefined)
      put(`Services\\NetBT\\Parameters\\Interfaces\\Tcpip_${spelled}`, adapter.netbt ?? NETBT);
    if (family !== "xp" && adapter.tcpip6 !== undefined)
      put(`Services\\Tcpip6\\Parameters\\Interfaces\\${spelled}`, adapter.tcpip6);
  }
}

const arrivalKey = "Properties\\{83da6326-97a6-4088-9453-a1923f573b29}\\0066";

const aliasKey = "Properties\\{a111f1f4-5923-47c0-9a68-d0bafb577901}\\0010";

const NETBT: FakeValues = { NameServerList: multiSz(), NetbiosOptions: dword(0) };

/** As the real hives have a DHCP interface: 10's has nothing but these three values. */
export function dhcpValues(family: PhonySpec["family"]): FakeValues {
  const common = { EnableDHCP: dword(1), Domain: sz(""), NameServer: sz("") };
  const setup = {
    UseZeroBroadcast: dword(0),
    EnableDeadGWDetect: dword(1),
    RegistrationEnabled: dword(1),
    RegisterAdapterName: dword(0),
  };
  if (family === "10") return common;
  if (family === "7") return { ...common, ...setup };
  const none = {
    IPAddress: multiSz("0.0.0.0"),
    SubnetMask: multiSz("0.0.0.0"),
    DefaultGateway: multiSz(),
    DefaultGatewayMetric: multiSz(),
  };
  const filtering = {
    TCPAllowedPorts: multiSz("0"),
    UDPAllowedPorts: multiSz("0"),
    RawIPAllowedProtocols: multiSz("0"),
  };
  return { ...common, ...setup, ...none, ...filtering, NTEContextList: multiSz("0x00000002") };
}

export function leaseValues(address: string): FakeValues {
  return {
    DhcpIPAddress: sz(address),
    DhcpSubnetMask: sz("255.255.255.0"),
    DhcpServer: sz("192.168.146.254"),
    DhcpNameServer: sz("192.168.146.2"),
    DhcpDefaultGateway: multiSz("192.168.146.2"),
    DhcpSubnetMaskOpt: multiSz("255.255.255.0"),
    DhcpDomain: sz("localdomain"),
    DhcpInterfaceOptions: binary(0xfc, 0, 0, 0),
    DhcpGatewayHardwareCount: dword(1),
    Lease: dword(1800),
    T1: dword(0x5ea2_7960),
    AddressType: dword(0),
  };
}

export function staticValues(
  family: PhonySpec["family"],
  address: string,
  gateway?: string,
  more: FakeValues = {},
): FakeValues {
  const gateways: FakeValues =
    gateway === undefined && family !== "xp"
      ? {}
      : {
          DefaultGateway: multiSz(...listOf(gateway)),
          DefaultGatewayMetric: multiSz(...listOf(gateway === undefined ? undefined : "0")),
        };
  return {
    ...dhcpValues(family),
    EnableDHCP: dword(0),
    IPAddress: multiSz(address),
    SubnetMask: multiSz("255.255.255.0"),
    ...gateways,
    ...more,
  };
}

function listOf(text: string | undefined): string[] {
  return text === undefined ? [] : [text];
}

/** 7 keeps the static values there too, 8.1 EnableDHCP only. */
function mirrorOf(tcpip: FakeValues): FakeValues {
  const names = ["EnableDHCP", "IPAddress", "SubnetMask", "DefaultGateway"];
  return Object.fromEntries(Object.entries(tcpip).filter(([name]) => names.includes(name)));
}

/** `0000000700000600` */
export function luidOf(number: number): string {
  return `000000${toHex(Uint8Array.from([number & 0xff, (number >> 8) & 0xff, 0]))}0600`;
}

/** `\10`: the static addresses of an interface. */
export function nsiAddress(number: number, address: string, prefixLength = 24): FakeValues {
  const data = new Uint8Array(48).fill(0xff);
  data.set([0x10, 0, 0, 0, 0x10, 0, 0, 0, prefixLength, 0, 0, 0], 8);
  return { [`${luidOf(number)}${hexOf(address)}00000000`]: { type: 3, data } };
}

/** `\16`: a route by way of an interface; "0.0.0.0/0" is the default route. */
export function nsiRoute(number: number, prefix: string, nextHop: string): FakeValues {
  const [network = "", length = ""] = prefix.split("/");
  const lengthHex = toHex(Uint8Array.of(Number(length)));
  const name = `00000000${hexOf(network)}${lengthHex}000000${"0".repeat(24)}${luidOf(number)}${luidOf(number)}${hexOf(nextHop)}00000000`;
  return { [name]: { type: 3, data: new Uint8Array(56).fill(0xff) } };
}

function hexOf(address: string): string {
  return toHex(Uint8Array.from(address.split(".").map(Number)));
}

/** Where IPv6's records are, in ControlSet001. */
export const NSI_IPV6 = "ControlSet001\\Control\\Nsi\\{eb004a01-9b1a-11d4-9123-0050047759bc}";

export interface Ipv6RecordFields {
  readonly prefixLength?: number;
  readonly origins?: readonly [prefix: number, suffix: number];
  readonly validLifetime?: number;
  /** Bytes in all; what follows the fields counts up, so that it is seen when it is lost. */
  readonly size?: number;
}

/** `\10`: an IPv6 address of an interface; static unless told. */
export function nsiIpv6Address(number: number, address: string, fields: Ipv6RecordFields = {}): FakeValues {
  const { prefixLength = 64, origins = [16, 16], validLifetime = 0xffffffff, size = 48 } = fields;
  const data = Uint8Array.from({ length: size }, (_, index) => index);
  const view = new DataView(data.buffer);
  const numbers = [validLifetime, 0xffffffff, ...origins];
  for (const [index, value] of numbers.entries()) view.setUint32(index * 4, value, true);
  data[16] = prefixLength;
  data[17] = 0;
  return { [`${luidOf(number)}${hexOfIpv6Text(address)}`]: { type: 3, data } };
}

/** `\16`: an IPv6 route by way of an interface; "::/0" is the default route. */
export function nsiIpv6Route(number: number, prefix: string, nextHop: string, metric = 0xffffffff): FakeValues {
  const [network = "", length = ""] = prefix.split("/");
  const lengthHex = toHex(Uint8Array.of(Number(length)));
  const name = `00000000${hexOfIpv6Text(network)}${lengthHex}${"0".repeat(38)}${luidOf(number)}${luidOf(number)}${hexOfIpv6Text(nextHop)}`;
  const data = new Uint8Array(56).fill(0xff);
  new DataView(data.buffer).setUint32(12, metric, true);
  return { [name]: { type: 3, data } };
}

/** Sixteen bytes as hex digits. */
export function hexOfIpv6Text(address: string): string {
  const [start = "", end] = address.split("::");
  const groups = (text: string): string[] =>
    text === "" ? [] : text.split(":").map((group) => group.padStart(4, "0").toLowerCase());
  if (end === undefined) return groups(start).join("");
  const [left, right] = [groups(start), groups(end)];
  return [...left, ...new Array<string>(8 - left.length - right.length).fill("0000"), ...right].join("");
}

/** A record of 7's NDIS interface table: GUID and addresses at their places (Wine's include/wine/nsi.h). */
function ndisRecord(number: number, mac: number): Uint8Array {
  const data = new Uint8Array(2312);
  const name = encodeUtf16(`Ethernet ${number}`);
  const view = new DataView(data.buffer);
  view.setUint16(4, name.length, true);
  data.set(name, 6);
  view.setUint32(1036, 6, true);
  const [a = "", b = "", c = "", d = "", e = ""] = guidOf(number).slice(1, -1).split("-");
  view.setUint32(1040, Number.parseInt(a, 16), true);
  view.setUint16(1044, Number.parseInt(b, 16), true);
  view.setUint16(1046, Number.parseInt(c, 16), true);
  for (const [index, digits] of (d + e).match(/../g)?.entries() ?? []) data[1048 + index] = Number.parseInt(digits, 16);
  const address = macOf(mac)
    .split("-")
    .map((digits) => Number.parseInt(digits, 16));
  for (const offset of [1088, 1122]) {
    view.setUint16(offset, 6, true);
    data.set(address, offset + 2);
  }
  return data;
}
