/** The generated batch file as text: the same every time, nothing free in it, and what the settings become as registry values. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Failure } from "../../../src/exit/failure.ts";
import { batchFile } from "../../../src/firstboot/batch/batch-file.ts";
import type { FirstBootDocument } from "../../../src/firstboot/document.ts";
import { whyNotByBatch } from "../../../src/firstboot/batch/refusal.ts";
import type { RegistryData } from "../../../src/notation/registry-data.ts";
import type { WindowsFamily } from "../../../src/windows/model/windows.ts";
import { type Choices, DHCP, documentOf, FULL, PART, PLAIN, SECOND, WITH_IPV6, type Written } from "./documents.ts";

const GOLDENS: readonly [string, WindowsFamily, readonly Written[], Choices][] = [
  ["xp-full", "xp", [FULL], {}],
  ["vista-full", "vista", [FULL], { orphans: "keep" }],
  ["7-two-sources-rename", "7", [PLAIN, SECOND], { rename: true }],
  ["8.1-dhcp", "8.1", [DHCP], { allowConflict: true }],
  ["10-full-rename", "10", [FULL], { rename: true, attempts: 5 }],
  ["8-ipv6", "8", [WITH_IPV6], {}],
  ["7-ipv6-in-part", "7", [PART], {}],
];

describe("the text", () => {
  test.each(GOLDENS)("%s is as it was reviewed", async (name, family, pending, choices) => {
    const { text, values, warnings } = batchFile(documentOf(family, pending, choices));
    await expect(text.replaceAll("\r\n", "\n")).toMatchFileSnapshot(`golden/${name}.cmd.txt`);
    await expect(`${JSON.stringify({ values, warnings }, undefined, 1)}\n`).toMatchFileSnapshot(
      `golden/${name}.values.txt`,
    );
  });

  test.each(GOLDENS)(
    "%s: every line is ASCII and ends with CR LF, every label that is called is there once",
    (...[, family, pending, choices]) => {
      const { text } = batchFile(documentOf(family, pending, choices));
      expect(text).toMatch(/^(?:[\x20-\x7e]*\r\n)+$/);
      const labels = [...text.matchAll(/^:(\w+)\r$/gm)].map(([, label]) => label);
      expect(new Set(labels).size).toBe(labels.length);
      // 0xC0000142 is below 1.
      expect(text).not.toMatch(/if (?:not )?errorlevel/i);
      for (const [, label = ""] of text.matchAll(/(?:call|goto) :?(\w+)/g)) {
        if (!["eof", "set"].includes(label) && !label.endsWith("_")) expect(labels, label).toContain(label);
      }
    },
  );

  test.each(GOLDENS)(
    "%s: quotes are even in every line, and no unquoted character is a command's",
    (...[, family, pending, choices]) => {
      const { text } = batchFile(documentOf(family, pending, choices));
      for (const line of text.split("\r\n")) {
        expect(line.split('"').length % 2, line).toBe(1);
        // Redirections of ours, and the two places where one command follows another.
        const bare = line.replace(/"[^"]*"/g, "").replace(/2?\^?>nul|>>?(?= echo)|& exit/g, "");
        expect(bare, line).not.toMatch(/[&|<>^]/);
      }
    },
  );
});

const anyText = fc.oneof(
  fc.string({ unit: "binary", minLength: 1, maxLength: 40 }),
  fc.constantFrom('" & del /q C:\\ & "', "%SystemRoot%", "!NAME!", "a^b|c>d<e", "100%%", "x\r\ndel y", "Büro", ")"),
);
const anyRaw: fc.Arbitrary<RegistryData> = fc.oneof(
  anyText.map((data) => ({ type: "REG_SZ" as const, data })),
  fc
    .uint8Array({ maxLength: 20 })
    .map((bytes) => ({ type: "REG_BINARY" as const, data: { hex: Buffer.from(bytes).toString("hex") } })),
);

/** Past the rules of documents, which would refuse much of it: the generator does not rest on them. */
function withWords(
  document: FirstBootDocument,
  { name, dnsSuffix, raw }: { name: string; dnsSuffix?: string; raw?: RegistryData },
): FirstBootDocument {
  const pending = document.pending.map(({ connection, ...rest }) => ({
    ...rest,
    connection: {
      ...connection,
      name,
      ipv4: { ...connection.ipv4, dnsSuffix },
      raw: raw === undefined ? connection.raw : { TcpOdd: raw },
    },
  }));
  return { ...document, pending };
}

