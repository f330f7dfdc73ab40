/** What an inventory may say, and what a person is told who says it wrongly. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DocumentFailure } from "../../src/document/problem.ts";
import { formatInventory, parseInventory } from "../../src/inventory/document.ts";
import type { Inventory } from "../../src/inventory/model.ts";

function parse(...adapters: readonly unknown[]): Inventory {
  return parseInventory(JSON.stringify({ pintInventory: 1, adapters }), "inventory.json");
}

function problems(...adapters: readonly unknown[]): readonly string[] {
  try {
    parse(...adapters);
  } catch (error) {
    if (!(error instanceof DocumentFailure)) throw error;
    return error.problems.map(({ path, message }) => `${path.join(".")}: ${message}`);
  }
  throw new Error("the inventory was accepted");
}

const location = { bus: 3, device: 0, function: 0 };
const hardwareIds = ["PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00"];
const mac = { permanent: "00-0C-29-66-1A-A2" };

describe("the least that a person must write", () => {
  test("a MAC address", () => {
    expect(parse({ mac: { permanent: "000c.2966.1aa2" } })).toEqual({
      origin: "inventory.json",
      adapters: [{ mac, hardwareIds: [] }],
      notes: undefined,
    });
  });

  test("or hardware ID and location", () => {
    expect(parse({ hardwareIds, location }).adapters).toEqual([{ mac: {}, hardwareIds, location }]);
  });

  test("everything that a document can say", () => {
    const text = String.raw`{"pintInventory":1,"adapters":[{"description":"Intel 82574L","mac":{"permanent":"00-0C-29-66-1A-A2"},"hardwareIds":["PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00"],"location":{"bus":3,"device":0,"function":0},"instanceId":"PCI\\VEN_8086&DEV_10D3\\000C29FFFF661AA200"}]}`;
    expect(parseInventory(text, "inventory.json").adapters).toEqual([
      {
        description: "Intel 82574L",
        mac,
        hardwareIds,
        location,
        instanceId: "PCI\\VEN_8086&DEV_10D3\\000C29FFFF661AA200",
      },
    ]);
  });

  test("the way to its slot, and how each thing is known; a word for something else is refused", () => {
    const known = { mac: "read off the case", presence: "seen" };
    const adapter = { mac, hardwareIds, locationPaths: ["PCIROOT(0)#PCI(1500)"], known };
    expect(parse(adapter).adapters).toEqual([adapter]);
    expect(parseInventory(formatInventory(parse(adapter)), "again.json").adapters).toEqual([adapter]);
    expect(problems({ mac, known: { colour: "red" } })).toEqual([expect.stringContaining("colour")]);
  });
});

describe("refused", () => {
  const known = "cannot be known again: give its MAC address, or its hardwareIds and its location";

  test("an adapter that nothing could be recognised by", () => {
    expect(
      problems(
        { description: "NIC 1" },
        { hardwareIds },
        { location },
        { hardwareIds: [], location: { ...location, device: 1 } },
        { mac: {}, instanceId: "PCI\\X\\1" },
      ),
    ).toEqual([0, 1, 2, 3, 4].map((index) => `adapters.${index}: ${known}`));
  });

  test("no adapter at all: every interface would be an orphan", () => {
    expect(problems()).toEqual([expect.stringContaining("adapters: must name at least one adapter")]);
  });

  test("more adapters than any machine has", () => {
    const many = Array.from({ length: 1001 }, (_, index) => ({
      hardwareIds,
      location: { bus: index, device: 0, function: 0 },
    }));
    expect(problems(...many)).toEqual(["adapters: names more than 1000 adapters: no machine has so many"]);
    expect(parse(...many.slice(1)).adapters).toHaveLength(1000);
  });

  test("the same adapter twice, but not one MAC address in two slots, nor two ports in one", () => {
    expect(problems({ mac }, { mac })).toEqual([
      expect.stringContaining("adapters.1: is a duplicate of $.adapters[0]"),
    ]);
    expect(problems({ mac, hardwareIds, location }, { mac: { permanent: "00:0c:29:66:1a:a2" } })).toHaveLength(1);
    expect(problems({ hardwareIds, location }, { hardwareIds, location })).toHaveLength(1);
    expect(
      parse({ mac, hardwareIds, location }, { mac, hardwareIds, location: { ...location, device: 1 } }).adapters,
    ).toHaveLength(2);
    expect(
      parse({ mac, hardwareIds, location }, { mac: { permanent: "00-0C-29-66-1A-A3" }, hardwareIds, location })
        .adapters,
    ).toHaveLength(2);
  });

  test("what cannot be read, all together", () => {
    expect(
      problems(
        { mac: { permanent: "00-0C-29-66-1A" } },
        { mac: "00-0C-29-66-1A-A2" },
        { mac, location: { bus: 3, device: 32 } },
        { hardwareIds: ["VEN_8086"], location, vendor: 1 },
      ),
    ).toEqual([
      expect.stringMatching(/^adapters\.0\.mac\.permanent: "00-0C-29-66-1A" is not a MAC address/),
      expect.stringMatching(/^adapters\.1\.mac: must be an object/),
      expect.stringMatching(/^adapters\.2\.location\.function: is missing/),
      expect.stringMatching(/^adapters\.2\.location\.device: must be at most 31/),
      expect.stringMatching(/^adapters\.3\.hardwareIds\.0: must begin with a bus/),
      expect.stringMatching(/^adapters\.3\.vendor: "vendor" is no field/),
    ]);
  });
});

describe("formatInventory", () => {
  const text = fc.string({ unit: "grapheme" });
  const macOf = fc
    .uint8Array({ minLength: 5, maxLength: 5 })
    .map((bytes) => `02-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0").toUpperCase()).join("-")}`);
  const adapter = fc.record(
    {
      description: text,
      kind: fc.constantFrom("ethernet", "wifi"),
      mac: fc.record({ permanent: macOf, current: macOf }, { requiredKeys: ["permanent"] }),
      hardwareIds: fc.array(text.map((id) => `PCI\\x${id}`)),
      location: fc.record({ bus: fc.nat(255), device: fc.nat(31), function: fc.nat(7) }),
      instanceId: text,
    },
    { requiredKeys: ["mac", "hardwareIds"] },
  );

  test("what is written and read again is the same, and so is what is written then", () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(adapter, { minLength: 1, maxLength: 5, selector: ({ mac: { permanent } }) => permanent }),
        fc.array(text),
        (adapters, notes) => {
          const inventory = { origin: "x", adapters, notes } as unknown as Inventory;
          const written = formatInventory(inventory);
          const read = parseInventory(written, "x");
          expect(read).toEqual({ ...inventory, notes: notes.length === 0 ? undefined : notes });
          expect(formatInventory(read)).toBe(written);
        },
      ),
    );
  });

  test("one adapter's MAC address and location stand on a line each", () => {
    expect(
      formatInventory({ ...parse({ mac, hardwareIds, location }), origin: "this machine (/sys)" }),
    ).toBe(String.raw`{
  "$schema": "urn:pint-offline:inventory:1",
  "pintInventory": 1,
  "origin": "this machine (/sys)",
  "adapters": [
    {
      "mac": { "permanent": "00-0C-29-66-1A-A2" },
      "hardwareIds": ["PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00"],
      "location": { "bus": 3, "device": 0, "function": 0 }
    }
  ]
}
`);
  });
});
