/** Which inventory adapter is which interface, and what follows for presence. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { InventoryAdapter } from "../../src/inventory/model.ts";
import { matchAdapters } from "../../src/match/match-adapters.ts";
import type { Match } from "../../src/match/model.ts";
import type { WindowsAdapter, WindowsConnection } from "../../src/windows/model/windows.ts";
import {
  connectionWith,
  E1000_IDS,
  INTEL_82574_IDS,
  inventoryAdapter,
  inventoryOf,
  macOf,
  VMXNET3_IDS,
  windowsWith,
} from "../support/models.ts";

/** "1: present by mac (of adapter 0), 2: orphan; new 1; unclear -" */
function summary({ connections, newAdapters, unclear }: Match, adapters: readonly InventoryAdapter[]): string {
  const parts = connections.map(({ connection, presence, adapter }) => {
    const by = adapter === undefined ? "" : ` by ${adapter.by} (of adapter ${adapters.indexOf(adapter.inventory)})`;
    return `${connection.number}: ${presence.verdict}${by}`;
  });
  const list = (found: readonly InventoryAdapter[]): string =>
    found.map((adapter) => adapters.indexOf(adapter)).join(" ") || "-";
  return `${parts.join(", ")}; new ${list(newAdapters)}; unclear ${list(unclear.map(({ adapter }) => adapter))}`;
}

function matched(
  connections: readonly WindowsConnection[],
  adapters: readonly InventoryAdapter[],
  family: "xp" | "7" | "10" = "10",
): string {
  return summary(matchAdapters(windowsWith(connections, family), inventoryOf(...adapters)), adapters);
}

const slot = (device: number, bus = 2): { location: { bus: number; device: number; function: number } } => ({
  location: { bus, device, function: 0 },
});
const SERIAL_ID = "PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00\\000C29FFFF00000100";
const SERIAL: Partial<WindowsAdapter> = { hardwareIds: INTEL_82574_IDS, uniqueId: true, instanceId: SERIAL_ID };

describe("by MAC address", () => {
  test("permanent, when that is all the inventory says", () => {
    const connections = [
      connectionWith(1, { mac: { permanent: macOf(1) } }),
      connectionWith(2, { mac: { permanent: macOf(2) } }),
    ];
    expect(matched(connections, [inventoryAdapter({ mac: { permanent: macOf(2) } })])).toBe(
      "1: orphan, 2: present by mac (of adapter 0); new -; unclear -",
    );
  });

  test("the permanent address goes before a current one that another adapter has taken over", () => {
    const connections = [
      connectionWith(1, { mac: { permanent: macOf(1) } }),
      connectionWith(2, { mac: { permanent: macOf(2) } }),
    ];
    const adapters = [
      inventoryAdapter({ mac: { permanent: macOf(2), current: macOf(1) } }),
      inventoryAdapter({ mac: { permanent: macOf(1) } }),
    ];
    expect(matched(connections, adapters)).toBe(
      "1: present by mac (of adapter 1), 2: present by mac (of adapter 0); new -; unclear -",
    );
  });

  test("an overridden address is known again by the permanent one", () => {
    const connections = [connectionWith(1, { mac: { permanent: macOf(1), current: macOf(9) } })];
    expect(matched(connections, [inventoryAdapter({ mac: { permanent: macOf(1), current: macOf(1) } })])).toMatch(
      /^1: present by mac/,
    );
  });

  test("not when the model is another: a hypervisor keeps the address for a new kind of adapter", () => {
    const connections = [connectionWith(1, { mac: { permanent: macOf(1) } })];
    const adapters = [inventoryAdapter({ mac: { permanent: macOf(1) }, hardwareIds: VMXNET3_IDS })];
    const match = matchAdapters(windowsWith(connections), inventoryOf(...adapters));
    expect(summary(match, adapters)).toBe("1: orphan; new 0; unclear -");
    expect(match.connections[0]?.presence.reason).toContain("its MAC address is now that of 00-0C-29-00-00-01");
  });

  test("and then the interface of the new kind is known by the same address", () => {
    const connections = [
      connectionWith(1, { mac: { permanent: macOf(1) } }),
      connectionWith(2, { mac: { permanent: macOf(1) }, adapter: { hardwareIds: VMXNET3_IDS } }),
    ];
    const adapters = [inventoryAdapter({ mac: { permanent: macOf(1) }, hardwareIds: VMXNET3_IDS })];
    expect(matched(connections, adapters)).toBe("1: orphan, 2: present by mac (of adapter 0); new -; unclear -");
  });

  test("not in another slot, where Windows makes a new interface", () => {
    const connections = [connectionWith(1, { mac: { permanent: macOf(1) }, adapter: slot(1) })];
    const adapters = [inventoryAdapter({ mac: { permanent: macOf(1) }, hardwareIds: E1000_IDS, ...slot(5) })];
    expect(matched(connections, adapters)).toBe("1: orphan; new 0; unclear -");
  });

  test("in another slot when the instance ID is a serial number", () => {
    const connections = [connectionWith(1, { mac: { permanent: macOf(1) }, adapter: { ...SERIAL, ...slot(1) } })];
    const adapters = [inventoryAdapter({ mac: { permanent: macOf(1) }, hardwareIds: INTEL_82574_IDS, ...slot(5) })];
    expect(matched(connections, adapters)).toBe("1: present by mac (of adapter 0); new -; unclear -");
  });

  test("another bus number does not count against it", () => {
    const connections = [connectionWith(1, { mac: { permanent: macOf(1) }, adapter: slot(1, 2) })];
    const adapters = [inventoryAdapter({ mac: { permanent: macOf(1) }, hardwareIds: E1000_IDS, ...slot(1, 7) })];
    expect(matched(connections, adapters)).toMatch(/^1: present by mac/);
  });

  test("a member of a team is known, the team itself is not asked", () => {
    const connections = [
      connectionWith(1, { mac: { permanent: macOf(1) }, adapter: { boundToTcpip: false } }),
      connectionWith(2, {
        mac: { permanent: macOf(1), current: macOf(1) },
        adapter: { physical: false, kind: "team", instanceId: "COMPOSITEBUS\\MS_IMPLAT_MP\\{1}" },
      }),
    ];
    expect(matched(connections, [inventoryAdapter({ mac: { permanent: macOf(1) } })])).toMatch(
      /^1: present by mac \(of adapter 0\), 2: present; new -/,
    );
  });
});

