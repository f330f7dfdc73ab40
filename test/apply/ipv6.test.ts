/** Static IPv6 through the whole cycle: moved, verified, moved again, undone; and what waits where no record shows the form. */
import { describe, expect, test } from "vitest";
import { applyImage } from "../../src/apply/apply.ts";
import { checkImage } from "../../src/apply/check.ts";
import { inspectImage } from "../../src/apply/inspect.ts";
import { planImage } from "../../src/apply/plan.ts";
import type { InspectedConnection } from "../../src/apply/results.ts";
import { undoImage } from "../../src/apply/undo.ts";
import { verifyImage } from "../../src/apply/verify.ts";
import { DEFAULT_PLAN_OPTIONS } from "../../src/plan/options.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { hivexDump } from "../support/hivex-export.ts";
import { phonyImage } from "../support/phony-images.ts";
import { hexOfIpv6Text, nsiIpv6Address, nsiIpv6Route } from "../support/phony-registry.ts";
import { copyOfRealHive, describeWithRealHives } from "../support/real-hives.ts";
import { describeWithTools } from "../support/tools.ts";
import { GHOST, makeDhcp, PRODUCTION, WIN7 } from "./real-windows-7.ts";
import {
  applyOptions,
  editOnDisk,
  imageOptions,
  ORPHANS,
  SAVED_PROFILE,
  SILENT,
  sha256,
  withProfile,
} from "./support.ts";
import { byValue, expectTakenBack, treeOf, windowsRan } from "./windows-ran.ts";

const NSI = "Control\\Nsi\\{eb004a01-9b1a-11d4-9123-0050047759bc}";

/** By hivex: a table's records by name, their types and data. */
function tableOf(hive: string, table: "10" | "16", set = "ControlSet001"): Record<string, string> {
  const { values } = hivexDump(hive, `\\${set}\\${NSI}\\${table}`);
  return Object.fromEntries(
    values.map((line) => {
      const [, name = "", type = "", data = ""] = line.split("|");
      return [name.toLowerCase(), `${type}|${data}`];
    }),
  );
}

function recordsIn(hive: string, table: "10" | "16", set?: string): string[] {
  return Object.keys(tableOf(hive, table, set)).sort();
}

function connectionsOf(image: string): ReadonlyMap<string, InspectedConnection> {
  return new Map(inspectImage(imageOptions(image), SILENT).connections.map((one) => [one.guid, one]));
}

const CASES = [
  {
    name: "ipv6-10",
    logFormat: "HvLE",
    sets: ["ControlSet001"],
    source: "{3B1C9E52-7A40-4D0E-9C55-1F6E0B7A2D11}",
    target: "{9D4E6F03-2C8B-4B7F-A1E6-5C0D8E3F7A22}",
    luids: ["0000000180000600", "0000000480000600"],
    addresses: ["2001:db8:30::40", "fd00:20:30::40"],
  },
  {
    name: "ipv6-7",
    logFormat: "DIRT",
    sets: ["ControlSet001", "ControlSet002"],
    source: "{E9A41D58-72BC-4F3E-9D06-1B8C5F27A403}",
    target: "{5D03F7B6-A81E-4269-B7C5-E40D92618F04}",
    luids: ["0000000600000600", "0000000700000600"],
    addresses: ["2001:db8:50::21", "2001:db8:50::22"],
  },
] as const;

