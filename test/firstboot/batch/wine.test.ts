/** Runs of generated batch files under Wine's cmd. Windows' own cmd, netsh, getmac and service control manager are nowhere in it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { toHex } from "../../../src/bytes/hex.ts";
import { describeUnlessMissing } from "../../support/missing.ts";
import { missingWine } from "../../support/wine.ts";
import { documentOf, FULL, ORPHAN, PLAIN, SECOND } from "./documents.ts";
import { staticIpv6Tests } from "./wine-ipv6.ts";
import {
  at,
  calledPrograms,
  connection,
  DHCP,
  FOURTH,
  MAC,
  MOVED,
  ofOrphan,
  ofOther,
  ofTarget,
  OTHER,
  OTHER_MAC,
  RUN_MS,
  TARGET,
  THIRD,
  transport,
  TWICE,
} from "./wine-samples.ts";
import { CONTROL_SET, INTERFACES, REG_CRASHES, SETUP, type Values, WineWindows } from "./wine-windows.ts";

/** The first line that asks for the registry. */
const FIRST_QUERY = 'call :value "%SERVICE%\\Parameters" Attempts ATTEMPT';

describeUnlessMissing("under Wine's cmd", missingWine, () => {
  let windows: WineWindows;
  beforeAll(() => {
    windows = new WineWindows();
  }, RUN_MS);
  afterAll(() => windows.close());

  test(
    "everything of a source goes to its adapter, its former interface is cleared, and the service is gone",
    () => {
      const file = windows.prepare(documentOf("7", [FULL], { rename: true }), {
        [ofTarget]: DHCP,
        // Nearly the addresses that are moved.
        [ofOther]: { ...at("1"), IPAddress: ["110.3.58.5", "10.3.58.55"] },
        [ofOrphan]: { ...at("10.3.58.5"), Domain: "kept" },
        [`${CONTROL_SET}\\Services\\${TARGET}\\Parameters\\Tcpip`]: { EnableDHCP: 1, DhcpIPAddress: "10.99.0.7" },
        [`${CONTROL_SET}\\Services\\NetBT\\Parameters\\Interfaces`]: {},
        [`${CONTROL_SET}\\Services\\Tcpip6\\Parameters\\Interfaces`]: {},
        [connection(TARGET)]: { Name: "A & B, 100 (x) ^" },
        [connection(ORPHAN)]: { Name: "lan" },
      });
      const run = windows.run(file, [
        [MAC, transport(TARGET)],
        [OTHER_MAC, transport(OTHER)],
      ]);
      expect(run.log).toContain("Source 1: moved, it was given to the adapter");
      expect(run).toMatchObject({
        status: 0,
        result: {
          state: "finished",
          attempt: 1,
          removed: true,
          restart: true,
          sources: [{ number: 1, outcome: "moved", target: TARGET }],
        },
      });
      const name = 'name="A & B, 100 (x) ^"';
      expect(run.calls).toEqual([
        `netsh interface ipv4 set address ${name} source=static address=10.3.58.5 mask=255.255.255.0 gateway=10.3.58.1 gwmetric=0`,
        `netsh interface ipv4 add address ${name} address=10.3.58.6 mask=255.255.255.0`,
        `netsh interface ipv4 add address ${name} address=172.16.0.9 mask=255.240.0.0`,
        `netsh interface ipv4 add address ${name} gateway=10.3.58.254 gwmetric=20`,
        `netsh interface ipv4 set dnsserver ${name} source=static address=10.3.58.2 validate=no`,
        `netsh interface ipv4 add dnsserver ${name} address=10.3.58.3 index=2 validate=no`,
        `netsh interface ipv4 set winsserver ${name} source=static address=10.3.58.7`,
        `netsh interface ipv4 add winsserver ${name} address=10.3.58.8 index=2`,
        'netsh interface ipv4 set interface "A & B, 100 (x) ^" metric=30',
        'netsh interface ipv4 set subinterface "A & B, 100 (x) ^" mtu=1400 store=persistent',
        `netsh interface ipv6 set dnsserver ${name} source=static address=fd00::53 validate=no`,
        `netsh interface set interface ${name} newname="LAN"`,
        'eventcreate /l APPLICATION /t INFORMATION /id 1 /so "PINT first boot" /d "PINT: the network configuration has been moved."',
        "sc delete pint-first-boot",
        "shutdown -r -t 10",
      ]);
      expect(windows.key(ofTarget)).toEqual({
        EnableDHCP: "0x0",
        IPAddress: "10.3.58.5\\010.3.58.6\\0172.16.0.9",
        SubnetMask: "255.255.255.0\\0255.255.255.0\\0255.240.0.0",
        DefaultGateway: "10.3.58.1\\010.3.58.254",
        DefaultGatewayMetric: "0\\020",
        NameServer: "10.3.58.2,10.3.58.3",
        Domain: "example.org",
        InterfaceMetric: "0x1e",
        MTU: "0x578",
        TcpAckFrequency: "0x1",
        Odd: "00FF25",
      });
      expect(windows.key(`${CONTROL_SET}\\Services\\${TARGET}\\Parameters\\Tcpip`)).toMatchObject({
        EnableDHCP: "0x0",
      });
      expect(windows.key(`${CONTROL_SET}\\Services\\NetBT\\Parameters\\Interfaces\\Tcpip_${TARGET}`)).toEqual({
        NameServerList: "10.3.58.7\\010.3.58.8",
        NetbiosOptions: "0x2",
      });
      expect(windows.key(`${CONTROL_SET}\\Services\\Tcpip6\\Parameters\\Interfaces\\${TARGET}`)).toEqual({
        NameServer: "fd00::53",
      });
      expect(windows.key(ofOrphan)).toEqual({ EnableDHCP: "0x1", NameServer: "", Domain: "kept" });
      expect(windows.key(connection(TARGET))).toEqual({ Name: "LAN" });
      expect(windows.key(connection(ORPHAN))).toEqual({ Name: "LAN (former)" });
      expect(windows.hasService()).toBe(false);
      expect(windows.hasBatchFile()).toBe(false);
    },
    RUN_MS,
  );

  test(
    "one adapter of two: its source is moved at once, the other waits for the starts that it has, and nothing else is touched",
    () => {
      const file = windows.prepare(documentOf("8.1", [PLAIN, SECOND], { attempts: 2 }), {
        [ofTarget]: DHCP,
        [ofOther]: { EnableDHCP: 1 },
        [connection(TARGET)]: { Name: "Ethernet" },
      });
      const first = windows.run(file, [
        [MAC, transport(TARGET)],
        ["00-00-5E-00-53-01", transport(OTHER)],
      ]);
      expect(first).toMatchObject({
        status: 27,
        result: {
          state: "waiting",
          attempt: 1,
          removed: false,
          restart: true,
          sources: [
            { outcome: "moved" },
            { number: 4, outcome: "pending", reason: expect.stringContaining("MAC address") },
          ],
        },
      });
      expect(calledPrograms(first)).toContain("ping");
      expect(windows.hasService()).toBe(true);
      expect(windows.hasBatchFile()).toBe(true);
      const second = windows.run(file, [["00-00-5E-00-53-01", transport(OTHER)]]);
      expect(second).toMatchObject({
        status: 25,
        result: {
          state: "gave-up",
          attempt: 2,
          removed: true,
          restart: false,
          sources: [{ outcome: "moved" }, { outcome: "pending" }],
        },
      });
      expect(calledPrograms(second)).not.toContain("netsh");
      expect(calledPrograms(second)).not.toContain("shutdown");
      expect(windows.key(ofTarget)).toMatchObject(MOVED);
      expect(windows.key(ofOther)).toEqual({ EnableDHCP: "0x1" });
      expect(windows.hasService()).toBe(false);
    },
    RUN_MS,
  );

  test(
    "a connection that is static, one whose address another has, and two with one MAC address are left as they are",
    () => {
      const document = documentOf("xp", [
        PLAIN,
        SECOND,
        { connection: { number: 7, ipv4: { addresses: ["10.5.0.5/16"] } }, adapter: { mac: { current: TWICE } } },
      ]);
      const keys = {
        [ofTarget]: at("10.9.9.9"),
        [ofOther]: { EnableDHCP: 1 },
        [`${INTERFACES}\\${THIRD}`]: { EnableDHCP: 0, IPAddress: ["10.4.0.4", "10.4.0.5"] },
        [`${INTERFACES}\\${FOURTH}`]: { EnableDHCP: 1 },
      };
      const run = windows.run(windows.prepare(document, keys), [
        [MAC, transport(TARGET)],
        [OTHER_MAC, transport(OTHER)],
        [TWICE, transport(THIRD)],
        [TWICE, transport(FOURTH)],
      ]);
      expect(run).toMatchObject({
        status: 27,
        result: {
          restart: false,
          sources: [
            { outcome: "unplaced", reason: expect.stringContaining("not DHCP") },
            { outcome: "conflict", reason: `10.4.0.5 is on the connection ${THIRD}` },
            { outcome: "pending", reason: expect.stringContaining("more than one") },
          ],
        },
      });
      expect(calledPrograms(run)).not.toContain("netsh");
      for (const [key, values] of Object.entries(keys)) {
        const shownValues = Object.entries<Values[string]>(values).map(([name, value]) => [name, shown(value)]);
        expect(windows.key(key)).toEqual(Object.fromEntries(shownValues));
      }
    },
    RUN_MS,
  );

  describe("an adapter without link, for which getmac has words in place of a GUID, is found", () => {
    const NSI = `${CONTROL_SET}\\Control\\Nsi\\{EB004A11-9B1A-11D4-9123-0050047759BC}\\10`;
    const SETUP = `${CONTROL_SET}\\Control\\NetworkSetup2\\Interfaces\\${TARGET}\\Kernel`;

    test.each([
      ["8.1", { [NSI]: { "0000000700000600": { type: "REG_BINARY", data: { hex: nsiRecord() } } } }],
      [
        "10",
        { [SETUP]: { PermanentAddress: { type: "REG_BINARY", data: { hex: MAC.replaceAll("-", "") } }, IfAlias: "x" } },
      ],
    ] as const)(
      "in what Windows %s keeps",
      (family, keys) => {
        const file = windows.prepare(documentOf(family, [PLAIN]), { ...keys, [ofTarget]: { EnableDHCP: 1 } });
        const run = windows.run(file, [[MAC, "Media disconnected"]]);
        expect(run).toMatchObject({ status: 0, result: { sources: [{ outcome: "moved", target: TARGET }] } });
      },
      RUN_MS,
    );
  });

  describe("what a person has set meanwhile stays", () => {
    const byHand = '%REG% add "%INTERFACES%\\%GUID%" /v IPAddress /t REG_MULTI_SZ /d 10.9.9.9 /f >nul';

    test.each([
      ["after a cut", `${byHand}\r\nexit 99\r\ncall :verify`],
      ["after the registry refused something", `${byHand}\r\ncall :verify`],
    ])(
      "%s",
      (_when, lines) => {
        const file = windows.prepare(documentOf("xp", [PLAIN]), { [ofTarget]: DHCP });
        const adapters = [[MAC, transport(TARGET)]] as const;
        windows.run(file, adapters, (text) => text.replace("\r\ncall :verify\r\n", `\r\n${lines}\r\n`));
        expect(windows.run(file, adapters)).toMatchObject({
          status: 27,
          result: { sources: [{ outcome: "unplaced", reason: expect.stringContaining("configured already") }] },
        });
        expect(windows.key(ofTarget)).toMatchObject({ EnableDHCP: "0x0", IPAddress: "10.9.9.9" });
      },
      RUN_MS,
    );
  });

  test(
    "without its settings it ends at once: result, event, and the service is gone",
    () => {
      const file = windows.prepare(documentOf("xp", [PLAIN]), { [ofTarget]: DHCP });
      const run = windows.run(file, [[MAC, transport(TARGET)]], (text) =>
        text.replace(/Batch\\[0-9a-f]{32}"/, 'Batch\\none"'),
      );
      expect(run).toMatchObject({
        status: 1,
        result: { state: "failed", attempt: 1, removed: true, sources: [{ outcome: "pending" }] },
      });
      expect(run.calls).toContainEqual(expect.stringMatching(/^eventcreate .*WARNING \/id 4 .*settings are not there/));
      expect(windows.hasService()).toBe(false);
    },
    RUN_MS,
  );

  test.each([
    ["at once", FIRST_QUERY, "nothing was done at this start: the registry cannot be read"],
    [
      "before the computer's name",
      'call :value "HKLM\\SYSTEM\\CurrentControlSet\\Control\\ComputerName',
      "cannot be read",
    ],
    ["before the copying", "call :copy Tcpip ", "it cannot be read what the registry took"],
  ])(
    "while reg crashes, %s, nothing is told to be moved, gone or for another computer; the next start does it",
    (_when, line, reason) => {
      const file = windows.prepare(documentOf("7", [PLAIN]), { [ofTarget]: DHCP });
      const adapters = [[MAC, transport(TARGET)]] as const;
      const crashed = windows.run(file, adapters, (text) => text.replace(line, `${REG_CRASHES}\r\n${line}`));
      expect(crashed).toMatchObject({
        status: 27,
        result: {
          state: "waiting",
          removed: false,
          restart: false,
          sources: [{ outcome: "pending", reason: expect.stringContaining(reason) }],
        },
      });
      expect(windows.hasService()).toBe(true);
      expect(windows.hasBatchFile()).toBe(true);
      expect(windows.key(ofTarget)).toMatchObject({ EnableDHCP: "0x1" });
      expect(windows.run(file, adapters)).toMatchObject({ status: 0, result: { state: "finished", removed: true } });
      expect(windows.key(ofTarget)).toMatchObject(MOVED);
    },
    RUN_MS,
  );

  describe("with the MAC address kept, the interface that had it before", () => {
    const NSI = `${CONTROL_SET}\\Control\\Nsi\\{EB004A11-9B1A-11D4-9123-0050047759BC}\\10`;
    const record = (guid: string) => ({ type: "REG_BINARY" as const, data: { hex: nsiRecord(guid) } });
    const both = { "0000000600000600": record(ORPHAN), "0000000700000600": record(TARGET) };

    test.each([
      ["static", at("10.3.58.5"), []],
      ["by DHCP", { EnableDHCP: 1 }, []],
      ["by DHCP, which getmac names", { EnableDHCP: 1 }, [[MAC, transport(ORPHAN)]]],
    ] as const)(
      "is not taken for the new one, which has not appeared: %s",
      (_what, former, adapters) => {
        const keys = { [ofOrphan]: former, [NSI]: { "0000000600000600": record(ORPHAN) } };
        const run = windows.run(windows.prepare(documentOf("8.1", [PLAIN]), keys), adapters);
        expect(run).toMatchObject({
          status: 27,
          result: { sources: [{ outcome: "pending", reason: expect.stringContaining("has appeared") }] },
        });
        expect(calledPrograms(run)).not.toContain("netsh");
        expect(windows.key(ofOrphan)).toMatchObject({ EnableDHCP: `0x${former.EnableDHCP}` });
      },
      RUN_MS,
    );

    test.each([
      ["with", transport(TARGET)],
      ["without", "Media disconnected"],
    ])(
      "is not taken for the new one, which has appeared %s link",
      (_with, said) => {
        const keys = { [ofOrphan]: at("10.3.58.5"), [ofTarget]: { EnableDHCP: 1 }, [NSI]: both };
        const run = windows.run(windows.prepare(documentOf("8.1", [PLAIN]), keys), [[MAC, said]]);
        expect(run).toMatchObject({ status: 0, result: { sources: [{ outcome: "moved", target: TARGET }] } });
        expect(windows.key(ofOrphan)).toMatchObject({ EnableDHCP: "0x1" });
      },
      RUN_MS,
    );
  });

  describe("static IPv6", () => staticIpv6Tests(() => windows));

  test(
    "while Setup is at work it waits, whatever the computer is called, and on another computer it ends at once",
    () => {
      const file = windows.prepare(documentOf("8.1", [PLAIN], { computerName: 'SRV & "2' }), {
        [ofTarget]: DHCP,
        [SETUP]: { SetupType: 2 },
      });
      const adapters = [[MAC, transport(TARGET)]] as const;
      const during = windows.run(file, adapters);
      expect(during).toMatchObject({
        status: 27,
        result: {
          state: "waiting",
          restart: false,
          sources: [{ outcome: "pending", reason: expect.stringContaining("Setup is still at work") }],
        },
      });
      expect(calledPrograms(during)).toContain("ping");
      windows.write({ [SETUP]: { SetupType: 0 } });
      const after = windows.run(file, adapters);
      expect(after).toMatchObject({
        status: 26,
        result: {
          state: "gave-up",
          removed: true,
          restart: false,
          sources: [{ outcome: "pending", reason: "it is for another computer than this one" }],
        },
      });
      expect(after.log).toContain('It is for the computer SRV & "2, and this one is srv1.');
      expect(calledPrograms(after)).toEqual(["eventcreate", "sc"]);
      expect(windows.key(ofTarget)).toMatchObject({ EnableDHCP: "0x1" });
      expect(windows.hasService()).toBe(false);
    },
    RUN_MS,
  );

  describe("the power is cut", () => {
    // The line before which it is cut, and what is true then.
    test.each([
      // Half written: the connection is static already, and known as the one that was begun with.
      "call :verify",
      // Moved, told, and not removed yet.
      "call :remove",
    ])(
      "before %s: the next start finishes the move",
      (line) => {
        const file = windows.prepare(documentOf("xp", [PLAIN]), { [ofTarget]: DHCP, [ofOrphan]: at("10.3.58.5") });
        const adapters = [[MAC, transport(TARGET)]] as const;
        const cut = windows.run(file, adapters, (text) =>
          text.replace(`\r\n${line}\r\n`, `\r\nexit 99\r\n${line}\r\n`),
        );
        expect(cut.status).toBe(99);
        expect(windows.key(ofTarget)).toMatchObject(MOVED);
        const asXpShowsLists = (text: string) =>
          text.replace('call :trim HELD "%HELD%"', 'call :trim HELD "%HELD%\\0\\0"');
        expect(windows.run(file, adapters, asXpShowsLists)).toMatchObject({
          status: 0,
          result: { state: "finished", attempt: 2, sources: [{ outcome: "moved", target: TARGET }] },
        });
        expect(windows.key(ofTarget)).toMatchObject(MOVED);
        expect(windows.key(ofOrphan)).toMatchObject({ EnableDHCP: "0x1", IPAddress: "0.0.0.0" });
        expect(windows.hasService()).toBe(false);
      },
      RUN_MS,
    );
  });
});

/** As `reg query` shows it. */
function shown(value: Values[string]): unknown {
  if (typeof value === "number") return `0x${value.toString(16)}`;
  return Array.isArray(value) ? value.join("\\0") : value;
}

/** A record of NSI's table of interfaces: the GUID at byte 1040, the MAC address at 1090. */
function nsiRecord(guid = TARGET): string {
  const record = new Uint8Array(2312);
  record.set(guidBytes(guid), 1040);
  record.set([6, 0, ...MAC.split("-").map((digits) => Number.parseInt(digits, 16))], 1088);
  return toHex(record);
}

/** As Windows keeps a GUID: the first three parts the other way round. */
function guidBytes(guid: string): Uint8Array {
  const parts = guid.slice(1, -1).split("-");
  return Buffer.concat(
    parts.map((part, index) => (index < 3 ? Buffer.from(part, "hex").reverse() : Buffer.from(part, "hex"))),
  );
}
