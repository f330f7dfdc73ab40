/** NSI's IPv4 records: renamed from one interface to another, made on Vista like others of their table, and told where they are inferred or missing. */
import { describe, expect, test } from "vitest";
import { registryData } from "../../../src/windows/registry-data.ts";
import { dword, type FakeValues } from "../../support/fake-key.ts";
import { staticSettings } from "../../support/models.ts";
import { luidOf, nsiAddress, nsiRoute, type PhonySpec, staticValues } from "../../support/phony-registry.ts";
import { bench } from "./bench.ts";

const NSI = "ControlSet001\\Control\\Nsi\\{eb004a00-9b1a-11d4-9123-0050047759bc}";

describe("NSI", () => {
  const spec = (records: PhonySpec["more"]): PhonySpec => ({
    family: "7",
    adapters: [{ number: 7, present: false, tcpip: staticValues("7", "10.0.0.5", "10.0.0.1") }, { number: 6 }],
    ...(records === undefined ? {} : { more: records }),
  });
  const records = {
    [`${NSI}\\10`]: { ...nsiAddress(7, "10.0.0.5"), ...nsiAddress(9, "10.9.9.9") },
    [`${NSI}\\16`]: {
      ...nsiRoute(7, "0.0.0.0/0", "10.0.0.1"),
      ...nsiRoute(7, "172.16.0.0/12", "10.0.0.2"),
      ...nsiRoute(9, "0.0.0.0/0", "10.9.9.1"),
    },
  };

  test("the source's records become the target's, with their data; others stay", () => {
    const { registry, writer, connection } = bench(spec(records));
    const before = registry.value(`${NSI}\\10`, `${luidOf(7)}0a00000500000000`);
    const told = writer.configure(connection(6), staticSettings("10.0.0.5", "10.0.0.1"), connection(7));
    expect(told).toEqual([
      { code: "ipv4-routes-inferred", message: expect.stringMatching(/^The IPv4 routes of "Ethernet 6" are given/) },
    ]);
    writer.clear(connection(7), staticSettings("10.0.0.5"));
    registry.apply(writer.changes());
    const own = {
      ...nsiRoute(6, "0.0.0.0/0", "10.0.0.1"),
      ...nsiRoute(6, "172.16.0.0/12", "10.0.0.2"),
      ...nsiRoute(9, "0.0.0.0/0", "10.9.9.1"),
    };
    expect(registry.names(`${NSI}\\10`)).toEqual([`${luidOf(6)}0a00000500000000`, `${luidOf(9)}0a09090900000000`]);
    expect(registry.value(`${NSI}\\10`, `${luidOf(6)}0a00000500000000`)).toEqual(before);
    expect(registry.names(`${NSI}\\16`)).toEqual(Object.keys(own).toSorted());
  });

  test("what says something else than the settings is not carried: another address, mask or gateway", () => {
    const { registry, writer, connection } = bench(
      spec({
        [`${NSI}\\10`]: { ...nsiAddress(7, "10.0.0.5", 16), ...nsiAddress(7, "10.0.0.6") },
        [`${NSI}\\16`]: nsiRoute(7, "0.0.0.0/0", "10.0.0.254"),
      }),
    );
    writer.configure(connection(6), staticSettings("10.0.0.5", "10.0.0.1"), connection(7));
    writer.clear(connection(7), staticSettings("10.0.0.5"));
    registry.apply(writer.changes());
    expect(registry.names(`${NSI}\\10`)).toEqual([]);
    expect(registry.names(`${NSI}\\16`)).toEqual([]);
  });

  test("none is invented", () => {
    const { registry, writer, connection } = bench(spec(undefined));
    writer.configure(connection(6), staticSettings("10.0.0.5", "10.0.0.1"), connection(7));
    registry.apply(writer.changes());
    expect([...registry.names(`${NSI}\\10`), ...registry.names(`${NSI}\\16`)]).toEqual([]);
  });

  test("an orphan that is kept keeps its records, and the target gets its own", () => {
    const { registry, writer, connection } = bench(spec(records));
    writer.configure(connection(6), staticSettings("10.0.0.5", "10.0.0.1"), connection(7));
    registry.apply(writer.changes());
    expect(registry.names(`${NSI}\\10`)).toEqual([
      `${luidOf(6)}0a00000500000000`,
      `${luidOf(7)}0a00000500000000`,
      `${luidOf(9)}0a09090900000000`,
    ]);
  });

  test("an address that the target's records had beside its settings goes, its routes stay", () => {
    const { registry, writer, connection } = bench(
      spec({
        [`${NSI}\\10`]: nsiAddress(6, "192.168.9.9"),
        [`${NSI}\\16`]: nsiRoute(6, "172.16.0.0/12", "192.168.9.1"),
      }),
    );
    writer.configure(connection(6), staticSettings("10.0.0.5"));
    registry.apply(writer.changes());
    expect(registry.names(`${NSI}\\10`)).toEqual([]);
    expect(registry.names(`${NSI}\\16`)).toHaveLength(1);
  });

  test.each([
    ["static with the metric", {}, 0, true],
    ["static with the metric that is written", { 12: 20 }, 20, true],
    ["netsh's", { 16: 3 }, 0, true],
    ["with another metric", { 12: 20 }, 5, false],
    ["with an automatic metric", {}, 5, false],
    ["with a metric in place of an automatic one", { 12: 20 }, 0, false],
    ["a router's", { 16: 13 }, 0, false],
    ["a router's for a time", { 4: 1800, 8: 1800, 16: 13 }, 0, false],
    ["for a time", { 4: 1800 }, 0, false],
  ])(
    "a default route is carried, and kept where the target has it, only when it says what the settings say: %s",
    (_, numbers, metric, isSaid) => {
      const { ipv4, ...rest } = staticSettings("10.0.0.5");
      const settings = { ...rest, ipv4: { ...ipv4, gateways: [{ address: "10.0.0.1", metric }] } };
      const [name = ""] = Object.keys(nsiRoute(6, "0.0.0.0/0", "10.0.0.1"));
      const [expected] = Object.values(withNumbers(nsiRoute(7, "0.0.0.0/0", "10.0.0.1"), numbers)).map(registryData);
      for (const vista of [true, false]) {
        for (const owner of [7, 6]) {
          const more = {
            [`${NSI}\\10`]: nsiAddress(7, "10.0.0.5"),
            [`${NSI}\\16`]: withNumbers(nsiRoute(owner, "0.0.0.0/0", "10.0.0.1"), numbers),
          };
          const { registry, writer, connection } = bench({ ...spec(more), vista });
          const told = writer.configure(connection(6), settings, connection(7)).map(({ message }) => message);
          registry.apply(writer.changes());
          expect(registry.value(`${NSI}\\16`, name)).toEqual(isSaid ? expected : undefined);
          const text = `no NSI record of the gateway 10.0.0.1${metric === 0 ? "" : ` (metric ${metric})`}, and none is made`;
          expect(told.some((message) => message.includes(text))).toBe(vista && !isSaid);
        }
      }
    },
  );

  test.each([true, false])(
    "the target's own default routes that the settings do not have go, its other routes stay: Vista %s",
    (vista) => {
      const kept = { ...nsiRoute(6, "172.16.0.0/12", "10.0.0.3"), ...nsiRoute(9, "0.0.0.0/0", "10.9.9.1") };
      const more = {
        [`${NSI}\\16`]: {
          ...kept,
          ...nsiRoute(7, "0.0.0.0/0", "10.0.0.1"),
          ...nsiRoute(6, "0.0.0.0/0", "10.0.0.254"),
          // In the source's place: a router's.
          ...withNumbers(nsiRoute(6, "0.0.0.0/0", "10.0.0.1"), { 16: 13 }),
        },
      };
      const settings = staticSettings("10.0.0.5", "10.0.0.1");
      const { registry, writer, connection } = bench({ ...spec(more), vista });
      writer.configure(connection(6), settings, connection(7));
      writer.clear(connection(7), settings);
      registry.apply(writer.changes());
      const given = nsiRoute(6, "0.0.0.0/0", "10.0.0.1");
      expect(registry.names(`${NSI}\\16`)).toEqual(Object.keys({ ...kept, ...given }).toSorted());
      const [[name, record] = ["", undefined]] = Object.entries(given);
      expect(registry.value(`${NSI}\\16`, name)).toEqual(record && registryData(record));
    },
  );

  test("an orphan whose routes went nowhere keeps the administrator's", () => {
    const { registry, writer, connection } = bench(spec(records));
    writer.clear(connection(7));
    registry.apply(writer.changes());
    expect(registry.names(`${NSI}\\16`)).toEqual(
      Object.keys({ ...nsiRoute(7, "172.16.0.0/12", "10.0.0.2"), ...nsiRoute(9, "0.0.0.0/0", "10.9.9.1") }).toSorted(),
    );
  });

  test("a gateway alone needs no warning on 7, which has it in the interface's own key; on Vista it does", () => {
    const gateway = { ...records, [`${NSI}\\16`]: nsiRoute(7, "0.0.0.0/0", "10.0.0.1") };
    const told = [false, true].map((vista) => {
      const { writer, connection } = bench({ ...spec(gateway), vista });
      const settings = staticSettings("10.0.0.5", "10.0.0.1");
      return writer.configure(connection(6), settings, connection(7)).map(({ message }) => message);
    });
    expect(told).toEqual([[], [expect.stringMatching(/^The IPv4 gateways and routes of "Ethernet 6" are given/)]]);
  });

  test("the target's own record of the address with another prefix length gives way to the source's", () => {
    const [target, source] = [nsiAddress(6, "10.0.0.5", 16), nsiAddress(7, "10.0.0.5")];
    const { registry, writer, connection } = bench(spec({ [`${NSI}\\10`]: { ...target, ...source } }));
    writer.configure(connection(6), staticSettings("10.0.0.5"), connection(7));
    writer.clear(connection(7), staticSettings("10.0.0.5"));
    registry.apply(writer.changes());
    expect(registry.names(`${NSI}\\10`)).toEqual(Object.keys(target));
    expect(registry.value(`${NSI}\\10`, Object.keys(target)[0] ?? "")).toEqual(
      Object.values(source).map(registryData)[0],
    );
  });

  test.each([
    ["the source's record says it", nsiAddress(7, "10.0.0.5"), []],
    ["it says another prefix length", nsiAddress(7, "10.0.0.5", 16), ["10.0.0.5/24"]],
    ["there is none", {}, ["10.0.0.5/24"]],
  ])("on Vista the target's address is there, made, or told to be missing: %s", (_, own, missing) => {
    const more = {
      [`${NSI}\\10`]: Object.fromEntries(
        Object.entries(own).map(([name, { type, data }]) => [name, { type, data: forATime(data) }]),
      ),
    };
    const { writer, connection } = bench({ ...spec(more), vista: true });
    expect(
      writer.configure(connection(6), staticSettings("10.0.0.5"), connection(7)).map(({ message }) => message),
    ).toEqual(missing.map((text) => expect.stringContaining(`has no NSI record of ${text}, and none is made`)));
  });

  test.each(["7", "vista"])(
    "what the target was given stays where source and target have one LUID in a control set: %s",
    (family) => {
      const second = NSI.replace("ControlSet001", "ControlSet002");
      const classKey = "ControlSet002\\Control\\Class\\{4d36e972-e325-11ce-bfc1-08002be10318}\\0007";
      const of6 = { "10": nsiAddress(6, "10.0.0.5"), "16": nsiRoute(6, "0.0.0.0/0", "10.0.0.1") };
      const more = {
        ...records,
        [`${second}\\10`]: of6["10"],
        [`${second}\\16`]: of6["16"],
        [classKey]: { NetLuidIndex: dword(6) },
      };
      const { registry, writer, connection } = bench({ ...spec(more), vista: family === "vista", controlSets: [1, 2] });
      const settings = staticSettings("10.0.0.5", "10.0.0.1");
      const told = [
        ...writer.configure(connection(6), settings, connection(7)),
        ...writer.clear(connection(7), settings),
      ];
      expect(told.map(({ code }) => code)).toContain("luid-not-unique");
      registry.apply(writer.changes());
      for (const table of ["10", "16"] as const)
        expect(registry.names(`${second}\\${table}`)).toEqual(Object.keys(of6[table]));
    },
  );
});

