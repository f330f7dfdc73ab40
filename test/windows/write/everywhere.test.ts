/** Beyond the interface's own keys: every control set, persistent routes. */
import { describe, expect, test } from "vitest";
import { staticSettings } from "../../support/models.ts";
import { staticValues } from "../../support/phony-registry.ts";
import { bench, FULL, interfaceOf } from "./bench.ts";

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