describe("ambiguity is told, not guessed", () => {
  test("two interfaces with one address", () => {
    const connections = [
      connectionWith(1, { mac: { permanent: macOf(1) } }),
      connectionWith(2, { mac: { permanent: macOf(1) } }),
    ];
    const adapters = [inventoryAdapter({ mac: { permanent: macOf(1) } })];
    const match = matchAdapters(windowsWith(connections), inventoryOf(...adapters));
    expect(summary(match, adapters)).toBe("1: unknown, 2: unknown; new -; unclear 0");
    expect(match.warnings).toEqual([{ code: "ambiguous-adapter", message: expect.stringContaining("Ethernet 1") }]);
    expect(match.unclear[0]?.reason).toMatch(/"Ethernet 1" .* or "Ethernet 2"/);
  });

  test("two adapters with one address", () => {
    const connections = [connectionWith(1, { mac: { permanent: macOf(1) } })];
    const adapters = [
      inventoryAdapter({ mac: { permanent: macOf(1) } }),
      inventoryAdapter({ mac: { permanent: macOf(1) } }),
    ];
    const match = matchAdapters(windowsWith(connections), inventoryOf(...adapters));
    expect(summary(match, adapters)).toBe("1: unknown; new -; unclear 0 1");
    expect(match.warnings).toHaveLength(1);
  });

  test("model and slot tell duplicates apart", () => {
    const connections = [
      connectionWith(1, { mac: { permanent: macOf(1) }, adapter: slot(1) }),
      connectionWith(2, { mac: { permanent: macOf(1) }, adapter: slot(2) }),
    ];
    const same = { mac: { permanent: macOf(1) }, hardwareIds: E1000_IDS };
    const adapters = [inventoryAdapter({ ...same, ...slot(2) }), inventoryAdapter({ ...same, ...slot(1) })];
    expect(matched(connections, adapters)).toBe(
      "1: present by mac (of adapter 1), 2: present by mac (of adapter 0); new -; unclear -",
    );
  });
});

describe("by the serial number in the instance ID", () => {
  test("whatever the case and the slot", () => {
    const connections = [connectionWith(1, { adapter: { ...SERIAL, ...slot(1) } })];
    const adapters = [inventoryAdapter({ instanceId: SERIAL_ID.toLowerCase(), ...slot(9) })];
    expect(matched(connections, adapters)).toBe("1: present by serial-number (of adapter 0); new -; unclear -");
  });

  test("a slot instance ID proves nothing, though it be the same text", () => {
    const connections = [connectionWith(1)];
    const adapters = [inventoryAdapter({ instanceId: connections[0]?.adapter?.instanceId })];
    expect(matched(connections, adapters)).toBe("1: unknown; new -; unclear 0");
  });

  test("another card of the same model in the same slot is another adapter", () => {
    const connections = [connectionWith(1, { mac: { permanent: macOf(1) }, adapter: { ...SERIAL, ...slot(1) } })];
    const adapters = [inventoryAdapter({ mac: { permanent: macOf(2) }, hardwareIds: INTEL_82574_IDS, ...slot(1) })];
    expect(matched(connections, adapters)).toBe("1: orphan; new 0; unclear -");
    expect(matched(connections, adapters, "7")).toBe("1: unknown; new -; unclear 0");
  });
});

