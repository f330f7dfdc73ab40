/** What a first boot needs in a test: the two programs, and a machine that keeps the access lists of a volume. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { NtExecutable, NtExecutableResource, Resource } from "resedit";
import { pinnedFile } from "../../scripts/package/pinned-files.ts";
import { fromHex } from "../../src/bytes/hex.ts";
import { parseDescriptor } from "../../src/image/access-list/descriptor.ts";
import { whyOthersMayWrite } from "../../src/image/access-list/who-may-write.ts";
import type { Host } from "../../src/image/host.ts";
import { VERSION } from "../../src/version.ts";
import { LINUX } from "./hosts.ts";

export interface ProgramTraits {
  readonly is32Bit?: boolean;
  readonly productName?: string;
  readonly version?: string;
}

/** An executable without code that says of itself what pint.exe says, or something else. */
export function phonyProgram({
  is32Bit = false,
  productName = "pint-offline",
  version = VERSION,
}: ProgramTraits = {}): Uint8Array {
  const program = NtExecutable.createEmpty(is32Bit, false);
  if (!is32Bit) program.newHeader.fileHeader.machine = 0x8664;
  const resources = NtExecutableResource.from(program);
  const info = Resource.VersionInfo.createEmpty();
  info.setStringValues({ lang: 1033, codepage: 1200 }, { ProductName: productName, ProductVersion: version });
  info.outputToResourceEntries(resources.entries);
  resources.outputResource(program);
  return new Uint8Array(program.generate());
}

export interface FinisherFolder {
  readonly path: string;
  readonly remove: () => void;
}

/** A folder with such a pint.exe and the real nssm.exe. */
export async function finisherFolder(): Promise<FinisherFolder> {
  const path = mkdtempSync(join(tmpdir(), "pint-finisher-"));
  writeFileSync(join(path, "pint.exe"), phonyProgram());
  copyFileSync(await pinnedFile("nssm", "examples/nssm.exe"), join(path, "nssm.exe"));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** As ntfs-3g makes a folder: everyone may do everything. */
const FOR_EVERYONE =
  "0100048014000000240000000000000034000000010200000000000520000000200200000102000000000005200000002002000002001c000100000000031400ff011f00010100000000000100000000";

export interface ListKeeper {
  readonly host: Host;
  /** Why others may write there; undefined when they may not. */
  readonly whyOpen: (path: string) => string | undefined;
}

/** A Linux whose volumes are all NTFS as far as getfattr and setfattr tell; `sets: false`: nothing that is set stays. */
export function keepingLists({ sets = true } = {}): ListKeeper {
  const lists = new Map<string, string>();
  const listOf = (path: string): string => lists.get(path) ?? FOR_EVERYONE;
  const host: Host = {
    ...LINUX,
    machine: {
      ...LINUX.machine,
      ask: (program, args) => {
        const path = args.at(-1) ?? "";
        const isThere = program === "getfattr" && args.includes("system.ntfs_acl");
        return isThere
          ? { ended: true, status: 0, output: `# file: ${path}\nsystem.ntfs_acl=0x${listOf(path)}\n\n` }
          : { ended: true, status: 1, output: "" };
      },
      execute: (program, args) => {
        if (program !== "setfattr") return { ended: false, reason: `there is no ${program}` };
        if (sets) lists.set(args.at(-1) ?? "", (args[args.indexOf("-v") + 1] ?? "").slice(2));
        return { ended: true, status: 0 };
      },
    },
  };
  const whyOpen = (path: string): string | undefined => {
    const found = parseDescriptor(fromHex(listOf(path)) ?? new Uint8Array());
    return found === undefined ? "no list" : whyOthersMayWrite(found);
  };
  return { host, whyOpen };
}
