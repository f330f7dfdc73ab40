/** IPv6 addresses and PCI locations. */
import { expect, test } from "vitest";
import { parseIpv6 } from "../../src/notation/ipv6.ts";
import { comparePciLocations, type PciLocation } from "../../src/notation/pci-location.ts";

test.each([
  ["2001:DB8:0:0:0:0:0:1", "2001:db8::1"],
  [" ::1 ", "::1"],
  ["fe80::1%4", "fe80::1%4"],
])("%j is %s", (text, expected) => {
  expect(parseIpv6(text)).toBe(expected);
});

test.each(["", "10.3.58.5", "2001:db8::1::2", "2001:db8", "g::1"])("%j is no IPv6 address", (text) => {
  expect(parseIpv6(text)).toBeUndefined();
});

test("locations are ordered by bus, then device, then function", () => {
  const at = (bus: number, device: number, deviceFunction: number): PciLocation => ({
    bus,
    device,
    function: deviceFunction,
  });
  const ordered = [at(2, 0, 0), at(2, 1, 0), at(2, 1, 3), at(2, 3, 0), at(10, 0, 0)];
  expect(
    [ordered[3], ordered[1], ordered[4], ordered[2], ordered[0]].sort((a, b) => comparePciLocations(a!, b!)),
  ).toEqual(ordered);
  expect(comparePciLocations(at(1, 2, 3), at(1, 2, 3))).toBe(0);
});

test.each([
  ["::1.2.3.4", "::102:304"],
  ["::ffff:1.2.3.4", "::ffff:102:304"],
  ["64:ff9b::1.2.3.4", "64:ff9b::102:304"],
  ["::1", "::1"],
  ["::1.2.3.400", undefined],
])("the IPv6 address %s is %s", (text, expected) => {
  expect(parseIpv6(text)).toBe(expected);
});