describe("NSI on Vista, of settings that came from elsewhere", () => {
  const adapters = [{ number: 7, present: false, tcpip: staticValues("7", "10.0.0.5", "10.0.0.1") }, { number: 6 }];
  const siblings = {
    [`${NSI}\\10`]: nsiAddress(7, "10.0.0.5", 16),
    [`${NSI}\\16`]: { ...nsiRoute(7, "172.16.0.0/12", "10.0.0.2"), ...nsiRoute(7, "0.0.0.0/0", "10.0.0.1") },
  };

  test("records are made like others of the same table, which is told; on 7 they are not", () => {
    const made = ([true, false] as const).map((vista) => {
      const { registry, writer, connection } = bench({ family: "7", vista, adapters, more: siblings });
      const told = writer.configure(connection(6), staticSettings("10.0.0.77", "10.0.0.1"));
      expect(told.map(({ code }) => code)).toEqual(vista ? ["ipv4-routes-inferred"] : []);
      registry.apply(writer.changes());
      return [
        registry.value(`${NSI}\\10`, `${luidOf(6)}0a00004d00000000`),
        registry.value(`${NSI}\\16`, Object.keys(nsiRoute(6, "0.0.0.0/0", "10.0.0.1"))[0] ?? ""),
      ];
    });
    const [address] = Object.values(nsiAddress(6, "10.0.0.77")).map(registryData);
    const [route] = Object.values(nsiRoute(6, "0.0.0.0/0", "10.0.0.1")).map(registryData);
    expect(made).toEqual([
      [address, route],
      [undefined, undefined],
    ]);
  });

  test("not like one that Windows made for a time: then none is made, and that is told", () => {
    const [[name, { type, data }] = ["", { type: 3, data: new Uint8Array() }]] = Object.entries(
      nsiAddress(7, "10.0.0.5"),
    );
    const more = { [`${NSI}\\10`]: { [name]: { type, data: forATime(data) } } };
    const { registry, writer, connection } = bench({ family: "7", vista: true, adapters, more });
    const told = writer.configure(connection(6), staticSettings("10.0.0.77"));
    expect(told.map(({ code }) => code)).toEqual(["vista-without-nsi-record"]);
    registry.apply(writer.changes());
    expect(registry.names(`${NSI}\\10`)).toEqual([name]);
  });

  const routeWith = (numbers: Numbers, size = 56, type = 3): FakeValues =>
    Object.fromEntries(
      Object.entries(withNumbers(nsiRoute(9, "0.0.0.0/0", "10.9.9.1"), numbers)).map(([name, { data }]) => [
        name,
        { type, data: data.slice(0, size) },
      ]),
    );

  test.each([
    ["netsh's", routeWith({ 16: 3 }), 0, true],
    ["with the same metric", routeWith({ 12: 20 }), 20, true],
    ["with another metric", routeWith({ 12: 20 }), 0, false],
    ["without the metric", routeWith({}), 20, false],
    ["a router's", routeWith({ 16: 13 }), 0, false],
    ["for a time", routeWith({ 4: 1800 }), 0, false],
    ["for a time too", routeWith({ 8: 1800 }), 0, false],
    ["too short", routeWith({}, 19), 0, false],
    ["not binary", routeWith({}, 56, 1), 0, false],
    ["no default route", nsiRoute(9, "172.16.0.0/12", "10.9.9.1"), 0, false],
  ])(
    "a gateway's record is made like a static one that says its metric, or not at all: %s",
    (_, sibling, metric, isMade) => {
      const more = { [`${NSI}\\10`]: nsiAddress(6, "10.0.0.77"), [`${NSI}\\16`]: sibling };
      const { registry, writer, connection } = bench({ family: "7", vista: true, adapters, more });
      const settings = staticSettings("10.0.0.77");
      const gateways = [{ address: "10.0.0.1", metric }];
      const told = writer.configure(connection(6), { ...settings, ipv4: { ...settings.ipv4, gateways } });
      registry.apply(writer.changes());
      const [name = ""] = Object.keys(nsiRoute(6, "0.0.0.0/0", "10.0.0.1"));
      const [like] = Object.values(sibling).map(registryData);
      expect(registry.value(`${NSI}\\16`, name)).toEqual(isMade ? like : undefined);
      const gateway = `the gateway 10.0.0.1${metric === 0 ? "" : ` (metric ${metric})`}`;
      expect(told.map(({ code, message }) => `${code} ${message}`)).toEqual([
        expect.stringMatching(isMade ? /^ipv4-routes-inferred/ : /^vista-without-nsi-record/),
      ]);
      expect(told[0]?.message.includes(`no NSI record of ${gateway}, and none is made`)).toBe(!isMade);
    },
  );

  test("of an address that DHCP keeps from use none is made, and none is missed", () => {
    const { registry, writer, connection } = bench({ family: "7", vista: true, adapters, more: siblings });
    const { ipv4, ...rest } = staticSettings("10.0.0.77");
    expect(writer.configure(connection(6), { ...rest, ipv4: { ...ipv4, mode: "dhcp" } })).toEqual([]);
    registry.apply(writer.changes());
    expect(registry.names(`${NSI}\\10`)).toEqual(Object.keys(nsiAddress(7, "10.0.0.5", 16)));
  });
});

/** An address record that ends some day: nothing is made like it. */
function forATime(data: Uint8Array): Uint8Array {
  return Uint8Array.from(data).fill(0x10, 0, 4);
}

/** By their offset in a record. */
type Numbers = Readonly<Record<number, number>>;

/** The record with some of its numbers changed; a route's is all 0xFF where nothing is. */
function withNumbers(record: FakeValues, numbers: Numbers): FakeValues {
  return Object.fromEntries(
    Object.entries(record).map(([name, { type, data }]) => {
      const changed = Uint8Array.from(data);
      const view = new DataView(changed.buffer);
      for (const [offset, number] of Object.entries(numbers)) view.setUint32(Number(offset), number, true);
      return [name, { type, data: changed }];
    }),
  );
}
