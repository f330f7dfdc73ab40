/** Static IPv6 from one interface to another: NSI's records renamed, made like others, or told to be missing. */
import { describe, expect, test } from "vitest";
import type { RegistryData } from "../../../src/notation/registry-data.ts";
import type { ConnectionSettings } from "../../../src/windows/model/settings.ts";
import { readWindows } from "../../../src/windows/read-windows.ts";
import { registryBytes } from "../../../src/windows/registry-data.ts";
import { NO_IPV6 } from "../../../src/windows/settings/ipv6.ts";
import { NetworkWriter } from "../../../src/windows/write/network-writer.ts";
import { dword, sz } from "../../support/fake-key.ts";
import { staticSettings } from "../../support/models.ts";
import {
  hexOfIpv6Text,
  luidOf,
  NSI_IPV6,
  nsiIpv6Address,
  nsiIpv6Route,
  type PhonySpec,
  staticValues,
} from "../../support/phony-registry.ts";
import { type Bench, bench, tcpip6Of } from "./bench.ts";

const ADDRESSES = `${NSI_IPV6}\\10`;
const ROUTES = `${NSI_IPV6}\\16`;

function spec(more: PhonySpec["more"], controlSets: readonly number[] = [1]): PhonySpec {
  const adapters = [{ number: 7, present: false, tcpip: staticValues("10", "10.0.0.5") }, { number: 6 }];
  return { family: "10", adapters, controlSets, ...(more !== undefined && { more }) };
}

const FULL_IPV6 = {
  [ADDRESSES]: {
    ...nsiIpv6Address(7, "2001:db8::5"),
    ...nsiIpv6Address(7, "2001:db8:0:1::5", { prefixLength: 48, origins: [1, 1], size: 64 }),
    ...nsiIpv6Address(9, "2001:db8::9"),
  },
  [ROUTES]: {
    ...nsiIpv6Route(7, "::/0", "fe80::1"),
    ...nsiIpv6Route(7, "2001:db8:1::/48", "2001:db8::2", 30),
    ...nsiIpv6Route(9, "::/0", "fe80::9"),
  },
};

function settingsOf({ windows }: Bench, number: number): ConnectionSettings {
  const found = windows.connections.find(({ luid }) => luid === luidOf(number));
  if (found === undefined) throw new Error(`no connection ${number}`);
  return found.settings;
}

function bytesOf(value: RegistryData | undefined): number[] {
  return value === undefined ? [] : [...registryBytes(value).data];
}

function move(stage: Bench, settings = settingsOf(stage, 7)): string[] {
  const { registry, writer, connection } = stage;
  const warnings = writer.configure(connection(6), settings, connection(7));
  warnings.push(...writer.clear(connection(7), settings));
  registry.apply(writer.changes());
  return warnings.map(({ code }) => code);
}

