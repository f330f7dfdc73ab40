/** What cannot be done of the last steps: a store that cannot be written, a configuration that cannot be taken back, a service that cannot be deleted. */
import { expect, test } from "vitest";
import type { HiveEdit } from "../../../src/regf/index.ts";
import { NSI_IPV6_ADDRESSES_KEY, NSI_IPV6_ROUTES_KEY } from "../../../src/windows/registry-paths.ts";
import { readNumber } from "../../../src/windows/registry-values.ts";
import { SERVICE_KEY } from "../../../src/firstboot/service.ts";
import { refusal } from "../../inventory/fake-windows.ts";
import { failureOf } from "../../support/failures.ts";
import { nsiIpv6Address, nsiIpv6Route } from "../../support/phony-registry.ts";
import { dword } from "../support.ts";
import { FakeBootedWindows, NEW } from "./booted-windows.ts";
import { addressesOf, finish, MOVED, withIpv6 } from "./runs.ts";

/** Records of another interface, by which it is known how to write some. */
function putRecords(edit: HiveEdit): void {
  for (const [table, records] of [
    [NSI_IPV6_ADDRESSES_KEY, nsiIpv6Address(1, "2001:db8:7::1", { prefixLength: 64 })],
    [NSI_IPV6_ROUTES_KEY, nsiIpv6Route(1, "::/0", "fe80::7")],
  ] as const) {
    const key = `ControlSet001\\${table}`;
    edit.createKey(key);
    for (const [name, { type, data }] of Object.entries(records)) edit.setValue(key, name, type, data);
  }
}

test("only Control\\Nsi cannot be written: the addresses stay, netsh adds the IPv6, and what was wanting is a warning", () => {
  const machine = new FakeBootedWindows({
    document: withIpv6,
    unwritable: (key) => key.includes("\\Control\\Nsi\\"),
  });
  machine.edit(putRecords);
  const { exitCode, result } = finish(machine);
  expect([exitCode, result.state]).toEqual([0, "finished"]);
  expect(result.warnings).toContainEqual(expect.objectContaining({ code: "nsi-not-written" }));
  expect(result.sources[0]).toMatchObject({ outcome: "moved", reason: expect.stringContaining("netsh.exe has set") });
  expect(machine.actions.filter((action) => action.startsWith("interface ipv6 add"))).toHaveLength(2);
  expect(addressesOf(machine, NEW)).toEqual(MOVED);
});

test("what cannot be taken back either is said to be half written", () => {
  const machine = new FakeBootedWindows({
    unwritable: (_key, name) => name === "SubnetMask",
    document: (document) => ({ ...document, attempts: 1 }),
  });
  expect(finish(machine).result).toMatchObject({ state: "failed" });
  machine.restart({ unwritable: (key) => key.toUpperCase().endsWith(NEW) });
  const { result } = finish(machine);
  expect(result).toMatchObject({ state: "gave-up", removed: true });
  expect(result.warnings).toContainEqual({
    code: "half-written",
    message: expect.stringMatching(/could not be taken back: .*\\IPAddress/),
  });
});

test("during Setup another computer's document is refused, for Setup may name the computer yet", () => {
  const machine = new FakeBootedWindows({ document: (document) => ({ ...document, computerName: "ELSEWHERE" }) });
  machine.edit((edit) => edit.setValue("Setup", "SystemSetupInProgress", 4, dword(1)));
  expect(failureOf(() => finish(machine))).toMatchObject({ exit: "refused", code: "not-this-first-boot" });
  expect(machine.result()).toMatchObject({ state: "failed", attempt: 1, removed: false });
  expect(machine.service()).toBeDefined();
});

test("a service that cannot be deleted is disabled", () => {
  const machine = new FakeBootedWindows({
    answer: (program, [verb]) => (program === "sc.exe" && verb === "delete" ? refusal("no", 5) : undefined),
  });
  expect(finish(machine).result).toMatchObject({
    ...{ state: "finished", removed: false },
    warnings: expect.arrayContaining([
      { code: "not-removed", message: expect.stringMatching(/ended with 5: no; it is disabled/) },
    ]),
  });
  expect(machine.look((root) => readNumber(root.open(`ControlSet001\\${SERVICE_KEY}`), "Start"))).toBe(4);
});
