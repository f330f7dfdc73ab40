/** A saved profile, listed as HP's tool listed its file, and what was changed in one. */
import type { ProfileEditResult, ProfileListResult } from "../../apply/profile-results.ts";
import type { ProfileConnection } from "../../profile/model.ts";
import { addressText } from "../../notation/ipv4.ts";
import type { Detail } from "../detail.ts";
import { type Field, fields } from "../lines.ts";
import { counted, gatewayText, routeText } from "../words.ts";
import { APPLY_CHOICE, section, warningLines } from "./parts.ts";

export function profileListView({ path, profile, warnings }: ProfileListResult, detail: Detail): string[] {
  if (detail === "quiet") return warningLines(warnings);
  const { captured, connections } = profile;
  return [
    ...fields("", [
      ["profile", path],
      [
        "of",
        captured === undefined
          ? null
          : [captured.computerName, captured.windows].filter((one) => one !== undefined).join(", "),
      ],
      ["captured", captured?.at],
      ["connections", counted(connections.length, "network configuration")],
    ]),
    ...connections.flatMap((connection) =>
      section(`Network Configuration #${connection.number}`, fields("  ", connectionFields(connection))),
    ),
    ...warningLines(warnings),
  ];
}

function connectionFields({ name, adapter, guid, apply, note, mac, ipv4, ipv6, netbios }: ProfileConnection): Field[] {
  const { mode, addresses, gateways, dnsServers, dnsSuffix, interfaceMetric, mtu } = ipv4;
  return [
    ["Device Model", adapter?.description ?? "unknown"],
    ["Interface", name ?? guid ?? "(no name)"],
    ["MAC addresses", macTexts(mac)],
    ["Addresses", addresses.length === 0 ? mode : addresses.map(addressText)],
    ["Gateways", gateways.map(gatewayText)],
    ["IPv6 addresses", ipv6.addresses.map(addressText)],
    ["IPv6 gateways", ipv6.gateways.map(gatewayText)],
    ["IPv6 routes", ipv6.routes.map(routeText)],
    ["DHCPv6", ipv6.dhcp === false ? "off" : null],
    ["DNS servers", [...dnsServers, ...ipv6.dnsServers]],
    ["DNS suffix", dnsSuffix],
    ["WINS servers", netbios.winsServers],
    ["Metric", interfaceMetric === undefined ? null : String(interfaceMetric)],
    ["MTU", mtu === undefined ? null : String(mtu)],
    ["Is", `${APPLY_CHOICE[apply]}${note === undefined ? "" : `: ${note}`}`],
  ];
}

function macTexts({ permanent, current, user }: ProfileConnection["mac"]): string[] {
  const known = [
    ...(permanent === undefined ? [] : [`${permanent} (permanent)`]),
    ...(current === undefined || current === permanent ? [] : [`${current} (current)`]),
    ...user.map((one) => `${one} (user-defined)`),
  ];
  return known.length === 0 ? ["unknown"] : known;
}

export function profileEditView(result: ProfileEditResult, detail: Detail): string[] {
  const { path, connection, changes, written, formerKeptAs, warnings } = result;
  if (detail === "quiet") return warningLines(warnings);
  return [
    ...fields("", [
      ["profile", path],
      [
        "written",
        written
          ? changes.map(({ at, value }) => `${at}: ${value === null ? "gone" : JSON.stringify(value)}`)
          : "nothing: it was so already",
      ],
      ["former", formerKeptAs === null ? null : `kept as ${formerKeptAs}`],
    ]),
    ...section(`Network Configuration #${connection.number}`, fields("  ", connectionFields(connection))),
    ...warningLines(warnings),
  ];
}
