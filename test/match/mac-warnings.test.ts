/** Which doubts about MAC addresses are told. */
import { describe, expect, test } from "vitest";
import { matchAdapters } from "../../src/match/match-adapters.ts";
import type { MacAddress } from "../../src/notation/mac.ts";
import type { WindowsConnection } from "../../src/windows/model/windows.ts";
import { afterBoot, connectionWith, LAST_BOOT, macOf, windowsWith } from "../support/models.ts";

const told = (...connections: readonly WindowsConnection[]) =>
  matchAdapters(windowsWith(connections)).warnings.map(({ code, message }) => `${code}: ${message}`);
const known = (number: number) => ({ permanent: macOf(number), current: macOf(number), source: "NSI" as const });
const vmbus = { instanceId: "VMBUS\\{f8615163-df3e-46c5-913f-f2d2f965ed0e}\\{1}", hardwareIds: [] };
const function_ = { kind: "sr-iov-function" as const, instanceId: "PCI\\VEN_15B3&DEV_1016\\1" };

describe("places that disagree", () => {
  test("are named with what they say, and the first is taken", () => {
    const mac = {
      ...known(1),
      disagreements: [{ source: "serial-number" as const, address: "00-0C-29-00-00-02" as MacAddress }],
    };
    expect(told(connectionWith(1, { mac }))).toEqual([
      `mac-disagreement: "Ethernet 1" {00000001-0000-4000-8000-000000000001} has MAC address 00-0C-29-00-00-01 by the NSI table, but 00-0C-29-00-00-02 by the serial number in its instance ID. The first is taken; the serial number can be that of a card which was replaced.`,
    ]);
  });

  test("the maker by DHCPv6", () => {
    const mac = { ...known(1), disagreements: [{ source: "DHCPv6 IAID" as const, address: "00-50-56" }] };
    expect(told(connectionWith(1, { mac }))[0]).toMatch(/but 00-50-56 by the identifier that DHCPv6 made of it/);
  });

  test("of what is no hardware are not told", () => {
    const mac = { ...known(1), disagreements: [{ source: "DHCPv6 IAID" as const, address: "00-50-56" }] };
    expect(told(connectionWith(1, { mac, adapter: { physical: false } }))).toEqual([]);
  });
});

describe("one address on two adapters", () => {
  test("is told", () => {
    const warnings = told(
      connectionWith(1, { mac: known(7) }),
      connectionWith(2, { mac: known(7) }),
      connectionWith(3, { mac: known(3) }),
    );
    expect(warnings).toEqual([
      expect.stringMatching(/^duplicate-mac: "Ethernet 1" .* and "Ethernet 2" .* 00-0C-29-00-00-07/),
    ]);
  });

  test("not where one of them is gone", () => {
    const evidence = { lastBoot: { time: LAST_BOOT, from: "x" }, lastArrival: afterBoot(-86_400) };
    expect(told(connectionWith(1, { mac: known(7) }), connectionWith(2, { mac: known(7), evidence }))).toEqual([]);
  });

  test("not of a virtual function and its synthetic adapter; but of two functions", () => {
    const synthetic = connectionWith(1, { mac: known(7), adapter: vmbus });
    const share = connectionWith(2, { mac: known(7), adapter: function_ });
    expect(told(synthetic, share)).toEqual([]);
    expect(told(connectionWith(3, { mac: known(7), adapter: function_ }), share)).toHaveLength(1);
  });
});
