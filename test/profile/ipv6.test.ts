/** The IPv6 fields of a profile: notations, defaults, and what is refused where. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DocumentFailure, jsonPath } from "../../src/document/problem.ts";
import { parseIpv6 } from "../../src/notation/ipv6.ts";
import { captureProfile } from "../../src/profile/capture.ts";
import { formatProfile, type ParsedProfile, parseProfile } from "../../src/profile/document.ts";
import { fieldChanges } from "../../src/profile/field-change.ts";
import { readConnectionSettings } from "../../src/windows/settings/connection-settings.ts";
import { type FakeValues, fakeRoot } from "../support/fake-key.ts";
import { connectionWith, guidOf, staticSettings, windowsWith } from "../support/models.ts";
import { luidOf, NSI_IPV6, nsiIpv6Address, nsiIpv6Route } from "../support/phony-registry.ts";

function parse(...ipv6: readonly unknown[]): ParsedProfile {
  const connections = ipv6.map((one) => ({ ipv4: {}, ipv6: one }));
  return parseProfile(JSON.stringify({ pintProfile: 1, connections }), "profile.json");
}

/** "path: message" of everything that is wrong. */
function refused(...ipv6: readonly unknown[]): string[] {
  try {
    parse(...ipv6);
  } catch (error) {
    if (!(error instanceof DocumentFailure)) throw error;
    return error.problems.map(({ path, message }) => `${jsonPath(path)} ${message}`);
  }
  return [];
}

test("every notation is read, and one is written", () => {
  const { profile } = parse({
    dhcp: false,
    addresses: ["2001:DB8:0:0::5/64", { address: "fd00::0:1", prefixLength: 48 }],
    gateways: ["FE80::1", { address: "2001:db8::1", metric: 20 }],
    routes: [
      { prefix: "2001:db8:1::/48", nextHop: "fe80::2" },
      { prefix: "2001:db8:2::", prefixLength: 48, nextHop: "::", metric: 5 },
    ],
  });
  const ipv6 = {
    dhcp: false,
    addresses: [
      { address: "2001:db8::5", prefixLength: 64 },
      { address: "fd00::1", prefixLength: 48 },
    ],
    gateways: [
      { address: "fe80::1", metric: 0 },
      { address: "2001:db8::1", metric: 20 },
    ],
    routes: [
      { prefix: "2001:db8:1::", prefixLength: 48, nextHop: "fe80::2", metric: 0 },
      { prefix: "2001:db8:2::", prefixLength: 48, nextHop: "::", metric: 5 },
    ],
    dnsServers: [],
  };
  expect(profile.connections[0]?.ipv6).toEqual(ipv6);
  const text = formatProfile(profile);
  expect(formatProfile(parseProfile(text, "again.json").profile)).toBe(text);
  expect(JSON.parse(text).connections[0].ipv6).toEqual(ipv6);
});

test("static IPv6 alone is something to move", () => {
  const { connections } = parse({ addresses: ["2001:db8::5/64"] }, {}, { dhcp: true }, { dhcp: false }).profile;
  expect(connections.map(({ apply, ipv4 }) => [apply, ipv4.mode])).toEqual([
    ["move", "dhcp"],
    ["dhcp", "dhcp"],
    ["dhcp", "dhcp"],
    ["move", "dhcp"],
  ]);
});

