/** Beyond the interface's own keys: every control set, NSI's records, persistent routes. */
import { describe, expect, test } from "vitest";
import { registryData } from "../../../src/windows/registry-data.ts";
import { staticSettings } from "../../support/models.ts";
import { luidOf, nsiAddress, nsiRoute, type PhonySpec, staticValues } from "../../support/phony-registry.ts";
import { bench, FULL, interfaceOf } from "./bench.ts";

const NSI = "ControlSet001\\Control\\Nsi\\{eb004a00-9b1a-11d4-9123-0050047759bc}";

describe("control sets", () => {
  const adapters = [{ number: 1, tcpip: staticValues("7", "10.0.0.5"), inControlSets: [1] }, { number: 2 }];

  test("the last-known-good one is written alike", () => {
    const { registry, writer, connection } = bench({ family: "7", controlSets: [1, 2], adapters });
    expect(writer.configure(connection(2), FULL)).toEqual([]);
    registry.apply(writer.changes());
    for (const set of [1, 2])
      expect(registry.value(interfaceOf(2, set), "IPAddress")).toEqual({
        type: "REG_MULTI_SZ",
        data: ["10.3.58.5", "10.3.58.6"],
      });
  });

  test("one that lacks the interface is told, and left alone", () => {
    const { writer, connection } = bench({ family: "7", controlSets: [1, 2], adapters });
    expect(writer.clear(connection(1), staticSettings("10.0.0.5"))).toEqual([
      { code: "control-set-lacks-interface", message: expect.stringContaining("ControlSet002") },
    ]);
    expect(writer.changes().every(({ key }) => key.startsWith("ControlSet001\\"))).toBe(true);
  });
});

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
    writer.configure(connection(6), staticSettings("10.0.0.5", "10.0.0.1"), connection(7));
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

  test("an orphan whose routes went nowhere keeps the administrator's", () => {
    const { registry, writer, connection } = bench(spec(records));
    writer.clear(connection(7));
    registry.apply(writer.changes());
    expect(registry.names(`${NSI}\\16`)).toEqual(
      Object.keys({ ...nsiRoute(7, "172.16.0.0/12", "10.0.0.2"), ...nsiRoute(9, "0.0.0.0/0", "10.9.9.1") }).toSorted(),
    );
  });

  test("on Vista it is told when the target has no record of its address", () => {
    const bare = bench({ ...spec(undefined), vista: true });
    expect(bare.windows.version.family).toBe("vista");
    const told = bare.writer.configure(bare.connection(6), staticSettings("10.0.0.5"), bare.connection(7));
    expect(told.map(({ code }) => code)).toEqual(["vista-without-nsi-record"]);
    const full = bench({ ...spec(records), vista: true });
    expect(full.writer.configure(full.connection(6), staticSettings("10.0.0.5"), full.connection(7))).toEqual([]);
  });
});

describe("NSI on Vista, of settings that came from elsewhere", () => {
  const adapters = [{ number: 7, present: false, tcpip: staticValues("7", "10.0.0.5", "10.0.0.1") }, { number: 6 }];
  const siblings = {
    [`${NSI}\\10`]: nsiAddress(7, "10.0.0.5", 16),
    [`${NSI}\\16`]: { ...nsiRoute(7, "172.16.0.0/12", "10.0.0.2"), ...nsiRoute(7, "0.0.0.0/0", "10.0.0.1") },
  };

  test("records are made like others of the same table; on 7 they are not", () => {
    const made = ([true, false] as const).map((vista) => {
      const { registry, writer, connection } = bench({ family: "7", vista, adapters, more: siblings });
      expect(writer.configure(connection(6), staticSettings("10.0.0.77", "10.0.0.1"))).toEqual([]);
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
    const leased = Uint8Array.from(data).fill(0x10, 0, 4);
    const more = { [`${NSI}\\10`]: { [name]: { type, data: leased } } };
    const { registry, writer, connection } = bench({ family: "7", vista: true, adapters, more });
    const told = writer.configure(connection(6), staticSettings("10.0.0.77"));
    expect(told.map(({ code }) => code)).toEqual(["vista-without-nsi-record"]);
    registry.apply(writer.changes());
    expect(registry.names(`${NSI}\\10`)).toEqual([name]);
  });
});

describe("persistent routes", () => {
  const routes = "ControlSet001\\Services\\Tcpip\\Parameters\\PersistentRoutes";
  const entry = { type: 1, data: new Uint8Array() };

  test("only the default route by that gateway with metric -1", () => {
    const others = {
      "0.0.0.0,0.0.0.0,10.0.0.1,1": entry,
      "0.0.0.0,0.0.0.0,10.0.0.2,-1": entry,
      "10.9.0.0,255.255.0.0,10.0.0.1,-1": entry,
    };
    const { registry, writer } = bench({
      family: "7",
      adapters: [],
      more: { [routes]: { "0.0.0.0,0.0.0.0,10.0.0.1,-1": entry, ...others } },
    });
    writer.dropDefaultRoute("10.0.0.1");
    const changes = writer.changes();
    expect(changes).toEqual([
      {
        kind: "delete-value",
        key: routes,
        name: "0.0.0.0,0.0.0.0,10.0.0.1,-1",
        was: { type: "REG_SZ", data: { hex: "" } },
      },
    ]);
    registry.apply(changes);
    expect(registry.names(routes)).toEqual(Object.keys(others).toSorted());
  });
});
