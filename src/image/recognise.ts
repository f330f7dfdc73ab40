/** What a file that someone named as an image is, told by its first bytes. */

export type FileKind =
  | "empty"
  | "hive"
  | "hive-log"
  | "reg-text"
  | "text"
  | "wim"
  | "vhdx"
  | "vhd"
  | "qcow2"
  | "vmdk"
  | "iso"
  | "ntfs"
  | "bitlocker"
  | "disk"
  | "unknown";

/** How many bytes from the file's start `recognise` wants: the ISO 9660 descriptor at sector 16 is the farthest. */
export const RECOGNISE_BYTES = 0x8006;

interface Signature {
  readonly kind: FileKind;
  readonly offset: number;
  /** Latin-1; `\0` and others as escapes. */
  readonly bytes: string;
}

// In order: what is told by the first bytes before what any disk or volume has farther on.
const SIGNATURES: readonly Signature[] = [
  { kind: "hive", offset: 0, bytes: "regf" },
  { kind: "wim", offset: 0, bytes: "MSWIM\0\0\0" },
  { kind: "wim", offset: 0, bytes: "WLPWM\0\0\0" }, // wimlib's pipable WIM
  { kind: "vhdx", offset: 0, bytes: "vhdxfile" },
  { kind: "vhd", offset: 0, bytes: "conectix" }, // a dynamic VHD; a fixed one is a raw disk with a footer
  { kind: "qcow2", offset: 0, bytes: "QFI\xfb" },
  { kind: "vmdk", offset: 0, bytes: "KDMV" },
  { kind: "vmdk", offset: 0, bytes: "# Disk DescriptorFile" },
  { kind: "reg-text", offset: 0, bytes: "Windows Registry Editor" },
  { kind: "reg-text", offset: 0, bytes: "\xff\xfeW\0i\0n\0d\0o\0w\0s\0 \0R\0e\0g\0i\0s\0t\0r\0y\0" },
  { kind: "reg-text", offset: 0, bytes: "REGEDIT4" },
  { kind: "ntfs", offset: 3, bytes: "NTFS    " },
  { kind: "bitlocker", offset: 3, bytes: "-FVE-FS-" },
  { kind: "iso", offset: 0x8001, bytes: "CD001" },
  { kind: "disk", offset: 512, bytes: "EFI PART" },
  { kind: "disk", offset: 510, bytes: "\x55\xaa" },
];

/** Where a base block keeps its type: 0 a hive, 1, 2 and 6 a transaction log (msuhanov's regf specification). */
const BASE_BLOCK_TYPE_OFFSET = 28;
const LOG_TYPES: readonly number[] = [1, 2, 6];

/**
 * `head` are the file's first bytes, up to RECOGNISE_BYTES of them; `name` decides only whether a base block of a
 * log's type is a log: with the name of a hive it is a damaged hive, which its own logs may repair.
 */
export function recognise(head: Uint8Array, name: string): FileKind {
  if (head.length === 0) {
    return "empty";
  }
  const known = SIGNATURES.find((signature) => hasAt(head, signature.offset, signature.bytes));
  if (known?.kind === "hive") {
    return isLogName(name) && LOG_TYPES.includes(head[BASE_BLOCK_TYPE_OFFSET] ?? 0) ? "hive-log" : "hive";
  }
  return known?.kind ?? (isText(head) ? "text" : "unknown");
}

/** `SYSTEM.LOG`, `SYSTEM.LOG1`, `SYSTEM.LOG2`, however spelled. */
export function isLogName(name: string): boolean {
  return /\.log[12]?$/i.test(name);
}

function hasAt(head: Uint8Array, offset: number, bytes: string): boolean {
  return (
    offset + bytes.length <= head.length &&
    [...bytes].every((byte, index) => head[offset + index] === byte.charCodeAt(0))
  );
}

/** UTF-16 with its mark, or bytes of which none is a control character that text has not. */
function isText(head: Uint8Array): boolean {
  const sample = head.subarray(0, 512);
  if ((sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff)) {
    return true;
  }
  return sample.every((byte) => byte >= 0x20 || byte === 0x09 || byte === 0x0a || byte === 0x0d) && isUtf8(sample);
}

/** The sample may end within a character, so that its last bytes are allowed to be one's beginning. */
function isUtf8(sample: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(sample, { stream: true });
    return true;
  } catch {
    return false;
  }
}
