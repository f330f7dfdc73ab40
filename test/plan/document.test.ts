/** The plan document: the same plan comes back, and what is not a plan is refused with its place. */
import { describe, expect, test } from "vitest";
import { Failure } from "../../src/exit/failure.ts";
import { formatPlan, parsePlan } from "../../src/plan/document.ts";
import type { Plan } from "../../src/plan/model.ts";
import { dhcpValues, leaseValues, PhonyRegistry, type PhonySpec, staticValues } from "../support/phony-registry.ts";
import { machineWith, planOf, profileConnection, profileOf } from "./bench.ts";

const spec: PhonySpec = {
  family: "7",
  adapters: [
    { number: 1, present: false, tcpip: staticValues("7", "10.0.0.1", "10.0.0.254") },
    { number: 2, tcpip: { ...dhcpValues("7"), ...leaseValues("192.168.146.2") } },
  ],
};

function aPlan(): Plan {
  const profile = profileOf([
    profileConnection(1, { raw: { Odd: { type: 0xffff_0012, data: { hex: "01" } } } }),
    profileConnection(9),
  ]);
  return planOf(new PhonyRegistry(spec), { profile, inventory: machineWith(2, 50) });
}

describe("round trip", () => {
  test("the plan that is parsed is the plan that was made", () => {
    const plan = aPlan();
    expect(plan.steps.length).toBeGreaterThan(10);
    const text = formatPlan(plan);
    const parsed = parsePlan(text, "plan.json");
    expect(JSON.parse(JSON.stringify(parsed))).toEqual({
      ...JSON.parse(JSON.stringify(plan)),
      $schema: "urn:pint-offline:plan:1",
    });
    expect(formatPlan(parsed)).toBe(text);
  });

  test("and its steps do the same", () => {
    const plan = aPlan();
    const [one, other] = [new PhonyRegistry(spec), new PhonyRegistry(spec)];
    one.apply(plan.steps);
    other.apply(parsePlan(formatPlan(plan), "plan.json").steps);
    expect(other.lines()).toEqual(one.lines());
  });
});

describe("refused", () => {
  type Loose = {
    steps: Record<string, unknown>[];
    exitCode: unknown;
    image: Record<string, unknown>;
    sources: Record<string, unknown>[];
  };

  test.each<[string, (plan: Loose) => void, string]>([
    ["an unknown step", (plan) => Object.assign(plan.steps[0] ?? {}, { kind: "rename-key" }), "$.steps[0]"],
    [
      "data that do not fit their type",
      (plan) => Object.assign(plan.steps[0] ?? {}, { type: "REG_DWORD", data: "text" }),
      "$.steps[0]",
    ],
    ["a key without a name", (plan) => Object.assign(plan.steps[0] ?? {}, { key: "" }), "$.steps[0].key"],
    ["a hash that is none", (plan) => Object.assign(plan.image, { hiveSha256: "abc" }), "$.image.hiveSha256"],
    ["an exit code that there is not", (plan) => Object.assign(plan, { exitCode: 3 }), "$.exitCode"],
    [
      "an unknown outcome",
      (plan) => Object.assign(plan.sources[0] ?? {}, { outcome: "perhaps" }),
      "$.sources[0].outcome",
    ],
    ["an unknown field", (plan) => Object.assign(plan, { extra: 1 }), "$.extra"],
  ])("%s", (_what, spoil, place) => {
    const loose = JSON.parse(formatPlan(aPlan())) as Loose;
    spoil(loose);
    const parse = (): unknown => parsePlan(JSON.stringify(loose), "plan.json");
    expect(parse).toThrow(Failure);
    expect(parse).toThrow(expect.objectContaining({ exit: "invalidDocument", at: expect.stringContaining(place) }));
  });
});