describe("refused, with its path", () => {
  test.each([
    [{ addresses: ["2001:db8::5"] }, "ipv6.addresses[0] ", "write it like 2001:db8::5/64"],
    [{ addresses: ["2001:db8::5/129"] }, "ipv6.addresses[0] ", "is not an IPv6 address"],
    [{ addresses: ["10.0.0.5/24"] }, "ipv6.addresses[0] ", "is not an IPv6 address"],
    [{ addresses: [{ address: "2001:db8::5", prefixLength: 129 }] }, "ipv6.addresses[0].prefixLength ", ""],
    [{ addresses: ["2001:db8::5/0"] }, "ipv6.addresses[0] ", "has no network"],
    [{ addresses: ["ff02::1/64"] }, "ipv6.addresses[0] ", "multicast"],
    [{ addresses: ["::/64"] }, "ipv6.addresses[0] ", "unspecified"],
    [{ addresses: ["::1/128"] }, "ipv6.addresses[0] ", "loopback"],
    [{ addresses: ["::ffff:10.0.0.5/96"] }, "ipv6.addresses[0] ", "IPv4 address in IPv6's notation"],
    [{ addresses: ["fe80::5/64"] }, "ipv6.addresses[0] ", "link-local"],
    [{ addresses: ["fe80::5%3/64"] }, "ipv6.addresses[0] ", ""],
    [
      { addresses: ["2001:db8::5/64", "2001:db8:0::5/48"] },
      "ipv6.addresses[1] ",
      "duplicate of $.connections[0].ipv6.addresses[0]",
    ],
    [{ gateways: ["fe80::1%4"] }, "ipv6.gateways[0] ", "without a zone"],
    [{ gateways: ["ff02::2"] }, "ipv6.gateways[0] ", "multicast"],
    [{ gateways: ["::"] }, "ipv6.gateways[0] ", "unspecified"],
    [{ gateways: ["fe80::1", "fe80:0::1"] }, "ipv6.gateways[1] ", "is there twice"],
    [
      { routes: [{ prefix: "2001:db8::5/48", nextHop: "fe80::1" }] },
      "ipv6.routes[0].prefix ",
      "more bits than its length",
    ],
    [{ routes: [{ prefix: "::/0", nextHop: "fe80::1" }] }, "ipv6.routes[0].prefix ", "under gateways"],
    [{ routes: [{ prefix: "ff00::/8", nextHop: "fe80::1" }] }, "ipv6.routes[0].prefix ", "multicast"],
    [{ routes: [{ prefix: "2001:db8::", nextHop: "fe80::1" }] }, "ipv6.routes[0].prefix ", "with its length"],
    [
      { routes: [{ prefix: "2001:db8::/48", prefixLength: 32, nextHop: "fe80::1" }] },
      "ipv6.routes[0].prefix ",
      "another length",
    ],
    [{ routes: [{ prefix: "2001:db8::/48", nextHop: "::1" }] }, "ipv6.routes[0].nextHop ", "loopback"],
    [{ addresses: ["2001:db8::5/64"], metric: 3 }, "ipv6.metric ", ""],
  ])("%j", (ipv6, path, words) => {
    const [problem = "", ...others] = refused(ipv6);
    expect(problem).toContain(`connections[0].${path}`);
    expect(problem).toContain(words);
    expect(others).toEqual([]);
  });

  test("one address on two connections that move; not where one of them is skipped", () => {
    expect(refused({ addresses: ["2001:db8::5/64"] }, { addresses: ["2001:db8::5/64"] })).toHaveLength(1);
    const connections = ["move", "skip"].map((apply) => ({ apply, ipv4: {}, ipv6: { addresses: ["2001:db8::5/64"] } }));
    expect(() => parseProfile(JSON.stringify({ pintProfile: 1, connections }), "profile.json")).not.toThrow();
  });
});

test.each([
  [{ addresses: ["2001:db8::/64"] }, "address-is-anycast"],
  [{ addresses: ["2001:db8::5/64"], gateways: ["2001:db8:9::1"] }, "gateway-outside-subnet"],
  [{ addresses: ["2001:db8::5/64"], gateways: ["2001:db8::5"] }, "gateway-is-own-address"],
  [{ dnsServers: ["ff02::fb"] }, "server-is-no-station"],
  [{ dnsServers: ["::"] }, "server-is-no-station"],
  [{ dnsServers: ["::ffff:10.0.0.53"] }, "server-is-no-station"],
  [{ dnsServers: ["fe80::53%7"] }, "server-is-no-station"],
])("%j is a warning only", (ipv6, code) => {
  expect(parse(ipv6).warnings.map((warning) => warning.code)).toEqual([code]);
});

test.each([
  [{ addresses: ["2001:db8::/127", "2001:db8::8/128"] }],
  [{ addresses: ["2001:db8::5/64"], gateways: ["fe80::1", "2001:db8::1"] }],
  [{ gateways: ["2001:db8::1"] }],
  [{ dnsServers: ["fec0:0:0:ffff::1", "fec0:0:0:ffff::2", "fec0:0:0:ffff::3", "::1", "fe80::53", "2001:db8::53"] }],
])("%j is nothing to warn of", (ipv6) => {
  expect(parse(ipv6).warnings).toEqual([]);
});

test("a server that is none on a connection that is skipped needs no warning", () => {
  const connections = [{ apply: "skip", ipv4: {}, ipv6: { dnsServers: ["ff02::fb"] } }];
  expect(parseProfile(JSON.stringify({ pintProfile: 1, connections }), "profile.json").warnings).toEqual([]);
});