describe("from an orphan of the image", () => {
  test("each record has the target's LUID, and its data as they stood, unknown bytes included", () => {
    const stage = bench(spec(FULL_IPV6));
    const { registry } = stage;
    const before = new Map(registry.names(ADDRESSES).map((name) => [name, registry.value(ADDRESSES, name)]));
    const { ipv6 } = settingsOf(stage, 7);
    expect(move(stage)).toEqual(["ipv6-routes-inferred"]);
    const own = (address: string, number = 6): string => `${luidOf(number)}${hexOfIpv6Text(address)}`;
    expect(registry.names(ADDRESSES)).toEqual(
      [own("2001:db8::5"), own("2001:db8:0:1::5"), own("2001:db8::9", 9)].toSorted(),
    );
    for (const address of ["2001:db8::5", "2001:db8:0:1::5"])
      expect(registry.value(ADDRESSES, own(address))).toEqual(before.get(own(address, 7)));
    expect(registry.names(ROUTES)).toEqual(
      Object.keys({
        ...nsiIpv6Route(6, "::/0", "fe80::1"),
        ...nsiIpv6Route(6, "2001:db8:1::/48", "2001:db8::2", 30),
        ...nsiIpv6Route(9, "::/0", "fe80::9"),
      }).toSorted(),
    );
    const after = readWindows(registry.root()).connections;
    expect(after.find(({ luid }) => luid === luidOf(6))?.settings.ipv6).toEqual(ipv6);
    expect(after.find(({ luid }) => luid === luidOf(7))?.settings.ipv6).toEqual(NO_IPV6);
  });

  test("the same again changes nothing", () => {
    const stage = bench(spec(FULL_IPV6));
    const settings = settingsOf(stage, 7);
    move(stage, settings);
    const root = stage.registry.root();
    const again = new NetworkWriter(root, readWindows(root));
    again.configure(stage.connection(6), settings, stage.connection(7));
    again.clear(stage.connection(7), settings);
    expect(again.changes()).toEqual([]);
  });

  test("what Windows made itself stays where it is, on either side", () => {
    const automatic = {
      ...nsiIpv6Address(7, "2001:db8::aa", { origins: [4, 4] }),
      ...nsiIpv6Address(6, "2001:db8::bb", { origins: [4, 5] }),
    };
    const stage = bench(spec({ [ADDRESSES]: { ...nsiIpv6Address(7, "2001:db8::5"), ...automatic } }));
    move(stage);
    expect(stage.registry.names(ADDRESSES)).toEqual(
      Object.keys({ ...nsiIpv6Address(6, "2001:db8::5"), ...automatic }).toSorted(),
    );
  });

  test("static records that the target has beside its settings go; the same address with another prefix length is replaced", () => {
    const stage = bench(
      spec({
        [ADDRESSES]: {
          ...nsiIpv6Address(7, "2001:db8::5"),
          ...nsiIpv6Address(6, "2001:db8::66"),
          ...nsiIpv6Address(6, "2001:db8::5", { prefixLength: 128 }),
        },
        [ROUTES]: nsiIpv6Route(6, "2001:db8:6::/48", "fe80::6"),
      }),
    );
    move(stage);
    expect(stage.registry.names(ADDRESSES)).toEqual(Object.keys(nsiIpv6Address(6, "2001:db8::5")));
    expect(stage.registry.names(ROUTES)).toEqual([]);
    expect(
      readWindows(stage.registry.root()).connections.find(({ luid }) => luid === luidOf(6))?.settings.ipv6.addresses,
    ).toEqual([{ address: "2001:db8::5", prefixLength: 64 }]);
  });

  test("every written control set; one that has no such records is told", () => {
    const second = (path: string): string => path.replace("ControlSet001", "ControlSet002");
    const both = { ...FULL_IPV6, [second(ADDRESSES)]: FULL_IPV6[ADDRESSES] ?? {} };
    const stage = bench({ ...spec(both, [1, 2]), family: "7" });
    expect(stage.windows.controlSets.written).toEqual([1, 2]);
    expect(move(stage)).toEqual(["ipv6-routes-inferred", "control-set-lacks-ipv6"]);
    expect(stage.registry.names(second(ADDRESSES))).toEqual(stage.registry.names(ADDRESSES));
    expect(stage.registry.names(second(ROUTES))).toEqual([]);
  });

  test.each([6, 7])("a control set in which nothing tells the LUID of %i, target or source, is told", (number) => {
    const second = (path: string): string => path.replace("ControlSet001", "ControlSet002");
    const classKey = `ControlSet002\\Control\\Class\\{4d36e972-e325-11ce-bfc1-08002be10318}\\000${number}`;
    const records = nsiIpv6Address(7, "2001:db8::5");
    const both = { [ADDRESSES]: records, [second(ADDRESSES)]: records, [classKey]: { NetCfgInstanceId: sz("") } };
    const stage = bench(spec(both, [1, 2]));
    expect(move(stage)).toEqual(["control-set-lacks-luid"]);
    expect(stage.registry.names(ADDRESSES)).toEqual(Object.keys(nsiIpv6Address(6, "2001:db8::5")));
    expect(stage.registry.names(second(ADDRESSES))).toEqual(
      number === 6 ? [] : Object.keys({ ...records, ...nsiIpv6Address(6, "2001:db8::5") }).toSorted(),
    );
  });

  test("an orphan whose routes went nowhere keeps those that are no default route", () => {
    const { registry, writer, connection } = bench(spec(FULL_IPV6));
    writer.clear(connection(7));
    registry.apply(writer.changes());
    expect(registry.names(ADDRESSES)).toEqual(Object.keys(nsiIpv6Address(9, "2001:db8::9")));
    expect(registry.names(ROUTES)).toEqual(
      Object.keys({
        ...nsiIpv6Route(7, "2001:db8:1::/48", "2001:db8::2", 30),
        ...nsiIpv6Route(9, "::/0", "fe80::9"),
      }).toSorted(),
    );
  });
});

