/** The plan on the real hives, made in memory: the moves of the issue's own cases, nothing else changed, nothing left for a second run. */
import { expect, test } from "vitest";
import type { Inventory } from "../../src/inventory/model.ts";
import { matchAdapters } from "../../src/match/match-adapters.ts";
import type { MacAddress } from "../../src/notation/mac.ts";
import type { Plan } from "../../src/plan/model.ts";
import { DEFAULT_PLAN_OPTIONS, type PlanOptions } from "../../src/plan/options.ts";
import { planMoves } from "../../src/plan/plan-moves.ts";
import { captureProfile } from "../../src/profile/capture.ts";
import type { Profile } from "../../src/profile/model.ts";
import { checkHive, editHive, type Hive, type Key } from "../../src/regf/index.ts";
import type { Change } from "../../src/windows/model/change.ts";
import type { RegistryData } from "../../src/notation/registry-data.ts";
import { readWindows } from "../../src/windows/read-windows.ts";
import { registryBytes, registryData } from "../../src/windows/registry-data.ts";
import { describeWithRealHives } from "../support/real-hives.ts";
import { inventoryAdapter, inventoryOf } from "../support/models.ts";
import { openReal } from "../windows/open-real.ts";
import { IMAGE, told } from "./bench.ts";

const PRODUCTION = "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}";
const ORPHAN = "{6AAFC9A9-0542-4DB2-8760-CCFFA953737C}";

function plan(hive: Hive, asked: { profile?: Profile; inventory?: Inventory; options?: Partial<PlanOptions> }): Plan {
  const windows = readWindows(hive.root);
  return planMoves({
    image: IMAGE,
    root: hive.root,
    windows,
    match: matchAdapters(windows, asked.inventory),
    profile: asked.profile,
    options: {
      ...DEFAULT_PLAN_OPTIONS,
      sources: asked.profile === undefined ? "orphans" : "profile",
      ...asked.options,
    },
  });
}

function makeChanges(hive: Hive, changes: readonly Change[]): void {
  const edit = editHive(hive);
  for (const change of changes) {
    if (change.kind === "create-key") edit.createKey(change.key);
    else if (change.kind === "delete-key") edit.deleteKey(change.key);
    else if (change.kind === "delete-value") edit.deleteValue(change.key, change.name);
    else {
      const { type, data } = registryBytes(change);
      edit.setValue(change.key, change.name, type, data);
    }
  }
}

/** Every value below a key as `path\name = type data`. */
function valuesBelow(key: Key, lines: string[] = []): string[] {
  for (const value of key.values())
    lines.push(`${key.path}\\${value.name} = ${value.type} ${Buffer.from(value.data).toString("hex")}`);
  for (const subkey of key.subkeys()) valuesBelow(subkey, lines);
  return lines;
}

function differences(before: readonly string[], after: readonly string[]): string[] {
  const [former, latter] = [new Set(before), new Set(after)];
  const changed = [...before.filter((line) => !latter.has(line)), ...after.filter((line) => !former.has(line))];
  return [...new Set(changed.map((line) => line.replace(/ = .*$/, "")))].toSorted();
}

function readValues(hive: Hive, path: string): Record<string, RegistryData["data"]> {
  return Object.fromEntries(
    [...(hive.root.open(path)?.values() ?? [])].map((value) => [value.name, registryData(value).data]),
  );
}

function profileOfSeven(): Profile {
  const windows = readWindows(openReal("win7-sp1-x86-esx").root);
  const verdicts = new Map(
    matchAdapters(windows).connections.map(({ connection, presence }) => [connection.guid, presence]),
  );
  return captureProfile(
    windows,
    (guid) => ({ orphan: verdicts.get(guid)?.verdict === "orphan", reason: verdicts.get(guid)?.reason ?? "" }),
    { now: new Date("2026-01-01T00:00:00Z"), from: "win7" },
  );
}

