/** Registry values and changes in one line each. */
import { describe, expect, test } from "vitest";
import { changeText, dataText, valueText } from "../../src/report/registry.ts";

describe("a value", () => {
  test.each([
    ["REG_SZ", "10.3.58.1", "10.3.58.1"],
    ["REG_SZ", "", '""'],
    ["REG_MULTI_SZ", ["10.3.58.5", "10.3.58.6"], "10.3.58.5, 10.3.58.6"],
    ["REG_MULTI_SZ", [], "(empty list)"],
    ["REG_MULTI_SZ", ["", "a"], '"", a'],
    ["REG_DWORD", 0, "0"],
    ["REG_BINARY", { hex: "" }, "hex (empty)"],
    ["REG_BINARY", { hex: "00ff" }, "hex 00ff"],
    ["REG_BINARY", { hex: "ab".repeat(17) }, `hex ${"ab".repeat(16)}... (17 bytes)`],
  ] as const)("%s %j", (_type, data, text) => {
    expect(dataText({ data })).toBe(text);
  });

  test("is told with its type, which may have no name", () => {
    expect(valueText({ type: "REG_DWORD", data: 1 })).toBe("REG_DWORD 1");
    expect(valueText({ type: 0xffff0012, data: { hex: "01" } })).toBe("type 0xffff0012 hex 01");
    expect(valueText(null)).toBe("(none)");
  });
});

describe("a change", () => {
  const key = "ControlSet001\\Services\\Tcpip\\Parameters\\Interfaces\\{A}";

  test("tells what was and what will be", () => {
    const was = { type: "REG_DWORD", data: 1 } as const;
    expect(changeText({ kind: "set-value", key, name: "EnableDHCP", type: "REG_DWORD", data: 0, was })).toBe(
      "set EnableDHCP: REG_DWORD 1 -> REG_DWORD 0",
    );
    expect(changeText({ kind: "set-value", key, name: "", type: "REG_SZ", data: "x", was: null })).toBe(
      "set (Default): (none) -> REG_SZ x",
    );
    expect(changeText({ kind: "delete-value", key, name: "Lease", was })).toBe("delete Lease: REG_DWORD 1 -> (none)");
  });

  test("of a key says so", () => {
    expect(changeText({ kind: "create-key", key })).toBe("create this key");
    expect(changeText({ kind: "delete-key", key })).toBe("delete this key and everything below it");
  });
});
