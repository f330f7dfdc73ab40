/** What a profile may say, what a person is told who says it wrongly, and what is filled in. */
import { describe, expect, test } from "vitest";
import { DocumentFailure } from "../../src/document/problem.ts";
import { formatProfile, type ParsedProfile, parseProfile } from "../../src/profile/document.ts";
import { NO_IPV6 } from "../../src/windows/settings/ipv6.ts";

type Json = Record<string, unknown>;

function parse(...connections: readonly unknown[]): ParsedProfile {
  return parseProfile(JSON.stringify({ pintProfile: 1, connections }), "profile.json");
}

/** Every place of a refused document with what is said of it. */
function problems(...connections: readonly unknown[]): Record<string, string> {
  try {
    parse(...connections);
  } catch (error) {
    if (!(error instanceof DocumentFailure)) throw error;
    expect(error).toMatchObject({ exit: "invalidDocument", exitCode: 20 });
    expect(error.at?.startsWith("profile.json: $")).toBe(true);
    return Object.fromEntries(
      error.problems.map(({ path, message }) => [
        path.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join(""),
        message,
      ]),
    );
  }
  throw new Error("the profile was accepted");
}

function withAddress(address: unknown, more: Json = {}): Json {
  return { ipv4: { addresses: [address], ...more } };
}

describe("the least that a person must write", () => {
  test("a name and an address", () => {
    const text =
      '{"pintProfile":1,"connections":[{"name":"LAN","ipv4":{"mode":"static","addresses":[{"address":"10.0.0.5","prefixLength":24}]}}]}';
    expect(parseProfile(text, "profile.json")).toEqual({
      profile: {
        pintProfile: 1,
        connections: [
          {
            number: 1,
            name: "LAN",
            apply: "move",
            ipv4: {
              mode: "static",
              addresses: [{ address: "10.0.0.5", prefixLength: 24 }],
              gateways: [],
              dnsServers: [],
            },
            ipv6: NO_IPV6,
            netbios: { winsServers: [] },
            mac: { user: [] },
            raw: {},
          },
        ],
      },
      warnings: [],
    });
  });

  test("an address alone makes a connection static; nothing makes it DHCP, which needs nothing", () => {
    const { connections } = parse(withAddress("10.0.0.5/24"), { ipv4: {} }).profile;
    expect(connections.map(({ apply, ipv4 }) => [apply, ipv4.mode])).toEqual([
      ["move", "static"],
      ["dhcp", "dhcp"],
    ]);
  });

  test("connections without a number get those that are free", () => {
    const { connections } = parse({ ipv4: {} }, { number: 1, ipv4: {} }, { number: 3, ipv4: {} }, { ipv4: {} }).profile;
    expect(connections.map(({ number }) => number)).toEqual([2, 1, 3, 4]);
  });

  test("a profile without connections is a warning", () => {
    expect(parse().warnings).toMatchObject([{ code: "empty-profile", at: "profile.json: $.connections" }]);
  });
});

describe("notations", () => {
  test.each([
    ["10.0.0.5/24"],
    ["10.0.0.5/255.255.255.0"],
    [{ address: "10.0.0.5", prefixLength: 24 }],
    [{ address: "10.0.0.5", mask: "255.255.255.0" }],
    [{ address: "10.0.0.5", mask: "/24" }],
    [{ address: "10.0.0.5", mask: "0xffffff00", prefixLength: 24 }],
  ])("address %j", (address) => {
    expect(parse(withAddress(address)).profile.connections[0]?.ipv4.addresses).toEqual([
      { address: "10.0.0.5", prefixLength: 24 },
    ]);
  });

  test.each(["00-50-56-a5-12-69", "00:50:56:A5:12:69", "0050.56a5.1269", "005056a51269", "0:50:56:a5:12:69"])(
    "MAC address %s",
    (mac) => {
      const { connections } = parse({ ipv4: {}, mac: { user: [mac], permanent: mac, current: mac } }).profile;
      expect(connections[0]?.mac).toEqual({
        user: ["00-50-56-A5-12-69"],
        permanent: "00-50-56-A5-12-69",
        current: "00-50-56-A5-12-69",
      });
    },
  );

  test("a gateway with or without a metric, a GUID with or without braces, an IPv6 address in any form", () => {
    const [connection] = parse({
      guid: "698e50a9-4f58-4d86-b61d-f42e58dcacf6",
      ipv4: {
        addresses: ["10.0.0.5/24"],
        gateways: ["10.0.0.1", { address: "10.0.0.2", metric: 5 }, { address: "10.0.0.3" }],
      },
      ipv6: { dnsServers: ["2001:0DB8:0::1"] },
    }).profile.connections;
    expect(connection?.ipv4.gateways).toEqual([
      { address: "10.0.0.1", metric: 0 },
      { address: "10.0.0.2", metric: 5 },
      { address: "10.0.0.3", metric: 0 },
    ]);
    expect(connection?.guid).toBe("{698E50A9-4F58-4D86-B61D-F42E58DCACF6}");
    expect(connection?.ipv6.dnsServers).toEqual(["2001:db8::1"]);
  });

  test("a file from Notepad: UTF-16 with a byte order mark", () => {
    const text = '\ufeff{"pintProfile": 1, "connections": [{"name": "Büro", "ipv4": {}}]}';
    expect(parseProfile(Buffer.from(text, "utf16le"), "profile.json").profile.connections[0]?.name).toBe("Büro");
  });
});