describe("what the reader of NSI's records takes for settings", () => {
  const LUID = luidOf(7);
  const pool = (...texts: readonly string[]) => fc.constantFrom(...texts);
  const places = pool(
    "2001:db8::",
    "2001:db8:1::",
    "::",
    "ff00::",
    "::1",
    "fe80::1",
    "2001:db8::5",
    "fec0::1",
    "::ffff:10.0.0.5",
  );
  const lengths = fc.constantFrom(0, 1, 8, 48, 64, 128, 129, 255);
  const addressRecord = fc
    .record({ address: places, prefixLength: lengths, origin: fc.constantFrom(0, 1, 4, 16) })
    .map(({ address, prefixLength, origin }) =>
      nsiIpv6Address(7, hexable(address), { prefixLength, origins: [origin, 1] }),
    );
  /** The LUID is one of two, as it may be; what is between prefix length and LUIDs is not understood. */
  const routeRecord = fc
    .record({
      prefix: pool("::", "2001:db8:1::", "2001:db8::5"),
      length: fc.constantFrom(0, 48, 129),
      hop: pool("::", "fe80::1", "ff02::1"),
      metric: fc.constantFrom(0, 20, 0xffffffff),
      owners: fc.constantFrom(LUID + LUID, LUID + luidOf(9), luidOf(9) + LUID),
      room: pool("000000", "00ff01"),
    })
    .map(({ prefix, length, hop, metric, owners, room }): FakeValues => {
      const [[name = "", value] = ["", { type: 3, data: new Uint8Array() }]] = Object.entries(
        nsiIpv6Route(7, `${prefix}/${length}`, hop, metric),
      );
      return { [`${name.slice(0, 42)}${room}${name.slice(48, 80)}${owners}${name.slice(112)}`]: value };
    });
  const tableOf = (records: readonly FakeValues[]): FakeValues => Object.assign({}, ...records);

  test("is what a profile may have: whatever the records, the captured connection moves", () => {
    const seen = { routes: 0, doubles: 0 };
    fc.assert(
      fc.property(
        fc.array(addressRecord, { maxLength: 4 }),
        fc.array(routeRecord, { minLength: 8, maxLength: 24 }),
        (addresses, routes) => {
          const table = NSI_IPV6.slice("ControlSet001\\".length);
          const controlSet = fakeRoot({ [`${table}\\10`]: tableOf(addresses), [`${table}\\16`]: tableOf(routes) });
          const found = readConnectionSettings(controlSet, { guid: guidOf(7), classKey: undefined, luid: LUID });
          const settings = { ...staticSettings("10.0.0.5"), ipv6: found.ipv6 };
          const profile = captureProfile(
            windowsWith([connectionWith(1, { settings })]),
            () => ({ orphan: false, reason: "" }),
            { now: new Date(0), from: "D:\\" },
          );
          expect(profile.connections).toMatchObject([{ apply: "move", ipv6: found.ipv6 }]);
          expect(profile.connections[0]?.note).toBeUndefined();
          expect(() => parseProfile(formatProfile(profile), "profile.json")).not.toThrow();
          seen.routes += found.ipv6.routes.length + found.ipv6.gateways.length;
          seen.doubles += (found.unreadable ?? []).filter(({ reason }) => reason.includes("another record")).length;
        },
      ),
      { numRuns: 200 },
    );
    expect(Math.min(seen.routes, seen.doubles)).toBeGreaterThan(10);
  });
});

/** IPv4's notation at the end as groups, which is all that the record makers read. */
function hexable(address: string): string {
  return address.replace("10.0.0.5", "a00:5");
}

test("an address in any notation is that address", () => {
  const groups = fc.array(fc.nat(0xffff), { minLength: 7, maxLength: 7 });
  fc.assert(
    fc.property(groups, fc.boolean(), fc.integer({ min: 1, max: 128 }), (rest, isUpper, prefixLength) => {
      const long = [0x2001, ...rest].map((group) => group.toString(16).padStart(4, "0")).join(":");
      const text = `${isUpper ? long.toUpperCase() : long}/${prefixLength}`;
      const [read] = parse({ addresses: [text] }).profile.connections[0]?.ipv6.addresses ?? [];
      expect(read).toEqual({ address: parseIpv6(long), prefixLength });
    }),
  );
});

test("what pint profile set makes of what was typed", () => {
  expect(fieldChanges("ipv6-addresses", "2001:db8::5/64, fd00::1/48")).toEqual([
    {
      path: ["ipv6", "addresses"],
      value: [
        { address: "2001:db8::5", prefixLength: 64 },
        { address: "fd00::1", prefixLength: 48 },
      ],
    },
  ]);
  expect(fieldChanges("ipv6-gateways", "fe80::1,2001:db8::1@20")).toEqual([
    {
      path: ["ipv6", "gateways"],
      value: [
        { address: "fe80::1", metric: 0 },
        { address: "2001:db8::1", metric: 20 },
      ],
    },
  ]);
  expect(fieldChanges("ipv6-routes", "2001:db8:1::/48 via fe80::2@20,2001:db8:2::/48 via ::")).toEqual([
    {
      path: ["ipv6", "routes"],
      value: [
        { prefix: "2001:db8:1::/48", nextHop: "fe80::2", metric: 20 },
        { prefix: "2001:db8:2::/48", nextHop: "::", metric: 0 },
      ],
    },
  ]);
  expect(fieldChanges("ipv6-routes", "")).toEqual([{ path: ["ipv6", "routes"], value: [] }]);
  expect(fieldChanges("ipv6-routes", "nonsense")).toEqual([{ path: ["ipv6", "routes"], value: ["nonsense"] }]);
});
