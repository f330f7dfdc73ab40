/** A Windows of a test's own that has started: a registry that is written, services, files deleted at the next start; and whose power can be cut. */
import { createHash } from "node:crypto";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  rmdirSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import type { BootedWindows } from "../../../src/apply/first-boot-live/machine.ts";
import { decodeUtf16 } from "../../../src/bytes/utf16.ts";
import { type FirstBootDocument, formatFirstBoot } from "../../../src/firstboot/document.ts";
import {
  documentName,
  documentsAmong,
  FIRST_BOOT_CHANGES,
  FIRST_BOOT_FOLDER,
  FIRST_BOOT_RESULT,
} from "../../../src/firstboot/places.ts";
import { parseFirstBootResult } from "../../../src/firstboot/result.ts";
import { arrangeService, readService, SERVICE_KEY } from "../../../src/firstboot/service.ts";
import type { ProgramRun } from "../../../src/inventory/windows/machine.ts";
import { parseInventory } from "../../../src/inventory/document.ts";
import { parseProfile } from "../../../src/profile/document.ts";
import type { HiveEdit, Key } from "../../../src/regf/index.ts";
import { decodeRegFile } from "../../../src/regtext/encoding.ts";
import type { RegEntry } from "../../../src/regtext/model.ts";
import { parseRegText } from "../../../src/regtext/parse.ts";
import { readWindows } from "../../../src/windows/read-windows.ts";
import { NSI_IPV6_ADDRESSES_KEY, NSI_IPV6_ROUTES_KEY } from "../../../src/windows/registry-paths.ts";
import { registryBytes } from "../../../src/windows/registry-data.ts";
import { FakeWindows, type FakeTraits, refusal } from "../../inventory/fake-windows.ts";
import { phonyImage } from "../../support/phony-images.ts";
import { luidOf, nsiIpv6Address, nsiIpv6Route } from "../../support/phony-registry.ts";
import { fakeClock } from "../../support/surroundings.ts";
import { readNumber, readText } from "../../../src/windows/registry-values.ts";
import { dword, editOnDisk, readHive } from "../support.ts";

/** Of the source, an orphan; and of the adapter that it waits for. */
export const OLD = "{3B1C9E52-7A40-4D0E-9C55-1F6E0B7A2D11}";
export const NEW = "{9D4E6F03-2C8B-4B7F-A1E6-5C0D8E3F7A22}";

const SET = "ControlSet001";
export const TCPIP = (guid: string) => `${SET}\\Services\\Tcpip\\Parameters\\Interfaces\\${guid}`;
const PARAMETERS = `${SERVICE_KEY}\\Parameters`;
const SESSION_MANAGER = `${SET}\\Control\\Session Manager`;
const PENDING = "PendingFileRenameOperations";

/** What Windows has not made while it has not met the new adapter. */
export const KEYS_OF_NEW = [
  `${SET}\\Enum\\PCI\\VEN_15AD&DEV_07B0&SUBSYS_07B015AD&REV_01`,
  `${SET}\\Control\\Class\\{4d36e972-e325-11ce-bfc1-08002be10318}\\0005`,
  `${SET}\\Control\\Network\\{4D36E972-E325-11CE-BFC1-08002BE10318}\\${NEW}`,
  `${SET}\\Control\\NetworkSetup2\\Interfaces\\${NEW}`,
  TCPIP(NEW),
];

const RESTART_MS = 60_000;

class PowerCut extends Error {}

export interface Cut {
  /** Before which of the actions of a run the power goes, from 0. */
  readonly action: number;
  /** How much of it is done before that, of an action that consists of several. */
  readonly part?: number;
}

export interface BootedTraits {
  /** How long plug and play needs for the new adapter, from the start of Windows; absent: it was there before. */
  readonly arrivesAfterMs?: number | undefined;
  /** What a program says instead. */
  readonly answer?: ((program: string, args: readonly string[]) => ProgramRun | undefined) | undefined;
  /** Values that reg.exe cannot write; it writes the others, and complains. */
  readonly unwritable?: ((key: string, name: string) => boolean) | undefined;
  /** The files of the programs that run, as tasklist.exe lists them; undefined: there is no tasklist.exe. */
  readonly programs?: readonly string[] | undefined;
  readonly document?: (document: FirstBootDocument) => FirstBootDocument;
}

