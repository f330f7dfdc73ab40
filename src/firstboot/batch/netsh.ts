/** The netsh commands that give a connection its IPv4 settings and its DNS servers while Windows runs. */
import { maskOfPrefixLength } from "../../notation/ipv4.ts";
import type { ProfileConnection } from "../../profile/model.ts";
import type { WindowsFamily } from "../../windows/model/windows.ts";

/** What Windows calls the connection; it is read from the registry, and expanded after cmd has parsed the line. */
const NAME = 'name="!NAME!"';

/** Vista has a context and words of its own; 2003's are the same as XP's (Microsoft, "Netsh commands for Interface IP"). */
interface Dialect {
  readonly context: string;
  readonly address: string;
  readonly dns: string;
  readonly wins: string;
  /** Without it 7 and later ask each DNS server whether it answers, which takes seconds; Vista does not know the word. */
  readonly dnsEnd: string;
}

const XP: Dialect = { context: "interface ip", address: "addr", dns: "dns", wins: "wins", dnsEnd: "" };
const VISTA: Dialect = {
  context: "interface ipv4",
  address: "address",
  // 7's word is "dnsservers", and netsh takes words that are cut short.
  dns: "dnsserver",
  wins: "winsserver",
  dnsEnd: "",
};
const SEVEN: Dialect = { ...VISTA, dnsEnd: " validate=no" };

/** Arguments of netsh, a command each, in their order. Everything in them is an address, a number or a constant word. */
export function netshCommands(connection: ProfileConnection, family: WindowsFamily): readonly string[] {
  const dialect = dialectOf(family);
  const { ipv4, ipv6, netbios } = connection;
  return [
    ...(ipv4.mode === "static" ? addressCommands(connection, dialect) : []),
    ...(ipv4.mode === "static" || ipv4.dnsServers.length > 0
      ? serverCommands(dialect, dialect.dns, ipv4.dnsServers, dialect.dnsEnd)
      : []),
    ...(ipv4.mode === "static" || netbios.winsServers.length > 0
      ? serverCommands(dialect, dialect.wins, netbios.winsServers, "")
      : []),
    ...(family === "xp" ? [] : interfaceCommands(connection, dialect)),
    ...(family === "xp" || ipv6.dnsServers.length === 0
      ? []
      : serverCommands({ ...dialect, context: "interface ipv6" }, dialect.dns, ipv6.dnsServers, dialect.dnsEnd)),
  ];
}

function dialectOf(family: WindowsFamily): Dialect {
  if (family === "xp") return XP;
  return family === "vista" ? VISTA : SEVEN;
}

function addressCommands({ ipv4 }: ProfileConnection, { context, address: word }: Dialect): string[] {
  const addresses = ipv4.addresses.map(
    ({ address, prefixLength }) => `${word}=${address} mask=${maskOfPrefixLength(prefixLength)}`,
  );
  // A metric of 0 is automatic; netsh itself would take 1 (public scripts for both contexts).
  const gateways = ipv4.gateways.map(({ address, metric }) => `gateway=${address} gwmetric=${metric}`);
  const [first, ...others] = addresses;
  const [firstGateway = "gateway=none", ...otherGateways] = gateways;
  if (first === undefined) return [];
  return [
    `${context} set address ${NAME} source=static ${first} ${firstGateway}`,
    ...[...others, ...otherGateways].map((what) => `${context} add address ${NAME} ${what}`),
  ];
}

function serverCommands(dialect: Dialect, what: string, servers: readonly string[], end: string): string[] {
  const { context, address: word } = dialect;
  const [first = "none", ...others] = servers;
  return [
    `${context} set ${what} ${NAME} source=static ${word}=${first}${first === "none" ? "" : end}`,
    ...others.map((server, index) => `${context} add ${what} ${NAME} ${word}=${server} index=${index + 2}${end}`),
  ];
}

/** XP and 2003 have these in the registry alone. */
function interfaceCommands({ ipv4 }: ProfileConnection, { context }: Dialect): string[] {
  const { interfaceMetric, mtu } = ipv4;
  return [
    ...(interfaceMetric === undefined || interfaceMetric === 0
      ? []
      : [`${context} set interface "!NAME!" metric=${interfaceMetric}`]),
    ...(mtu === undefined ? [] : [`${context} set subinterface "!NAME!" mtu=${mtu} store=persistent`]),
  ];
}
