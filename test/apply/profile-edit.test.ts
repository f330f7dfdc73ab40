/** `pint profile`: what is shown, what is changed, what stays, and what is refused with nothing written. */
import { chmodSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { editProfile, type ProfileEditOptions } from "../../src/apply/profile-edit.ts";
import { listProfile } from "../../src/apply/profile-list.ts";
import { parseProfile } from "../../src/profile/document.ts";
import { FIELDS } from "../../src/profile/field-change.ts";
import { failureOf } from "../support/failures.ts";
import { newFolder, writeFileIn } from "../support/folders.ts";
import { LINUX } from "../support/hosts.ts";
import { NOW, SILENT } from "./support.ts";

const TEXT = `{
  "pintProfile": 1,
  "connections": [
    {  "number": 4, "name": "LAN",
       "ipv4": { "addresses": ["10.0.0.5/24"], "gateways": ["10.0.0.1"], "mtu": 1400 },
       "mac": { "permanent": "00-50-56-A7-1B-22" },
       "guid": "{9D4E6F03-2C8B-4B7F-A1E6-5C0D8E3F7A22}" },
    {
      "number": 2,
      "name": "Backup",
      "ipv4": { "addresses": ["10.0.1.5/24"] },
      "mac": { "user": ["00-50-56-00-00-01"] }
    }
  ]
}
`;

function stage(text = TEXT) {
  const folder = newFolder();
  const file = writeFileIn(folder, "profile.json", text);
  const edit = (connection: string, what: ProfileEditOptions["edit"]) =>
    editProfile({ file, connection, edit: what, now: NOW, host: LINUX }, SILENT);
  return {
    folder,
    file,
    edit,
    set: (connection: string, ...fields: (readonly [string, string])[]) => edit(connection, { kind: "set", fields }),
    text: () => readFileSync(file, "utf8"),
    profile: () => parseProfile(readFileSync(file), file).profile,
  };
}

describe("a user-defined MAC address", () => {
  test("is added to the connection, the former file is kept, and nothing else in the text changes", () => {
    const { file, folder, edit, text } = stage();
    const result = edit("LAN", { kind: "add-mac", mac: "0050.56aa.0002" });
    expect(text()).toBe(
      TEXT.replace(
        '"permanent": "00-50-56-A7-1B-22" }',
        '"permanent": "00-50-56-A7-1B-22", "user": ["00-50-56-AA-00-02"] }',
      ),
    );
    const kept = join(folder, "profile-before-2026-03-01T12-34-56Z.json");
    expect(result).toMatchObject({
      path: file,
      written: true,
      formerKeptAs: kept,
      exitCode: 0,
      changes: [{ at: "$.connections[0].mac.user", value: ["00-50-56-AA-00-02"] }],
      connection: { number: 4, mac: { user: ["00-50-56-AA-00-02"] } },
    });
    expect(readFileSync(kept, "utf8")).toBe(TEXT);
  });

  test("that is there already changes nothing, not even the file", () => {
    const { folder, edit, text } = stage();
    expect(edit("2", { kind: "add-mac", mac: "00:50:56:00:00:01" })).toMatchObject({
      written: false,
      formerKeptAs: null,
    });
    expect(text()).toBe(TEXT);
    expect(readdirSync(folder)).toEqual(["profile.json"]);
  });

  test("is taken away again; of two the other stays", () => {
    const { edit, profile } = stage();
    edit("2", { kind: "add-mac", mac: "00-50-56-00-00-02" });
    edit("2", { kind: "remove-mac", mac: "00-50-56-00-00-01" });
    expect(profile().connections[1]?.mac.user).toEqual(["00-50-56-00-00-02"]);
  });

  test.each([
    ["4", "00-50-56-A7-1B-22", "not-user-defined", "captured with"],
    ["4", "00-50-56-00-00-09", "not-user-defined", "has no user-defined"],
    ["4", "nonsense", "no-mac-address", "is not a MAC address"],
  ])("that connection %s does not have: %s (%s)", (connection, mac, code, words) => {
    const { edit, text } = stage();
    const failure = failureOf(() => edit(connection, { kind: "remove-mac", mac }));
    expect(failure).toMatchObject({ exitCode: 2, code, message: expect.stringContaining(words) });
    expect(text()).toBe(TEXT);
  });

  test.each(["00-50-56-00-00-01", "01-00-5E-00-00-01"])(
    "%s would make the profile invalid: 20, with the JSON path, and nothing is written",
    (mac) => {
      const { edit, text, folder } = stage();
      const failure = failureOf(() => edit("LAN", { kind: "add-mac", mac }));
      expect(failure).toMatchObject({ exitCode: 20, advice: expect.stringContaining("nothing was written") });
      expect(failure.message).toMatch(/\$\.connections\[[01]\]\.mac\.user\[0\]/);
      expect(text()).toBe(TEXT);
      expect(readdirSync(folder)).toEqual(["profile.json"]);
    },
  );
});

describe("set", () => {
  test.each([
    ["name", "Server", { name: "Server" }],
    ["apply", "dhcp", { apply: "dhcp" }],
    [
      "addresses",
      "10.0.0.7/24, 10.0.0.8/25",
      {
        ipv4: {
          addresses: [
            { address: "10.0.0.7", prefixLength: 24 },
            { address: "10.0.0.8", prefixLength: 25 },
          ],
        },
      },
    ],
    [
      "gateways",
      "10.0.0.1,10.0.0.2@20",
      {
        ipv4: {
          gateways: [
            { address: "10.0.0.1", metric: 0 },
            { address: "10.0.0.2", metric: 20 },
          ],
        },
      },
    ],
    ["gateways", "", { ipv4: { gateways: [] } }],
    [
      "dns",
      "10.0.0.2,2001:DB8::2,10.0.0.3",
      { ipv4: { dnsServers: ["10.0.0.2", "10.0.0.3"] }, ipv6: { dnsServers: ["2001:db8::2"] } },
    ],
    ["suffix", "corp.example", { ipv4: { dnsSuffix: "corp.example" } }],
    ["wins", "10.0.0.8", { netbios: { winsServers: ["10.0.0.8"] } }],
    ["netbios", "off", { netbios: { option: 2 } }],
    ["metric", "20", { ipv4: { interfaceMetric: 20 } }],
    ["metric", "0", { ipv4: { interfaceMetric: 0 } }],
  ])("%s=%s", (field, value, expected) => {
    const { set, profile } = stage();
    expect(set("LAN", [field, value]).written).toBe(true);
    expect(profile().connections[0]).toMatchObject(expected);
    expect(profile().connections[1]).toEqual(parseProfile(TEXT, "x").profile.connections[1]);
  });

  test("an empty value takes the field away", () => {
    const { set, profile } = stage();
    set("LAN", ["mtu", ""]);
    expect(profile().connections[0]?.ipv4).not.toHaveProperty("mtu");
  });

  test("several at once: static to DHCP needs both", () => {
    const { set, profile, text } = stage();
    expect(failureOf(() => set("Backup", ["mode", "dhcp"]))).toMatchObject({
      exitCode: 20,
      at: expect.stringContaining("$.connections[1].ipv4.addresses"),
    });
    expect(text()).toBe(TEXT);
    set("Backup", ["mode", "dhcp"], ["addresses", ""]);
    expect(profile().connections[1]?.ipv4).toMatchObject({ mode: "dhcp", addresses: [] });
  });

  test.each([
    [["mtu", "big"], 2, "wrong-value"],
    [["netbios", "maybe"], 2, "wrong-value"],
    [["speed", "10"], 2, "no-such-field"],
    [["__proto__", "10"], 2, "no-such-field"],
    [["addresses", "10.0.0.0/24"], 20, "invalid-document"],
    [["addresses", "10.0.0.5"], 20, "invalid-document"],
    [["addresses", "10.0.0.5/255.0.255.0"], 20, "invalid-document"],
    [["addresses", "10.0.1.5/24"], 20, "invalid-document"],
    [["gateways", "10.0.0.1@x"], 20, "invalid-document"],
    [["apply", "later"], 20, "invalid-document"],
    [["mtu", "9999999999"], 20, "invalid-document"],
  ] as const)("%j is refused with %i (%s), and nothing is written", (field, exitCode, code) => {
    const { set, text, folder } = stage();
    expect(failureOf(() => set("LAN", field))).toMatchObject({ exitCode, code });
    expect(text()).toBe(TEXT);
    expect(readdirSync(folder)).toEqual(["profile.json"]);
  });

  test("every field has an example that can be set", () => {
    for (const [field, { example }] of Object.entries(FIELDS)) {
      const { set } = stage();
      const value = example.split(/ \(| or |, /)[0] ?? "";
      expect(() => set("LAN", [field, value])).not.toThrow();
    }
  });
});

describe("a connection", () => {
  test.each(["4", "lan", "{9d4e6f03-2c8b-4b7f-a1e6-5c0d8e3f7a22}", "00:50:56:a7:1b:22"])("is found by %s", (named) => {
    expect(stage().set(named, ["mtu", "1300"]).connection.number).toBe(4);
  });

  test("that is not there, or twice, is told with those that are", () => {
    const twice = TEXT.replace('"Backup"', '"LAN"');
    for (const [text, named, words] of [
      [TEXT, "1", "has no connection"],
      [twice, "LAN", "names several"],
    ] as const) {
      const failure = failureOf(() => stage(text).set(named, ["mtu", "1300"]));
      expect(failure).toMatchObject({
        exitCode: 2,
        code: "no-such-connection",
        message: expect.stringContaining(words),
      });
      expect(failure.advice).toContain("4 (LAN)");
    }
  });
});

test("a profile that is not valid, not there, or no profile is never edited", () => {
  const invalid = stage(TEXT.replace("10.0.0.5/24", "10.0.0.0/24"));
  expect(failureOf(() => invalid.set("LAN", ["mtu", "1300"]))).toMatchObject({ exitCode: 20 });
  const folder = newFolder();
  const missing = {
    file: join(folder, "none.json"),
    connection: "1",
    edit: { kind: "add-mac", mac: "x" },
    now: NOW,
    host: LINUX,
  } as const;
  expect(failureOf(() => editProfile(missing, SILENT))).toMatchObject({ exitCode: 21 });
  expect(failureOf(() => listProfile(writeFileIn(folder, "i.json", '{"pintInventory":1}')))).toMatchObject({
    exitCode: 20,
    code: "document-kind",
  });
});

test("a document in UTF-16 with its mark is edited too, and saved as UTF-8", () => {
  const folder = newFolder();
  const units = Uint16Array.from(`\ufeff${TEXT}`, (character) => character.charCodeAt(0));
  const file = writeFileIn(folder, "profile.json", new Uint8Array(units.buffer));
  editProfile(
    { file, connection: "LAN", edit: { kind: "set", fields: [["mtu", "1300"]] }, now: NOW, host: LINUX },
    SILENT,
  );
  expect(readFileSync(file, "utf8")).toBe(TEXT.replace("1400", "1300"));
});

test("the listing is the profile as it is read, with its warnings", () => {
  const { file } = stage(TEXT.replace("10.0.0.1", "192.168.0.1"));
  const result = listProfile(file);
  expect(result.profile.connections.map(({ number }) => number)).toEqual([4, 2]);
  expect(result.warnings).toMatchObject([{ code: "gateway-outside-subnet" }]);
});

test("it keeps the mode that it had; where its access list cannot be read, that is told", () => {
  const { file, set } = stage();
  chmodSync(file, 0o640);
  expect(set("LAN", ["mtu", "1300"]).warnings).toEqual([]);
  expect(statSync(file).mode & 0o777).toBe(0o640);
  // No mounts are known, and no program is there to be asked.
  const host = { ...LINUX, machine: { ...LINUX.machine, readText: () => undefined } };
  const options = {
    file,
    connection: "LAN",
    edit: { kind: "set", fields: [["mtu", "1200"]] },
    now: NOW,
    host,
  } as const;
  expect(editProfile(options, SILENT).warnings).toMatchObject([{ code: "profile-writable" }]);
});
