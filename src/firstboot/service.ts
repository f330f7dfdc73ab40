/** The service that starts the finisher: its registry keys, written as changes and read again. */
import type { RegistryData } from "../notation/registry-data.ts";
import type { Key } from "../regf/index.ts";
import type { Change } from "../windows/model/change.ts";
import { controlSetKey, inControlSet, serviceKey, SESSION_MANAGER_KEY } from "../windows/registry-paths.ts";
import { readNumber, readText } from "../windows/registry-values.ts";
import { dword, text } from "../windows/write/data.ts";
import { Draft } from "../windows/write/draft.ts";
import { withoutOwnDeletions } from "./own-deletions.ts";
import { PENDING_RENAMES_VALUE, pendingRenamesData } from "./pending-renames.ts";
import { firstBootIdField } from "./schema.ts";
import { batchName, FIRST_BOOT_FOLDER, FIRST_BOOT_PROGRAMS, inSystemRoot } from "./places.ts";

export const SERVICE_NAME = "pint-first-boot";
/** Below a control set. */
export const SERVICE_KEY = serviceKey(SERVICE_NAME);
export const PARAMETERS_SUBKEY = "Parameters";
/** What a batch file copies from: a key for each arrangement, named by its `id`. */
export const STAGED_SUBKEY = `${PARAMETERS_SUBKEY}\\Batch`;
/** Value of the parameters: how many starts of Windows the finisher has waited through (REG_DWORD); only it writes it. */
export const ATTEMPTS_VALUE = "Attempts";
/** Value of the parameters: of the document's file, in hex digits. */
const DOCUMENT_VALUE = "DocumentSha256";
/** Value of the parameters: the document's `id`. */
export const ID_VALUE = "Id";
/** Value of the service's key: marked for deletion, the service control manager takes it out at the next start (from memory, not confirmed). */
const DELETE_FLAG = "DeleteFlag";

/** program: the service is NSSM, which starts it. batch: a command that starts the batch file and ends. */
type Way = "program" | "batch";

export interface FirstBootService {
  readonly way: Way;
  readonly id: string;
  /** Of the first-boot document. */
  readonly documentSha256: string;
  /** What a batch file copies from. */
  readonly staged: readonly ServiceValue[];
}

/** `key` is below the service's key, "" the service's key itself. */
export interface ServiceValue {
  readonly key: string;
  readonly name: string;
  readonly value: RegistryData;
}

/** SERVICE_AUTO_START (Microsoft, "CreateServiceW"). */
const AUTOMATIC = 2;

const CMD = inSystemRoot("System32", "cmd.exe");
const FOLDER = inSystemRoot(...FIRST_BOOT_FOLDER);
const inFolder = (name: string): string => `${FOLDER}\\${name}`;

/**
 * Changes that make the service what it is to be, in every one of `controlSets`; none when it is that already. What
 * NSSM reads of its parameters was tried under Wine (a start by registry alone). No dependency on other services: one that is
 * missing or disabled would keep this one from starting (error 1068), and the finisher waits for the adapters itself.
 */
export function arrangeService(root: Key, controlSets: readonly number[], service: FirstBootService): Change[] {
  const draft = new Draft(root);
  const values = [...serviceValues(service), ...service.staged];
  const stale: Change[] = [];
  for (const controlSet of controlSets) {
    const below = (key: string): string =>
      inControlSet(controlSet, key === "" ? SERVICE_KEY : `${SERVICE_KEY}\\${key}`);
    for (const { key, name, value } of values) {
      for (const each of withParents(key)) draft.createKey(below(each));
      draft.set(below(key), name, value);
    }
    // A service that was arranged anew begins anew.
    draft.delete(below(PARAMETERS_SUBKEY), ATTEMPTS_VALUE);
    keepAtNextStart(root, draft, controlSet);
    const former = [...(root.open(below(STAGED_SUBKEY))?.subkeys() ?? [])].filter(({ name }) => name !== service.id);
    stale.push(...former.map(({ path }): Change => ({ kind: "delete-key", key: path })));
  }
  return [...stale, ...draft.changes()];
}

