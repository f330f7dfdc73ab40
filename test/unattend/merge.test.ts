/** Settings in an answer file: what is said, in which order, and that nothing else in the file changes. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Failure } from "../../src/exit/failure.ts";
import type { MacAddress } from "../../src/notation/mac.ts";
import { COMPONENTS, notCarried } from "../../src/unattend/components.ts";
import { spliced } from "../../src/unattend/insertion.ts";
import { EMPTY_ANSWER_FILE, mergeAnswerFile, type MergeRequest } from "../../src/unattend/merge.ts";
import { readXml, type XmlElement } from "../../src/unattend/xml-tree.ts";
import { DHCP } from "../support/models.ts";
import { describeWithTools, runTool } from "../support/tools.ts";
import { FULL, MAC, OTHER_MAC, plain, RICH } from "./samples.ts";

const AMD64: MergeRequest["architectures"] = ["amd64"];
const PATH = "unattend.xml";

function merge(text: string, ...interfaces: MergeRequest["interfaces"]) {
  return mergeAnswerFile(text, PATH, { architectures: AMD64, interfaces });
}

function failureOf(action: () => unknown): Failure {
  try {
    action();
  } catch (error) {
    return error as Failure;
  }
  throw new Error("nothing was thrown");
}

/** `Interface(Ipv4Settings(DhcpEnabled=false) ...)`: what an element says, in its order. */
function outline({ local, text, children }: XmlElement): string {
  return children.length === 0 ? `${local}=${text}` : `${local}(${children.map(outline).join(" ")})`;
}

function component(text: string, name: string): XmlElement | undefined {
  const settings = readXml(text).children.find(({ attributes }) =>
    attributes.some(({ value }) => value === "specialize"),
  );
  return settings?.children.find(({ attributes }) => attributes.some(({ value }) => value === name));
}