describeWithTools("with static IPv6 on the orphan", ["hivexregedit"], () => {
  describe.each(CASES)("$name", ({ name, logFormat, sets, source, target, luids: [from, to], addresses }) => {
    test("all of it moves, in every control set; a second run changes nothing; undo restores the hive bit for bit", () => {
      const { root, hive } = phonyImage(name);
      const before = sha256(hive);
      const former = connectionsOf(root).get(source);
      const routesBefore = recordsIn(hive, "16");
      const applied = applyImage(applyOptions(root, ORPHANS), SILENT);
      expect(applied).toMatchObject({ exitCode: 0, written: true });
      expect(applied.sources).toMatchObject([{ outcome: "moved", source: { guid: source }, target: { guid: target } }]);
      expect(applied.warnings.map(({ code }) => code)).toContain("ipv6-routes-inferred");
      expect(checkImage(imageOptions(root), SILENT).exitCode).toBe(0);

      for (const set of sets) {
        expect(recordsIn(hive, "10", set)).toEqual(addresses.map((address) => to + hexOfIpv6Text(address)).sort());
        expect(recordsIn(hive, "16", set)).toEqual(routesBefore.map((route) => route.replaceAll(from, to)).sort());
      }
      const now = connectionsOf(root);
      expect(now.get(target)).toMatchObject({ ipv4: former?.ipv4, ipv6: former?.ipv6 });
      expect(now.get(source)?.ipv6).toEqual({ dhcp: true, addresses: [], gateways: [], routes: [], dnsServers: [] });

      const moved = sha256(hive);
      for (const planning of [undefined, ORPHANS])
        expect(verifyImage({ ...imageOptions(root), planning }, SILENT)).toMatchObject({
          exitCode: 0,
          differences: [],
        });
      expect(applyImage(applyOptions(root, ORPHANS), SILENT)).toMatchObject({ written: false, steps: [] });
      expect(sha256(hive)).toBe(moved);
      expect(undoImage(imageOptions(root), SILENT).exitCode).toBe(0);
      expect(sha256(hive)).toBe(before);
    });

    test("undo --values takes it back when Windows has run since", () => {
      const { root, hive } = phonyImage(name);
      const before = treeOf(hive);
      applyImage(applyOptions(root, ORPHANS), SILENT);
      const applied = treeOf(hive);
      windowsRan(hive, logFormat);
      const now = treeOf(hive);
      expect(undoImage(byValue(root), SILENT)).toMatchObject({ exitCode: 0, left: [] });
      expectTakenBack(before, applied, now, treeOf(hive));
    });
  });

  describe("with the orphan's class key gone in both control sets", () => {
    const { source, target, luids, addresses } = CASES[1];
    const SETS = ["ControlSet001", "ControlSet002"];
    const NDIS = "Control\\Nsi\\{eb004a11-9b1a-11d4-9123-0050047759bc}";
    const without = (...keys: readonly string[]): { readonly root: string; readonly hive: string } => {
      const image = phonyImage("ipv6-7");
      editOnDisk(
        image.hive,
        (edit) => {
          for (const set of SETS) for (const key of keys) edit.deleteKey(`${set}\\${key}`);
        },
        "DIRT",
      );
      return image;
    };
    const CLASS_KEY = "Control\\Class\\{4D36E972-E325-11CE-BFC1-08002BE10318}\\0007";

    test("its IPv6 is known by the NDIS table and moves whole, in both", () => {
      const { root, hive } = without(CLASS_KEY);
      const former = connectionsOf(root).get(source);
      expect(former).toMatchObject({ adapter: null, ipv6: { addresses: [{}, {}], gateways: [{}], routes: [{}] } });
      const routes = recordsIn(hive, "16");
      expect(applyImage(applyOptions(root, ORPHANS), SILENT)).toMatchObject({
        exitCode: 0,
        sources: [{ outcome: "moved", source: { guid: source }, target: { guid: target } }],
      });
      for (const set of SETS) {
        expect(recordsIn(hive, "10", set)).toEqual(addresses.map((one) => luids[1] + hexOfIpv6Text(one)).sort());
        expect(recordsIn(hive, "16", set)).toEqual(routes.map((one) => one.replaceAll(luids[0], luids[1])).sort());
      }
      expect(connectionsOf(root).get(target)?.ipv6).toEqual(former?.ipv6);
    });

    test("and its record in the NDIS table too: IPv4 moves, and that IPv6 stays behind is an outcome of its own", () => {
      const { root, hive } = without(CLASS_KEY, `${NDIS}\\10`);
      const before = recordsIn(hive, "10");
      const { exitCode, sources, warnings } = applyImage(applyOptions(root, ORPHANS), SILENT);
      expect([exitCode, sources]).toMatchObject([
        26,
        [{ outcome: "pending", pendingParts: ["ipv6"], reason: expect.stringContaining("its LUID is gone") }],
      ]);
      const [told = ""] = warnings.flatMap(({ code, message }) => (code === "ipv6-without-owner" ? [message] : []));
      for (const address of addresses) expect(told).toContain(address);
      for (const set of SETS) expect(recordsIn(hive, "10", set)).toEqual(before);
    });
  });

  test("ipv6-automatic: what Windows made itself is no setting and stays where it is", () => {
    const { root, hive } = phonyImage("ipv6-automatic");
    const [orphan, target] = [CASES[0].source, CASES[0].target];
    expect(connectionsOf(root).get(orphan)?.ipv6.addresses).toEqual([{ address: "2001:db8:30::40", prefixLength: 64 }]);
    expect(connectionsOf(root).get(orphan)?.nsiRecords).toHaveLength(2);
    expect(connectionsOf(root).get(target)?.ipv6.addresses).toEqual([]);
    const [from, to] = CASES[0].luids;
    const before = recordsIn(hive, "10");
    expect(applyImage(applyOptions(root, ORPHANS), SILENT)).toMatchObject({ exitCode: 0, written: true });
    const moved = hexOfIpv6Text("2001:db8:30::40");
    expect(recordsIn(hive, "10")).toEqual(
      before.map((record) => (record === from + moved ? to + moved : record)).sort(),
    );
  });
});

