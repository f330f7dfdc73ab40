/** How a document is written: its members in order, each line as a person would have it. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDocument } from "../../src/document/format.ts";

describe("formatDocument", () => {
  test("small things stand on one line, the kind comes first, the end is a newline", () => {
    const text = formatDocument("profile", {
      connections: [
        {
          addresses: [{ address: "10.0.0.5", prefixLength: 24 }],
          dnsServers: ["10.0.0.1"],
          raw: {},
          note: undefined,
          was: null,
        },
      ],
      pintProfile: 1,
    });
    expect(text).toBe(`{
  "$schema": "urn:pint-offline:profile:1",
  "pintProfile": 1,
  "connections": [
    {
      "addresses": [
        { "address": "10.0.0.5", "prefixLength": 24 }
      ],
      "dnsServers": ["10.0.0.1"],
      "raw": {},
      "was": null
    }
  ]
}
`);
  });

  test("a $schema that was there stays", () => {
    expect(formatDocument("plan", { steps: [], $schema: "./plan.schema.json" })).toContain(
      '"$schema": "./plan.schema.json",\n',
    );
  });

  test("JSON.parse gives back what was given", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 5 }), { noNullPrototype: true }), (members) => {
        fc.pre(!("$schema" in members) && !("pintPlan" in members) && !JSON.stringify(members).includes("__proto__"));
        const { $schema, pintPlan, ...rest } = JSON.parse(formatDocument("plan", members));
        expect([$schema, pintPlan]).toEqual(["urn:pint-offline:plan:1", 1]);
        expect(rest).toEqual(JSON.parse(JSON.stringify(members)));
      }),
    );
  });
});
