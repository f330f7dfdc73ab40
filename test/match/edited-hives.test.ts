/** Real hives, edited as Windows or a person would have changed them: what the verdicts, kinds and addresses are then. */
import { expect, test } from "vitest";
import { matchAdapters } from "../../src/match/match-adapters.ts";
import type { Match, MatchedConnection } from "../../src/match/model.ts";
import { NET_CLASS_KEY } from "../../src/windows/registry-paths.ts";
import { readWindows } from "../../src/windows/read-windows.ts";
import { editHive, type Hive, type HiveEdit } from "../../src/regf/index.ts";
import { binary, dword, type FakeValue, multiSz, qword, sz } from "../support/fake-key.ts";
import { describeWithRealHives } from "../support/real-hives.ts";
import { openReal } from "../windows/open-real.ts";

const PRODUCTION = "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}";
const GHOST = "{6AAFC9A9-0542-4DB2-8760-CCFFA953737C}";
const GHOST_DEVICE = "PCI\\VEN_8086&DEV_100F&SUBSYS_075015AD&REV_01\\4&b70f118&0&0888";
const NIC = "{C43669B3-AB3E-4D0E-8FDE-69579925A20F}";
const NIC_DEVICE = "PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00\\000C29FFFF661AA200";
const ARRIVAL = "Properties\\{83da6326-97a6-4088-9453-a1923f573b29}\\0066";
const REMOVAL = ARRIVAL.replace("0066", "0067");
const HOUR = 36_000_000_000n;

function edited(hive: Hive, change: (edit: HiveEdit) => void, now?: bigint): Match {
  change(editHive(hive, now === undefined ? {} : { now }));
  return matchAdapters(readWindows(hive.root));
}

function byGuid(match: Match, guid: string): MatchedConnection {
  const found = match.connections.find(({ connection }) => connection.guid === guid);
  if (found === undefined) throw new Error(`no connection ${guid}`);
  return found;
}

function set(edit: HiveEdit, key: string, name: string, { type, data }: FakeValue): void {
  edit.setValue(`ControlSet001\\${key}`, name, type, data);
}

const time = (value: bigint): FakeValue => qword(value, 0xffff_0010);
const verdictOf = (match: Match, guid: string) => byGuid(match, guid).presence;

describeWithRealHives("7 SP1 on ESX", () => {
  const lanClass = "{ad498944-762f-11d0-8dcb-00c04fc3358c}";
  const interfaceKey = `Control\\DeviceClasses\\${lanClass}\\##?#${GHOST_DEVICE.replaceAll("\\", "#")}#${lanClass}`;
  const lastBoot = (hive: Hive): bigint => {
    const evidence = readWindows(hive.root).connections[0]?.evidence;
    return evidence?.lastBoot?.time ?? 0n;
  };

  test("as it stands 0888 is an orphan; started with the boot it would be there", () => {
    expect(verdictOf(matchAdapters(readWindows(openReal("win7-sp1-x86-esx").root)), GHOST).verdict).toBe("orphan");
    const hive = openReal("win7-sp1-x86-esx");
    const started = edited(hive, (edit) => set(edit, interfaceKey, "Touched", dword(1)), lastBoot(hive) + 50_000_000n);
    expect(verdictOf(started, GHOST)).toMatchObject({
      verdict: "present",
      reason: expect.stringMatching(/started in the last boot/),
    });
    expect(verdictOf(started, PRODUCTION).verdict).toBe("present");
  });

  test("started a day later than the boot: unknown", () => {
    const hive = openReal("win7-sp1-x86-esx");
    const later = edited(hive, (edit) => set(edit, interfaceKey, "Touched", dword(1)), lastBoot(hive) + 24n * HOUR);
    expect(verdictOf(later, GHOST).verdict).toBe("unknown");
  });

  test("disabled it would not have started: unknown; without the key that its start touches: unknown too", () => {
    const disabled = edited(openReal("win7-sp1-x86-esx"), (edit) =>
      set(edit, `Enum\\${GHOST_DEVICE}`, "ConfigFlags", dword(1)),
    );
    expect(verdictOf(disabled, GHOST)).toMatchObject({ verdict: "unknown", reason: expect.stringMatching(/disabled/) });
    const netClass = "{cac88484-7515-4c03-82e6-71a87abac361}";
    const silent = edited(openReal("win7-sp1-x86-esx"), (edit) => {
      edit.deleteKey(`ControlSet001\\${interfaceKey}`);
      edit.deleteKey(`ControlSet001\\${interfaceKey.replaceAll(lanClass, netClass)}`);
    });
    expect(verdictOf(silent, GHOST)).toMatchObject({
      verdict: "unknown",
      reason: expect.stringMatching(/does not say when/),
    });
  });

  test("with the address of the other adapter, and both there: told; which one was believed is named", () => {
    const hive = openReal("win7-sp1-x86-esx");
    const table = "Control\\Nsi\\{eb004a11-9b1a-11d4-9123-0050047759bc}\\10";
    const record = hive.root.open(`ControlSet001\\${table}`)?.value("0000000600000600")?.data ?? new Uint8Array();
    const data = Uint8Array.from(record);
    for (const offset of [1090, 1124]) data.set([0x00, 0x50, 0x56, 0xa5, 0x12, 0x69], offset);
    const match = edited(
      hive,
      (edit) => {
        set(edit, table, "0000000600000600", { type: 3, data });
        set(edit, interfaceKey, "Touched", dword(1));
      },
      lastBoot(hive) + 50_000_000n,
    );
    const codes = match.warnings.map(({ code }) => code);
    expect(codes).toEqual(["mac-disagreement", "duplicate-mac"]);
    expect(match.warnings[0]?.message).toMatch(
      /00-50-56-A5-12-69 by the NSI table, but 00-0C-29 by the identifier that DHCPv6/,
    );
  });
});

