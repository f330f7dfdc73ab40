/** The order in which the running registry is written, and which keys a document of changes may name. */
import { expect, test } from "vitest";
import { inWritingOrder } from "../../../src/apply/first-boot-live/writing-order.ts";
import { isKeyOfPlan } from "../../../src/firstboot/written-keys.ts";
import type { Change } from "../../../src/windows/model/change.ts";
import { NEW, TCPIP } from "./booted-windows.ts";

const set = (key: string, name: string, data: number): Change => {
  return { kind: "set-value", key, name, type: "REG_DWORD", data, was: null };
};

test("an interface is static only when it has its addresses; Control\\Nsi comes last and by itself", () => {
  const nsi = set("ControlSet001\\Control\\Nsi\\{EB004A01-9B1A-11D4-9123-0050047759BC}\\10", "x", 1);
  const isStatic = set(TCPIP(NEW), "EnableDHCP", 0);
  const address = set(TCPIP(NEW), "IPAddress", 1);
  expect(inWritingOrder([nsi, isStatic, address])).toEqual([[address, isStatic], [nsi]]);
  const isDhcp = set(TCPIP(NEW), "EnableDHCP", 1);
  expect(inWritingOrder([isStatic, isDhcp, address])).toEqual([[isStatic, isDhcp, address]]);
  const gone: Change = { kind: "delete-key", key: TCPIP(NEW) };
  expect(inWritingOrder([isStatic, address, gone])).toEqual([[isStatic, address, gone]]);
  expect(inWritingOrder([])).toEqual([]);
});

test.for([
  [TCPIP(NEW), true],
  [`ControlSet002\\services\\NetBT\\Parameters\\Interfaces\\Tcpip_${NEW}`, true],
  ["ControlSet001\\Services\\Tcpip\\Parameters\\PersistentRoutes", true],
  [`ControlSet001\\Services\\${NEW}\\Parameters\\Tcpip`, true],
  [`ControlSet001\\Control\\NetworkSetup2\\Interfaces\\${NEW}\\Kernel`, true],
  ["ControlSet001\\Control\\Nsi\\{EB004A01-9B1A-11D4-9123-0050047759BC}\\10", true],
  ["ControlSet001\\Services\\Tcpip", false],
  ["ControlSet001\\Services\\Tcpip\\ServiceProvider", false],
  ["ControlSet001\\Services\\Spooler", false],
  ["Setup", false],
] as const)("%s: %s", ([key, may]) => expect(isKeyOfPlan(key)).toBe(may));