describe("a new answer file", () => {
  const { text, warnings } = merge(EMPTY_ANSWER_FILE, FULL);

  test("static IPv6 in the same elements, beside IPv4 or alone; what is on the link itself is told", () => {
    const ipv6 = {
      dhcp: false,
      addresses: [{ address: "2001:db8::5", prefixLength: 64 }],
      gateways: [{ address: "fe80::1", metric: 0 }],
      routes: [
        { prefix: "2001:db8:1::", prefixLength: 48, nextHop: "2001:db8::2", metric: 9 },
        { prefix: "2001:db8:2::", prefixLength: 48, nextHop: "::", metric: 0 },
      ],
      dnsServers: [],
    };
    const own =
      "UnicastIpAddresses(IpAddress=2001:db8::5/64) Routes(Route(Identifier=1 NextHopAddress=fe80::1 Prefix=::/0) Route(Identifier=2 Metric=9 NextHopAddress=2001:db8::2 Prefix=2001:db8:1::/48))";
    const alone = { mac: MAC, settings: { ...DHCP, ipv6 } };
    const found = component(merge(EMPTY_ANSWER_FILE, alone).text, "Microsoft-Windows-TCPIP");
    expect(found && outline(found)).toBe(
      `component(Interfaces(Interface(Ipv4Settings(DhcpEnabled=true) Ipv6Settings(DhcpEnabled=false) Identifier=${MAC} ${own})))`,
    );
    expect(notCarried(alone)).toEqual(["the IPv6 route 2001:db8:2::/48 on the link"]);
    const beside = merge(EMPTY_ANSWER_FILE, { ...FULL, settings: { ...FULL.settings, ipv6 } }).text;
    expect(beside.match(/<IpAddress .*?>.*?<|<Prefix>.*?</g)?.slice(0, 7)).toEqual([
      expect.stringContaining("10.0.0.5/24"),
      expect.stringContaining("10.0.0.6/32"),
      expect.stringContaining("2001:db8::5/64"),
      expect.stringContaining("0.0.0.0/0"),
      expect.stringContaining("0.0.0.0/0"),
      expect.stringContaining("::/0"),
      expect.stringContaining("2001:db8:1::/48"),
    ]);
  });

  test.each([
    [
      "Microsoft-Windows-TCPIP",
      "Interface(Ipv4Settings(DhcpEnabled=false Metric=15) Identifier=00-50-56-A7-1B-22 UnicastIpAddresses(IpAddress=10.0.0.5/24 IpAddress=10.0.0.6/32) Routes(Route(Identifier=1 NextHopAddress=10.0.0.1 Prefix=0.0.0.0/0) Route(Identifier=2 Metric=7 NextHopAddress=10.0.0.2 Prefix=0.0.0.0/0)))",
    ],
    [
      "Microsoft-Windows-DNS-Client",
      "Interface(Identifier=00-50-56-A7-1B-22 DNSDomain=corp.example DNSServerSearchOrder(IpAddress=10.0.0.3 IpAddress=10.0.0.4 IpAddress=2001:db8::3) EnableAdapterDomainNameRegistration=true DisableDynamicUpdate=true)",
    ],
    [
      "Microsoft-Windows-NetBT",
      "Interface(NameServerList(IpAddress=10.0.0.8 IpAddress=10.0.0.9) NetbiosOptions=2 Identifier=00-50-56-A7-1B-22)",
    ],
  ])("%s: its elements in the order that Microsoft documents", (name, expected) => {
    const found = component(text, name);
    expect(found && outline(found)).toBe(`component(Interfaces(${expected}))`);
    expect(Object.fromEntries((found?.attributes ?? []).map(({ local, value }) => [local, value]))).toMatchObject({
      name,
      processorArchitecture: "amd64",
      publicKeyToken: "31bf3856ad364e35",
      language: "neutral",
      versionScope: "nonSxS",
    });
    expect(warnings).toEqual([]);
  });

  test("list items say their action and their keys", () => {
    expect(text).toContain('<IpAddress wcm:action="add" wcm:keyValue="2">10.0.0.6/32</IpAddress>');
    expect(text).toContain('<IpAddress wcm:action="add" wcm:keyValue="IpAddress2">10.0.0.9</IpAddress>');
    expect(text.match(/<(?:Interface|Route) wcm:action="add">/g)).toHaveLength(5);
  });

  test("ten WINS servers keep their order, which goes by the keys as texts", () => {
    const winsServers = Array.from({ length: 10 }, (_, index) => `10.1.0.${index + 1}`);
    const many = { ...FULL, settings: { ...FULL.settings, netbios: { winsServers } } };
    const keys = [...merge(EMPTY_ANSWER_FILE, many).text.matchAll(/keyValue="(IpAddress\d+)"/g)].map(([, key]) => key);
    expect(keys).toHaveLength(10);
    expect(keys.toSorted()).toEqual(keys);
  });

  test("says nothing that Setup does unasked: no empty lists, no automatic metrics, no DNS, no NetBIOS", () => {
    const { text: little } = merge(EMPTY_ANSWER_FILE, plain(MAC));
    expect(outline(readXml(little))).toBe(
      "unattend(settings(component(Interfaces(Interface(Ipv4Settings(DhcpEnabled=false) Identifier=00-50-56-A7-1B-22 UnicastIpAddresses(IpAddress=10.0.0.9/24))))))",
    );
  });

  test("a DHCP connection with servers of its own stays DHCP", () => {
    const { settings } = FULL;
    const dhcp = {
      mac: MAC,
      settings: { ...settings, ipv4: { ...settings.ipv4, mode: "dhcp", addresses: [] } },
    } as const;
    expect(merge(EMPTY_ANSWER_FILE, dhcp).text).toContain("<DhcpEnabled>true</DhcpEnabled>");
    expect(merge(EMPTY_ANSWER_FILE, dhcp).text).not.toContain("UnicastIpAddresses");
  });

  test("both architectures where the image's is not known", () => {
    const { text: both } = mergeAnswerFile(EMPTY_ANSWER_FILE, PATH, {
      architectures: ["amd64", "x86"],
      interfaces: [FULL],
    });
    expect(both.match(/processorArchitecture="x86"/g)).toHaveLength(COMPONENTS.length);
    expect(both.match(/processorArchitecture="amd64"/g)).toHaveLength(COMPONENTS.length);
    expect(both.match(/<settings /g)).toHaveLength(1);
  });

  test("letters that are not ASCII, and XML's own, are written as references", () => {
    const odd = {
      ...FULL,
      settings: { ...FULL.settings, ipv4: { ...FULL.settings.ipv4, dnsSuffix: 'b\u00fc<&>"\u{1f600}' } },
    };
    const { text: written } = merge(EMPTY_ANSWER_FILE, odd);
    expect(written).toMatch(/^[\n\x20-\x7e]*$/);
    expect(component(written, "Microsoft-Windows-DNS-Client")?.children[0]?.children[0]?.children[1]?.text).toBe(
      'b\u00fc<&>"\u{1f600}',
    );
  });
});