describe("addresses that no adapter can have", () => {
  test.each([
    ["10.0.0.0/24", "the network itself"],
    ["10.0.0.255/24", "broadcast"],
    ["10.0.0.4/30", "the network itself"],
    ["10.0.0.7/30", "broadcast"],
    ["224.0.0.5/24", "multicast"],
    ["239.255.255.255/32", "multicast"],
    ["127.0.0.1/8", "loopback"],
    ["0.0.0.0/24", "0.0.0.0/8"],
    ["255.255.255.255/32", "broadcast"],
    ["240.0.0.1/24", "reserved"],
    ["10.0.0.5/0", "no network"],
  ])("%s", (address, why) => {
    expect(problems(withAddress(address))[".connections[0].ipv4.addresses[0]"]).toContain(why);
  });

  test.each([
    "10.0.0.0/31",
    "10.0.0.1/31",
    "10.0.0.0/32",
    "10.0.0.255/32",
    "10.0.0.255/16",
    "169.254.1.1/16",
    "223.255.255.254/24",
  ])("%s is legitimate", (address) => {
    expect(parse(withAddress(address)).warnings).toEqual([]);
  });

  test("what is not moved is not judged: a ghost may hold anything", () => {
    for (const apply of ["skip", "dhcp"]) {
      expect(
        parse({ apply, ipv4: { mode: "static", addresses: ["10.0.0.0/24"], gateways: ["0.0.0.0"] } }).warnings,
      ).toEqual([]);
      expect(parse({ apply, ipv4: { mode: "static" } }).warnings).toEqual([]);
    }
  });
});

describe("masks", () => {
  test("with holes", () => {
    const connection = {
      ipv4: {
        addresses: [
          { address: "10.0.0.5", prefixLength: 24 },
          { address: "10.0.1.5", mask: "255.0.255.0" },
        ],
      },
    };
    expect(problems(connection)).toEqual({
      ".connections[0].ipv4.addresses[1].mask": expect.stringContaining("without holes"),
    });
  });

  test("missing, too long, or two that contradict each other", () => {
    expect(problems(withAddress({ address: "10.0.0.5" }))).toEqual({
      ".connections[0].ipv4.addresses[0].prefixLength": expect.stringContaining("missing"),
    });
    expect(problems(withAddress("10.0.0.5"))).toEqual({
      ".connections[0].ipv4.addresses[0]": expect.stringContaining("10.0.0.5/24"),
    });
    expect(problems(withAddress({ address: "10.0.0.5", prefixLength: 33 }))).toEqual({
      ".connections[0].ipv4.addresses[0].prefixLength": "must be at most 32, not 33",
    });
    expect(problems(withAddress({ address: "10.0.0.5", prefixLength: 24, mask: "255.255.0.0" }))).toEqual({
      ".connections[0].ipv4.addresses[0].mask": expect.stringContaining("another mask than prefixLength 24"),
    });
  });
});