test.each([
  ["once where both say the same", 0xffffffff, 0],
  ["as the first says it where the other has another metric, which is told, and stays", 30, 1],
] as const)("a route that two records have moves %s", (_, metric, left) => {
  const first = nsiIpv6Route(7, "2001:db8:1::/48", "2001:db8::2");
  // The same route, with another room behind the prefix length, of which nothing is known.
  const second = Object.fromEntries(
    Object.entries(nsiIpv6Route(7, "2001:db8:1::/48", "2001:db8::2", metric)).map(([name, value]) => [
      `${name.slice(0, 42)}00ff01${name.slice(48)}`,
      value,
    ]),
  );
  const stage = bench(spec({ [ADDRESSES]: nsiIpv6Address(7, "2001:db8::5"), [ROUTES]: { ...first, ...second } }));
  const { ipv6, unreadable } = settingsOf(stage, 7);
  expect(ipv6.routes).toEqual([{ prefix: "2001:db8:1::", prefixLength: 48, nextHop: "2001:db8::2", metric: 0 }]);
  expect(unreadable?.map(({ reason }) => reason)).toEqual(
    Array.from({ length: left }, () => expect.stringContaining("with the metric 30, and another record with 0")),
  );
  move(stage);
  expect(stage.registry.names(ROUTES)).toEqual(
    [
      ...Object.keys(nsiIpv6Route(6, "2001:db8:1::/48", "2001:db8::2")),
      ...(left === 0 ? [] : Object.keys(second)),
    ].toSorted(),
  );
});

test("a record that names the interface in a form that is not known is told, and stays", () => {
  const [[name = "", value] = ["", { type: 3, data: new Uint8Array() }]] = Object.entries(
    nsiIpv6Route(7, "::/0", "fe80::1"),
  );
  const stage = bench(spec({ [ROUTES]: { [`${name}00000000`]: value }, [ADDRESSES]: { [`${luidOf(7)}01`]: value } }));
  expect(settingsOf(stage, 7).unreadable?.map(({ name: told, reason }) => `${told} ${reason}`)).toEqual([
    `NSI record ${luidOf(7)}01 has a name of a form that is not known`,
    `NSI record ${name}00000000 has a name of a form that is not known`,
  ]);
  expect(settingsOf(stage, 6).unreadable).toEqual([]);
  move(stage);
  expect(stage.registry.names(ROUTES)).toEqual([`${name}00000000`]);
});