describe("by model and slot", () => {
  const inSlot = (device: number, bus = 2): InventoryAdapter =>
    inventoryAdapter({ hardwareIds: [...E1000_IDS].slice(0, 1), ...slot(device, bus) });

  test("an XP interface, which has no MAC address", () => {
    expect(matched([connectionWith(1, { adapter: slot(1) })], [inSlot(1)], "xp")).toBe(
      "1: present by hardware-id-and-location (of adapter 0); new -; unclear -",
    );
  });

  test("even with another MAC address, as a prediction", () => {
    const connections = [connectionWith(1, { mac: { permanent: macOf(1) }, adapter: slot(1) })];
    const adapters = [{ ...inSlot(1), mac: { permanent: macOf(2) } }];
    const match = matchAdapters(windowsWith(connections), inventoryOf(...adapters));
    expect(summary(match, adapters)).toBe("1: present by hardware-id-and-location (of adapter 0); new -; unclear -");
    expect(match.connections[0]?.presence.reason).toMatch(
      /as a prediction, Windows will take it for .*00-0C-29-00-00-01/,
    );
  });

  test("the same model in another slot is another adapter", () => {
    expect(matched([connectionWith(1, { adapter: slot(1) })], [inSlot(4)], "xp")).toBe("1: orphan; new 0; unclear -");
  });

  test("the same slot of another bus may be the same: buses are numbered anew", () => {
    expect(matched([connectionWith(1, { adapter: slot(1) })], [inSlot(1, 5)], "xp")).toBe(
      "1: unknown; new -; unclear 0",
    );
  });

  test("the way from the root of PCI tells the slot, whatever number its bus has", () => {
    const connection = connectionWith(1, { adapter: slot(1) }); // its instance ID ends in 0888
    const here = { ...inSlot(1, 5), locationPaths: ["PCIROOT(0)#PCI(1100)#PCI(0100)"] };
    const elsewhere = { ...inSlot(1), locationPaths: ["PCIROOT(0)#PCI(1200)#PCI(0100)"] };
    expect(matched([connection], [here], "xp")).toBe(
      "1: present by hardware-id-and-location (of adapter 0); new -; unclear -",
    );
    expect(matched([connection], [elsewhere], "xp")).toBe("1: orphan; new 0; unclear -");
  });

  test("two roots of PCI with the same way below them: told apart by the bus, and if not, not at all", () => {
    const [one, other] = [1, 2].map((number) => connectionWith(number, { adapter: slot(1, number) }));
    if (one === undefined || other === undefined) throw new Error("no connection");
    const path = (root: number, bus: number): InventoryAdapter => ({
      ...inSlot(1, bus),
      locationPaths: [`PCIROOT(${root})#PCI(1100)#PCI(0100)`],
    });
    expect(matched([one, other], [path(8, 2), path(0, 1)], "xp")).toBe(
      "1: present by hardware-id-and-location (of adapter 1), 2: present by hardware-id-and-location (of adapter 0); new -; unclear -",
    );
    expect(matched([one, other], [path(0, 5), path(8, 6)], "xp")).toBe("1: unknown, 2: unknown; new -; unclear 0 1");
  });

  test("another subsystem or revision is another model", () => {
    const other = inventoryAdapter({ hardwareIds: ["PCI\\VEN_8086&DEV_100F&SUBSYS_10008086&REV_01"], ...slot(1) });
    const newer = inventoryAdapter({ hardwareIds: ["PCI\\VEN_8086&DEV_100F&SUBSYS_075015AD&REV_02"], ...slot(1) });
    for (const adapter of [other, newer])
      expect(matched([connectionWith(1, { adapter: slot(1) })], [adapter], "xp")).toBe("1: orphan; new 0; unclear -");
  });

  test("without subsystem and revision it is not proven", () => {
    const adapter = inventoryAdapter({ hardwareIds: ["PCI\\VEN_8086&DEV_100F"], ...slot(1) });
    expect(matched([connectionWith(1, { adapter: slot(1) })], [adapter], "xp")).toBe("1: unknown; new -; unclear 0");
  });

  test("other buses never hold the same device, vendors' own may", () => {
    const vmbus = connectionWith(1, {
      adapter: { hardwareIds: ["VMBUS\\{f8615163-df3e-46c5-913f-f2d2f965ed0e}"], location: undefined },
    });
    const broadcom = connectionWith(1, {
      adapter: { hardwareIds: ["B06BDRV\\L2ND&PCI_163914E4&SUBSYS_02D31028&REV_20"], location: undefined },
    });
    expect(matched([vmbus], [inSlot(1)])).toBe("1: orphan; new 0; unclear -");
    expect(matched([broadcom], [inSlot(1)])).toBe("1: unknown; new -; unclear 0");
  });
});