describe("duplicates", () => {
  const duplicate = expect.stringContaining("duplicate");

  test("an address in one connection, or in two that are moved", () => {
    expect(problems({ ipv4: { addresses: ["10.0.0.5/24", "10.0.0.5/16"] } })).toEqual({
      ".connections[0].ipv4.addresses[1]": duplicate,
    });
    expect(problems(withAddress("10.0.0.5/24"), withAddress("10.0.0.5/24"))).toEqual({
      ".connections[1].ipv4.addresses[0]": expect.stringContaining("$.connections[0].ipv4.addresses[0]"),
    });
    expect(parse(withAddress("10.0.0.5/24"), { apply: "skip", ...withAddress("10.0.0.5/24") }).warnings).toEqual([]);
  });

  test("a number, a GUID, a user's MAC address, a gateway", () => {
    expect(problems({ number: 2, ipv4: {} }, { number: 2, ipv4: {} })).toEqual({ ".connections[1].number": duplicate });
    const [guid, mac] = ["{698E50A9-4F58-4D86-B61D-F42E58DCACF6}", "00-50-56-A5-12-69"];
    expect(problems({ guid, ipv4: {} }, { guid: guid.toLowerCase(), ipv4: {} })).toEqual({
      ".connections[1].guid": duplicate,
    });
    expect(
      problems({ mac: { user: [mac] }, ipv4: {} }, { mac: { user: [mac.replaceAll("-", ":")] }, ipv4: {} }),
    ).toEqual({ ".connections[1].mac.user[0]": duplicate });
    expect(
      problems(withAddress("10.0.0.5/24", { gateways: ["10.0.0.1", { address: "10.0.0.1", metric: 2 }] })),
    ).toEqual({
      ".connections[0].ipv4.gateways[1]": expect.stringContaining("twice"),
    });
  });

  test("one permanent MAC address in two connections is no error: the same card in another slot leaves a ghost", () => {
    const mac = { permanent: "00-50-56-A5-12-69" };
    expect(parse({ mac, ipv4: {} }, { mac, apply: "skip", ipv4: {} }).warnings).toEqual([]);
  });

  test("names and servers are warnings", () => {
    const { warnings } = parse(
      { name: "LAN", ipv4: { dnsServers: ["10.0.0.1", "10.0.0.1"] } },
      { name: "lan", ipv4: {} },
    );
    expect(warnings.map(({ code, at }) => [code, at])).toEqual([
      ["duplicate-name", "profile.json: $.connections[1].name"],
      ["duplicate-server", "profile.json: $.connections[0].ipv4.dnsServers[1]"],
    ]);
  });

  test("a member that is there twice", () => {
    expect(() =>
      parseProfile('{"pintProfile": 1, "connections": [{"ipv4": {}, "apply": "move", "apply": "skip"}]}', "p.json"),
    ).toThrow("$.connections[0].apply: is there twice in the same object; remove one");
  });
});

describe("what does not go together", () => {
  test("static without an address, with a gateway or without", () => {
    expect(problems({ ipv4: { mode: "static" } })[".connections[0].ipv4.addresses"]).toContain(
      'must have an address: add one, or say "mode": "dhcp"',
    );
    expect(problems({ ipv4: { gateways: ["10.0.0.1"] } })[".connections[0].ipv4.addresses"]).toContain(
      "with a gateway must have an address",
    );
  });

  test("DHCP with an address", () => {
    expect(problems(withAddress("10.0.0.5/24", { mode: "dhcp" }))).toEqual({
      ".connections[0].ipv4.addresses": expect.stringContaining('"mode": "static"'),
    });
  });

  test("DHCP with a gateway or servers of its own is legitimate, and moved", () => {
    const { profile, warnings } = parse(
      { ipv4: { mode: "dhcp", gateways: ["10.0.0.1"] } },
      { ipv4: { dnsServers: ["10.0.0.1"] } },
    );
    expect(profile.connections.map(({ apply, ipv4 }) => [apply, ipv4.mode])).toEqual([
      ["move", "dhcp"],
      ["move", "dhcp"],
    ]);
    expect(warnings).toEqual([]);
  });

  test("raw values that have a field, or that belong to a lease", () => {
    const value = { type: "REG_DWORD", data: 1 };
    expect(
      Object.keys(
        problems({
          ipv4: {},
          raw: { mtu: value, IPAddress: value, DhcpServer: value, Lease: value, "": value, A: value, a: value },
        }),
      ),
    ).toEqual([
      ".connections[0].raw.mtu",
      ".connections[0].raw.IPAddress",
      ".connections[0].raw.DhcpServer",
      ".connections[0].raw.Lease",
      ".connections[0].raw.",
      ".connections[0].raw.a",
    ]);
  });

  test("servers, suffix and NetBIOS option that Windows would not take", () => {
    const connection = withAddress("10.0.0.5/24", {
      dnsServers: ["224.0.0.1", "127.0.0.1", "dns.example.net"],
      dnsSuffix: "a.net, b.net",
    });
    expect(
      Object.keys(
        problems({
          ...connection,
          netbios: { option: 3, winsServers: ["0.0.0.0"] },
          ipv6: { dnsServers: ["fe80::"], x: 1 },
        }),
      ),
    ).toEqual([
      ".connections[0].ipv4.dnsServers[0]",
      ".connections[0].ipv4.dnsServers[2]",
      ".connections[0].ipv4.dnsSuffix",
      ".connections[0].netbios.option",
      ".connections[0].netbios.winsServers[0]",
      ".connections[0].ipv6.x",
    ]);
  });
});

