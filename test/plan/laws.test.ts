/** Laws of pairing and planning, over random images, machines and profiles. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Inventory } from "../../src/inventory/model.ts";
import { matchAdapters } from "../../src/match/match-adapters.ts";
import type { Plan } from "../../src/plan/model.ts";
import type { PlanOptions } from "../../src/plan/options.ts";
import type { Profile, ProfileConnection } from "../../src/profile/model.ts";
import { readWindows } from "../../src/windows/read-windows.ts";
import { guidOf, inventoryOf, macOf } from "../support/models.ts";
import {
  dhcpValues,
  leaseValues,
  type PhonyAdapter,
  PhonyRegistry,
  type PhonySpec,
  staticValues,
} from "../support/phony-registry.ts";
import { dword } from "../support/fake-key.ts";
import { adapterNumber, planOf, profileConnection, profileOf } from "./bench.ts";

interface Case {
  readonly spec: PhonySpec;
  readonly profile: Profile | undefined;
  readonly inventory: Inventory | undefined;
  readonly options: Partial<PlanOptions>;
}

/** Mostly one's own, now and then another's. */
function anyOf(number: number): fc.Arbitrary<number> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant(number) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 7 }) },
  );
}

function anyAdapter(number: number, family: PhonySpec["family"]): fc.Arbitrary<PhonyAdapter> {
  const tcpip = fc.oneof(
    { weight: 4, arbitrary: fc.constant(dhcpValues(family)) },
    fc.constant({ ...dhcpValues(family), ...leaseValues("192.168.1.9") }),
    anyOf(number).map((host) => staticValues(family, `10.0.0.${host}`, "10.0.0.254")),
    anyOf(number).map((host) => staticValues(family, `10.0.0.${host}`, undefined, { TcpAckFrequency: dword(host) })),
  );
  return fc.record({
    number: fc.constant(number),
    present: fc.oneof({ weight: 2, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
    disabled: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    wifi: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    mac: fc.oneof({ weight: 12, arbitrary: fc.constant(number) }, { weight: 1, arbitrary: fc.constant(1) }),
    tcpip,
  });
}

function anyConnection(number: number): fc.Arbitrary<ProfileConnection> {
  const mac = fc.option(fc.integer({ min: 1, max: 8 }).map(macOf), { nil: undefined });
  return fc
    .record({
      host: anyOf(number),
      guid: fc.option(anyOf(number).map(guidOf), { nil: undefined }),
      apply: fc.constantFrom("move" as const, "move" as const, "move" as const, "skip" as const, "dhcp" as const),
      permanent: mac,
      current: mac,
      user: fc.uniqueArray(fc.integer({ min: 1, max: 8 }).map(macOf), { maxLength: 2 }),
      gateway: fc.boolean(),
    })
    .map(({ host, guid, apply, permanent, current, user, gateway }) =>
      profileConnection(number, {
        guid,
        apply,
        mac: { permanent, current, user },
        ipv4: {
          addresses: [{ address: `10.0.0.${host}`, prefixLength: 24 }],
          gateways: gateway ? [{ address: "10.0.0.254", metric: 0 }] : [],
        },
      }),
    );
}

const anyCase: fc.Arbitrary<Case> = fc
  .record({
    family: fc.constantFrom("xp" as const, "7" as const, "10" as const),
    adapterCount: fc.integer({ min: 2, max: 6 }),
    sourceCount: fc.integer({ min: 0, max: 3 }),
  })
  .chain(({ family, adapterCount, sourceCount }) =>
    fc.record({
      spec: fc.record({
        family: fc.constant(family),
        computerName: fc.constantFrom("SRV-1", "SRV-1", "OTHER"),
        controlSets: fc.constantFrom([1], [1, 2]),
        adapters: fc.tuple(...Array.from({ length: adapterCount }, (_, index) => anyAdapter(index + 1, family))),
      }),
      profile: fc.option(
        fc
          .tuple(...Array.from({ length: sourceCount }, (_, index) => anyConnection(index + 1)))
          .map((list) => profileOf(list, "SRV-1")),
        { nil: undefined },
      ),
      inventory: fc.option(
        fc
          .uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 6 })
          .map((numbers) => inventoryOf(...numbers.map(inventoryEntry))),
        { nil: undefined, freq: 3 },
      ),
      options: fc.record({
        pairBy: fc.constantFrom(["mac", "order"] as const, ["mac"] as const),
        orphans: fc.constantFrom("clear" as const, "keep" as const),
        allOrNothing: fc.oneof(
          { weight: 3, arbitrary: fc.constant(false) },
          { weight: 1, arbitrary: fc.constant(true) },
        ),
      }),
    }),
  );

