/** Hashes of files as the pins, SHA256SUMS and the bill of materials write them. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";

/** In hexadecimal, as sha256sum prints it. */
export function sha256Of(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}

/** As package-lock.json has it: "sha512-" and base64. */
export function integrityOf(file: string): string {
  return `sha512-${createHash("sha512").update(readFileSync(file)).digest("base64")}`;
}