describe("what is a prediction, and said to be one", () => {
  const own = connectionWith(1, { mac: { permanent: macOf(1) }, adapter: slot(1) });
  const unique = connectionWith(1, { mac: { permanent: macOf(1) }, adapter: { ...SERIAL, ...slot(1) } });
  const model = { hardwareIds: E1000_IDS };
  const mac = { mac: { permanent: macOf(1) } };

  test.each<[string, boolean, WindowsConnection, Partial<InventoryAdapter>]>([
    ["model and slot, another address", true, own, { ...model, ...slot(1), mac: { permanent: macOf(2) } }],
    ["model and slot, no address", true, own, { ...model, ...slot(1) }],
    ["address, and no place", true, own, mac],
    ["address, and another bus", true, own, { ...mac, ...slot(1, 9) }],
    ["address and slot", false, own, { ...mac, ...slot(1) }],
    ["address of a card with a serial number", false, unique, mac],
    ["serial number", false, unique, { instanceId: SERIAL_ID }],
  ])("%s: %s", (_, predicted, connection, adapter) => {
    const { connections } = matchAdapters(windowsWith([connection]), inventoryOf(inventoryAdapter(adapter)));
    expect(connections[0]).toMatchObject({ presence: { verdict: "present" }, adapter: { predicted } });
    expect(connections[0]?.presence.reason.includes("prediction")).toBe(predicted);
  });
});

describe("what cannot be told", () => {
  test("an XP interface and an adapter of which only the MAC address is known", () => {
    const adapters = [inventoryAdapter({ mac: { permanent: macOf(1) } })];
    const match = matchAdapters(windowsWith([connectionWith(1)], "xp"), inventoryOf(...adapters));
    expect(summary(match, adapters)).toBe("1: unknown; new -; unclear 0");
    expect(match.connections[0]?.presence.reason).toMatch(/hardware IDs .*would tell/);
  });

  test("an adapter that is somebody else's for sure leaves no doubt", () => {
    const connections = [connectionWith(1, { adapter: slot(1) }), connectionWith(2, { mac: { permanent: macOf(2) } })];
    expect(matched(connections, [inventoryAdapter({ mac: { permanent: macOf(2) } })])).toBe(
      "1: orphan, 2: present by mac (of adapter 0); new -; unclear -",
    );
  });

  test("with known MAC addresses on both sides another one is another adapter", () => {
    const connections = [connectionWith(1, { mac: { permanent: macOf(1) } })];
    expect(matched(connections, [inventoryAdapter({ mac: { permanent: macOf(2) } })])).toBe(
      "1: orphan; new 0; unclear -",
    );
  });

  test("an override alone is no proof of another adapter", () => {
    const connections = [connectionWith(1, { mac: { current: macOf(9) } })];
    expect(matched(connections, [inventoryAdapter({ mac: { permanent: macOf(2) } })])).toBe(
      "1: unknown; new -; unclear 0",
    );
  });

  test("Wi-Fi is not Ethernet, where Windows tells them apart", () => {
    const wifi = inventoryAdapter({ kind: "wifi" });
    expect(matched([connectionWith(1)], [wifi])).toBe("1: orphan; new 0; unclear -");
    expect(matched([connectionWith(1, { adapter: { kind: "wifi" } })], [wifi])).toBe("1: unknown; new -; unclear 0");
    expect(matched([connectionWith(1)], [wifi], "xp")).toBe("1: unknown; new -; unclear 0");
  });

  test("an uninstalled adapter is an orphan, whatever the inventory has", () => {
    const connections = [
      connectionWith(1, { adapter: null, mac: { permanent: macOf(1) } }),
      connectionWith(2, { adapter: { instanceId: undefined }, mac: { permanent: macOf(2) } }),
    ];
    const adapters = [
      inventoryAdapter({ mac: { permanent: macOf(1) } }),
      inventoryAdapter({ mac: { permanent: macOf(2) } }),
    ];
    expect(matched(connections, adapters)).toBe("1: orphan, 2: orphan; new 0 1; unclear -");
  });

  test("Bluetooth is not what an inventory of network hardware lists", () => {
    const connections = [
      connectionWith(1, { adapter: { physical: false, kind: "bluetooth", instanceId: "BTH\\MS_BTHPAN\\6&1" } }),
    ];
    expect(matched(connections, [])).toBe("1: unknown; new -; unclear -");
  });

  test("an empty inventory makes every hardware interface an orphan", () => {
    expect(matched([connectionWith(1), connectionWith(2)], [])).toBe("1: orphan, 2: orphan; new -; unclear -");
  });
});