describe("ipv6-without-record", () => {
  test("IPv4 moves, IPv6 waits: pending in part, exit 26, the same again in a second run, undone bit for bit", () => {
    const { root, hive } = phonyImage("ipv6-without-record");
    const before = sha256(hive);
    const plan = planImage({ ...imageOptions(root), ...SAVED_PROFILE }, SILENT);
    const applied = applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    for (const { sources, exitCode } of [plan.plan, applied]) {
      expect(exitCode).toBe(26);
      expect(sources).toMatchObject([
        {
          outcome: "pending",
          pendingParts: ["ipv6"],
          matchedBy: "order",
          target: { guid: CASES[0].target },
          reason: expect.stringMatching(
            /with all but its static IPv6 \(2001:db8:30::40\/64, the gateway fe80::1\), which waits for Windows: no NSI record .*the orphan "Ethernet0" gives its addresses up/,
          ),
        },
      ]);
    }
    expect(applied.written).toBe(true);
    const target = connectionsOf(root).get(CASES[0].target);
    expect(target).toMatchObject({
      mode: "static",
      ipv4: { addresses: [{ address: "10.20.30.40", prefixLength: 24 }] },
      ipv6: { addresses: [], gateways: [], dnsServers: ["2001:db8:30::2"] },
    });
    expect(connectionsOf(root).get(CASES[0].source)?.mode).toBe("dhcp");

    const moved = sha256(hive);
    const again = applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    expect(again).toMatchObject({ exitCode: 26, written: false, steps: [] });
    expect(again.sources).toMatchObject([
      {
        outcome: "pending",
        pendingParts: ["ipv6"],
        target: { guid: CASES[0].target },
        reason: expect.stringContaining("but for its static IPv6: 2001:db8:30::40/64, gateway fe80::1;"),
      },
    ]);
    expect(again.sources[0]?.matchedBy).toBeUndefined();
    expect(sha256(hive)).toBe(moved);
    expect(verifyImage(imageOptions(root), SILENT)).toMatchObject({ exitCode: 0, differences: [] });
    expect(verifyImage({ ...imageOptions(root), planning: SAVED_PROFILE }, SILENT)).toMatchObject({
      exitCode: 28,
      differences: [{ message: expect.stringContaining("waits for its IPv6") }],
    });
    undoImage(imageOptions(root), SILENT);
    expect(sha256(hive)).toBe(before);
  });

  test("with --all-or-nothing nothing is moved", () => {
    const { root, hive } = phonyImage("ipv6-without-record");
    const before = sha256(hive);
    const what = { pairing: { ...DEFAULT_PLAN_OPTIONS, allOrNothing: true } };
    expect(applyImage(applyOptions(root, what), SILENT)).toMatchObject({
      exitCode: 25,
      written: false,
      sources: [{ outcome: "unplaced" }],
    });
    expect(sha256(hive)).toBe(before);
  });

  test("an address that another connection has is in conflict", () => {
    const { root, hive } = phonyImage("ipv6-without-record");
    const [name = "", { data }] = Object.entries(nsiIpv6Address(1, "2001:db8:30::40"))[0] ?? [
      "",
      { data: new Uint8Array() },
    ];
    editOnDisk(hive, (edit) => {
      edit.createKey(`ControlSet001\\${NSI}\\10`);
      // The Bluetooth adapter's.
      edit.setValue(`ControlSet001\\${NSI}\\10`, `0000000280000600${name.slice(16)}`, 3, data);
    });
    const { sources, exitCode } = applyImage(applyOptions(root, SAVED_PROFILE), SILENT);
    expect([exitCode, sources[0]?.outcome, sources[0]?.reason]).toEqual([
      24,
      "conflict",
      expect.stringContaining("2001:db8:30::40"),
    ]);
  });
});

/** Commits to hives of many megabytes, on a machine that may be busy. */
const REAL_HIVE_TIMEOUT_MS = 240_000;