describeWithRealHives("real hives", () => {
  const machine = inventoryOf(inventoryAdapter({ mac: { permanent: "00-0C-29-66-1A-A2" as MacAddress } }));
  const tcpip10 = "ControlSet001\\Services\\Tcpip\\Parameters\\Interfaces\\{c43669b3-ab3e-4d0e-8fde-69579925a20f}";

  test("Windows 7's profile to the Windows 10 image with an inventory of its one adapter", () => {
    const hive = openReal("win10-21h2-vmware");
    const before = valuesBelow(hive.root);
    const profile = profileOfSeven();
    const first = plan(hive, { profile, inventory: machine });
    expect(told(first)).toEqual(["1 moved -> Ethernet0 (order)", "2 skipped"]);
    expect(first.exitCode).toBe(0);
    makeChanges(hive, first.steps);
    expect(readValues(hive, tcpip10)).toEqual({
      Domain: "",
      EnableDHCP: 0,
      NameServer: "10.3.58.4",
      IPAddress: ["10.3.58.5"],
      SubnetMask: ["255.255.255.0"],
      DefaultGateway: ["10.3.58.1"],
      DefaultGatewayMetric: ["0"],
    });
    expect(differences(before, valuesBelow(hive.root))).toEqual(
      ["DefaultGateway", "DefaultGatewayMetric", "EnableDHCP", "IPAddress", "NameServer", "SubnetMask"].map(
        (name) => `${tcpip10}\\${name}`,
      ),
    );
    expect(checkHive(hive).problems).toEqual([]);
    const second = plan(hive, { profile, inventory: machine });
    expect(told(second)).toEqual(["1 already -> Ethernet0", "2 skipped"]);
    expect(second).toMatchObject({ steps: [], exitCode: 0 });
    expect(told(plan(hive, { profile }))).toEqual(["1 already -> Ethernet0", "2 skipped"]);
  });

  test("the safety rule: another machine's profile and no inventory, nothing moves and why is said", () => {
    const safe = plan(openReal("win10-21h2-vmware"), { profile: profileOfSeven() });
    expect(told(safe)).toEqual(["1 unplaced", "2 skipped"]);
    expect(safe.sources[0]?.reason).toBe(
      "nothing is moved without an inventory of the new machine (--inventory), because the profile was captured from computer WKS-WIN732BITA, and this image is DESKTOP-M3OSHQU",
    );
    expect(safe).toMatchObject({ steps: [], exitCode: 25 });
  });

  test("Windows 7 itself: production is kept, the orphan skipped", () => {
    const same = plan(openReal("win7-sp1-x86-esx"), { profile: profileOfSeven() });
    expect(told(same)).toEqual(["1 kept -> Local Area Connection 2", "2 skipped"]);
    expect(same).toMatchObject({ steps: [], exitCode: 0 });
  });

  test("Windows 7 booted once on its new machine: the orphan's configuration moves to the adapter that is there, in both control sets", () => {
    const hive = openReal("win7-sp1-x86-esx");
    makeDhcp(hive);
    const before = valuesBelow(hive.root);
    const first = plan(hive, {});
    expect(told(first)).toEqual(["2 moved -> Local Area Connection 2 (order)"]);
    expect(first.exitCode).toBe(0);
    makeChanges(hive, first.steps);
    for (const set of ["ControlSet001", "ControlSet002"]) {
      const at = `${set}\\Services\\Tcpip\\Parameters\\Interfaces`;
      expect(readValues(hive, `${at}\\${PRODUCTION}`)).toMatchObject({
        EnableDHCP: 0,
        IPAddress: ["192.168.1.123"],
        SubnetMask: ["255.255.255.0"],
        DefaultGateway: ["192.168.1.1"],
        DefaultGatewayMetric: ["0"],
        NameServer: "192.168.1.112",
      });
      const orphan = readValues(hive, `${at}\\${ORPHAN}`);
      expect(orphan).toMatchObject({ EnableDHCP: 1, NameServer: "" });
      expect(Object.keys(orphan)).not.toEqual(expect.arrayContaining(["IPAddress"]));
      expect(readValues(hive, `${set}\\Services\\${ORPHAN}\\Parameters\\Tcpip`)).toEqual({ EnableDHCP: 1 });
      const nsi = `${set}\\Control\\Nsi\\{eb004a00-9b1a-11d4-9123-0050047759bc}`;
      expect(Object.keys(readValues(hive, `${nsi}\\10`))).toEqual(["0000000700000600c0a8017b00000000"]);
      expect(Object.keys(readValues(hive, `${nsi}\\16`)).filter((name) => name.includes("0000000600000600"))).toEqual(
        [],
      );
    }
    const places = new Set(
      differences(before, valuesBelow(hive.root)).map((line) =>
        line.replace(/^ControlSet00[12]\\|\\[^\\]*$/g, "").toLowerCase(),
      ),
    );
    for (const place of places)
      expect(place).toMatch(/\{698e50a9|\{6aafc9a9|nsi\\\{eb004a00-9b1a-11d4-9123-0050047759bc\}\\1[06]$/);
    expect(checkHive(hive).problems).toEqual([]);
    expect(plan(hive, {})).toMatchObject({ steps: [], exitCode: 0 });
  });
});

/** As Windows leaves an adapter that it met for the first time; the NSI records of its former address stay, as a hand edit would leave them. */
function makeDhcp(hive: Hive): void {
  const edit = editHive(hive);
  for (const set of ["ControlSet001", "ControlSet002"]) {
    for (const key of [
      `${set}\\Services\\Tcpip\\Parameters\\Interfaces\\${PRODUCTION}`,
      `${set}\\Services\\${PRODUCTION}\\Parameters\\Tcpip`,
    ]) {
      edit.setValue(key, "EnableDHCP", 4, Uint8Array.of(1, 0, 0, 0));
      for (const name of ["IPAddress", "SubnetMask", "DefaultGateway", "DefaultGatewayMetric"]) {
        if (hive.root.open(key)?.value(name) !== undefined) edit.deleteValue(key, name);
      }
    }
  }
}