describe("what an answer file cannot say", () => {
  test("is named", () => {
    const { settings } = FULL;
    const more = {
      mac: MAC,
      settings: {
        ...settings,
        ipv4: { ...settings.ipv4, mtu: 1400 },
        dnsOverHttps: [{ server: "10.0.0.3", values: [] }],
        adapterSettings: [{ kind: "advanced-property", name: "*JumboPacket", text: "Jumbo Packet is 9014 Bytes" }],
        raw: [...settings.raw, { name: "TcpAckFrequency", value: { type: "REG_DWORD", data: 1 } }],
      },
    } as const;
    expect(notCarried(FULL)).toEqual([]);
    expect(notCarried(more)).toEqual([
      "MTU 1400",
      "DNS over HTTPS for 10.0.0.3",
      "TcpAckFrequency",
      "Jumbo Packet is 9014 Bytes",
    ]);
  });
});

describe("an answer file that is there", () => {
  const merged = merge(RICH, FULL, plain(OTHER_MAC));

  test("keeps every character but the entry that is replaced", () => {
    const entry =
      /\t\t\t\t<Interface wcm:action="add">\r\n\t\t\t\t\t<Ipv4Settings><DhcpEnabled>true[\s\S]*?<\/Interface>/.exec(
        RICH,
      )?.[0] ?? "";
    const [before = "", after = ""] = RICH.split(entry);
    expect(entry).not.toBe("");
    expect(merged.text.startsWith(before)).toBe(true);
    // What follows the entry is still there, with ours in between.
    for (const line of after.split("\r\n")) expect(merged.text).toContain(line);
    expect(merged.text).toContain("<!-- the end of the adapters -->");
    expect(merged.text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  test("the entry with the same MAC address, however it is written, is replaced and told; others stay", () => {
    const identifiers = [...merged.text.matchAll(/<Identifier>\s*(.*?)\s*<\/Identifier>/g)].map(([, one]) => one);
    const tcpip = identifiers.slice(0, 6).filter((one) => one !== undefined && one.length > 1);
    expect(tcpip).toEqual(["Ethernet 7", MAC, "02-00-00-00-00-01", OTHER_MAC]);
    expect(merged.warnings.map(({ code }) => code).toSorted()).toEqual([
      "answer-file-entry-replaced",
      "answer-file-names-connection",
    ]);
    expect(merged.warnings.map(({ message }) => message).join("\n")).toContain('"Ethernet 7"');
  });

  test("merging again changes nothing and says so of no entry", () => {
    const again = merge(merged.text, FULL, plain(OTHER_MAC));
    expect(again.text).toBe(merged.text);
    expect(again.takeBack).toEqual([]);
    expect(again.warnings.map(({ code }) => code)).toEqual(["answer-file-names-connection"]);
  });

  test("is led back to exactly", () => {
    expect(merged.takeBack.reduce(spliced, merged.text)).toBe(RICH);
  });

  test("two entries for one MAC address become one", () => {
    const twice = merge(EMPTY_ANSWER_FILE, plain(MAC)).text.replace(/(\s*<Interface [\s\S]*?<\/Interface>)/, "$1$1");
    const { text, takeBack } = merge(twice, plain(MAC, "10.0.0.77"));
    expect(text.match(/<Identifier>/g)).toHaveLength(1);
    expect(text).toContain("10.0.0.77/24");
    expect(takeBack.reduce(spliced, text)).toBe(twice);
  });

  test("an entry for which there is nothing to say now stays, and is told", () => {
    const { text, warnings } = merge(merge(EMPTY_ANSWER_FILE, FULL).text, plain(MAC));
    expect(component(text, "Microsoft-Windows-NetBT")).toBeDefined();
    expect(warnings.filter(({ code }) => code === "answer-file-entry-kept")).toHaveLength(2);
  });

  test.each([
    ["an empty list", "<Interfaces></Interfaces>"],
    ["an empty tag", "<Interfaces />"],
    ["no list", "<Other>1</Other>"],
    ["nothing", ""],
  ])("%s is filled", (_, content) => {
    const text = `<u:unattend xmlns:u="urn:schemas-microsoft-com:unattend"><u:settings pass="specialize"><u:component name="microsoft-windows-tcpip" processorArchitecture="AMD64">${content.replaceAll("<", "<u:").replaceAll("<u:/", "</u:")}</u:component></u:settings></u:unattend>`;
    const result = merge(text, plain(MAC));
    const found = component(result.text, "microsoft-windows-tcpip");
    expect(found?.children.at(-1)?.children.map(outline)).toEqual([
      "Interface(Ipv4Settings(DhcpEnabled=false) Identifier=00-50-56-A7-1B-22 UnicastIpAddresses(IpAddress=10.0.0.9/24))",
    ]);
    expect(found?.children.at(-1)?.children[0]?.uri).toBe("urn:schemas-microsoft-com:unattend");
    expect(result.text.match(/<u:component/g)).toHaveLength(1);
    expect(result.takeBack.reduce(spliced, result.text)).toBe(text);
  });

  test("another architecture's component is another's", () => {
    const { text } = mergeAnswerFile(RICH, PATH, { architectures: ["arm64"], interfaces: [plain(MAC)] });
    expect(text).toContain('processorArchitecture="arm64"');
    expect(text).toContain(" 00:50:56:a7:1b:22 ");
  });

  test("a prefix that stands for something else inside is not used for ours", () => {
    const text =
      '<unattend xmlns="urn:schemas-microsoft-com:unattend" xmlns:w="http://schemas.microsoft.com/WMIConfig/2002/State"><settings pass="specialize" xmlns:w="urn:other"></settings></unattend>';
    const { text: written } = merge(text, plain(MAC));
    expect(written).toContain('xmlns:wcm="http://schemas.microsoft.com/WMIConfig/2002/State"');
    expect(written).not.toContain('w:action="add" w:');
    expect(readXml(written).children[0]?.children).toHaveLength(1);
  });
});

describe("what is refused", () => {
  test.each([
    [
      "not closed",
      "<unattend xmlns='urn:schemas-microsoft-com:unattend'>\n  <settings>\n</unattend>",
      "line 3, column",
    ],
    ["no XML", "[unattended]\r\nUnattendMode=FullUnattended", "line 2, column"],
    ["empty", "", "line 1, column"],
    [
      "an entity of its own",
      '<!DOCTYPE u [<!ENTITY a "b">]>\n<unattend xmlns="urn:schemas-microsoft-com:unattend">&a;</unattend>',
      "line 2, column",
    ],
    ["too deep", `${"<a>".repeat(100)}${"</a>".repeat(100)}`, "line 1, column"],
    [
      "a prefix that nothing declares",
      '<unattend xmlns="urn:schemas-microsoft-com:unattend"><w:x/></unattend>',
      "line 1, column",
    ],
  ])("%s: exit code 20 with line and column", (_, text, at) => {
    const failure = failureOf(() => merge(text, FULL));
    expect(failure).toMatchObject({ exitCode: 20, code: "answer-file-not-xml" });
    expect(failure.at).toContain(`${PATH}: ${at}`);
  });

  test("XML that is no answer file", () => {
    expect(failureOf(() => merge("<unattend/>", FULL))).toMatchObject({ exitCode: 20, code: "no-answer-file" });
  });

  test("a component that is there twice, which Setup refuses", () => {
    const text = `<unattend xmlns="urn:schemas-microsoft-com:unattend">\n<settings pass="specialize">\n${'<component name="Microsoft-Windows-TCPIP" processorArchitecture="amd64"/>\n'.repeat(2)}</settings></unattend>`;
    expect(failureOf(() => merge(text, FULL))).toMatchObject({ exitCode: 20, at: `${PATH}: line 4, column 1` });
  });

  test("a pass that Setup is done with", () => {
    const text = RICH.replace('pass="specialize"', 'pass="specialize" wasPassProcessed="true"');
    expect(failureOf(() => merge(text, FULL))).toMatchObject({ exitCode: 24, code: "answer-file-processed" });
  });
});

const macs = fc
  .integer({ min: 0, max: 20 })
  .map((number) => `02-00-00-00-00-${String(number).padStart(2, "0")}` as MacAddress);
const requests = fc
  .uniqueArray(fc.record({ mac: macs, address: fc.ipV4(), full: fc.boolean() }), {
    selector: ({ mac }) => mac,
    maxLength: 6,
  })
  .map((list) => list.map(({ mac, address, full }) => (full ? { ...FULL, mac } : plain(mac, address))));

test("whatever is merged in whatever order: well-formed, idempotent, and led back to exactly", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(RICH, EMPTY_ANSWER_FILE, merge(RICH, FULL).text),
      requests,
      requests,
      (text, first, second) => {
        const one = merge(text, ...first);
        const two = merge(one.text, ...second);
        expect(merge(two.text, ...second).text).toBe(two.text);
        expect([...two.takeBack, ...one.takeBack].reduce(spliced, two.text)).toBe(text);
        for (const { mac } of second) expect(two.text).toContain(`<Identifier>${mac}</Identifier>`);
      },
    ),
    { numRuns: 100 },
  );
});

describeWithTools("xmllint", ["xmllint"], () => {
  test.each([
    ["a new file", merge(EMPTY_ANSWER_FILE, FULL, plain(OTHER_MAC)).text],
    ["a merged one", merge(RICH, FULL, plain(OTHER_MAC)).text],
  ])("%s is well-formed", (_, text) => {
    const run = runTool("xmllint", ["--nonet", "--noout", "-"], { input: text });
    expect(run.stderr.toString()).toBe("");
    expect(run.status).toBe(0);
  });
});