describeWithTools("edited copies of real hives", ["hivexregedit"], () => {
  describeWithRealHives("read back by hivex", () => {
    test(
      "Windows 7: the ghost's records become the production adapter's, in both control sets; undone bit for bit",
      () => {
        const hive = copyOfRealHive(WIN7);
        makeDhcp(hive);
        const [ghost, production] = [6, 7];
        const records = {
          "10": { ...nsiIpv6Address(ghost, "2001:db8::123"), ...nsiIpv6Address(ghost, "2001:db8::124") },
          "16": { ...nsiIpv6Route(ghost, "::/0", "fe80::1"), ...nsiIpv6Route(ghost, "2001:db8:5::/48", "2001:db8::9") },
        };
        editOnDisk(
          hive,
          (edit) => {
            for (const set of ["ControlSet001", "ControlSet002"])
              for (const [table, values] of Object.entries(records)) {
                edit.createKey(`${set}\\${NSI}\\${table}`);
                for (const [name, { data }] of Object.entries(values))
                  edit.setValue(`${set}\\${NSI}\\${table}`, name, 3, data);
              }
          },
          "DIRT",
        );
        const before = sha256(hive);
        const applied = applyImage(applyOptions(hive, ORPHANS), SILENT);
        expect(applied.sources).toMatchObject([
          { source: { guid: GHOST }, outcome: "moved", target: { guid: PRODUCTION } },
        ]);
        expect(applied.warnings.map(({ code }) => code)).toEqual(
          expect.arrayContaining(["ipv6-routes-inferred", "ipv6-unticked-on-target"]),
        );
        const expected = [
          nsiIpv6Address(production, "2001:db8::123"),
          nsiIpv6Address(production, "2001:db8::124"),
          nsiIpv6Route(production, "::/0", "fe80::1"),
          nsiIpv6Route(production, "2001:db8:5::/48", "2001:db8::9"),
        ].flatMap((values) => Object.entries(values));
        for (const set of ["ControlSet001", "ControlSet002"]) {
          const found = { ...tableOf(hive, "10", set), ...tableOf(hive, "16", set) };
          expect(found).toEqual(
            Object.fromEntries(expected.map(([name, { data }]) => [name, `3|${Buffer.from(data).toString("hex")}`])),
          );
        }
        expect(applyImage(applyOptions(hive, ORPHANS), SILENT)).toMatchObject({ written: false, steps: [] });
        undoImage(imageOptions(hive), SILENT);
        expect(sha256(hive)).toBe(before);
      },
      REAL_HIVE_TIMEOUT_MS,
    );

    test(
      "Windows 10: from a profile, made like the record that is there, though it is longer than Windows 7's",
      () => {
        const profile = writeFileIn(
          newFolder(),
          "profile.json",
          JSON.stringify({
            pintProfile: 1,
            connections: [
              { name: "LAN", ipv4: { addresses: ["10.0.0.5/24"] }, ipv6: { addresses: ["2001:db8::5/64"] } },
            ],
          }),
        );
        const inventory = writeFileIn(
          newFolder(),
          "inventory.json",
          JSON.stringify({ pintInventory: 1, adapters: [{ mac: { permanent: "00-0C-29-66-1A-A2" } }] }),
        );
        const what = withProfile(profile, inventory);
        const hive = copyOfRealHive("system/win10-21h2-vmware.hiv");
        // Of the kernel debug adapter, longer than Windows 7's.
        const sibling = nsiIpv6Address(0x8000, "2001:db8::99", { size: 60 });
        editOnDisk(hive, (edit) => {
          edit.createKey(`ControlSet001\\${NSI}\\10`);
          for (const [name, { data }] of Object.entries(sibling))
            edit.setValue(`ControlSet001\\${NSI}\\10`, name, 3, data);
        });
        const before = sha256(hive);
        expect(applyImage(applyOptions(hive, what), SILENT)).toMatchObject({
          exitCode: 0,
          sources: [{ outcome: "moved" }],
        });
        const [[former = "", { data }] = ["", { data: new Uint8Array() }]] = Object.entries(sibling);
        expect(tableOf(hive, "10")).toEqual({
          [former]: `3|${Buffer.from(data).toString("hex")}`,
          [`0000000180000600${hexOfIpv6Text("2001:db8::5")}`]: `3|${Buffer.from(data).toString("hex")}`,
        });
        undoImage(imageOptions(hive), SILENT);
        expect(sha256(hive)).toBe(before);
      },
      REAL_HIVE_TIMEOUT_MS,
    );
  });
});
