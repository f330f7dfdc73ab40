/** The keys that a plan writes: what a document of changes may name, for it is made good as LocalSystem. */
import {
  CONNECTIONS_KEY,
  DNS_CLIENT_KEY,
  NETWORK_SETUP2_INTERFACES_KEY,
  NSI_KEY,
  PERSISTENT_ROUTES_KEY,
  TCPIP_INTERFACES_KEY,
} from "../windows/registry-paths.ts";

const GUID = String.raw`\{[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\}`;

const BELOW = String.raw`(?:\\.+)?`;

/** Below a control set; as the functions in windows/registry-paths.ts spell them. */
const WRITTEN = [
  literal(PERSISTENT_ROUTES_KEY),
  ...[TCPIP_INTERFACES_KEY, "Services\\Tcpip6\\Parameters\\Interfaces", "Services\\NetBT\\Parameters\\Interfaces"].map(
    (key) => literal(key) + BELOW,
  ),
  String.raw`Services\\${GUID}\\Parameters\\Tcpip`,
  literal(`${DNS_CLIENT_KEY}\\InterfaceSpecificParameters`) + BELOW,
  literal(NSI_KEY) + BELOW,
  String.raw`${literal(CONNECTIONS_KEY)}\\${GUID}\\Connection`,
  String.raw`${literal(NETWORK_SETUP2_INTERFACES_KEY)}\\${GUID}${BELOW}`,
];

const PATTERN = new RegExp(String.raw`^ControlSet\d{3}\\(?:${WRITTEN.join("|")})$`, "i");

/** `key`: from the root of the hive. */
export function isKeyOfPlan(key: string): boolean {
  return PATTERN.test(key);
}

function literal(key: string): string {
  return key.replaceAll(/[\\{}().$]/g, String.raw`\$&`);
}
