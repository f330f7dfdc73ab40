/** A first-boot document and a result as somebody could write them by hand. */

interface WrittenPending {
  connection: { ipv4: { addresses: string[]; [name: string]: unknown }; [name: string]: unknown };
  adapter: object;
  matchedBy: string;
  reason: string;
}

const SAMPLE = {
  pintFirstBoot: 1,
  id: "0123456789abcdef0123456789abcdef",
  tool: "pint-offline 0.1.0",
  arrangedAt: "2026-03-01T12:00:00.000Z",
  way: "program",
  computerName: "SRV1",
  windows: { family: "10", version: "Server 2019", build: 17763, architecture: "AMD64" },
  knownInterfaces: ["{698E50A9-4F58-4D86-B61D-F42E58DCACF6}"],
  options: { pairBy: ["mac", "order"], orphans: "clear", rename: true, allowConflict: false, exclude: [] },
  pending: [
    {
      connection: {
        number: 2,
        name: "Büro",
        ipv4: { addresses: ["10.3.58.5/24"], gateways: ["10.3.58.1"], dnsServers: ["10.3.58.2"] },
        mac: { user: ["00:50:56:a5:12:69"] },
        guid: "{698E50A9-4F58-4D86-B61D-F42E58DCACF6}",
      },
      adapter: { mac: { permanent: "0050.56a5.1269" } },
      matchedBy: "mac",
      reason: "the new card by its MAC address",
    },
    {
      connection: { number: 5, name: "Backup", ipv4: { addresses: ["10.4.0.5/16"] } },
      adapter: {
        description: "Intel(R) 82574L",
        hardwareIds: ["PCI\\VEN_8086&DEV_10D3&SUBSYS_07D015AD&REV_00"],
        location: { bus: 3, device: 0, function: 0 },
      },
      matchedBy: "order",
      reason: "the other new card by order",
    },
  ] as WrittenPending[],
};

/** A copy of its own for whoever changes it. */
export function sampleFirstBoot(): typeof SAMPLE {
  return structuredClone(SAMPLE);
}

export const resultMembers = {
  pintFirstBootResult: 1,
  id: "0123456789abcdef0123456789abcdef",
  tool: "pint-offline 0.1.0",
  at: "2026-03-02T08:00:00.000Z",
  state: "finished",
  reason: "every source has its adapter",
  attempt: 1,
  removed: true,
  restart: true,
  sources: [{ number: 2, name: "Büro", outcome: "moved", reason: "by its MAC address", target: "Ethernet 2" }],
  warnings: [],
};
