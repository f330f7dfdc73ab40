/** Node's own node.exe as a base to pack into: without Node's signature, which the packing would break, and with our name on it. */
import { NtExecutable, NtExecutableResource, Resource } from "resedit";

/** What Windows shows of the executable under Properties, Details. */
export interface ProductDetails {
  /** Of package.json: "0.1.0". */
  readonly version: string;
  readonly description: string;
  readonly author: string;
  readonly license: string;
}

const ENGLISH = 1033;
const UTF_16 = 1200;
const RT_ICON = 3;
const RT_GROUP_ICON = 14;

/** The bytes of the base; Node's icon is left out, its manifest (the Windows versions that it supports) stays. */
export function windowsBase(node: Uint8Array, details: ProductDetails): Uint8Array {
  const executable = NtExecutable.from(node, { ignoreCert: true }); // what is not read is not written
  const resources = NtExecutableResource.from(executable);
  resources.entries = resources.entries.filter(({ type }) => type !== RT_ICON && type !== RT_GROUP_ICON);
  const [version] = Resource.VersionInfo.fromEntries(resources.entries);
  if (version === undefined) throw new Error("node.exe has no version resource");
  describe(version, details);
  version.outputToResourceEntries(resources.entries);
  // Shrunk: LIEF, which packs, misreads a section whose bytes in the file are many more than those in memory.
  resources.outputResource(executable, false, true);
  return new Uint8Array(executable.generate());
}

function describe(info: Resource.VersionInfo, { version, description, author, license }: ProductDetails): void {
  const numbers = /^(\d+)\.(\d+)\.(\d+)/.exec(version)?.slice(1).map(Number);
  if (numbers === undefined) throw new Error(`the version ${version} has no three numbers`);
  const [major = 0, minor = 0, patch = 0] = numbers;
  info.setFileVersion(major, minor, patch, 0, ENGLISH);
  info.setProductVersion(major, minor, patch, 0, ENGLISH);
  info.setStringValues(
    { lang: ENGLISH, codepage: UTF_16 },
    {
      CompanyName: author,
      ProductName: "pint-offline",
      FileDescription: description,
      FileVersion: version,
      ProductVersion: version,
      InternalName: "pint",
      OriginalFilename: "pint.exe",
      LegalCopyright: `Copyright ${author}. ${license} license. Contains Node.js and others: see the licences beside it.`,
    },
  );
}
