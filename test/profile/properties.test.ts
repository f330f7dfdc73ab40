/** Laws of profiles: what is captured or formatted can be read again, and nothing of it is lost. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import * as z from "zod";
import { documentJsonSchema } from "../../src/document/json-schema.ts";
import { DocumentFailure } from "../../src/document/problem.ts";
import { maskOfPrefixLength } from "../../src/notation/ipv4.ts";
import { captureProfile } from "../../src/profile/capture.ts";
import { formatProfile, parseProfile } from "../../src/profile/document.ts";
import type { Profile } from "../../src/profile/model.ts";
import { profileSchema } from "../../src/profile/schema.ts";
import type { RegistryData } from "../../src/notation/registry-data.ts";
import type { ConnectionSettings } from "../../src/windows/model/settings.ts";
import type { WindowsConnection } from "../../src/windows/model/windows.ts";
import { connectionWith, guidOf, windowsWith } from "../support/models.ts";

const text = fc.string({ unit: "binary", maxLength: 12 });
const octet = fc.nat(255);
const ipv4 = fc.tuple(octet, octet, octet, octet).map((octets) => octets.join("."));
const stationIpv4 = fc
  .tuple(fc.integer({ min: 1, max: 126 }), octet, octet, fc.integer({ min: 1, max: 254 }))
  .map((octets) => octets.join("."));
const ipv6 = fc
  .array(fc.nat(0xffff), { minLength: 8, maxLength: 8 })
  .map((groups) => groups.map((group) => (group | 0x100).toString(16)).join(":"));
const ipv6Prefix = fc.record({ address: ipv6, prefixLength: fc.integer({ min: 0, max: 128 }) });
const dword = fc.nat(0xffffffff);
const mac = fc
  .uint8Array({ minLength: 6, maxLength: 6 })
  .map((bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("-"));
const hex = fc.uint8Array({ maxLength: 8 }).map((bytes) => ({ hex: Buffer.from(bytes).toString("hex") }));
const plainText = text.map((value) => value.replaceAll("\0", ""));

const registryData: fc.Arbitrary<RegistryData> = fc.oneof(
  fc.record({ type: fc.constant("REG_DWORD" as const), data: dword }),
  fc.record({ type: fc.constantFrom("REG_SZ" as const, "REG_EXPAND_SZ" as const), data: plainText }),
  fc.record({ type: fc.constant("REG_MULTI_SZ" as const), data: fc.array(plainText.filter((value) => value !== "")) }),
  fc.record({
    type: fc.constantFrom("REG_BINARY" as const, "REG_SZ" as const, "REG_QWORD" as const, 0xffff0012),
    data: hex,
  }),
);

/** Whatever a hive could make the Windows model say, sensible or not. */
const settings: fc.Arbitrary<ConnectionSettings> = fc.record(
  {
    ipv4: fc.record(
      {
        mode: fc.constantFrom("static" as const, "dhcp" as const),
        addresses: fc.array(
          fc.record({ address: fc.oneof(ipv4, stationIpv4), prefixLength: fc.integer({ min: 1, max: 32 }) }),
          { maxLength: 3 },
        ),
        gateways: fc.array(fc.record({ address: fc.oneof(ipv4, stationIpv4), metric: fc.nat(999_999_999) }), {
          maxLength: 3,
        }),
        dnsServers: fc.array(ipv4, { maxLength: 3 }),
        dnsSuffix: text,
        interfaceMetric: dword,
        mtu: dword,
      },
      { requiredKeys: ["mode", "addresses", "gateways", "dnsServers"] },
    ),
    ipv6: fc.record(
      {
        dhcp: fc.constant(false),
        addresses: fc.array(ipv6Prefix, { maxLength: 2 }),
        gateways: fc.array(fc.record({ address: ipv6, metric: dword }), { maxLength: 2 }),
        routes: fc.array(
          fc.record({ prefix: ipv6, prefixLength: fc.integer({ min: 120, max: 128 }), nextHop: ipv6, metric: dword }),
          { maxLength: 2 },
        ),
        dnsServers: fc.array(ipv6, { maxLength: 2 }),
      },
      { requiredKeys: ["addresses", "gateways", "routes", "dnsServers"] },
    ),
    netbios: fc.record(
      { option: dword, winsServers: fc.array(ipv4, { maxLength: 2 }) },
      { requiredKeys: ["winsServers"] },
    ),
    // Names that a field says, and what a lease leaves, are never among the raw values of the model.
    raw: fc.array(
      fc.record({
        name: text.filter((name) => name !== "" && !/^dhcp|^lease|^t[12]$|^mtu$|^domain$/i.test(name)),
        value: registryData,
      }),
      { maxLength: 4 },
    ),
    unreadable: fc.array(fc.record({ name: text, value: registryData, reason: text }), { maxLength: 2 }),
  },
  { requiredKeys: ["ipv4", "ipv6", "netbios", "raw"] },
);