/** With hardware IDs, so that XP's adapters are known as well. */
function inventoryEntry(number: number) {
  return { ...adapterNumber(number), hardwareIds: ["PCI\\VEN_8086&DEV_100F&SUBSYS_075015AD&REV_01"] };
}

/** The counts below are about a third of what these runs give: a generator that makes nothing to test must not pass. */
const RUNS = { numRuns: 400 };

function guidsOf(plan: Plan, outcome: string): (string | undefined)[] {
  return plan.sources.filter((source) => source.outcome === outcome).map(({ target }) => target?.guid);
}

describe("a plan", () => {
  test("is a matching: no target has two sources", () => {
    let pairs = 0;
    fc.assert(
      fc.property(anyCase, ({ spec, ...asked }) => {
        const plan = planOf(new PhonyRegistry(spec), asked);
        const ends = plan.sources
          .filter(({ matchedBy }) => matchedBy !== undefined)
          .map(({ target }) => target?.guid ?? target?.mac);
        expect(new Set(ends).size).toBe(ends.length);
        pairs += ends.length;
      }),
      RUNS,
    );
    expect(pairs).toBeGreaterThan(40);
  });

  test("can be made, step by step, and taken back", () => {
    let steps = 0;
    fc.assert(
      fc.property(anyCase, ({ spec, ...asked }) => {
        const registry = new PhonyRegistry(spec);
        const before = registry.lines();
        const plan = planOf(registry, asked);
        registry.apply(plan.steps);
        registry.undo(plan.steps);
        expect(registry.lines()).toEqual(before);
        steps += plan.steps.length;
      }),
      RUNS,
    );
    expect(steps).toBeGreaterThan(200);
  });

  test("made once, has nothing left to do: what was moved is already so", () => {
    let moved = 0;
    fc.assert(
      fc.property(anyCase, ({ spec, ...asked }) => {
        const registry = new PhonyRegistry(spec);
        const first = planOf(registry, asked);
        registry.apply(first.steps);
        const second = planOf(registry, asked);
        expect(second.steps).toEqual([]);
        if (asked.profile === undefined) return;
        for (const [index, { outcome, target, source }] of first.sources.entries()) {
          if (outcome !== "moved") continue;
          moved += 1;
          const own = target?.guid === source.guid ? ["kept", "already"] : ["already"];
          expect(own).toContain(second.sources[index]?.outcome);
          expect(second.sources[index]?.target?.guid).toBe(target?.guid);
        }
      }),
      RUNS,
    );
    expect(moved).toBeGreaterThan(15);
  });

  test("never puts an address on two interfaces that may be there", () => {
    fc.assert(
      fc.property(anyCase, ({ spec, ...asked }) => {
        const registry = new PhonyRegistry(spec);
        const addressCounts = (): Map<string, number> => {
          const windows = readWindows(registry.root());
          const active = matchAdapters(windows, asked.inventory).connections.filter(
            ({ presence }) => presence.verdict !== "orphan",
          );
          const counts = new Map<string, number>();
          for (const { connection } of active) {
            const { mode, addresses } = connection.settings.ipv4;
            for (const { address } of mode === "static" ? addresses : [])
              counts.set(address, (counts.get(address) ?? 0) + 1);
          }
          return counts;
        };
        const before = addressCounts();
        registry.apply(planOf(registry, asked).steps);
        for (const [address, count] of addressCounts())
          expect(count).toBeLessThanOrEqual(Math.max(1, before.get(address) ?? 0));
      }),
      RUNS,
    );
  });

  test("never changes a static interface that may be there, unless the profile says dhcp", () => {
    fc.assert(
      fc.property(anyCase, ({ spec, ...asked }) => {
        const registry = new PhonyRegistry(spec);
        const windows = readWindows(registry.root());
        const plan = planOf(registry, asked);
        const fixed = matchAdapters(windows, asked.inventory).connections.filter(
          ({ presence, connection }) => presence.verdict !== "orphan" && connection.settings.ipv4.mode === "static",
        );
        const wanted = asked.profile?.connections.some(({ apply }) => apply === "dhcp") === true;
        const touched = plan.steps.map(({ key }) => key.toLowerCase());
        for (const { connection } of wanted ? [] : fixed) {
          expect(touched.filter((key) => key.includes(`interfaces\\${connection.guid.toLowerCase()}`))).toEqual([]);
        }
      }),
      RUNS,
    );
  });

  test("a conflict, or anything unplaced with --all-or-nothing, leaves the image as it is; the exit code says the worst", () => {
    fc.assert(
      fc.property(anyCase, ({ spec, ...asked }) => {
        const plan = planOf(new PhonyRegistry(spec), asked);
        const outcomes = plan.sources.map(({ outcome }) => outcome);
        const code = outcomes.includes("conflict")
          ? 24
          : outcomes.includes("unplaced")
            ? 25
            : outcomes.includes("pending")
              ? 26
              : 0;
        expect(plan.exitCode).toBe(code);
        if (code === 24 || (asked.options.allOrNothing === true && code !== 0)) expect(plan.steps).toEqual([]);
        if (!outcomes.includes("moved")) expect(plan.steps).toEqual([]);
        for (const { reason } of plan.sources) expect(reason).toMatch(/\S/);
      }),
      RUNS,
    );
  });

  test("does not depend on the order in which keys lie in the hive, nor on that of the inventory", () => {
    fc.assert(
      fc.property(anyCase, ({ spec, inventory, ...asked }) => {
        const bind = spec.adapters.map(({ number }) => number);
        const told = (reversed: boolean): unknown => {
          const adapters = reversed ? spec.adapters.toReversed() : spec.adapters;
          const registry = new PhonyRegistry({ ...spec, adapters });
          // The binding order is configuration, and stays.
          for (const set of spec.controlSets ?? [1])
            registry.put(
              `ControlSet00${set}\\Services\\Tcpip\\Linkage`,
              new PhonyRegistry({ ...spec, adapters: spec.adapters }).linkage(set),
            );
          const mirrored =
            inventory === undefined || !reversed
              ? inventory
              : { ...inventory, adapters: inventory.adapters.toReversed() };
          const plan = planOf(registry, { ...asked, inventory: mirrored });
          return plan.sources.map(({ source, outcome, target, matchedBy }) => [
            source.number,
            outcome,
            target?.guid ?? target?.mac,
            matchedBy,
          ]);
        };
        expect(bind.length).toBeGreaterThan(0);
        expect(told(true)).toEqual(told(false));
      }),
      RUNS,
    );
  });

  test("follows every mapping, or says why not", () => {
    let followed = 0;
    fc.assert(
      fc.property(
        anyCase,
        fc.integer({ min: 1, max: 5 }),
        fc.integer({ min: 1, max: 5 }),
        ({ spec, ...asked }, sourceNumber, targetNumber) => {
          const target = guidOf(targetNumber);
          const options = { ...asked.options, map: [[String(sourceNumber), target]] as const };
          let plan: Plan;
          try {
            plan = planOf(new PhonyRegistry(spec), { ...asked, options });
          } catch (error) {
            expect(error).toMatchObject({ exit: expect.stringMatching(/^(usage|refused)$/) });
            return;
          }
          const mapped = plan.sources.find(({ source }) => source.number === sourceNumber);
          if (mapped?.outcome === "moved" || mapped?.outcome === "already" || mapped?.outcome === "kept") {
            followed += 1;
            expect(mapped.target?.guid).toBe(target);
          }
          const others = plan.sources.filter((source) => source !== mapped && source.outcome === "moved");
          expect(others.map((source) => source.target?.guid)).not.toContain(target);
        },
      ),
      RUNS,
    );
    expect(followed).toBeGreaterThan(3);
  });

  test("every source is there once, in its order", () => {
    fc.assert(
      fc.property(anyCase, ({ spec, ...asked }) => {
        const plan = planOf(new PhonyRegistry(spec), asked);
        const numbers = plan.sources.map(({ source }) => source.number);
        if (asked.profile !== undefined) expect(numbers).toEqual(asked.profile.connections.map(({ number }) => number));
        expect(guidsOf(plan, "skipped").every((guid) => guid === undefined)).toBe(true);
      }),
      RUNS,
    );
  });
});