describe("from a profile", () => {
  const wanted = {
    ...staticSettings("10.0.0.5"),
    ipv6: {
      ...NO_IPV6,
      addresses: [{ address: "2001:db8::77", prefixLength: 48 }],
      gateways: [{ address: "fe80::1", metric: 0 }],
    },
  };
  const written = (more: PhonySpec["more"], settings: ConnectionSettings = wanted) => {
    const { registry, writer, connection } = bench(spec(more));
    const missing = writer.missingIpv6(connection(6), settings);
    writer.configure(connection(6), settings);
    registry.apply(writer.changes());
    return { missing, registry };
  };

  test("a record is made like another of its table: size and unknown bytes are that one's", () => {
    const { missing, registry } = written(FULL_IPV6);
    expect(missing).toEqual([]);
    const made = registry.value(ADDRESSES, `${luidOf(6)}${hexOfIpv6Text("2001:db8::77")}`);
    const [first = ""] = registry.names(ADDRESSES).filter((name) => !name.startsWith(luidOf(6)));
    const data = bytesOf(registry.value(ADDRESSES, first));
    data[16] = 48;
    expect(bytesOf(made)).toEqual(data);
    expect(registry.names(ROUTES)).toContain(Object.keys(nsiIpv6Route(6, "::/0", "fe80::1"))[0]);
  });

  test("none is invented: neither from IPv4's, nor from another table's, nor from one that Windows made", () => {
    const automatic = { [ADDRESSES]: nsiIpv6Address(9, "2001:db8::9", { origins: [4, 4] }) };
    for (const more of [undefined, automatic]) {
      const { missing, registry } = written(more);
      expect(missing).toEqual(["2001:db8::77/48", "the gateway fe80::1"]);
      expect(
        [...registry.names(ADDRESSES), ...registry.names(ROUTES)].filter((name) => name.includes(luidOf(6))),
      ).toEqual([]);
    }
    const { missing, registry } = written({ [ADDRESSES]: FULL_IPV6[ADDRESSES] ?? {} });
    expect(missing).toEqual(["the gateway fe80::1"]);
    expect(registry.names(ADDRESSES)).toContain(`${luidOf(6)}${hexOfIpv6Text("2001:db8::77")}`);
  });

  test("a route is made only like one with the same metric, for where the metric is is inferred", () => {
    const gateway = (metric: number): ConnectionSettings => ({
      ...wanted,
      ipv6: { ...NO_IPV6, gateways: [{ address: "fe80::1", metric }] },
    });
    expect(written(FULL_IPV6, gateway(30)).missing).toEqual([]);
    expect(written(FULL_IPV6, gateway(31)).missing).toEqual(["the gateway fe80::1"]);
  });

  test("XP has no such records", () => {
    const { writer, connection } = bench({ family: "xp", adapters: [{ number: 6 }] });
    expect(writer.missingIpv6(connection(6), wanted)).toEqual(["2001:db8::77/48", "the gateway fe80::1"]);
  });
});

describe("beside NSI", () => {
  test("DHCPv6 that is switched off goes along, and on again with a source that has it", () => {
    const off = { ...staticSettings("10.0.0.5"), ipv6: { ...NO_IPV6, dhcp: false } };
    const { registry, writer, connection } = bench(spec(undefined));
    writer.configure(connection(6), off);
    registry.apply(writer.changes());
    expect(registry.value(tcpip6Of(6), "EnableDHCP")).toMatchObject({ data: 0 });
    const again = bench(spec({ [tcpip6Of(6)]: { EnableDHCP: dword(0), NameServer: sz("2001:db8::53") } }));
    again.writer.clear(again.connection(6));
    again.registry.apply(again.writer.changes());
    expect(again.registry.value(tcpip6Of(6), "EnableDHCP")).toMatchObject({ data: 1 });
    expect(again.registry.value(tcpip6Of(6), "NameServer")).toMatchObject({ data: "" });
  });
});

test("where both have one LUID in a control set, what the target was given is not cleared with the source", () => {
  const second = NSI_IPV6.replace("ControlSet001", "ControlSet002");
  const classKey = "ControlSet002\\Control\\Class\\{4d36e972-e325-11ce-bfc1-08002be10318}\\0007";
  const more = {
    ...FULL_IPV6,
    [`${second}\\10`]: nsiIpv6Address(6, "2001:db8::5"),
    [`${second}\\16`]: nsiIpv6Route(6, "::/0", "fe80::1"),
    [classKey]: { NetLuidIndex: dword(6) },
  };
  const stage = bench(spec(more, [1, 2]));
  const settings = settingsOf(stage, 7);
  expect(move(stage, settings)).toContain("luid-not-unique");
  const { registry } = stage;
  expect(registry.names(`${second}\\10`)).toContain(Object.keys(nsiIpv6Address(6, "2001:db8::5"))[0]);
  expect(registry.names(`${second}\\16`)).toContain(Object.keys(nsiIpv6Route(6, "::/0", "fe80::1"))[0]);
});
