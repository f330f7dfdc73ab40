/** The Windows of an image as INF files speak of one. */
import type { Windows, WindowsFamily } from "../windows/model/windows.ts";
import type { Architecture, TargetOs } from "./inf/target-os.ts";

/** PROCESSOR_ARCHITECTURE (Microsoft, "WOW64 Implementation Details"). */
const ARCHITECTURES: Readonly<Record<string, Architecture>> = {
  X86: "x86",
  AMD64: "amd64",
  IA64: "ia64",
  ARM: "arm",
  ARM64: "arm64",
};

/** ProductType: VER_NT_ numbers of its words (winnt.h). */
const PRODUCT_TYPES: Readonly<Record<string, 1 | 2 | 3>> = { WINNT: 1, LANMANNT: 2, SERVERNT: 3 };

/** XP of 64 bits is 5.2, as 2003 is; the build tells. */
const VERSIONS: Readonly<Record<WindowsFamily, readonly [major: number, minor: number]>> = {
  xp: [5, 1],
  vista: [6, 0],
  "7": [6, 1],
  "8": [6, 2],
  "8.1": [6, 3],
  "10": [10, 0],
};

const FIRST_BUILD_OF_5_2 = 3790;

/** Undefined where the hive does not say for which processor it is. */
export function osOf({ version, processorArchitecture = "" }: Windows): TargetOs | undefined {
  const architecture = ARCHITECTURES[processorArchitecture.toUpperCase()];
  if (architecture === undefined) return undefined;
  const { family, build, productType = "" } = version;
  const [major, minor] = VERSIONS[family];
  const isNewerXp = family === "xp" && build !== undefined && build >= FIRST_BUILD_OF_5_2;
  return {
    architecture,
    major,
    minor: isNewerXp ? 2 : minor,
    build,
    productType: PRODUCT_TYPES[productType.toUpperCase()],
  };
}