/** A former finisher that ended without a restart after it has noted that service and files are to go. */
function keepAtNextStart(root: Key, draft: Draft, controlSet: number): void {
  draft.delete(inControlSet(controlSet, SERVICE_KEY), DELETE_FLAG);
  const set = root.open(controlSetKey(controlSet));
  const renames = set && withoutOwnDeletions(set);
  const manager = inControlSet(controlSet, SESSION_MANAGER_KEY);
  if (renames?.length === 0) draft.delete(manager, PENDING_RENAMES_VALUE);
  else if (renames !== undefined) draft.set(manager, PENDING_RENAMES_VALUE, pendingRenamesData(renames));
}

/** From the top, the service's own key first. */
function withParents(key: string): readonly string[] {
  const names = key === "" ? [] : key.split("\\");
  return ["", ...names.map((_, index) => names.slice(0, index + 1).join("\\"))];
}

/** Types and numbers are those of CreateService (Microsoft, "CreateServiceW"): own process, automatic, normal errors. */
function serviceValues({ way, id, documentSha256 }: FirstBootService): readonly ServiceValue[] {
  const own = (name: string, value: RegistryData): ServiceValue => ({ key: "", name, value });
  return [
    own("Type", dword(0x10)),
    own("Start", dword(AUTOMATIC)),
    own("ErrorControl", dword(1)),
    own("ImagePath", expandable(imagePath(way, id))),
    own("DisplayName", text("PINT first boot")),
    own("Description", text("Finishes the move of the network configuration to this machine, then removes itself.")),
    own("ObjectName", text("LocalSystem")),
    parameter(ID_VALUE, text(id)),
    parameter(DOCUMENT_VALUE, text(documentSha256)),
    ...(way === "program" ? WRAPPER_VALUES : []),
  ];
}

/**
 * What NSSM reads: what it starts, and that it ends when that has ended. AppNoConsole: NSSM 2.24 gives what it starts a console of
 * its own, and with that does not start it at all on Windows 10 from 1703 on (a notice of NSSM's author about the Creators Update).
 */
const WRAPPER_VALUES: readonly ServiceValue[] = [
  parameter("Application", expandable(inFolder(FIRST_BOOT_PROGRAMS.program))),
  parameter("AppParameters", expandable("firstboot")),
  parameter("AppDirectory", expandable(FOLDER)),
  parameter("AppNoConsole", dword(1)),
  { key: `${PARAMETERS_SUBKEY}\\AppExit`, name: "", value: text("Exit") },
];

function parameter(name: string, value: RegistryData): ServiceValue {
  return { key: PARAMETERS_SUBKEY, name, value };
}

/**
 * In quotes, for a folder of Windows may hold spaces. A command is no service program: it never answers the service
 * control manager, which writes events 7009 and 7000 and leaves what it has started alone. NSSM would hold its own file for as
 * long as it waits for the batch file, which could then not remove the folder that both lie in.
 */
function imagePath(way: Way, id: string): string {
  if (way === "program") return `"${inFolder(FIRST_BOOT_PROGRAMS.wrapper)}"`;
  return `${CMD} /d /c start "" /min "${CMD}" /d /c "${inFolder(batchName(id))}"`;
}

function expandable(data: string): RegistryData {
  return { type: "REG_EXPAND_SZ", data };
}

/** What a hive says of the service. */
export interface FoundService {
  readonly way: Way;
  /** Of the right form: files are named by it. */
  readonly id: string | undefined;
  readonly documentSha256: string | undefined;
  /** Made so far. */
  readonly attempts: number;
  /** Windows takes it out at its next start, and does not start it. */
  readonly isGoing: boolean;
  /** Windows starts it by itself. */
  readonly isStarted: boolean;
}

/** Undefined when the control set has no such service. Throws HiveError. */
export function readService(controlSet: Key): FoundService | undefined {
  const key = controlSet.open(SERVICE_KEY);
  if (key === undefined) return undefined;
  const parameters = key.open(PARAMETERS_SUBKEY);
  return {
    way: readText(key, "ImagePath") === imagePath("program", "") ? "program" : "batch",
    id: idOf(readText(parameters, ID_VALUE)),
    documentSha256: readText(parameters, DOCUMENT_VALUE),
    attempts: readNumber(parameters, ATTEMPTS_VALUE) ?? 0,
    isGoing: (readNumber(key, DELETE_FLAG) ?? 0) !== 0,
    isStarted: readNumber(key, "Start") === AUTOMATIC,
  };
}

/** The id that a registry value holds; undefined for anything else, which must not become part of a path. */
export function idOf(text: string | undefined): string | undefined {
  return firstBootIdField.safeParse(text).data;
}
