/** Where a device sits: by the way to it from the root of PCI, by bus, device and function; never by a bus number alone. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { comparePlaces, type Place } from "../../src/match/place.ts";
import { openHive } from "../../src/regf/index.ts";
import { openFile } from "../../src/storage/file.ts";
import { LOCATION_PATHS, readTextsProperty } from "../../src/windows/adapters/device-properties.ts";
import { describeWithRealHives, realHive } from "../support/real-hives.ts";

const at = (bus: number, device: number, part = 0): Place => ({ location: { bus, device, function: part } });
const by = (...locationPaths: string[]): Place => ({ locationPaths });
const instance = (last: string): Place => ({ instanceId: `PCI\\VEN_8086&DEV_100F&SUBSYS_075015AD&REV_01\\${last}` });

const PATH = "PCIROOT(0)#PCI(1100)#PCI(0100)";

describe("two places are", () => {
  test.each<[string, Place, Place]>([
    ["same", by(PATH), by(PATH.toLowerCase(), "ACPI(_SB_)#ACPI(PCI0)")],
    ["same", { ...by(PATH), ...at(2, 1) }, { ...by(PATH), ...at(7, 1) }],
    ["different", { ...by(PATH), ...at(2, 1) }, { ...by("PCIROOT(0)#PCI(1200)#PCI(0100)"), ...at(2, 1) }],
    ["different", by(PATH), by("PCIROOT(1)#PCI(1100)#PCI(0100)")],
    ["same", { ...by(PATH), ...at(2, 1) }, { ...instance("4&b70f118&0&0888"), ...at(2, 1) }],
    ["same-way", { ...by(PATH), ...at(2, 1) }, { ...instance("4&b70f118&0&0888"), ...at(3, 1) }],
    ["same-way", by(PATH), instance("4&3ad87e0a&0&0888")],
    ["different", { ...by(PATH), ...at(2, 1) }, { ...instance("4&b70f118&0&0890"), ...at(2, 1) }],
    ["same-way", instance("3&18d45aa6&0&A8"), instance("3&61aaa01&1&a8")],
    ["same", at(2, 1), at(2, 1)],
    ["other-bus", at(2, 1), at(7, 1)],
    ["different", at(2, 1), at(2, 1, 1)],
    ["different", at(2, 1), at(2, 2)],
    ["unknown", at(2, 1), {}],
    ["unknown", at(2, 1), by(PATH)],
    ["unknown", {}, {}],
  ])("%s: %j and %j", (expected, left, right) => {
    expect(comparePlaces(left, right)).toBe(expected);
    expect(comparePlaces(right, left)).toBe(expected);
  });

  test.each([
    "PCI\\VEN_8086&DEV_10D3\\000C29FFFF661AA200", // a serial number
    "PCI\\VEN_8086&DEV_100F\\4&b70f118&0&08", // as many steps as the depth says, or it is not understood
    "PCI\\VEN_8086&DEV_100F\\3&b70f118&0&8",
    "USB\\VID_0BDA&PID_8153\\3&25c647c&0&05",
    "nonsense",
  ])("not told by the instance ID %s", (instanceId) => {
    expect(comparePlaces({ instanceId }, { instanceId })).toBe("unknown");
  });

  test("a path that is not of PCI's devices alone says nothing", () => {
    for (const path of ["PCIROOT(0)", "PCIROOT(0)#USBROOT(0)", "PCIROOT(0)#PCI(1100)#ACPI(S1F0)", ""]) {
      expect(comparePlaces(by(path), by(path))).toBe("unknown");
    }
  });

  test("the same from both sides, and never different from itself", () => {
    const place = fc.record<Place>(
      {
        location: fc.record({ bus: fc.nat(3), device: fc.nat(2), function: fc.nat(1) }),
        locationPaths: fc.constantFrom([PATH], ["PCIROOT(0)#PCI(0100)"], ["ACPI(_SB_)"], []),
        instanceId: fc.constantFrom("PCI\\A\\3&1&0&08", "PCI\\A\\4&b&0&0888", "PCI\\A\\000C29FFFF661AA200"),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(place, place, (left, right) => {
        expect(comparePlaces(left, right)).toBe(comparePlaces(right, left));
        expect(["same", "same-way", "unknown"]).toContain(comparePlaces(left, left));
      }),
    );
  });
});

describeWithRealHives("in hives of 8.1 and 10", () => {
  test("the end of every slot's instance ID is the way that its location path says", () => {
    let slotCount = 0;
    for (const name of ["win81-x64-virtualbox-dirty", "win10-1903-vmware-dirty", "win10-21h2-vmware"]) {
      const storage = openFile(realHive(`system/${name}.hiv`), "read");
      const { root } = openHive({ primary: storage, logs: [] }, { acceptDirty: true });
      for (const device of root.open("ControlSet001\\Enum\\PCI")?.subkeys() ?? []) {
        for (const key of device.subkeys()) {
          if (!key.name.includes("&")) continue;
          const locationPaths = readTextsProperty(key, LOCATION_PATHS);
          expect(comparePlaces({ locationPaths }, { instanceId: `PCI\\${device.name}\\${key.name}` })).toBe("same-way");
          slotCount += 1;
        }
      }
      storage.close();
    }
    expect(slotCount).toBe(98);
  });
});
