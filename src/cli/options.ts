/** Every option of every command, declared once: its kind, its help text, and from these the type of the parsed arguments. */
import { FORCE_NAMES } from "../image/force.ts";

/** flag: is given or not. text: takes one value, once. texts: takes one value, and may be repeated. */
type OptionKind = "flag" | "text" | "texts";

interface OptionDeclaration {
  readonly kind: OptionKind;
  readonly alias?: string;
  readonly choices?: readonly string[];
  readonly describe: string;
}

export const OPTIONS = {
  json: { kind: "flag", describe: "one JSON document on stdout, for failures too" },
  quiet: { kind: "flag", describe: "only errors, warnings and what was not done" },
  verbose: { kind: "flag", describe: "also every stage and every registry change" },
  log: { kind: "text", describe: "FILE: a log for CMTrace, to which every stage and change is added" },
  accept: { kind: "text", describe: "CODES: exit codes that end with 0 instead, as in 25,26" },
  profile: { kind: "text", describe: "FILE: the saved configuration (else the one saved in the image)" },
  inventory: {
    kind: "text",
    describe:
      "FILE, this-machine (the default in WinPE, but not of capture) or none: the network adapters of the machine on which the image will boot",
  },
  map: { kind: "texts", describe: "SOURCE=TARGET: pair these two, by name, number, GUID or MAC address" },
  exclude: { kind: "texts", describe: "CONNECTION: it takes no part, as source or as target" },
  match: {
    kind: "text",
    choices: ["mac", "mac,order"],
    describe: "how sources find their targets (default: mac,order)",
  },
  sources: {
    kind: "text",
    choices: ["profile", "orphans"],
    describe: "take the profile's connections, or the image's own orphaned static interfaces (default: profile)",
  },
  orphans: {
    kind: "text",
    choices: ["clear", "keep"],
    describe: "what an orphan keeps once its settings have moved (default: clear)",
  },
  rename: { kind: "flag", describe: "the target takes the source's connection name" },
  "all-or-nothing": { kind: "flag", describe: "move nothing unless every source can be moved" },
  plan: { kind: "text", describe: "FILE: do exactly this plan; refused if the hive has changed since" },
  "dry-run": { kind: "flag", describe: "say what would be done, and do nothing" },
  unattend: {
    kind: "text",
    describe:
      "FILE: an answer file of Windows Setup for the sources that wait for it, put into the one that is there; in-image: into a generalized image, where Setup finds it",
  },
  "first-boot": {
    kind: "flag",
    describe:
      "leave in the image what gives the settings of sources whose adapter Windows has not met yet to it at the first start (with --auto: unless told otherwise)",
  },
  "no-first-boot": { kind: "flag", describe: "with --auto: leave nothing in the image for the first start" },
  "first-boot-files": {
    kind: "text",
    describe: "FOLDER: where pint.exe and nssm.exe are that --first-boot leaves there (else beside this program)",
  },
  auto: {
    kind: "flag",
    describe: "find the one Windows on this machine's volumes, and its profile; verify the result",
  },
  wait: {
    kind: "text",
    describe:
      "SECONDS: how long --auto waits for volumes and for the profile (default: 60), firstboot for the adapters (300)",
  },
  document: { kind: "text", describe: "FILE: the first-boot document (else the one in Windows\\PINT\\first-boot)" },
  "no-restart": { kind: "flag", describe: "do not restart Windows when something was written" },
  reboot: { kind: "flag", describe: "in WinPE: restart the machine when the run ends with 0 or 27" },
  receipt: { kind: "text", describe: "FILE: the receipt of the run to undo (else the one that fits the hive)" },
  values: {
    kind: "flag",
    describe:
      "where Windows or another program has written since: take back, one by one, the changes that still stand, and name the others",
  },
  live: {
    kind: "flag",
    describe: "of the Windows that is running here, and only what changed: for a scheduled task; no image is named",
  },
  output: { kind: "text", alias: "o", describe: "FILE: where to save the document" },
  /** Which names there are depends on the command. */
  force: { kind: "texts", choices: FORCE_NAMES, describe: "NAME: go on in spite of one danger; repeat it for another" },
} as const satisfies Record<string, OptionDeclaration>;

export type OptionName = keyof typeof OPTIONS;

/** Those that every command has. */
export const GENERAL_OPTIONS = ["json", "quiet", "verbose", "log", "accept"] as const satisfies readonly OptionName[];

/** Those that decide what becomes of a source: `plan`, `apply` and `verify` share them. */
export const PAIRING_OPTIONS = [
  "profile",
  "inventory",
  "map",
  "exclude",
  "match",
  "sources",
  "orphans",
  "rename",
  "all-or-nothing",
] as const satisfies readonly OptionName[];

type ValueOf<Name extends OptionName> = (typeof OPTIONS)[Name] extends { kind: "flag" }
  ? boolean
  : (typeof OPTIONS)[Name] extends { kind: "texts"; choices: readonly (infer Choice)[] }
    ? readonly Choice[]
    : (typeof OPTIONS)[Name] extends { kind: "texts" }
      ? readonly string[]
      : (typeof OPTIONS)[Name] extends { choices: readonly (infer Choice)[] }
        ? Choice | undefined
        : string | undefined;

/** What was typed; an option that the command does not have is as one that was not given. */
export type Arguments = { readonly [Name in OptionName]: ValueOf<Name> } & {
  /** Empty for a command that has no image. */
  readonly image: string;
  /** The operands, in their order. */
  readonly words: readonly string[];
};
