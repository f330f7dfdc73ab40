/** The processor architectures of Windows as answer files name them. */

export type Architecture = "amd64" | "x86" | "arm64";

const BY_WINDOWS: Readonly<Record<string, Architecture>> = { AMD64: "amd64", X86: "x86", ARM64: "arm64" };

/**
 * From what Windows says in its environment (PROCESSOR_ARCHITECTURE); where that is not known, all: Setup takes the components of its own
 * architecture (Microsoft, "Best Practices for Authoring Answer Files": architecture-specific sections).
 */
export function architecturesOf(processorArchitecture: string | undefined): readonly Architecture[] {
  const known = BY_WINDOWS[processorArchitecture?.toUpperCase() ?? ""];
  return known === undefined ? Object.values(BY_WINDOWS) : [known];
}
