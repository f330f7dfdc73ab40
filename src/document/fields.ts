/** Zod types for what several documents hold: every notation is read, one is kept. */
import * as z from "zod";
import { type Guid, parseGuid } from "../notation/guid.ts";
import { parseIpv4, parseMask } from "../notation/ipv4.ts";
import { parseIpv6, parseIpv6WithoutZone } from "../notation/ipv6.ts";
import { isStationMac, type MacAddress, parseMac } from "../notation/mac.ts";
import { quote } from "./json-text.ts";

/** `00-50-56-A5-12-69`; read with any separators or none. */
export const macField = textOf<MacAddress>(
  (text) => {
    const mac = parseMac(text);
    return mac !== undefined && isStationMac(mac) ? mac : undefined;
  },
  "a MAC address of an adapter",
  "write it like 00-50-56-A5-12-69",
);

/** `{698E50A9-4F58-4D86-B61D-F42E58DCACF6}`; read without braces and in any case too. */
export const guidField = textOf<Guid>(parseGuid, "a GUID", "write it like {698E50A9-4F58-4D86-B61D-F42E58DCACF6}");

/** Four decimal numbers, whatever the address is for. */
export const ipv4Field = textOf<string>(
  parseIpv4,
  "an IPv4 address",
  "write four numbers from 0 to 255 like 10.0.0.5, without leading zeros",
);

/** In its shortest form. */
export const ipv6Field = textOf<string>(parseIpv6, "an IPv6 address", "write it like 2001:db8::5");

/** The same, of a station on any machine: without a zone. */
export const ipv6StationField = textOf<string>(
  parseIpv6WithoutZone,
  "an IPv6 address without a zone",
  "write it like 2001:db8::5",
);

/** A mask in any notation, as its prefix length. */
export const maskField = textOf<number>(
  parseMask,
  "a mask",
  "a mask is ones followed by zeros, without holes, like 255.255.255.0",
);

export const prefixLengthField = z.int().min(0).max(32);
export const ipv6PrefixLengthField = z.int().min(0).max(128);

/** What a REG_DWORD can hold. */
export const dwordField = z.int().min(0).max(0xffffffff);

/** Hex digits, two for each byte; kept in lower case without separators. */
export const hexField = textOf<string>(
  (text) => {
    const digits = text.replace(/[\s,:-]/g, "").toLowerCase();
    return /^(?:[0-9a-f]{2})*$/.test(digits) ? digits : undefined;
  },
  "bytes in hex digits",
  "write two digits for each byte",
);

/** In lower case, as it is written everywhere. */
export const sha256Field = z.string().regex(/^[0-9a-f]{64}$/, "must be a SHA-256 hash: 64 hex digits in lower case");

/** 32 devices to a bus; 8 functions to a device, 256 with ARI. The bus has no narrow bound: some Windows count the PCI segment into it. */
export const pciLocationField = z.strictObject({
  bus: z.int().min(0).max(0xffffffff),
  device: z.int().min(0).max(0x1f),
  function: z.int().min(0).max(0xff),
});

/** A text in one of several notations, kept in one; `read` gives undefined for what it cannot read. */
function textOf<Output extends string | number>(
  read: (text: string) => Output | undefined,
  what: string,
  advice: string,
) {
  return z.string().transform((text, context): Output => {
    const value = read(text);
    if (value !== undefined) return value;
    context.issues.push({ code: "custom", message: `${quote(text)} is not ${what}: ${advice}`, input: text });
    return z.NEVER;
  });
}
