/** An answer file's XML: its root, its elements by name, and what is said when it is none. */
import { Failure } from "../exit/failure.ts";
import { readXml, type XmlElement, XmlSyntaxError } from "./xml-tree.ts";

export const UNATTEND_NAMESPACE = "urn:schemas-microsoft-com:unattend";

/** Throws Failure (20). */
export function readRoot(text: string, path: string): XmlElement {
  try {
    const root = readXml(text);
    if (root.local === "unattend" && root.uri === UNATTEND_NAMESPACE) return root;
    throw new Failure(
      "invalidDocument",
      `${path} is no answer file: its root is not <unattend xmlns="${UNATTEND_NAMESPACE}">`,
      {
        at: path,
        code: "no-answer-file",
        advice: "name an answer file, or a file that does not exist yet",
      },
    );
  } catch (error) {
    if (!(error instanceof XmlSyntaxError)) throw error;
    throw new Failure("invalidDocument", `${path} cannot be read as XML: ${error.message}`, {
      at: `${path}: line ${error.line}, column ${error.column}`,
      code: "answer-file-not-xml",
      advice: "correct this place, and run the command again; nothing was changed",
      cause: error,
    });
  }
}

export function childrenOf(parent: XmlElement, local: string): XmlElement[] {
  return parent.children.filter((child) => child.local === local && child.uri === UNATTEND_NAMESPACE);
}

export function firstChild(parent: XmlElement, local: string): XmlElement | undefined {
  return childrenOf(parent, local)[0];
}

export function invalid(path: string, { start, local }: XmlElement, text: string, why: string): Failure {
  const lines = text.slice(0, start).split(/\r\n|\r|\n/);
  return new Failure("invalidDocument", `${path} is not a valid answer file: <${local}>: ${why}`, {
    at: `${path}: line ${lines.length}, column ${(lines.at(-1)?.length ?? 0) + 1}`,
    code: "invalid-answer-file",
    advice: "correct this place, and run the command again; nothing was changed",
  });
}
