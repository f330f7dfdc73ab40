/** A live capture over a saved profile: whatever was saved and whatever is there, no static configuration is lost but by somebody's choice. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { formatProfile, parseProfile } from "../../src/profile/document.ts";
import { type LiveConnection, updateProfile } from "../../src/profile/live-update.ts";
import type { Profile, ProfileConnection } from "../../src/profile/model.ts";
import { NO_IPV6 } from "../../src/windows/settings/ipv6.ts";
import { DHCP, guidOf } from "../support/models.ts";

/** Interfaces 1 to 5; an interface's static address is one of a few, so that another may have it too. */
const connections = fc.uniqueArray(
  fc.record({
    id: fc.integer({ min: 1, max: 5 }),
    last: fc.option(fc.integer({ min: 1, max: 4 })),
    isPresent: fc.boolean(),
  }),
  { selector: ({ id }) => id },
);

function connectionOf(
  { id, last }: { readonly id: number; readonly last: number | null },
  index: number,
): ProfileConnection {
  const addresses = last === null ? [] : [{ address: `10.0.${id}.${last}`, prefixLength: 24 }];
  return {
    number: index + 1,
    name: `Ethernet ${id}`,
    apply: last === null ? "dhcp" : "move",
    ipv4: { ...DHCP.ipv4, mode: last === null ? "dhcp" : "static", addresses },
    ipv6: NO_IPV6,
    netbios: { winsServers: [] },
    mac: { user: [] },
    guid: guidOf(id),
    raw: {},
  };
}

function profileOf(list: readonly ProfileConnection[]): Profile {
  return { pintProfile: 1, connections: list };
}

test("a static connection stays in the profile, unless its own adapter is there or its addresses are, or somebody configured as many new ones", () => {
  const seen = new Set<string>();
  fc.assert(
    fc.property(connections, connections, (saved, found) => {
      const former = profileOf(saved.map(connectionOf));
      const now: LiveConnection[] = found.map((one, index) => ({
        connection: connectionOf(one, index),
        isPresent: one.isPresent,
      }));
      const captured = profileOf(now.map(({ connection }) => connection));
      const update = updateProfile(former, captured, now);
      seen.add(update.kind);
      const present = now.filter(({ isPresent }) => isPresent).map(({ connection }) => connection);
      const arrived = present.filter(({ guid }) => !former.connections.some((one) => one.guid === guid));
      const lost = former.connections.filter(
        ({ guid, ipv4 }) =>
          ipv4.mode === "static" &&
          !present.some((one) => one.guid === guid) &&
          !present.some((one) => one.ipv4.addresses.some(({ address }) => address === ipv4.addresses[0]?.address)),
      );
      if (arrived.length > 0 && arrived.filter(({ ipv4 }) => ipv4.mode === "static").length < lost.length) {
        expect(update).toEqual({ kind: "kept", lost });
        return;
      }
      const after = update.kind === "changed" ? update.profile : former;
      expect(parseProfile(formatProfile(after), "p").profile.connections.map(({ number }) => number)).toEqual(
        after.connections.map((_, index) => index + 1),
      );
      for (const one of arrived.length > 0 ? [] : lost) {
        expect(after.connections.find(({ guid }) => guid === one.guid)?.ipv4).toEqual(one.ipv4);
      }
      for (const one of present) {
        expect(after.connections.find(({ guid }) => guid === one.guid)?.ipv4).toEqual(one.ipv4);
      }
      // Once is enough.
      expect(updateProfile(after, captured, now).kind).toBe("unchanged");
    }),
    { numRuns: 500 },
  );
  expect(seen).toContain("kept");
  expect(seen).toContain("changed");
});
