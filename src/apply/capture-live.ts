/** `capture --live`: saves the configuration of the Windows that is running here, when it has changed. */
import path from "node:path";
import fs from "fs-extra";
import { EXIT_CODES } from "../exit/codes.ts";
import { Failure } from "../exit/failure.ts";
import type { Warning } from "../exit/warning.ts";
import type { Host } from "../image/host.ts";
import { LIVE_FOLDER } from "../image/places.ts";
import { isWindowsPe, systemFolder, thisWindows, type WindowsMachine } from "../inventory/windows/machine.ts";
import { readWindowsInventory } from "../inventory/windows/read.ts";
import { readSavedHive } from "../inventory/windows/saved-registry.ts";
import { matchAdapters } from "../match/match-adapters.ts";
import type { Match } from "../match/model.ts";
import { captureProfile } from "../profile/capture.ts";
import { formatProfile, parseProfile } from "../profile/document.ts";
import { type LiveUpdate, updateProfile } from "../profile/live-update.ts";
import type { Profile, ProfileConnection } from "../profile/model.ts";
import { readWindows } from "../windows/read-windows.ts";
import { leftOutWarnings, orphanTeller } from "./capture.ts";
import { readFoundDocument, saveDocument } from "./document-file.ts";
import type { Emit } from "./events.ts";
import { keepFormerProfile, removeOldCopies } from "./keep-former.ts";
import { withAdviceForLive } from "./live-advice.ts";
import { tellWarnings } from "./open-windows.ts";
import type { LiveCaptureResult } from "./profile-results.ts";

export interface LiveCaptureOptions {
  readonly host: Host;
  /** A test's; absent: this one. */
  readonly machine?: WindowsMachine | undefined;
  /** Where the profile is kept; absent: where `apply` finds it in the image that this Windows becomes. */
  readonly file?: string | undefined;
  readonly now: Date;
}

/** Copies of former profiles beside the profile; more than these are removed, the oldest first. */
const KEPT_COPIES = 20;

/** Throws Failure: usage (2) where no Windows runs, invalidDocument (20) for a saved profile that is not valid, 22, 23, refused (24) without the rights, 29, 31. */
export function captureLive(options: LiveCaptureOptions, emit: Emit): LiveCaptureResult {
  const machine = liveMachine(options);
  const notes: string[] = [];
  const { captured, match } = captureNow(machine, notes, options.now);
  const file = options.file === undefined ? placeOf(machine) : path.resolve(options.file);
  const former = readFormer(file);
  const update = updateOf(former, captured, match);
  const profile = update.kind === "changed" ? update.profile : (former ?? captured);
  const saved = update.kind === "changed" ? save(file, formatProfile(profile), options.now, emit) : NOTHING_SAVED;
  const warnings = [
    ...match.warnings,
    ...leftOutWarnings(captured),
    ...remarksOf(update, file),
    ...notes.map(asWarning),
  ];
  tellWarnings(warnings, emit);
  return {
    profile,
    path: file,
    state: former === undefined ? "new" : update.kind,
    ...saved,
    warnings,
    exitCode: EXIT_CODES.done,
  };
}

function liveMachine({ host, machine }: LiveCaptureOptions): WindowsMachine {
  if (machine === undefined && host.platform !== "win32") {
    throw new Failure("usage", `capture --live reads the registry of a running Windows, and this is ${host.platform}`, {
      code: "no-running-windows",
      advice: "name the image instead: the root of its volume, or its SYSTEM hive",
    });
  }
  const found = machine ?? thisWindows(host.environment);
  if (isWindowsPe(found)) {
    throw new Failure("usage", "capture --live saves the configuration of the Windows that runs, and this is WinPE", {
      code: "no-running-windows",
      advice: "name the image instead: the root of its volume",
    });
  }
  return found;
}

interface Captured {
  readonly captured: Profile;
  readonly match: Match;
}

/** Presence is that of now, as Windows has its devices while it runs. */
function captureNow(machine: WindowsMachine, notes: string[], now: Date): Captured {
  return withAdviceForLive(() => {
    const inventory = readWindowsInventory(machine);
    const reading = readSavedHive(machine, notes, ({ root }): Captured => {
      const windows = readWindows(root);
      const match = matchAdapters(windows, inventory);
      return {
        captured: captureProfile(windows, orphanTeller(match), { now, from: "this machine, while it ran" }),
        match,
      };
    });
    if (reading.done) return reading.result;
    throw new Failure(
      reading.isRoomWanting ? "writeFailed" : "refused",
      `This machine's registry cannot be read: ${reading.reason}`,
      {
        code: "registry-not-readable",
      },
    );
  });
}

/** The one that is there; else in ProgramData, which every Windows since Vista has. */
function placeOf(machine: WindowsMachine): string {
  const inWindows = path.join(systemFolder(machine), "PINT", "profile.json");
  const { ProgramData, SystemDrive = "C:" } = machine.environment;
  const [programData = "", ...below] = LIVE_FOLDER;
  const inProgramData = path.join(
    ProgramData ?? path.join(`${SystemDrive}${path.sep}`, programData),
    ...below,
    "profile.json",
  );
  return fs.pathExistsSync(inWindows) ? inWindows : inProgramData;
}

function readFormer(file: string): Profile | undefined {
  return fs.pathExistsSync(file) ? parseProfile(readFoundDocument(file, "profile"), file).profile : undefined;
}

function updateOf(former: Profile | undefined, captured: Profile, { connections }: Match): LiveUpdate {
  if (former === undefined) return { kind: "changed", profile: captured, retained: [] };
  const present = new Set(
    connections.filter(({ presence }) => presence.verdict === "present").map(({ connection }) => connection.guid),
  );
  const now = captured.connections.map((connection) => ({
    connection,
    isPresent: connection.guid !== undefined && present.has(connection.guid),
  }));
  return updateProfile(former, captured, now);
}

type Saved = Pick<LiveCaptureResult, "formerKeptAs" | "removedCopies">;

const NOTHING_SAVED: Saved = { formerKeptAs: null, removedCopies: [] };

function save(file: string, text: string, now: Date, emit: Emit): Saved {
  const formerKeptAs = keepFormerProfile(file, text, now);
  saveDocument(file, text, "profile");
  emit({ kind: "saved", what: "profile", path: file });
  return { formerKeptAs, removedCopies: formerKeptAs === null ? [] : removeOldCopies(file, KEPT_COPIES) };
}

function remarksOf(update: LiveUpdate, file: string): Warning[] {
  if (update.kind === "unchanged") return [];
  const gone = update.kind === "kept" ? update.lost : update.retained;
  if (gone.length === 0) return [];
  const names = gone.map(nameOf).join("; ");
  return update.kind === "kept"
    ? [
        {
          code: "profile-kept",
          message: `${file} is left as it is: this machine has new adapters, and the static configuration of ${names} is on none of them, as after a move. Once it is, or with another profile (-o FILE), the capture goes on`,
        },
      ]
    : [
        {
          code: "adapter-gone",
          message: `The adapter of ${names} is not there now; its static configuration stays in the profile`,
        },
      ];
}

function nameOf({ number, name, ipv4 }: ProfileConnection): string {
  const addresses = ipv4.addresses.map(({ address }) => address).join(", ");
  return `${number}${name === undefined ? "" : ` "${name}"`} (${addresses})`;
}

function asWarning(message: string): Warning {
  return { code: "registry-copy", message };
}