const DONE: Extract<ProgramRun, { ended: true }> = { ended: true, status: 0, output: "", complaint: "" };

export class FakeBootedWindows implements BootedWindows {
  readonly clock = fakeClock(new Date("2026-03-02T08:00:00.000Z"));
  readonly actions: string[] = [];
  readonly events: string[] = [];
  restarts = 0;
  cut: Cut | undefined;
  readonly #hive: string;
  readonly #fake: FakeWindows;
  #traits: BootedTraits;
  #startedMs = 0;
  #actionCount = 0;
  #isMarked = false;
  #isOff = false;

  constructor(traits: BootedTraits = {}) {
    const { root, hive } = phonyImage("moved-windows-10");
    this.#hive = hive;
    this.#traits = { programs: ["System Idle Process", "svchost.exe"], ...traits };
    const answer: FakeTraits["answer"] = (args) => this.#registry(args);
    this.#fake = new FakeWindows(hive, { isWindowsPe: false, answer });
    const document = waitingDocument(root);
    this.#arrange(formatFirstBoot(traits.document?.(document) ?? document), document.id);
  }

  get environment() {
    return this.#fake.environment;
  }
  readonly release = "10.0.17763";
  interfaces = () => [];
  freeBytes = () => 1e9;

  /** When this start of it began. */
  systemStart = () => new Date(this.clock.now().getTime() - this.clock.elapsedMs() + this.#startedMs);

  get temporaryFolder(): string {
    return this.folder;
  }

  /** The one that is there. */
  get documentFile(): string {
    const [name = "none.json"] = documentsAmong(readdirSync(this.folder));
    return join(this.folder, name);
  }

  get folder(): string {
    return join(this.#fake.root, ...FIRST_BOOT_FOLDER);
  }
  get resultFile(): string {
    return join(this.#fake.root, ...FIRST_BOOT_RESULT);
  }
  get changesFile(): string {
    return join(this.#fake.root, ...FIRST_BOOT_CHANGES);
  }

  result() {
    return parseFirstBootResult(readFileSync(this.resultFile), this.resultFile);
  }

  look<T>(look: (root: Key) => T): T {
    return readHive(this.#hive, ({ root }) => look(root));
  }

  /** As another program would. */
  edit(edit: (edit: HiveEdit) => void): void {
    editOnDisk(this.#hive, edit);
  }

  /** Since the power was cut nothing is done any more, whatever becomes of the error. */
  get isOff(): boolean {
    return this.#isOff;
  }

  service() {
    return this.look((root) => {
      const set = root.open(SET);
      return set === undefined ? undefined : readService(set);
    });
  }

  /** The next start: what was marked is gone, files whose deletion was pending too; plug and play begins anew. */
  restart(traits: Partial<BootedTraits> = {}): void {
    this.#traits = { ...this.#traits, ...traits };
    this.goOn();
    this.#startedMs = this.clock.elapsedMs();
    if (this.#isMarked) this.edit((edit) => edit.deleteKey(`${SET}\\${SERVICE_KEY}`));
    this.#isMarked = false;
    const pending = this.look((root) => root.open(SESSION_MANAGER)?.value(PENDING)?.data);
    if (pending === undefined) return;
    for (const [, path = ""] of decodeUtf16(pending).matchAll(/\\\?\?\\([^\0]+)\0\0/g)) {
      if (!existsSync(path)) continue;
      if (statSync(path).isDirectory()) rmdirSync(path);
      else rmSync(path);
    }
    this.edit((edit) => edit.deleteValue(SESSION_MANAGER, PENDING));
  }

  /** Later in this start: the finisher alone was ended where its power was cut. */
  goOn(): void {
    if (this.#isOff) this.#leaveFiles();
    this.clock.sleep(RESTART_MS);
    this.cut = undefined;
    this.#isOff = false;
    this.#actionCount = 0;
  }

  /** As a finisher whose power was cut: its process has no end of its own. */
  #leaveFiles(): void {
    const lock = { pintLock: 1, pid: process.pid + 1, host: "this Windows", since: this.systemStart().toISOString() };
    writeFileSync(join(this.folder, "lock"), JSON.stringify(lock));
    mkdirSync(join(this.folder, "pint-inventory-cut"), { recursive: true });
    writeFileSync(join(this.folder, "pint-inventory-cut", "changes.reg"), "");
  }

  save(file: string, text: string): void {
    this.#act(`save ${basename(file)}`, () => writeFileSync(file, text));
  }

  run(program: string, args: readonly string[], timeoutMs: number): ProgramRun {
    const name = basename(program);
    const answer = this.#traits.answer?.(name, args);
    if (answer !== undefined) return answer;
    switch (name) {
      case "reg.exe":
        return this.#fake.run(program, args, timeoutMs);
      case "sc.exe":
        return this.#act(`sc ${args[0]}`, () => {
          if (args[0] === "delete") this.#isMarked = true;
          else this.edit((edit) => edit.setValue(`${SET}\\${SERVICE_KEY}`, "Start", 4, dword(4)));
        });
      case "tasklist.exe":
        return this.#programs();
      case "shutdown.exe":
        return this.#act("shutdown", () => void this.restarts++);
      case "eventcreate.exe":
        return this.#act("eventcreate", () => void this.events.push(args.join(" ")));
      case "netsh.exe":
        return this.#act(args.join(" "), () => this.#netsh(args));
      default:
        throw new Error(`${program} was not expected`);
    }
  }

  /** As `tasklist /FO CSV /NH` lists them, in the language of its Windows. */
  #programs(): ProgramRun {
    const { programs } = this.#traits;
    if (programs === undefined) return { ended: false, why: "missing", reason: "is not there" };
    const lines = programs.map((name, index) => `"${name}","${4 * index}","Services","0","1.024 K"\r\n`);
    return { ...DONE, output: lines.join("") };
  }

  #registry(args: readonly string[]): ProgramRun | "as reg.exe does" {
    const [verb = "", key = "", file = ""] = args;
    if (verb === "import") return this.#import(key);
    if (verb === "query" && key.endsWith(PARAMETERS)) return this.#parameters();
    if (verb === "add") return this.#count(args);
    if (verb !== "save") return refusal("ERROR: only saving is expected");
    copyFileSync(this.#hive, file);
    const { arrivesAfterMs = 0 } = this.#traits;
    if (this.clock.elapsedMs() - this.#startedMs < arrivesAfterMs) {
      editOnDisk(file, (edit) => {
        for (const path of KEYS_OF_NEW) edit.deleteKey(path);
      });
    }
    return DONE;
  }

  /** As reg.exe lists values. */
  #parameters(): ProgramRun {
    const values = this.look((root) => {
      const key = root.open(`${SET}\\${PARAMETERS}`);
      if (key === undefined) return undefined;
      const attempts = readNumber(key, "Attempts");
      return [`    Id    REG_SZ    ${readText(key, "Id")}`].concat(
        attempts === undefined ? [] : [`    Attempts    REG_DWORD    0x${attempts.toString(16)}`],
      );
    });
    if (values === undefined) return refusal("ERROR: The system was unable to find the specified registry key.");
    return { ...DONE, output: ["", `HKEY_LOCAL_MACHINE\\SYSTEM\\...\\${PARAMETERS}`, ...values, ""].join("\r\n") };
  }

  /** `add KEY /v Attempts /t REG_DWORD /d N /f` */
  #count([, key = "", , name = "", , , , data = ""]: readonly string[]): ProgramRun {
    const path = key.replace(/^HKLM\\SYSTEM\\CurrentControlSet/, SET);
    return this.#act("reg add", () => this.edit((edit) => edit.setValue(path, name, 4, dword(Number(data)))));
  }

  /** Value by value, as reg.exe does: the power may go between two. */
  #import(file: string): ProgramRun {
    const { entries } = parseRegText(decodeRegFile(readFileSync(file), file), file);
    const isCutHere = !this.#isOff && this.cut?.action === this.#actionCount;
    const count = isCutHere ? Math.floor(entries.length * (this.cut?.part ?? 0)) : entries.length;
    const make = (some: readonly RegEntry[]) =>
      this.edit((edit) => {
        for (const entry of some) importEntry(edit, this.#writable(entry));
      });
    if (isCutHere) make(entries.slice(0, count));
    const isPartial = entries.some((entry) => this.#writable(entry) !== entry);
    const run = this.#act(`reg import ${entries.length}`, () => make(entries));
    return isPartial ? refusal("ERROR: Error accessing the registry.") : run;
  }

  #writable(entry: RegEntry): RegEntry {
    const { unwritable } = this.#traits;
    if (entry.kind !== "set-key" || !entry.values.some(({ name }) => unwritable?.(entry.path, name))) return entry;
    return { ...entry, values: entry.values.filter(({ name }) => unwritable?.(entry.path, name) !== true) };
  }

  /** `interface ipv6 add address|route ...`: into the store that Windows reads at its start, too. */
  #netsh([, , , what = "", ...rest]: readonly string[]): void {
    const options = Object.fromEntries(rest.map((one) => one.split(/=(.*)/).slice(0, 2)));
    const connections = this.look((root) => readWindows(root).connections);
    const luid = connections.find(({ name }) => name === options["interface"])?.luid ?? "";
    const [address = "", prefixLength = ""] = String(options["address"]).split("/");
    const records =
      what === "address"
        ? nsiIpv6Address(1, address, { prefixLength: Number(prefixLength) })
        : nsiIpv6Route(1, String(options["prefix"]), String(options["nexthop"]));
    const key = `${SET}\\${what === "address" ? NSI_IPV6_ADDRESSES_KEY : NSI_IPV6_ROUTES_KEY}`;
    this.edit((edit) => {
      edit.createKey(key);
      for (const [name, { type, data }] of Object.entries(records))
        edit.setValue(key, name.replaceAll(luidOf(1), luid), type, data);
    });
  }

  #act(what: string, act: () => void): ProgramRun {
    this.#isOff ||= this.cut?.action === this.#actionCount;
    if (this.#isOff) throw new PowerCut(`before ${what}`);
    this.#actionCount++;
    act();
    this.actions.push(what);
    return DONE;
  }

  #arrange(text: string, id: string): void {
    mkdirSync(this.folder, { recursive: true });
    writeFileSync(join(this.folder, documentName(id)), text);
    for (const name of ["pint.exe", "nssm.exe"]) writeFileSync(join(this.folder, name), "MZ");
    const documentSha256 = createHash("sha256").update(text).digest("hex");
    const changes = this.look((root) => arrangeService(root, [1], { way: "program", id, documentSha256, staged: [] }));
    this.edit((edit) => {
      for (const change of changes) {
        if (change.kind === "create-key") edit.createKey(change.key);
        if (change.kind !== "set-value") continue;
        const { type, data } = registryBytes(change);
        edit.setValue(change.key, change.name, type, data);
      }
    });
  }
}

