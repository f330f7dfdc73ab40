/** How the finisher stands when it begins: its document, this Windows, and how often it has been tried. */
import path from "node:path";
import fs from "fs-extra";
import { Failure } from "../../exit/failure.ts";
import { type FirstBootDocument, parseFirstBoot } from "../../firstboot/document.ts";
import {
  documentName,
  documentsAmong,
  FIRST_BOOT_CHANGES,
  FIRST_BOOT_FOLDER,
  FIRST_BOOT_RESULT,
  workingName,
} from "../../firstboot/places.ts";
import { type FirstBootResult, parseFirstBootResult } from "../../firstboot/result.ts";
import type { FoundService } from "../../firstboot/service.ts";
import { systemFolder } from "../../inventory/windows/machine.ts";
import { readWindows } from "../../windows/read-windows.ts";
import { readDocumentFile, readFoundDocument } from "../document-file.ts";
import { withAdviceForLive } from "../live-advice.ts";
import { sha256 as sha256Of } from "../receipt/hive-state.ts";
import { currentOf, readLiveHive } from "./live-registry.ts";
import type { BootedWindows } from "./machine.ts";
import { setupText } from "./wanted.ts";

/** The finisher works in its own folder, to which only administrators write, wherever the document is. */
export interface WorkingPlaces {
  readonly folder: string;
  readonly result: string;
  readonly changes: string;
  /** The copies that stay. */
  readonly published: { readonly result: string; readonly changes: string };
}

export interface FirstBootPlaces extends WorkingPlaces {
  readonly document: string;
}

export interface Standing {
  readonly document: FirstBootDocument;
  /** Undefined where it is started by hand, or has taken its service out already. */
  readonly service: FoundService | undefined;
  /** Why it is not this computer's, as a sentence without its full stop; only of the service's own document, and never during Setup. */
  readonly whyAnothers: string | undefined;
}

export function placesOf(machine: BootedWindows): WorkingPlaces {
  const windows = systemFolder(machine);
  const folder = path.join(windows, ...FIRST_BOOT_FOLDER);
  return {
    folder,
    result: path.join(folder, workingName(FIRST_BOOT_RESULT)),
    changes: path.join(folder, workingName(FIRST_BOOT_CHANGES)),
    published: {
      result: path.join(windows, ...FIRST_BOOT_RESULT),
      changes: path.join(windows, ...FIRST_BOOT_CHANGES),
    },
  };
}

/**
 * `named`: the document, where a person names another; `id`: of the arrangement that the service goes by. Without both the only one that is
 * there. Throws Failure: noImage (21, "no-first-boot") for none and for several, and the system's errors.
 */
export function documentOf({ folder }: WorkingPlaces, named: string | undefined, id: string | undefined): string {
  if (named !== undefined) return path.resolve(named);
  if (id !== undefined) return path.join(folder, documentName(id));
  const [name, ...others] = fs.pathExistsSync(folder) ? documentsAmong(fs.readdirSync(folder)) : [];
  if (name === undefined) throw noneArranged(folder, "No first boot is arranged in this Windows");
  if (others.length === 0) return path.join(folder, name);
  throw noneArranged(folder, `Several first-boot documents lie in ${folder}, and no service says which counts`);
}

function noneArranged(folder: string, message: string): Failure {
  return new Failure("noImage", message, {
    at: folder,
    code: "no-first-boot",
    advice: "name the document: --document FILE; pint apply --first-boot arranges one, offline",
  });
}

/**
 * Throws Failure: noImage (21) without the document, invalidDocument (20), refused (24) for a document that is not the service's, or by
 * hand or during Setup another computer's, and as readLiveHive does.
 */
export function standingOf(machine: BootedWindows, { document: file }: FirstBootPlaces, notes: string[]): Standing {
  const bytes = readDocumentFile(file, "first-boot");
  const document = parseFirstBoot(bytes, file);
  const found = withAdviceForLive(() =>
    readLiveHive(machine, notes, (hive) => {
      const windows = readWindows(hive.root);
      return {
        service: currentOf(hive).service,
        computerName: windows.computerName,
        isSetUp: setupText(windows) === undefined,
      };
    }),
  );
  const sha256 = sha256Of(bytes);
  const wanted = found.service?.documentSha256;
  if (wanted !== undefined && wanted !== sha256) {
    throw refused(
      file,
      "the service was arranged with another document: this one was changed since, or is not the service's",
    );
  }
  const whyAnothers = whyAnothersThan(document, found.computerName);
  // Setup may name the computer anew; by hand nothing of this computer's own is at stake.
  if (whyAnothers !== undefined && !(found.isSetUp && wanted !== undefined)) throw refused(file, whyAnothers);
  return { document, service: found.service, whyAnothers };
}

function whyAnothersThan({ computerName }: FirstBootDocument, found: string | undefined): string | undefined {
  if (computerName === undefined || computerName.toLowerCase() === found?.toLowerCase()) return undefined;
  return `it is for the computer ${computerName}, and this one is ${found ?? "without a name"}`;
}

export function refused(file: string, why: string): Failure {
  return new Failure("refused", `The first-boot document is not used: ${why}`, {
    at: file,
    code: "not-this-first-boot",
    advice: "arrange the first boot anew, offline (pint apply --first-boot); nothing was changed",
  });
}

/** Of this arrangement, where it has been concluded; one that cannot be understood is written anew. */
export function formerResult({ result: file }: WorkingPlaces, id: string): FirstBootResult | undefined {
  try {
    const result = fs.pathExistsSync(file)
      ? parseFirstBootResult(readFoundDocument(file, "first-boot-result"), file)
      : undefined;
    return result?.id === id ? result : undefined;
  } catch (error) {
    if (error instanceof Failure) return undefined;
    throw error;
  }
}
