/** Which hives are taken for a Windows, and what the others are told. */
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/exit/failure.ts";
import { readWindows } from "../../src/windows/read-windows.ts";
import { dword, fakeRoot, type FakeValues } from "../support/fake-key.ts";

type Keys = Readonly<Record<string, FakeValues>>;

function failure(keys: Keys): Failure {
  try {
    readWindows(fakeRoot(keys));
  } catch (error) {
    if (error instanceof Failure) return error;
    throw error;
  }
  throw new Error("it did not fail");
}

describe("other hives", () => {
  test.each<[string, Keys, RegExp]>([
    ["SOFTWARE", { Classes: {}, Microsoft: {}, "Microsoft\\Windows": {} }, /a SOFTWARE hive/],
    ["NTUSER.DAT", { "Control Panel": {}, Environment: {}, Software: {} }, /NTUSER\.DAT/],
    ["SAM", { "SAM\\Domains": {} }, /a SAM hive/],
    ["SECURITY", { "Policy\\Secrets": {} }, /a SECURITY hive/],
    ["BCD", { Description: {}, Objects: {} }, /boot configuration data/],
    ["DRIVERS", { "DriverDatabase\\DeviceIds": {} }, /a DRIVERS hive/],
    ["anything", { Whatever: {} }, /is not a SYSTEM hive\./],
    ["an empty one", {}, /is not a SYSTEM hive\./],
  ])("%s is not a SYSTEM hive", (_, keys, message) => {
    const refused = failure(keys);
    expect(refused).toMatchObject({ exit: "noImage", exitCode: 21, code: "not-a-system-hive" });
    expect(refused.message).toMatch(message);
    expect(refused.advice).toMatch(/config\\SYSTEM/);
  });
});

/** What the advice must tell, by the failure's code. */
const ADVICE: Readonly<Record<string, RegExp>> = {
  "container-layer": /network from its host/,
  "no-select-key": /SYSTEM hive of the whole Windows/,
  "no-current-control-set": /from a backup/,
  "no-connections-key": /Windows XP and later/,
};

describe("SYSTEM hives that cannot be used", () => {
  const network = { "ControlSet001\\Control\\Network": {} };
  test.each<[string, Keys, string]>([
    ["a container's layer", { "ControlSet001\\Control": { ContainerType: dword(2) } }, "container-layer"],
    ["no Select key", network, "no-select-key"],
    ["an empty Select key", { Select: {}, ...network }, "no-current-control-set"],
    ["Current is 0", { Select: { Current: dword(0) }, ...network }, "no-current-control-set"],
    ["Current is not there", { Select: { Current: dword(2) }, ...network }, "no-current-control-set"],
    [
      "Current is no number",
      { Select: { Current: { type: 1, data: new Uint8Array(2) } }, ...network },
      "no-current-control-set",
    ],
    ["NT 4", { Select: { Current: dword(1) }, "ControlSet001\\Control": {} }, "no-connections-key"],
  ])("%s", (_, keys, code) => {
    const refused = failure(keys);
    expect(refused).toMatchObject({ exit: "unsupportedWindows", exitCode: 22, code });
    expect(refused.advice).toMatch(ADVICE[code] ?? /^$/);
  });
});

describe("control sets", () => {
  const sets = (current: number, lastKnownGood: number, ...existing: readonly number[]) =>
    readWindows(
      fakeRoot({
        Select: { Current: dword(current), Default: dword(9), Failed: dword(3), LastKnownGood: dword(lastKnownGood) },
        ...Object.fromEntries(existing.map((number) => [`ControlSet00${number}\\Control\\Network`, {}])),
      }),
    ).controlSets;

  test("all that exist, ascending, and the numbers of Select as they stand", () => {
    expect(sets(2, 2, 3, 1, 2)).toEqual({
      current: 2,
      default: 9,
      failed: 3,
      lastKnownGood: 2,
      existing: [1, 2, 3],
      written: [2],
    });
  });

  test("the last known good one is written too when it is another and is there", () => {
    expect(sets(1, 2, 1, 2).written).toEqual([1, 2]);
    expect(sets(1, 2, 1).written).toEqual([1]);
    expect(sets(1, 0, 1, 2).written).toEqual([1]);
  });

  test("the one that the next start takes is written too when it is another and is there", () => {
    expect(sets(1, 2, 1, 2, 9).written).toEqual([1, 9, 2]);
  });

  test("the current one is read", () => {
    const windows = readWindows(
      fakeRoot({
        Select: { Current: dword(2) },
        "ControlSet001\\Control\\Network": {},
        "ControlSet002\\Control\\Network": {},
        "ControlSet001\\Control\\ProductOptions": { ProductType: { type: 1, data: Uint8Array.from([0x41, 0, 0, 0]) } },
        "ControlSet002\\Control\\ProductOptions": { ProductType: { type: 1, data: Uint8Array.from([0x42, 0, 0, 0]) } },
      }),
    );
    expect(windows.version.productType).toBe("B");
  });
});
