/** The runs under Wine that are about static IPv6; netsh is a stand-in, the records that confirm it are in Wine's registry. */
import { expect, test } from "vitest";
import { documentOf, ORPHAN, PART, WITH_IPV6 } from "./documents.ts";
import {
  at,
  calledPrograms,
  connection,
  DHCP,
  MAC,
  MOVED,
  ofOrphan,
  ofTarget,
  OTHER,
  RUN_MS,
  TARGET,
  transport,
} from "./wine-samples.ts";
import { CLASS, CONTROL_SET, type Run, type Values, type WineWindows } from "./wine-windows.ts";

export function staticIpv6Tests(windows: () => WineWindows): void {
  const TABLES = `${CONTROL_SET}\\Control\\Nsi\\{EB004A01-9B1A-11D4-9123-0050047759BC}`;
  const LUID = "0000000180000600";
  const adapter: Record<string, Values> = {
    [`${CLASS}\\0005`]: { NetCfgInstanceId: ORPHAN, "*IfType": 6, NetLuidIndex: 6 },
    [`${CLASS}\\0006`]: { NetCfgInstanceId: OTHER, "*IfType": 6, NetLuidIndex: 7 },
    [`${CLASS}\\0007`]: { NetCfgInstanceId: TARGET, "*IfType": 6, NetLuidIndex: 0x8001 },
    [connection(TARGET)]: { Name: "A & B" },
  };
  const record = (address: string, luid = LUID) => ({
    [`${luid}${address}`]: { type: "REG_BINARY" as const, data: { hex: "00" } },
  });
  const FORMER = record("fd000000000000000000000000000005", "0000000600000600");
  const OTHERS = record("fd000000000000000000000000000005", "0000000700000600");
  const FIRST = record("20010db8003000000000000000000040");
  const SECOND_ADDRESS = record("fd000000000000000000000000000005");
  const ROUTE_RECORDS = {
    ...record(`${LUID}fe80${"0".repeat(27)}1`, "0".repeat(80) + LUID),
    ...record(`${LUID}${"0".repeat(32)}`, `0000000020010db80099${"0".repeat(20)}30${"0".repeat(38)}${LUID}`),
  };
  const add = (what: string) => `netsh interface ipv6 add ${what} store=persistent`;
  const addFirst = add('address interface="A & B" address=2001:db8:30::40/64');
  const addSecond = add('address interface="A & B" address=fd00::5/48');
  const ROUTES = [
    add('route prefix=::/0 interface="A & B" nexthop=fe80::1 metric=20'),
    add('route prefix=2001:db8:99::/48 interface="A & B" nexthop=::'),
  ];
  const ofIpv6 = ({ calls }: Run) => calls.filter((call) => /ipv6 (?:add (?!dns)|show)/.test(call));

  test(
    "is added by netsh behind the rest, what it refuses once more at the next start, without another restart",
    () => {
      const file = windows().prepare(documentOf("8", [WITH_IPV6]), {
        ...adapter,
        [ofTarget]: DHCP,
        [ofOrphan]: at("10.3.58.5"),
        [`${TABLES}\\10`]: { ...FIRST, ...FORMER, ...OTHERS },
      });
      windows().netsh("for %%A in (%*) do if %%A==fd00::5/48 exit /b 1\r\n");
      const first = windows().run(file, [[MAC, transport(TARGET)]]);
      expect(ofIpv6(first)).toEqual([addSecond, ...ROUTES]);
      expect(first).toMatchObject({
        status: 27,
        result: {
          state: "waiting",
          restart: true,
          sources: [{ outcome: "pending", reason: expect.stringContaining("has not added fd00::5/48") }],
        },
      });
      expect(windows().key(ofTarget)).toMatchObject(MOVED);
      expect(windows().key(`${TABLES}\\10`)).toHaveProperty(Object.keys(FORMER));
      windows().netsh("");
      windows().write({ [`${TABLES}\\10`]: SECOND_ADDRESS, [`${TABLES}\\16`]: ROUTE_RECORDS });
      const second = windows().run(file, []);
      expect(ofIpv6(second)).toEqual(['netsh interface ipv6 show interface "A & B"']);
      expect(second).toMatchObject({
        status: 0,
        result: {
          state: "finished",
          restart: false,
          removed: true,
          sources: [
            {
              outcome: "moved",
              target: TARGET,
              reason: "all but its static IPv6 was in place",
            },
          ],
        },
      });
      expect(calledPrograms(second)).not.toContain("shutdown");
      const kept = Object.keys({ ...FIRST, ...OTHERS, ...SECOND_ADDRESS });
      expect(Object.keys(windows().key(`${TABLES}\\10`) ?? {}).sort()).toEqual(kept.sort());
    },
    RUN_MS,
  );

  test(
    "of the former interface stays where another adapter has its LUID",
    () => {
      const file = windows().prepare(documentOf("8", [WITH_IPV6]), {
        ...adapter,
        [`${CLASS}\\0006`]: { NetCfgInstanceId: OTHER, "*IfType": 6, NetLuidIndex: 6 },
        [`${TABLES}\\10`]: FORMER,
      });
      const alone = [`call :luid "${TARGET}"`, `set "ORPHAN=${ORPHAN}"`, "call :former_ipv6_1"];
      const { log } = windows().run(file, [], (text) =>
        text.replace("\r\n\r\n", `\r\n${[...alone, 'call :log "Shared: %SHARED%."', "exit 99"].join("\r\n")}\r\n\r\n`),
      );
      expect(log).toContain("Shared: 1.");
      expect(windows().key(`${TABLES}\\10`)).toHaveProperty(Object.keys(FORMER));
    },
    RUN_MS,
  );

  test(
    "of a source that waits in part is added to its interface, as long as that has the source's IPv4",
    () => {
      const file = windows().prepare(documentOf("7", [PART]), { ...adapter, [ofTarget]: at("10.9.9.9") });
      const other = windows().run(file, []);
      expect(ofIpv6(other)).toEqual(['netsh interface ipv6 show interface "A & B"']);
      expect(other).toMatchObject({
        status: 27,
        result: { sources: [{ outcome: "unplaced", reason: expect.stringContaining("IPv4 settings any more") }] },
      });
      windows().write({ [ofTarget]: at("10.3.58.5") });
      windows().netsh("for %%A in (%*) do if %%A==fd00::5/48 exit /b 1\r\n");
      expect(ofIpv6(windows().run(file, [])).slice(1)).toEqual([addFirst, addSecond, ...ROUTES]);
      windows().netsh("");
      const own = windows().run(file, []);
      expect(ofIpv6(own).slice(1)).toEqual([addSecond]);
      expect(own).toMatchObject({
        status: 0,
        result: {
          state: "finished",
          restart: false,
          sources: [
            {
              outcome: "moved",
              target: TARGET,
              reason: expect.stringContaining("2001:db8:30::40/64 and more, which the registry does not show"),
            },
          ],
        },
      });
      expect(windows().key(ofTarget)).toEqual({
        EnableDHCP: "0x0",
        IPAddress: "10.3.58.5",
        SubnetMask: "255.255.255.0",
      });
    },
    RUN_MS,
  );
}