const connections: fc.Arbitrary<readonly WindowsConnection[]> = fc
  .array(
    fc.record({
      settings,
      guid: fc.nat(6).map(guidOf),
      name: fc.option(text, { nil: undefined }),
      mac: fc.record({ permanent: mac, current: mac }, { requiredKeys: [] }),
      adapter: fc.record({
        kind: fc.constantFrom("ethernet", "wifi", "unknown"),
        description: text,
        hardwareIds: fc.array(text, { maxLength: 2 }),
        instanceId: text,
        location: fc.option(fc.record({ bus: fc.nat(70_000), device: fc.nat(31), function: fc.nat(7) }), {
          nil: undefined,
        }),
      }),
    }),
    { maxLength: 5 },
  )
  .map((list) =>
    list.map((each, index) => connectionWith(index + 1, each as unknown as Parameters<typeof connectionWith>[1])),
  );

function captured(list: readonly WindowsConnection[]): Profile {
  const orphanOf = (guid: string): { orphan: boolean; reason: string } => ({
    orphan: guid.endsWith("5}"),
    reason: "gone",
  });
  return captureProfile(windowsWith(list), orphanOf, { now: new Date(0), from: "D:\\" });
}

describe("whatever is captured", () => {
  test("is a valid document that says the same when it is read, and is written the same again", () => {
    fc.assert(
      fc.property(connections, (list) => {
        const profile = captured(list);
        const written = formatProfile(profile);
        const read = parseProfile(written, "profile.json").profile;
        expect(formatProfile(read)).toBe(written);
        expect(JSON.parse(JSON.stringify(read.connections))).toEqual(
          JSON.parse(
            JSON.stringify(
              profile.connections.map(({ leftOut, ...rest }) => (leftOut?.length === 0 ? rest : { leftOut, ...rest })),
            ),
          ),
        );
      }),
      { numRuns: 300 },
    );
  });

  test("is what the published JSON Schema describes", () => {
    const published = z.fromJSONSchema(
      documentJsonSchema(profileSchema, "profile") as Parameters<typeof z.fromJSONSchema>[0],
    );
    fc.assert(
      fc.property(connections, (list) => {
        expect(published.safeParse(JSON.parse(formatProfile(captured(list)))).error).toBeUndefined();
      }),
      { numRuns: 50 },
    );
    expect(published.safeParse({ pintProfile: 1, connections: [{ nmae: "LAN" }] }).success).toBe(false);
  });

  test("keeps every connection, once, and in order but for the orphans", () => {
    fc.assert(
      fc.property(connections, (list) => {
        const names = captured(list).connections.map(({ name }) => name);
        const isOrphan = (connection: WindowsConnection): boolean => connection.guid.endsWith("5}");
        expect(names).toEqual(
          [...list.filter((each) => !isOrphan(each)), ...list.filter(isOrphan)].map(({ name }) => name),
        );
      }),
    );
  });
});

test("every way to write an address gives the same profile", () => {
  fc.assert(
    fc.property(stationIpv4, fc.integer({ min: 8, max: 32 }), (address, prefixLength) => {
      const mask = maskOfPrefixLength(prefixLength);
      const ways = [
        `${address}/${prefixLength}`,
        `${address}/${mask}`,
        { address, prefixLength },
        { address, mask },
        { address, mask: `/${prefixLength}` },
      ];
      const results = ways.map((way) => {
        try {
          return formatProfile(
            parseProfile(JSON.stringify({ pintProfile: 1, connections: [{ ipv4: { addresses: [way] } }] }), "p")
              .profile,
          );
        } catch (error) {
          if (!(error instanceof DocumentFailure)) throw error;
          return error.problems[0]?.message;
        }
      });
      expect(new Set(results).size).toBe(1);
    }),
  );
});

/** Every place in a document that a person could change, as a function that changes it. */
function places(value: unknown): readonly ((replacement: unknown) => void)[] {
  if (typeof value !== "object" || value === null) return [];
  const owner = value as Record<string, unknown>;
  return Object.keys(owner).flatMap((name) => [
    (replacement: unknown) => {
      if (replacement === undefined) delete owner[name];
      else owner[name] = replacement;
    },
    ...places(owner[name]),
  ]);
}

test("a document with anything changed gives a profile that is a fixed point, or a DocumentFailure", () => {
  const leaf = fc.constantFrom<unknown>(
    undefined,
    1,
    -1,
    24,
    "static",
    "10.0.0.5/24",
    "10.0.0.1",
    "255.255.255.0",
    "REG_SZ",
    "skip",
    null,
    "",
    [],
    {},
    [1],
  );
  const outcomes = { read: 0, refused: 0 };
  fc.assert(
    fc.property(connections, fc.array(fc.tuple(fc.nat(), leaf), { minLength: 1, maxLength: 2 }), (list, changes) => {
      const document = JSON.parse(formatProfile(captured(list)));
      for (const [place, replacement] of changes) {
        const all = places(document);
        all[place % all.length]?.(replacement);
      }
      try {
        const { profile } = parseProfile(JSON.stringify(document), "p.json");
        const written = formatProfile(profile);
        expect(formatProfile(parseProfile(written, "p.json").profile)).toBe(written);
        outcomes.read += 1;
      } catch (error) {
        expect(error).toBeInstanceOf(DocumentFailure);
        outcomes.refused += 1;
      }
    }),
    { numRuns: 600 },
  );
  // Both must have been tried in earnest.
  expect(Math.min(outcomes.read, outcomes.refused)).toBeGreaterThan(10);
});
