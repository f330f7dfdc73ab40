/** Names, counts, addresses and places in one line. */
import { expect, test } from "vitest";
import type { MacAddress } from "../../src/notation/mac.ts";
import type { Guid } from "../../src/notation/guid.ts";
import { locationText } from "../../src/notation/pci-location.ts";
import { counted, endDetails, endName, gatewayText } from "../../src/report/words.ts";

test("a source or target is called by the best name there is, which is not said twice", () => {
  const mac = "00-50-56-A5-12-69" as MacAddress;
  const guid = "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}" as Guid;
  const described = { description: "vmxnet3", mac, guid, addresses: ["10.0.0.5/8", "10.0.0.6/8"] };
  expect(endName({ ...described, number: 3, name: "LAN" })).toBe("3 LAN");
  expect(endDetails({ ...described, number: 3, name: "LAN" }, "normal")).toBe(
    ` (10.0.0.5/8, 10.0.0.6/8; vmxnet3; ${mac})`,
  );
  expect(endName(described)).toBe("vmxnet3");
  expect(endDetails(described, "verbose")).toBe(` (10.0.0.5/8, 10.0.0.6/8; ${mac}; ${guid})`);
  expect(endName({ mac, addresses: [] })).toBe(mac);
  expect(endDetails({ mac, addresses: [] }, "normal")).toBe("");
  expect(endName({ addresses: [] })).toBe("(no name)");
});

test("one thing, several things", () => {
  expect([0, 1, 2].map((count) => counted(count, "key"))).toEqual(["0 keys", "1 key", "2 keys"]);
});

test("an automatic metric needs no mention", () => {
  expect(gatewayText({ address: "10.0.0.1", metric: 0 })).toBe("10.0.0.1");
  expect(gatewayText({ address: "10.0.0.1", metric: 5 })).toBe("10.0.0.1 (metric 5)");
});

test("a place on the PCI bus is told in words", () => {
  expect(locationText({ bus: 3, device: 0, function: 1 })).toBe("PCI bus 3, device 0, function 1");
});