function importEntry(edit: HiveEdit, entry: RegEntry): void {
  const path = entry.path.replace(/^HKEY_LOCAL_MACHINE\\SYSTEM\\/, "").replace(/^CurrentControlSet/, SET);
  if (entry.kind === "delete-key") {
    edit.deleteKey(path);
    return;
  }
  edit.createKey(path);
  for (const value of entry.values) {
    if (value.kind === "set-value") edit.setValue(path, value.name, value.type, value.data);
    else edit.deleteValue(path, value.name);
  }
}

/** The source of the image's saved profile that waits for the adapter of the image's inventory. */
function waitingDocument(root: string): FirstBootDocument {
  const place = join(root, "Windows", "PINT", "profile.json");
  const { profile } = parseProfile(readFileSync(place), place);
  const inventory = "fixtures/moved-windows-10/inventory.json";
  const { adapters } = parseInventory(readFileSync(inventory), inventory);
  const connection = profile.connections.find(({ guid }) => guid === OLD);
  const [adapter] = adapters;
  if (connection === undefined || adapter === undefined) throw new Error("the phony image has changed");
  return {
    pintFirstBoot: 1,
    id: "0123456789abcdef0123456789abcdef",
    tool: "pint-offline test",
    arrangedAt: "2026-03-01T12:00:00.000Z",
    way: "program",
    computerName: profile.captured?.computerName,
    windows: { family: "10", version: "Server 2019", build: 17763, architecture: "AMD64" },
    knownInterfaces: [],
    options: { pairBy: ["mac", "order"], orphans: "clear", rename: false, allowConflict: false, exclude: [] },
    attempts: 5,
    pending: [{ connection, adapter, matchedBy: "order", reason: "Windows has no interface for it yet" }],
  };
}
