/** What people call a version of Windows, by its build; and which versions stand on hives that were seen. */
import type { WindowsFamily } from "./model/windows.ts";

interface Release {
  readonly firstBuild: number;
  readonly family: WindowsFamily;
  readonly client: string;
  readonly server: string;
}

/**
 * Newest first (Microsoft, "Operating System Version" and the release information pages). A build between two that are
 * listed is called as the one before it; 3790 is XP x64 as well.
 */
const RELEASES: readonly Release[] = [
  { firstBuild: 26100, family: "10", client: "11", server: "Server 2025" },
  { firstBuild: 22000, family: "10", client: "11", server: "Server 2022" },
  { firstBuild: 20348, family: "10", client: "10", server: "Server 2022" },
  { firstBuild: 17763, family: "10", client: "10", server: "Server 2019" },
  { firstBuild: 14393, family: "10", client: "10", server: "Server 2016" },
  { firstBuild: 10240, family: "10", client: "10", server: "Server 2016 or later" },
  { firstBuild: 9600, family: "8.1", client: "8.1", server: "Server 2012 R2" },
  { firstBuild: 9200, family: "8", client: "8", server: "Server 2012" },
  { firstBuild: 7600, family: "7", client: "7", server: "Server 2008 R2" },
  { firstBuild: 6000, family: "vista", client: "Vista", server: "Server 2008" },
  { firstBuild: 3790, family: "xp", client: "XP x64", server: "Server 2003" },
  { firstBuild: 2600, family: "xp", client: "XP", server: "XP/2003" },
  { firstBuild: 2195, family: "xp", client: "2000", server: "2000 Server" },
];

/** By its structure alone a family is known; which of 10's servers it is, is not. */
const WITHOUT_BUILD: Readonly<Record<WindowsFamily, { readonly client: string; readonly server: string }>> = {
  xp: { client: "XP", server: "Server 2003" },
  vista: { client: "Vista", server: "Server 2008" },
  "7": { client: "7", server: "Server 2008 R2" },
  "8": { client: "8", server: "Server 2012" },
  "8.1": { client: "8.1", server: "Server 2012 R2" },
  "10": { client: "10", server: "Server 2016 or later" },
};

/** What SOFTWARE knows beside the build. */
interface ExactWords {
  /** "1909" */
  readonly release?: string | undefined;
}

/**
 * A client where the hive does not say: then XP cannot be told from 2003. Servers between those with a year ("Windows
 * Server, version 1909") are called by their release, where that is known exactly.
 */
export function versionName(
  family: WindowsFamily,
  build: number | undefined,
  productType: string | undefined,
  exact?: ExactWords,
): string {
  const isServer = productType !== undefined && productType.toLowerCase() !== "winnt";
  if (family === "xp" && build === undefined && productType === undefined) return "XP/2003";
  const release = releaseOf(build);
  const { client, server } = release ?? WITHOUT_BUILD[family];
  if (!isServer) return client;
  const isBetween = family === "10" && release !== undefined && release.firstBuild !== build;
  return isBetween && exact !== undefined ? `Server, version ${exact.release ?? `of build ${build}`}` : server;
}

export function familyOfBuild(build: number): WindowsFamily | undefined {
  return releaseOf(build)?.family;
}

function releaseOf(build: number | undefined): Release | undefined {
  return build === undefined ? undefined : RELEASES.find(({ firstBuild }) => build >= firstBuild);
}

/** Of which real hives were read: XP SP3, 7 SP1, 8.1, 10 1903 and 10 21H2, all of clients. */
const SEEN: readonly string[] = ["XP", "7", "8.1", "10"];

/** The sentence that is said of a version that no hive has shown; undefined for one that was seen. */
export function whyInferred(name: string): string | undefined {
  return SEEN.includes(name)
    ? undefined
    : `no hive of Windows ${name} has been seen: it is read and changed by the rules of the nearest version of which one was`;
}
