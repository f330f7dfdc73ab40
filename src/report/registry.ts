/** Registry values and changes in one line each. */
import type { Change } from "../windows/model/change.ts";
import type { RegistryData } from "../notation/registry-data.ts";

/** Longer binary data is cut in text (and said to be); JSON has all of it. */
const SHOWN_HEX_DIGITS = 32;

/** `10.3.58.5` for text, `a, b` for a list, `hex 0102... (20 bytes)`; what could be taken for nothing is put in words. */
export function dataText({ data }: Pick<RegistryData, "data">): string {
  if (typeof data === "number") {
    return String(data);
  }
  if (typeof data === "string") {
    return data === "" ? '""' : data;
  }
  return "hex" in data ? hexText(data.hex) : listText(data);
}

function listText(texts: readonly string[]): string {
  return texts.length === 0 ? "(empty list)" : texts.map((text) => (text === "" ? '""' : text)).join(", ");
}

function hexText(hex: string): string {
  const sizeBytes = hex.length / 2;
  return hex.length <= SHOWN_HEX_DIGITS
    ? `hex ${hex === "" ? "(empty)" : hex}`
    : `hex ${hex.slice(0, SHOWN_HEX_DIGITS)}... (${sizeBytes} bytes)`;
}

/** "(none)" when there is no value; the type is told by the caller, or here when `withType`. */
export function valueText(value: RegistryData | null | undefined): string {
  return value === null || value === undefined ? "(none)" : `${typeText(value.type)} ${dataText(value)}`;
}

function typeText(type: RegistryData["type"]): string {
  return typeof type === "number" ? `type 0x${type.toString(16)}` : type;
}

/** What a change does within its key: `set IPAddress: (none) -> REG_MULTI_SZ 10.3.58.5`. */
export function changeText(change: Change): string {
  switch (change.kind) {
    case "set-value":
      return `set ${valueName(change.name)}: ${valueText(change.was)} -> ${valueText(change)}`;
    case "delete-value":
      return `delete ${valueName(change.name)}: ${valueText(change.was)} -> (none)`;
    case "create-key":
      return "create this key";
    case "delete-key":
      return "delete this key and everything below it";
  }
}

/** The unnamed value of a key is called so by regedit. */
export function valueName(name: string): string {
  return name === "" ? "(Default)" : name;
}