describe("what somebody wrote freely", () => {
  test("changes nothing in the text, and is copied as it is", () => {
    const plain = batchFile(documentOf("7", [PLAIN], { rename: false })).text;
    fc.assert(
      fc.property(anyText, anyText, anyRaw, (name, dnsSuffix, raw) => {
        const document = withWords(documentOf("7", [PLAIN]), { name, dnsSuffix, raw });
        const { text, values } = batchFile(document);
        expect(text).toBe(plain);
        const tcpip = values.filter(({ key }) => key.endsWith("\\Tcpip"));
        expect(tcpip.find((value) => value.name === "Domain")?.value.data).toBe(dnsSuffix);
        expect(tcpip.find((value) => value.name === "TcpOdd")?.value).toEqual(raw);
      }),
      { numRuns: 30 },
    );
  });

  test("of a name that is to be given, only that it is to be given", () => {
    const plain = batchFile(documentOf("7", [PLAIN], { rename: true })).text;
    fc.assert(
      fc.property(anyText, (name) => {
        const document = withWords(documentOf("7", [PLAIN], { rename: true }), { name });
        const { text, values, warnings } = batchFile(document);
        const given = values.find(({ key }) => key.endsWith("\\Name"));
        if (given === undefined) expect(warnings).toMatchObject([{ code: "connection-not-renamed" }]);
        else {
          expect(text).toBe(plain);
          expect(given.value).toEqual({ type: "REG_SZ", data: name });
        }
      }),
      { numRuns: 30 },
    );
  });
});

describe("what a batch file cannot do", () => {
  const of = (...adapters: readonly object[]) =>
    documentOf(
      "7",
      adapters.map((adapter, index) => ({ ...[PLAIN, SECOND][index], adapter }) as Written),
    );

  test("an adapter without a MAC address is refused, by number", () => {
    const document = of({ hardwareIds: ["PCI\\VEN_8086&DEV_10D3"], location: { bus: 3, device: 0, function: 0 } });
    expect(document.pending.map((move) => whyNotByBatch(move, document))).toEqual([
      expect.stringContaining("MAC address"),
    ]);
    expect(() => batchFile(document)).toThrow(Failure);
    expect(() => batchFile(document)).toThrow(/source 1 cannot be moved by a batch file/);
  });

  test("two adapters with one MAC address are both refused", () => {
    const document = of(
      { mac: { permanent: "00-50-56-A5-12-69" } },
      { mac: { permanent: "00-50-56-A5-12-70", current: "00-50-56-A5-12-69" } },
    );
    for (const move of document.pending) expect(whyNotByBatch(move, document)).toContain("00-50-56-A5-12-69");
  });

  test("more addresses than cmd can compare in a line are refused", () => {
    const many = (count: number) => {
      const addresses = Array.from({ length: count }, (_, index) => `10.103.158.${index + 1}/24`);
      const document = documentOf("7", [{ ...PLAIN, connection: { ...PLAIN.connection, ipv4: { addresses } } }]);
      return document.pending.map((move) => whyNotByBatch(move, document));
    };
    expect(many(220)).toEqual([undefined]);
    expect(many(250)).toEqual([expect.stringContaining("more than 3500 characters, as that of its addresses")]);
  });

  test("static IPv6 of XP is refused, not dropped", () => {
    const [move] = documentOf("xp", [WITH_IPV6]).pending;
    if (move === undefined) throw new Error("nothing is pending");
    const { windows } = documentOf("xp", [WITH_IPV6]);
    expect(whyNotByBatch(move, { pending: [move], windows })).toBe("a batch file does not carry the addresses of IPv6");
    expect(whyNotByBatch(move, { pending: [move], windows: { ...windows, family: "vista" } })).toBeUndefined();
  });

  test("a source that waits in part needs no MAC address, but IPv6 to add", () => {
    const windows = { family: "7", version: "7", architecture: "x86" } as const;
    const [part, empty] = documentOf("7", [PART, { ...PART, ...SECOND }]).pending;
    if (part === undefined || empty === undefined) throw new Error("nothing is pending");
    expect(whyNotByBatch(part, { pending: [part, empty], windows })).toBeUndefined();
    expect(whyNotByBatch(empty, { pending: [part, empty], windows })).toContain("cannot tell what of its IPv6");
  });

  test("a tool whose name cmd would take for a command is refused", () => {
    expect(() => batchFile({ ...documentOf("7", [PLAIN]), tool: 'pint" & del' })).toThrow(Failure);
  });
});
