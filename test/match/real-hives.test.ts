/** Presence in the real hives: which adapters were there at the last boot, and which the machine of an inventory has. */
import { describe, expect, test } from "vitest";
import { matchAdapters } from "../../src/match/match-adapters.ts";
import type { MacAddress } from "../../src/notation/mac.ts";
import { describeWithRealHives } from "../support/real-hives.ts";
import { inventoryAdapter, inventoryOf } from "../support/models.ts";
import { readReal } from "../windows/open-real.ts";

/** `{GUID}: verdict` of the physical adapters, with the reason. */
function physicalVerdicts(name: string): Record<string, string> {
  const found = matchAdapters(readReal(name)).connections.filter(
    ({ connection }) => connection.adapter?.physical === true,
  );
  return Object.fromEntries(
    found.map(({ connection, presence }) => [connection.guid, `${presence.verdict}: ${presence.reason}`]),
  );
}

describeWithRealHives("real hives", () => {
  describe("by the hive's own evidence", () => {
    test("Windows 7: production is present, the adapter of the former machine an orphan", () => {
      expect(physicalVerdicts("win7-sp1-x86-esx")).toEqual({
        "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}": expect.stringMatching(/^present: .*2012-04-04 11:47 UTC/),
        "{6AAFC9A9-0542-4DB2-8760-CCFFA953737C}": expect.stringMatching(
          /^orphan: .*last started 2011-06-13 19:41 UTC.*2012-04-04 11:47 UTC/,
        ),
      });
    });

    test("Windows 10 21H2: present, although an earlier boot is stamped later", () => {
      expect(physicalVerdicts("win10-21h2-vmware")).toEqual({
        "{C43669B3-AB3E-4D0E-8FDE-69579925A20F}": expect.stringMatching(/^present: .*2022-06-22 16:28 UTC/),
      });
    });

    test("Windows 10 1903 and 8.1: present", () => {
      expect(Object.values(physicalVerdicts("win10-1903-vmware-dirty"))).toEqual([
        expect.stringMatching(/^present: .*2020-04-19 09:08 UTC/),
      ]);
      expect(Object.values(physicalVerdicts("win81-x64-virtualbox-dirty"))).toEqual([
        expect.stringMatching(/^present: .*2015-12-12 03:26 UTC/),
      ]);
    });

    test("XP SP3: present, because DeviceClasses has its start", () => {
      expect(physicalVerdicts("xp-sp3-dell")).toEqual({
        "{58094C24-B1BD-4961-8C68-7C13F7A6213C}": expect.stringMatching(
          /^present: its adapter started in the last boot at 2009-12-08 01:44 UTC/,
        ),
      });
    });

    test("no hive has an orphan among the adapters that are not hardware and keep no times", () => {
      for (const name of [
        "win81-x64-virtualbox-dirty",
        "win10-1903-vmware-dirty",
        "win10-21h2-vmware",
        "xp-sp3-dell",
      ]) {
        const others = matchAdapters(readReal(name)).connections.filter(
          ({ connection }) => connection.adapter?.physical === false,
        );
        expect(others.length).toBeGreaterThan(0);
        expect(others.filter(({ presence }) => presence.verdict === "orphan")).toEqual([]);
      }
    });
  });

  describe("by an inventory", () => {
    test("the 82574L by its MAC address, by its serial number, by model and slot", () => {
      const windows = readReal("win10-21h2-vmware");
      const [nic] = windows.connections.filter(({ adapter }) => adapter?.physical === true);
      const adapters = {
        mac: inventoryAdapter({ mac: { permanent: "00-0C-29-66-1A-A2" as MacAddress } }),
        "serial-number": inventoryAdapter({ instanceId: nic?.adapter?.instanceId?.toLowerCase() }),
        "hardware-id-and-location": inventoryAdapter({
          hardwareIds: nic?.adapter?.hardwareIds.slice(0, 1) ?? [],
          location: nic?.adapter?.location,
        }),
      };
      for (const [by, adapter] of Object.entries(adapters)) {
        const found = matchAdapters(windows, inventoryOf(adapter)).connections.find(
          ({ connection }) => connection.guid === nic?.guid,
        );
        expect(found).toMatchObject({ presence: { verdict: "present" }, adapter: { by } });
      }
    });

    test("the Windows 7 machine moved on: both adapters are orphans, the third is new", () => {
      const match = matchAdapters(
        readReal("win7-sp1-x86-esx"),
        inventoryOf(inventoryAdapter({ mac: { permanent: "00-50-56-00-00-01" as MacAddress } })),
      );
      const physical = match.connections.filter(({ connection }) => connection.adapter?.physical === true);
      expect(physical.map(({ presence }) => presence.verdict)).toEqual(["orphan", "orphan"]);
      expect(match.newAdapters).toHaveLength(1);
    });
  });
});
