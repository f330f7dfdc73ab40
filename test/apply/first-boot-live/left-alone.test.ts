/** Somebody sets an address on the adapter after a cut in the writing: it is neither taken back nor written over. */
import { expect, test } from "vitest";
import { texts } from "../../../src/windows/write/data.ts";
import { registryBytes } from "../../../src/windows/registry-data.ts";
import { dword } from "../support.ts";
import { FakeBootedWindows, NEW, OLD, TCPIP } from "./booted-windows.ts";
import { addressesOf, finish } from "./runs.ts";

const IMPORT_OF_MOVES = 2;

const THEIRS = { isDhcp: false, addresses: ["10.20.30.41"] };

/** Cut within the import, and an administrator has set another address before the next start. */
function setAfterCut(part: number, attempts: number): FakeBootedWindows {
  const machine = new FakeBootedWindows({ document: (document) => ({ ...document, attempts }) });
  machine.cut = { action: IMPORT_OF_MOVES, part };
  expect(() => finish(machine)).toThrow(/before/);
  const { type, data } = registryBytes(texts(["10.20.30.41"]));
  machine.edit((edit) => {
    edit.setValue(TCPIP(NEW), "IPAddress", type, data);
    edit.setValue(TCPIP(NEW), "EnableDHCP", 4, dword(0));
  });
  machine.restart();
  return machine;
}

test.for([0, 0.5, 0.9, 1])("at %s of the import", (part) => {
  const machine = setAfterCut(part, 5);
  const { result } = finish(machine);
  expect(result).toMatchObject({ state: "waiting", sources: [{ reason: expect.stringMatching(/static|address/) }] });
  expect(result.warnings).toContainEqual({
    code: "left-as-it-is",
    message: expect.stringMatching(/Interfaces\\\{9D4E6F03-.*something else has set its address \(10\.20\.30\.41\)/i),
  });
  expect(addressesOf(machine, NEW)).toEqual(THEIRS);
  // The former interface has its address back: nobody else has it.
  expect(addressesOf(machine, OLD)).toEqual({ isDhcp: false, addresses: ["10.20.30.40"] });
});

test("giving up leaves it alone too, and says so", () => {
  const machine = setAfterCut(1, 1);
  machine.cut = { action: 1 };
  expect(() => finish(machine)).toThrow(/before/);
  machine.restart();
  const { result } = finish(machine);
  expect(result).toMatchObject({ state: "gave-up", removed: true });
  expect(result.warnings.map(({ code }) => code)).toEqual(["taken-back", "left-as-it-is"]);
  expect(addressesOf(machine, NEW)).toEqual(THEIRS);
});
