/** What is read by other programs than ours: answer file, task sequence step, WinRE's files, iPXE script, PowerShell script. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Language, type Node, Parser } from "web-tree-sitter";
import { describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { EXIT_CODES } from "../../src/exit/codes.ts";
import { readXml, type XmlElement } from "../../src/unattend/xml-tree.ts";
import { describeWithTools, runTool } from "../support/tools.ts";
import { WINPE } from "./phony-winpe.ts";

const require = createRequire(import.meta.url);
const STEPS = ["task-sequence/mdt-step.xml", "task-sequence/mdt-step-new-windows.xml"];
const XML_FILES = ["unattend.xml", ...STEPS, "winre/WinREConfig.xml", "winre/boot-menu.xml"];

const text = (name: string) => readFileSync(join(WINPE, name), "latin1");
const xml = (name: string) => readXml(text(name));

function at(root: XmlElement, ...names: readonly string[]): XmlElement {
  return names.reduce((element, name) => {
    const found = element.children.find(({ local }) => local === name);
    if (found === undefined) throw new Error(`${element.local} has no ${name}`);
    return found;
  }, root);
}

const attributes = (element: XmlElement) =>
  Object.fromEntries(element.attributes.map(({ local, value }) => [local, value]));

/** Words of a command line; a variable of a task sequence is a word like any other. */
function parsed(commandLine: string) {
  const words = [...commandLine.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
  return { program: words[0], line: parseCommandLine(words.slice(1), COMMANDS) };
}

test("the XML files are ASCII with Windows' line ends", () => {
  for (const name of XML_FILES) expect(text(name)).toMatch(/^(?:[\x20-\x7e]*\r\n)+$/);
});

describeWithTools("xmllint", ["xmllint"], () => {
  test("finds them well-formed", () => {
    const files = XML_FILES.map((name) => join(WINPE, name));
    expect(runTool("xmllint", ["--nonet", "--noout", ...files])).toMatchObject({ status: 0, stderr: Buffer.alloc(0) });
  });
});

describe("the answer file, by what Microsoft documents of Microsoft-Windows-Setup", () => {
  const settings = at(xml("unattend.xml"), "settings");
  const component = at(settings, "component");

  test("is for the pass that wpeinit runs, and for x64 as pint.exe is", () => {
    expect(xml("unattend.xml")).toMatchObject({ local: "unattend", uri: "urn:schemas-microsoft-com:unattend" });
    expect(attributes(settings)).toEqual({ pass: "windowsPE" });
    expect(settings.children).toHaveLength(1);
    expect(attributes(component)).toMatchObject({
      name: "Microsoft-Windows-Setup",
      processorArchitecture: "amd64",
      publicKeyToken: "31bf3856ad364e35",
      language: "neutral",
      versionScope: "nonSxS",
    });
  });

  test("runs one command, whose path is no longer than 259 characters", () => {
    const command = at(component, "RunSynchronous", "RunSynchronousCommand");
    expect(attributes(command)).toEqual({ action: "add" });
    expect(command.children.map(({ local }) => local)).toEqual(["Description", "Order", "Path"]);
    expect(at(command, "Order").text).toBe("1");
    expect(at(command, "Path").text).toMatch(
      /^cmd\.exe \/c start "pint" \/wait cmd\.exe \/k %SystemDrive%\\PINT\\pint-auto\.cmd$/,
    );
    expect(at(command, "Path").text.length).toBeLessThanOrEqual(259);
  });
});

describe.each(STEPS)("the step of a task sequence %s", (name) => {
  const step = xml(name);
  const forRestored = name === STEPS[0];

  test("succeeds with what is in order, stops with anything else, and runs in WinPE only", () => {
    expect(attributes(step)).toMatchObject({
      type: "SMS_TaskSequence_RunCommandLineAction",
      successCodeList: `${EXIT_CODES.done} ${EXIT_CODES.arranged}`,
      continueOnError: "false",
      disable: "false",
      runIn: "WinPE",
    });
  });

  test("has a command line that the program takes, and never restarts the machine under the sequence", () => {
    const { program, line } = parsed(at(step, "action").text);
    expect(program).toBe("%SystemDrive%\\PINT\\pint.exe");
    expect(line).toMatchObject({
      kind: "command",
      command: { name: "apply" },
      args: {
        auto: forRestored,
        reboot: false,
        log: "%_SMSTSLogPath%\\pint.log",
        ...(forRestored ? {} : { profile: "%OSDStateStorePath%\\pint.json" }),
      },
    });
  });
});

test("every command line of pint in winpe/README.md is one that the program takes", () => {
  const lines = [
    ...readFileSync(join(WINPE, "README.md"), "utf8").matchAll(
      /^(?:.*[\\/ "`])?pint(?:\.exe)?"? (apply [^`\n]*|capture [^`\n]*)/gm,
    ),
  ];
  expect(lines.length).toBeGreaterThanOrEqual(3);
  for (const [, line = ""] of lines) expect(parsed(`pint ${line}`).line).toMatchObject({ kind: "command" });
});

test("WinRE starts the batch file that is to lie beside its configuration", () => {
  expect(at(xml("winre/WinREConfig.xml"), "RecoveryTools", "RelativeFilePath").text).toBe("pint-auto.cmd");
  const tool = at(xml("winre/boot-menu.xml"), "WinRETool");
  expect(attributes(tool)).toEqual({ locale: "en-us" });
  for (const part of ["Name", "Description"]) expect(at(tool, part).text.length).toBeLessThanOrEqual(30);
});

test("the iPXE script loads what pint-auto.cmd needs, and boot.wim last", () => {
  const loaded = [...text("wimboot/pint.ipxe").matchAll(/^initrd \S+ (\S+) \|\| goto failed$/gm)].map(
    ([, name]) => name,
  );
  expect(loaded).toEqual(
    expect.arrayContaining(["BCD", "boot.sdi", "winpeshl.ini", "pint-auto.cmd", "pint.exe", "nssm.exe"]),
  );
  expect(loaded.at(-1)).toBe("boot.wim");
  expect(text("wimboot/pint.ipxe")).toMatch(/^#!ipxe\n/);
});

describe("Add-PintToBootWim.ps1", () => {
  const script = text("Add-PintToBootWim.ps1");

  async function syntaxTree(): Promise<Node> {
    await Parser.init();
    const grammar = require.resolve("tree-sitter-powershell/tree-sitter-powershell.wasm");
    const parser = new Parser();
    parser.setLanguage(await Language.load(grammar));
    const tree = parser.parse(script);
    if (tree === null) throw new Error("the grammar gave no tree");
    return tree.rootNode;
  }

  function namesOf(kind: string, node: Node): string[] {
    const own = node.type === kind ? [node.text] : [];
    return [...own, ...node.children.flatMap((child) => (child === null ? [] : namesOf(kind, child)))];
  }

  test("is PowerShell by its grammar, ASCII, with Windows' line ends", async () => {
    expect((await syntaxTree()).hasError).toBe(false);
    expect(script).toMatch(/^(?:[\x20-\x7e]*\r\n)+$/);
  });

  test("calls what PowerShell and its modules have or it defines itself, never by an alias", async () => {
    const root = await syntaxTree();
    const own = namesOf("function_name", root);
    const used = new Set(namesOf("command_name", root).filter((name) => !own.includes(name)));
    expect([...used].sort()).toEqual([
      "ConvertFrom-Json",
      "ConvertTo-Json",
      "Copy-Item",
      "Dismount-WindowsImage",
      "ForEach-Object",
      "Get-ChildItem",
      "Get-Content",
      "Get-FileHash",
      "Join-Path",
      "Mount-WindowsImage",
      "Move-Item",
      "New-Item",
      "Remove-Item",
      "Resolve-Path",
      "Set-StrictMode",
      "Test-Path",
      "Write-Output",
      "Write-Warning",
    ]);
  });

  test("has the folder for drivers before the first one is copied into it", () => {
    const made = script.indexOf("New-Item -ItemType Directory -Path (Join-Path -Path $folder -ChildPath 'drivers')");
    expect(made).toBeGreaterThan(0);
    expect(script.indexOf("foreach ($path in $Drivers)")).toBeGreaterThan(made);
  });

  test("unmounts in every case, and discards what has failed", () => {
    expect(script).toMatch(
      /finally \{[\s\S]*if \(\$isMounted\) \{ \$null = Dismount-WindowsImage -Path \$mount -Discard \}/,
    );
    expect(script).toContain("Set-StrictMode -Version Latest");
    expect(script).toContain("SupportsShouldProcess = $true");
  });
});
