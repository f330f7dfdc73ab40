/** A DHCP connection with DNS servers, a suffix or a metric of its own is a configuration, and goes to another adapter as DHCP. */
import { describe, expect, test } from "vitest";
import type { Windows, WindowsConnection } from "../../src/windows/model/windows.ts";
import { sz } from "../support/fake-key.ts";
import { dhcpValues, leaseValues, type PhonySpec, staticValues } from "../support/phony-registry.ts";
import { machineWith, planned, planOf, profileConnection, profileOf, told } from "./bench.ts";

/** Adapter 1 is the old one, static; 2 is new, with DHCP and a lease. */
const BOOTED_ONCE: PhonySpec = {
  family: "10",
  adapters: [
    { number: 1, present: false, tcpip: staticValues("10", "10.0.0.1", "10.0.0.254") },
    { number: 2, tcpip: { ...dhcpValues("10"), ...leaseValues("192.168.146.2") } },
  ],
};

describe("a DHCP connection with settings of its own", () => {
  const DHCP = { mode: "dhcp", addresses: [], gateways: [] } as const;
  const machine = machineWith(2);
  const settingsOf = ({ connections }: Windows): WindowsConnection["settings"] | undefined =>
    connections.find(({ name }) => name === "Ethernet 2")?.settings;

  test("all of it goes to another adapter, which stays DHCP; then it is already there", () => {
    const own = profileConnection(1, {
      ipv4: {
        ...DHCP,
        dnsServers: ["9.9.9.9", "10.0.0.53"],
        dnsSuffix: "corp.example",
        interfaceMetric: 15,
        mtu: 1400,
      },
      netbios: { option: 2, winsServers: ["10.0.0.8"] },
      raw: { RegistrationEnabled: { type: "REG_DWORD", data: 0 } },
    });
    const asked = { profile: profileOf([own]), inventory: machine };
    const { plan, after, registry } = planned(BOOTED_ONCE, asked);
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    expect(settingsOf(after)).toMatchObject({
      ipv4: own.ipv4,
      netbios: own.netbios,
      raw: [{ name: "RegistrationEnabled", value: { type: "REG_DWORD", data: 0 } }],
    });
    expect(planOf(registry, asked)).toMatchObject({ sources: [{ outcome: "already" }], steps: [], warnings: [] });
  });

  test.each([
    ["ProfileNameServer", { type: "REG_SZ", data: "9.9.9.9" }],
    ["RegistrationEnabled", { type: "REG_DWORD", data: 0 }],
  ] as const)("%s alone: an adapter that is plain DHCP does not pass for one that has it", (name, value) => {
    const own = profileConnection(1, { ipv4: { ...DHCP, dnsServers: [] }, raw: { [name]: value } });
    const asked = { profile: profileOf([own]), inventory: machine };
    const { plan, after, registry } = planned(BOOTED_ONCE, asked);
    expect(told(plan)).toEqual(["1 moved -> Ethernet 2 (order)"]);
    expect(settingsOf(after)?.raw).toContainEqual({ name, value });
    expect(planOf(registry, asked)).toMatchObject({ sources: [{ outcome: "already" }], steps: [], warnings: [] });
  });

  test("an orphan's is no source of --sources orphans, and that is told until an adapter has it", () => {
    const dns = { NameServer: sz("9.9.9.9") };
    const remarks = (second: PhonySpec["adapters"][number]): string[] =>
      planned(
        { family: "10", adapters: [{ number: 1, present: false, tcpip: { ...dhcpValues("10"), ...dns } }, second] },
        { inventory: machine },
      )
        .plan.warnings.filter(({ code }) => code === "dhcp-orphan-not-moved")
        .map(({ message }) => message);
    expect(remarks({ number: 2 })).toEqual([
      expect.stringMatching(
        /^"Ethernet 1", an orphan, is DHCP with DNS servers of its own \(9\.9\.9\.9\), which are not moved/,
      ),
    ]);
    expect(remarks({ number: 2, tcpip: { ...dhcpValues("10"), ...dns } })).toEqual([]);
  });
});