describeWithRealHives("10 21H2 on VMware", () => {
  const hiveName = "win10-21h2-vmware";
  const arrivalOf = (hive: Hive): bigint =>
    byGuid(matchAdapters(readWindows(hive.root)), NIC).connection.evidence.lastArrival ?? 0n;

  test("not there in the last boot, removed since, or without a date", () => {
    const hive = openReal(hiveName);
    const arrival = arrivalOf(hive);
    const device = `Enum\\${NIC_DEVICE}`;
    const gone = edited(hive, (edit) => set(edit, `${device}\\${ARRIVAL}`, "", time(arrival - HOUR)));
    expect(verdictOf(gone, NIC)).toMatchObject({
      verdict: "orphan",
      reason: expect.stringMatching(/not in the last boot/),
    });
    const removed = edited(openReal(hiveName), (edit) => {
      edit.createKey(`ControlSet001\\${device}\\${REMOVAL}`);
      set(edit, `${device}\\${REMOVAL}`, "", time(arrival + HOUR));
    });
    expect(verdictOf(removed, NIC)).toMatchObject({ verdict: "orphan", reason: expect.stringMatching(/was removed/) });
    const dateless = edited(openReal(hiveName), (edit) => edit.deleteKey(`ControlSet001\\${device}\\${ARRIVAL}`));
    expect(verdictOf(dateless, NIC)).toMatchObject({ verdict: "unknown", reason: expect.stringMatching(/0066/) });
  });

  test("without the HAL's date the PCI root's counts, and says so; without that too nothing is known", () => {
    const roots = ["ACPI\\PNP0A03", "ACPI\\PNP0A08"];
    const hive = openReal(hiveName);
    const without = (names: readonly string[]) =>
      edited(hive, (edit) => {
        for (const name of names) {
          for (const instance of hive.root.open(`ControlSet001\\Enum\\${name}`)?.subkeys() ?? []) {
            const key = `${instance.path}\\${ARRIVAL}`;
            if (hive.root.open(key) !== undefined) edit.deleteKey(key);
          }
        }
      });
    expect(verdictOf(without(["ACPI_HAL\\PNP0C08"]), NIC)).toMatchObject({
      verdict: "present",
      reason: expect.stringMatching(/the last arrival of ACPI\\PNP0A0[38]/),
    });
    expect(verdictOf(without(roots), NIC)).toMatchObject({
      verdict: "unknown",
      reason: expect.stringMatching(/does not say when the last boot was/),
    });
  });

  test("what NetworkSetup2 says is believed before the serial number, and that they disagree is told", () => {
    const match = edited(openReal(hiveName), (edit) =>
      set(
        edit,
        `Control\\NetworkSetup2\\Interfaces\\${NIC}\\Kernel`,
        "PermanentAddress",
        binary(0, 0x0c, 0x29, 1, 2, 3),
      ),
    );
    expect(byGuid(match, NIC).connection.mac).toMatchObject({
      permanent: "00-0C-29-01-02-03",
      source: "NetworkSetup2",
      disagreements: [{ source: "serial-number", address: "00-0C-29-66-1A-A2" }],
    });
    expect(match.warnings.map(({ code }) => code)).toEqual(["mac-disagreement"]);
  });

  test("an address that was set by hand is the current one", () => {
    const { classKey } = byGuid(matchAdapters(readWindows(openReal(hiveName).root)), NIC).connection.adapter ?? {};
    const match = edited(openReal(hiveName), (edit) =>
      set(edit, `${NET_CLASS_KEY}\\${classKey}`, "NetworkAddress", sz("02-00-00-00-00-07")),
    );
    expect(byGuid(match, NIC).connection.mac).toMatchObject({
      permanent: "00-0C-29-66-1A-A2",
      current: "02-00-00-00-00-07",
    });
    expect(match.warnings).toEqual([]);
  });

  test("a driver that the boot loader starts", () => {
    expect(byGuid(matchAdapters(readWindows(openReal(hiveName).root)), NIC).connection.adapter?.startsAtBoot).toBe(
      false,
    );
    const match = edited(openReal(hiveName), (edit) => set(edit, "Services\\e1i65x64", "Start", dword(0)));
    expect(byGuid(match, NIC).connection.adapter?.startsAtBoot).toBe(true);
  });

  /** The team's own keys are *inferred*; the protocol's component and service are this hive's own. */
  test("a team of its one adapter is there with it, and gone with it", () => {
    const TEAM = "{00000001-0000-4000-8000-000000000001}";
    const hive = openReal(hiveName);
    const arrival = arrivalOf(hive);
    const nicClass = byGuid(matchAdapters(readWindows(hive.root)), NIC).connection.adapter?.classKey;
    const teamUp = (edit: HiveEdit): void => {
      const classKey = `${NET_CLASS_KEY}\\0900`;
      const device = "Enum\\COMPOSITEBUS\\MS_IMPLAT_MP\\{1}";
      const tcpip = `Services\\Tcpip\\Parameters\\Interfaces\\${TEAM}`;
      for (const key of [classKey, `${classKey}\\Linkage`, device, tcpip]) edit.createKey(`ControlSet001\\${key}`);
      set(edit, classKey, "NetCfgInstanceId", sz(TEAM));
      set(edit, classKey, "ComponentId", sz("COMPOSITEBUS\\MS_IMPLAT_MP"));
      set(edit, classKey, "Characteristics", dword(1));
      set(edit, `${classKey}\\Linkage`, "UpperBind", multiSz("Tcpip"));
      set(edit, device, "Driver", sz("{4d36e972-e325-11ce-bfc1-08002be10318}\\0900"));
      set(edit, tcpip, "EnableDHCP", dword(0));
      set(edit, `${NET_CLASS_KEY}\\${nicClass}\\Linkage`, "UpperBind", multiSz("NdisImPlatform"));
    };
    const there = edited(hive, teamUp);
    expect(byGuid(there, NIC).connection.adapter).toMatchObject({ memberOf: "team", boundToTcpip: false });
    expect(byGuid(there, TEAM).connection.adapter).toMatchObject({
      kind: "team",
      physical: false,
      foundation: { members: [NIC], attributed: true },
    });
    expect(verdictOf(there, TEAM)).toMatchObject({
      verdict: "present",
      reason: expect.stringMatching(/^its team is here: "Ethernet0"/),
    });
    const gone = edited(hive, (edit) => set(edit, `Enum\\${NIC_DEVICE}\\${ARRIVAL}`, "", time(arrival - HOUR)));
    expect(verdictOf(gone, TEAM)).toMatchObject({
      verdict: "orphan",
      reason: expect.stringMatching(/^all members of its team are gone/),
    });
  });
});
