/** The first-boot document and its result: one notation, strict, and enough to make a plan of. */
import { describe, expect, test } from "vitest";
import { formatFirstBoot, parseFirstBoot, profileOf, wantedInventory } from "../../src/firstboot/document.ts";
import { formatFirstBootResult, parseFirstBootResult } from "../../src/firstboot/result.ts";
import { formatInventory, parseInventory } from "../../src/inventory/document.ts";
import { formatProfile, parseProfile } from "../../src/profile/document.ts";
import { failureOf } from "../support/failures.ts";
import { resultMembers, sampleFirstBoot } from "./samples.ts";

describe("a first-boot document", () => {
  test("is read in any notation, and formatting what was read is a fixed point", () => {
    const document = parseFirstBoot(JSON.stringify(sampleFirstBoot()), "first-boot.json");
    expect(document.pending.map(({ connection }) => [connection.number, connection.apply])).toEqual([
      [2, "move"],
      [5, "move"],
    ]);
    expect(document.attempts).toBe(5);
    const text = formatFirstBoot(document);
    expect(parseFirstBoot(text, "first-boot.json")).toEqual({ ...document, $schema: "urn:pint-offline:first-boot:1" });
    expect(formatFirstBoot(parseFirstBoot(text, "first-boot.json"))).toBe(text);
  });

  test("gives a profile and an inventory that their own documents can hold", () => {
    const document = parseFirstBoot(JSON.stringify(sampleFirstBoot()), "first-boot.json");
    const profile = profileOf(document);
    expect(parseProfile(formatProfile(profile), "p").profile.connections).toEqual(profile.connections);
    const { adapters } = wantedInventory(document, "first-boot.json");
    expect(parseInventory(formatInventory({ origin: "i", adapters }), "i").adapters).toEqual(adapters);
  });

  test("with settings that no profile may have is refused at their place", () => {
    const sample = sampleFirstBoot();
    sample.pending[1]!.connection.ipv4.addresses = ["10.0.0.0/24"];
    const failure = failureOf(() => parseFirstBoot(JSON.stringify(sample), "first-boot.json"));
    expect(failure).toMatchObject({ exit: "invalidDocument", code: "invalid-document" });
    expect(failure.at).toContain("$.pending[1].connection.ipv4.addresses[0]");
  });

  test("with an adapter that cannot be known again is refused at its place", () => {
    const sample = sampleFirstBoot();
    sample.pending[0]!.adapter = { description: "some card" };
    const failure = failureOf(() => parseFirstBoot(JSON.stringify(sample), "first-boot.json"));
    expect(failure.at).toContain("$.pending[0].adapter");
  });

  test.each([
    ["without sources", { pending: [] }],
    ["with a member that nobody knows", { more: 1 }],
    ["with an id of another form", { id: "x" }],
    ["with no attempts", { attempts: 0 }],
    ["of another format", { pintFirstBoot: 2 }],
  ])("%s is refused", (_what, change) => {
    const failure = failureOf(() => parseFirstBoot(JSON.stringify({ ...sampleFirstBoot(), ...change }), "f"));
    expect(failure.exit).toBe("invalidDocument");
  });
});

describe("a result", () => {
  test("is read, and formatting what was read is a fixed point", () => {
    const result = parseFirstBootResult(JSON.stringify(resultMembers), "r");
    const text = formatFirstBootResult(result);
    expect(parseFirstBootResult(text, "r")).toEqual({ ...result, $schema: "urn:pint-offline:first-boot-result:1" });
    expect(formatFirstBootResult(parseFirstBootResult(text, "r"))).toBe(text);
  });

  test("is as small as a batch file can write it", () => {
    const { at: _at, warnings: _warnings, ...least } = resultMembers;
    expect(parseFirstBootResult(JSON.stringify(least), "r").warnings).toEqual([]);
  });

  test("of no known state is refused", () => {
    const failure = failureOf(() => parseFirstBootResult(JSON.stringify({ ...resultMembers, state: "done" }), "r"));
    expect(failure.exit).toBe("invalidDocument");
  });
});
