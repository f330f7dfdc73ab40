/** NSI's IPv6 records: names and data both ways, and which of them somebody configured. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ipv6OfHex } from "../../../src/notation/ipv6.ts";
import {
  addressRecordLike,
  addressRecordName,
  ownerOfAddressRecord,
  readAddressRecord,
} from "../../../src/windows/nsi/ipv6-address-record.ts";
import {
  isRouteRecordOf,
  readRouteRecord,
  renamedRouteRecord,
  routeRecordName,
} from "../../../src/windows/nsi/ipv6-route-record.ts";
import type { FakeValues } from "../../support/fake-key.ts";
import { hexOfIpv6Text, luidOf, nsiIpv6Address, nsiIpv6Route } from "../../support/phony-registry.ts";

function only(values: FakeValues): { readonly name: string; readonly data: Uint8Array } {
  const [[name, { data }] = ["", { data: new Uint8Array() }]] = Object.entries(values);
  return { name, data };
}

function readAddress(...record: Parameters<typeof nsiIpv6Address>): ReturnType<typeof readAddressRecord> {
  const { name, data } = only(nsiIpv6Address(...record));
  return readAddressRecord(name, data);
}

const luid = fc.uint8Array({ minLength: 8, maxLength: 8 }).map((bytes) => Buffer.from(bytes).toString("hex"));
const digits = fc.uint8Array({ minLength: 16, maxLength: 16 }).map((bytes) => Buffer.from(bytes).toString("hex"));
const address = digits.map((hex) => ipv6OfHex(hex) ?? "");
const global = digits.map((hex) => ipv6OfHex(`2${hex.slice(1)}`) ?? "");

describe("an address record", () => {
  test("as Stack Overflow's question 8155700 shows one", () => {
    const name = "000000090000060020010000000000000000000000000001";
    expect([ownerOfAddressRecord(name), addressRecordName("0000000900000600", "2001::1")]).toEqual([
      "0000000900000600",
      name,
    ]);
  });

  test.each([
    ["as IPv4's in Windows 7", { origins: [16, 16] }],
    ["manual", { origins: [1, 1] }],
    ["as short as its fields", { size: 18 }],
    ["longer than any that was seen", { size: 300 }],
  ] as const)("is static: %s", (_, fields) => {
    expect(readAddress(7, "2001:db8::5", fields)).toEqual({
      kind: "static",
      setting: { address: "2001:db8::5", prefixLength: 64 },
    });
  });

  test.each([
    ["of a router's advertisement", "2001:db8::5", { origins: [4, 4] }],
    ["with a random suffix", "2001:db8::5", { origins: [4, 5], validLifetime: 604_800 }],
    ["of DHCPv6", "2001:db8::5", { origins: [3, 3] }],
    ["link-local", "fe80::5", { origins: [2, 4] }],
    ["link-local and random", "fe80::5", { origins: [2, 5] }],
    ["with the suffix of its card, whatever the prefix", "2001:db8::5", { origins: [16, 4] }],
  ] as const)("is Windows' own: %s", (_, text, fields) => {
    expect(readAddress(7, text, fields)).toEqual({ kind: "automatic" });
  });

  test.each([
    ["of unknown origin", "2001:db8::5", { origins: [0, 1] }, "of an origin that is not known (0, 1)"],
    ["for a time", "2001:db8::5", { validLifetime: 3600 }, "for a limited time only"],
    ["configured, but link-local", "fe80::5", { origins: [1, 1] }, "link-local"],
    ["multicast", "ff02::1", {}, "multicast"],
    ["too long a prefix", "2001:db8::5", { prefixLength: 129 }, "prefix length 129"],
    ["no prefix", "2001:db8::5", { prefixLength: 0 }, "prefix length 0"],
    ["too short", "2001:db8::5", { size: 17 }, "17 bytes"],
  ] as const)("is told, and not guessed: %s", (_, text, fields, reason) => {
    expect(readAddress(7, text, fields)).toEqual({ kind: "unreadable", reason: expect.stringContaining(reason) });
  });

  test("its name is read as it was made, and nothing else is one", () => {
    fc.assert(
      fc.property(luid, address, (owner, text) => {
        const name = addressRecordName(owner.toUpperCase(), text);
        expect(ownerOfAddressRecord(name)).toBe(owner);
        expect(ownerOfAddressRecord(name.toUpperCase())).toBe(owner);
        expect(name.slice(16)).toBe(hexOfIpv6Text(text.replace(/:(\d+)\.(\d+)\.(\d+)\.(\d+)$/, asGroups)));
        expect(ownerOfAddressRecord(name.slice(1))).toBeUndefined();
      }),
    );
  });

  test("one that is made like another has that one's size and unknown bytes, and reads as what it was made for", () => {
    fc.assert(
      fc.property(global, fc.integer({ min: 1, max: 128 }), fc.integer({ min: 18, max: 96 }), (text, length, size) => {
        const sibling = only(nsiIpv6Address(9, "2001:db8::9", { size }));
        const data = addressRecordLike(sibling.data, length);
        expect([data.length, ...data.subarray(18)]).toEqual([size, ...sibling.data.subarray(18)]);
        expect(readAddressRecord(addressRecordName(luidOf(7), text), data)).toEqual({
          kind: "static",
          setting: { address: text, prefixLength: length },
        });
      }),
    );
  });

  test("any bytes are read without a crash", () => {
    fc.assert(
      fc.property(luid, address, fc.uint8Array({ maxLength: 64 }), (owner, text, data) => {
        const read = readAddressRecord(addressRecordName(owner, text), data);
        expect(["static", "automatic", "unreadable"]).toContain(read.kind);
      }),
    );
  });
});

function asGroups(_: string, ...octets: string[]): string {
  const [a = 0, b = 0, c = 0, d = 0] = octets.slice(0, 4).map(Number);
  return `:${(a * 256 + b).toString(16)}:${(c * 256 + d).toString(16)}`;
}

describe("a route record", () => {
  const read = (...record: Parameters<typeof nsiIpv6Route>): ReturnType<typeof readRouteRecord> => {
    const { name, data } = only(nsiIpv6Route(...record));
    return readRouteRecord(name, data);
  };

  test("its name has the sizes of Wine's structure", () => {
    const { name } = only(nsiIpv6Route(7, "::/0", "fe80::1"));
    expect([name.length, name.indexOf(luidOf(7)), name.lastIndexOf(luidOf(7))]).toEqual([144, 80, 96]);
  });

  test("default routes and others, with a metric and without", () => {
    expect([
      read(7, "::/0", "fe80::1"),
      read(7, "2001:db8:1::/48", "2001:db8::2", 30),
      read(7, "2001:db8:2::/48", "::"),
    ]).toEqual([
      { kind: "static", setting: { prefix: "::", prefixLength: 0, nextHop: "fe80::1", metric: 0 } },
      { kind: "static", setting: { prefix: "2001:db8:1::", prefixLength: 48, nextHop: "2001:db8::2", metric: 30 } },
      { kind: "static", setting: { prefix: "2001:db8:2::", prefixLength: 48, nextHop: "::", metric: 0 } },
    ]);
  });

  test.each([
    ["a router's", (view: DataView) => view.setUint32(16, 0x0d, true), { kind: "automatic" }],
    ["the interface's own", (view: DataView) => view.setUint32(16, 2, true), { kind: "automatic" }],
    ["netsh's", (view: DataView) => view.setUint32(16, 3, true), { kind: "static" }],
    ["for a time", (view: DataView) => view.setUint32(4, 1800, true), { kind: "unreadable" }],
  ])("%s", (_, change, expected) => {
    const { name, data } = only(nsiIpv6Route(7, "::/0", "fe80::1"));
    change(new DataView(data.buffer));
    expect(readRouteRecord(name, data)).toMatchObject(expected);
  });

  test.each([
    ["2001:db8::1/48", "fe80::1", "more bits than its length"],
    ["::/0", "::", "leads nowhere"],
    ["2001:db8::/48", "ff02::1", "multicast"],
  ])("%s by %s is told", (prefix, nextHop, reason) => {
    expect(read(7, prefix, nextHop)).toEqual({ kind: "unreadable", reason: expect.stringContaining(reason) });
  });

  test("its name is read as it was made; renamed to and back it is the same; both LUIDs go along", () => {
    fc.assert(
      fc.property(
        luid,
        luid,
        global,
        global,
        fc.integer({ min: 1, max: 128 }),
        (one, other, prefix, nextHop, length) => {
          fc.pre(one !== other);
          const name = routeRecordName(one, { prefix, prefixLength: length, nextHop, metric: 0 });
          const renamed = renamedRouteRecord(name, one, other);
          expect([isRouteRecordOf(one, name), isRouteRecordOf(other, name)]).toEqual([true, false]);
          expect([isRouteRecordOf(one, renamed), isRouteRecordOf(other, renamed)]).toEqual([false, true]);
          expect(renamedRouteRecord(renamed, other, one)).toBe(name);
          expect(renamed).toBe(routeRecordName(other, { prefix, prefixLength: length, nextHop, metric: 0 }));
        },
      ),
    );
  });

  test("any bytes are read without a crash", () => {
    fc.assert(
      fc.property(
        luid,
        address,
        address,
        fc.nat(255),
        fc.uint8Array({ maxLength: 64 }),
        (owner, prefix, hop, length, data) => {
          const name = routeRecordName(owner, { prefix, prefixLength: length, nextHop: hop, metric: 0 });
          expect(["static", "automatic", "unreadable"]).toContain(readRouteRecord(name, data).kind);
        },
      ),
    );
  });
});

test("a multicast route, which no profile may have, is none", () => {
  const { name, data } = only(nsiIpv6Route(7, "ff00::/8", "::"));
  expect(readRouteRecord(name, data)).toMatchObject({ kind: "unreadable" });
});