describe("gateways", () => {
  test("outside the subnet is a warning, as data", () => {
    const { warnings } = parse(withAddress("10.0.0.5/24", { gateways: ["10.0.1.1"] }));
    expect(warnings).toEqual([
      {
        code: "gateway-outside-subnet",
        at: "profile.json: $.connections[0].ipv4.gateways[0]",
        message: "the gateway 10.0.1.1 is outside the subnet of 10.0.0.5/24",
      },
    ]);
  });

  test("in the subnet of any address is none", () => {
    expect(parse({ ipv4: { addresses: ["10.0.0.5/24", "10.0.1.5/24"], gateways: ["10.0.1.1"] } }).warnings).toEqual([]);
  });

  test.each([
    ["10.0.0.5", "gateway-is-own-address"],
    ["10.0.0.255", "gateway-is-no-station"],
    ["10.0.0.0", "gateway-is-no-station"],
  ])("%s is a warning: %s", (gateway, code) => {
    expect(parse(withAddress("10.0.0.5/24", { gateways: [gateway] })).warnings.map((warning) => warning.code)).toEqual([
      code,
    ]);
  });

  test.each(["0.0.0.0", "127.0.0.1", "224.0.0.1", "255.255.255.255"])("%s is no router", (gateway) => {
    expect(Object.keys(problems(withAddress("10.0.0.5/24", { gateways: [gateway] })))).toEqual([
      ".connections[0].ipv4.gateways[0]",
    ]);
  });
});

test("everything that is wrong is told together, whichever layer finds it", () => {
  const found = problems(
    {
      nmae: "LAN",
      number: 0,
      ipv4: { addresses: ["10.0.0.0/24", { address: "10.0.1.5", mask: "255.0.255.0" }], gateways: ["10.0.0"] },
    },
    { guid: "{1}", mac: { user: ["00-50"] }, apply: "keep", ipv4: { mode: "static" } },
    { ipv4: { mode: "auto", addresses: ["10.0.0.5/24", "10.0.0.5/24"] } },
    { name: "no ipv4" },
    null,
  );
  expect(Object.keys(found)).toEqual([
    ".connections[0].nmae",
    ".connections[0].number",
    ".connections[0].ipv4.addresses[0]",
    ".connections[0].ipv4.addresses[1].mask",
    ".connections[0].ipv4.gateways[0]",
    ".connections[1].guid",
    ".connections[1].mac.user[0]",
    ".connections[1].apply",
    ".connections[1].ipv4.addresses",
    ".connections[2].ipv4.mode",
    ".connections[2].ipv4.addresses[1]",
    ".connections[3].ipv4",
    ".connections[4]",
  ]);
  expect(found[".connections[0].nmae"]).toContain('did you mean "name"?');
});

test("a person reads the fields of a person first", () => {
  const { profile } = parse({
    raw: { X: { type: "REG_SZ", data: "" } },
    guid: "698e50a9-4f58-4d86-b61d-f42e58dcacf6",
    ...withAddress("10.0.0.5/24"),
    name: "LAN",
  });
  const text = formatProfile(profile);
  expect([...text.matchAll(/^ {6}"(\w+)"/gm)].map((match) => match[1])).toEqual([
    "number",
    "name",
    "apply",
    "ipv4",
    "ipv6",
    "netbios",
    "mac",
    "guid",
    "raw",
  ]);
  expect(text).toContain('\n          { "address": "10.0.0.5", "prefixLength": 24 }\n');
  expect(text.endsWith("}\n")).toBe(true);
});
