/** Of the sections that an INF file has for several Windows, the one is taken that Windows takes (Microsoft, "INF Manufacturer Section"). */
import { expect, test } from "vitest";
import { decorationsFor, type TargetOs } from "../../../src/drivers/inf/target-os.ts";

const XP: TargetOs = { architecture: "x86", major: 5, minor: 1, build: 2600, productType: 1 };
const SERVER_2019: TargetOs = { architecture: "amd64", major: 10, minor: 0, build: 17763, productType: 3 };
const WINDOWS_10: TargetOs = { ...SERVER_2019, build: 19044, productType: 1 };

test.each<[listed: string, os: TargetOs, taken: string | undefined]>([
  // the documentation's own examples
  ["NT,NT.5,NT.5.5,NT....0x80", XP, "NT.5"],
  ["NTx86", XP, "NTx86"],
  ["NTx86.5.1", { ...XP, minor: 0 }, ""],
  ["NT.7.8", XP, ""],
  ["NTx86.6.0,NTx86.5.1", XP, "NTx86.5.1"],
  ["NTx86.6.0,NTx86.5.1", { ...XP, major: 6, minor: 1 }, "NTx86.6.0"],
  ["NTamd64.10.0...14393", SERVER_2019, "NTamd64.10.0...14393"],
  // without a decoration only an x86 Windows takes it
  ["", XP, ""],
  ["", SERVER_2019, undefined],
  ["NT,NT.10.0", SERVER_2019, undefined],
  // architectures
  ["NTx86.10.0,NTarm64.10.0", SERVER_2019, undefined],
  ["ntAMD64", SERVER_2019, "ntAMD64"],
  ["NTarm64", { ...SERVER_2019, architecture: "arm64" }, "NTarm64"],
  // versions and builds
  ["NTamd64,NTamd64.6.3,NTamd64.10.0,NTamd64.10.0...17763,NTamd64.10.0...22000", SERVER_2019, "NTamd64.10.0...17763"],
  ["NTamd64.10.0...22000", SERVER_2019, undefined],
  ["NTamd64.6.3...99999", SERVER_2019, "NTamd64.6.3...99999"],
  // product types
  ["NTamd64.10.0.1,NTamd64.10.0.3", SERVER_2019, "NTamd64.10.0.3"],
  ["NTamd64.10.0.1,NTamd64.10.0.3", WINDOWS_10, "NTamd64.10.0.1"],
  ["NTamd64.10.0,NTamd64.10.0.0x3", SERVER_2019, "NTamd64.10.0.0x3"],
  ["NTamd64.10.0.1", SERVER_2019, undefined],
  // what is none
  ["NTmips,Linux,NTamd64.ten,NTamd64.1.2.3.4.5.6", SERVER_2019, undefined],
])("%s", (listed, os, taken) => {
  const list = listed.split(",");
  const expected = { taken: taken === undefined ? [] : [taken] };
  expect(decorationsFor(list, os)).toEqual(expected);
  expect(decorationsFor(list.toReversed(), os)).toEqual(expected);
});

const NO_BUILD: TargetOs = { ...SERVER_2019, build: undefined };
const NO_TYPE: TargetOs = { ...SERVER_2019, productType: undefined };

test.each<[listed: string, os: TargetOs, taken: readonly string[], isDoubt: boolean]>([
  ["NTamd64.10.0...22000", NO_BUILD, ["NTamd64.10.0...22000"], true],
  ["NTamd64.6.0,NTamd64.10.0,NTamd64.10.0...22000", NO_BUILD, ["NTamd64.10.0...22000", "NTamd64.10.0"], true],
  ["NTamd64.10.0,NTamd64.10.0.3", NO_TYPE, ["NTamd64.10.0.3", "NTamd64.10.0"], true],
  ["NTx86.5.1...2600", { ...XP, build: undefined }, ["NTx86.5.1...2600", ""], true],
  // nothing that is not known decides
  ["NTamd64.6.3...9600,NTamd64.10.0", NO_BUILD, ["NTamd64.10.0"], false],
  ["NTamd64.6.3...9600", NO_BUILD, ["NTamd64.6.3...9600"], false],
  ["NTamd64.6.1.3,NTamd64.10.0", NO_TYPE, ["NTamd64.10.0"], false],
])("%s, of a Windows of which not all is known", (listed, os, taken, isDoubt) => {
  const found = decorationsFor(listed.split(","), os);
  expect(found.taken).toEqual(taken);
  expect(found.doubt !== undefined).toBe(isDoubt);
});
