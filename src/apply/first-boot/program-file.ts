/** What a Windows executable says of itself: for which machine it is, and its product and version. */
import { NtExecutable, NtExecutableResource, Resource } from "resedit";

export interface ProgramTraits {
  /** Runs on 64-bit Windows on x64, as a 64-bit program. */
  readonly isX64: boolean;
  readonly productName: string | undefined;
  readonly productVersion: string | undefined;
}

/** IMAGE_FILE_MACHINE_AMD64 (Microsoft, "PE Format"). */
const AMD64 = 0x8664;

/** Undefined for what is no executable, whatever it is. */
export function programTraits(bytes: Uint8Array): ProgramTraits | undefined {
  try {
    const program = NtExecutable.from(bytes, { ignoreCert: true });
    const isX64 = !program.is32bit() && program.newHeader.fileHeader.machine === AMD64;
    const [version] = Resource.VersionInfo.fromEntries(NtExecutableResource.from(program, true).entries);
    const [language] = version?.getAllLanguagesForStringValues() ?? [];
    const texts = language === undefined ? undefined : version?.getStringValues(language);
    return { isX64, productName: texts?.["ProductName"], productVersion: texts?.["ProductVersion"] };
  } catch {
    return undefined; // its parser throws whatever it stumbles over
  }
}
