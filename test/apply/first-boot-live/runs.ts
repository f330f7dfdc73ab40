/** Runs of the finisher in a Windows of a test's own, and what they are looked at for. */
import { finishFirstBoot, type FirstBootOptions } from "../../../src/apply/first-boot-live/finish-first-boot.ts";
import { readNumber, readTexts } from "../../../src/windows/registry-values.ts";
import { LINUX } from "../../support/hosts.ts";
import { SILENT } from "../support.ts";
import { type BootedTraits, type FakeBootedWindows, TCPIP } from "./booted-windows.ts";

const MINUTE_MS = 60_000;

export function optionsOf(machine: FakeBootedWindows, more: Partial<FirstBootOptions> = {}): FirstBootOptions {
  return {
    host: LINUX,
    clock: machine.clock,
    machine,
    waitMs: MINUTE_MS,
    restart: true,
    tool: "pint-offline test",
    ...more,
  };
}

export const finish = (machine: FakeBootedWindows, more: Partial<FirstBootOptions> = {}) =>
  finishFirstBoot(optionsOf(machine, more), SILENT);

export const addressesOf = (machine: FakeBootedWindows, guid: string) =>
  machine.look((root) => {
    const key = root.open(TCPIP(guid));
    return { isDhcp: readNumber(key, "EnableDHCP") === 1, addresses: readTexts(key, "IPAddress") ?? [] };
  });

export const MOVED = { isDhcp: false, addresses: ["10.20.30.40"] };
export const CLEARED = { isDhcp: true, addresses: [] };

/** The source has static IPv6 too. */
export const withIpv6: NonNullable<BootedTraits["document"]> = (document) => ({
  ...document,
  pending: document.pending.map((move) => ({
    ...move,
    connection: {
      ...move.connection,
      ipv6: {
        ...move.connection.ipv6,
        addresses: [{ address: "2001:db8::5", prefixLength: 64 }],
        gateways: [{ address: "fe80::1", metric: 0 }],
      },
    },
  })),
});