describe("laws", () => {
  const anyMac = fc.option(fc.integer({ min: 1, max: 4 }).map(macOf), { nil: undefined });
  const anyMacs = fc.record({ permanent: anyMac, current: anyMac });
  const anyPlace = fc.option(
    fc.record({
      bus: fc.integer({ min: 1, max: 2 }),
      device: fc.integer({ min: 1, max: 3 }),
      function: fc.constant(0),
    }),
    { nil: undefined },
  );
  const anyPaths = fc.constantFrom([], ["PCIROOT(0)#PCI(1100)#PCI(0100)"], ["PCIROOT(8)#PCI(1100)#PCI(0100)"]);
  const SLOT_ID = "PCI\\VEN_8086&DEV_100F&SUBSYS_075015AD&REV_01\\4&b70f118&0&0888";
  const anyIds = fc.constantFrom(E1000_IDS, INTEL_82574_IDS, []);
  const anyAdapter = fc
    .record({
      mac: anyMacs,
      hardwareIds: anyIds,
      location: anyPlace,
      locationPaths: anyPaths,
      instanceId: fc.option(fc.constantFrom(SERIAL_ID, SLOT_ID), { nil: undefined }),
    })
    .map((adapter) => inventoryAdapter(adapter));
  const anyConnection = fc
    .record({
      mac: anyMacs,
      hardwareIds: anyIds,
      location: anyPlace,
      locationPaths: anyPaths,
      uniqueId: fc.boolean(),
      instanceId: fc.constantFrom(SERIAL_ID, SLOT_ID, undefined),
    })
    .map(
      ({ mac, ...adapter }) =>
        (number: number): WindowsConnection =>
          connectionWith(number, { mac, adapter }),
    );
  const anyMachine = fc.record({
    connections: fc
      .array(anyConnection, { maxLength: 6 })
      .map((makers) => makers.map((make, index) => make(index + 1))),
    adapters: fc.array(anyAdapter, { maxLength: 6 }),
    family: fc.constantFrom("xp" as const, "7" as const, "10" as const),
  });

  test("recognition is one to one, and every adapter is recognised, new or unclear", () => {
    fc.assert(
      fc.property(anyMachine, ({ connections, adapters, family }) => {
        const match = matchAdapters(windowsWith(connections, family), inventoryOf(...adapters));
        const recognised = match.connections.flatMap(({ adapter }) =>
          adapter === undefined ? [] : [adapter.inventory],
        );
        expect(new Set(recognised).size).toBe(recognised.length);
        const all = [...recognised, ...match.newAdapters, ...match.unclear.map(({ adapter }) => adapter)];
        expect(new Set(all)).toEqual(new Set(adapters));
        expect(all).toHaveLength(adapters.length);
        for (const { adapter, presence } of match.connections)
          expect(presence.verdict === "present").toBe(adapter !== undefined);
      }),
      { numRuns: 1000 },
    );
  });

  test("the order of connections and adapters makes no difference", () => {
    fc.assert(
      fc.property(anyMachine, fc.infiniteStream(fc.nat()), ({ connections, adapters, family }, numbers) => {
        const shuffled = <T>(items: readonly T[]): T[] => {
          const keys = items.map(() => numbers.next().value as number);
          return items
            .map((_, index) => index)
            .toSorted((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0))
            .map((index) => items[index] as T);
        };
        const verdicts = (match: Match): unknown =>
          match.connections
            .map(({ connection, presence, adapter }) => [
              connection.number,
              presence.verdict,
              adapter && adapters.indexOf(adapter.inventory),
              adapter?.by,
              adapter?.predicted,
            ])
            .toSorted((left, right) => Number(left[0]) - Number(right[0]));
        const straight = matchAdapters(windowsWith(connections, family), inventoryOf(...adapters));
        const mixed = matchAdapters(windowsWith(shuffled(connections), family), inventoryOf(...shuffled(adapters)));
        expect(verdicts(mixed)).toEqual(verdicts(straight));
      }),
      { numRuns: 1000 },
    );
  });
});
