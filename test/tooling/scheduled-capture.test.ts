/** The scheduled capture: a definition that Task Scheduler can read, a command line that the program takes, scripts that say what they did. */
import { copyFileSync, existsSync, mkdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { COMMANDS } from "../../src/cli/commands/index.ts";
import { parseCommandLine } from "../../src/cli/parse.ts";
import { readXml, type XmlElement } from "../../src/unattend/xml-tree.ts";
import { describeUnlessMissing } from "../support/missing.ts";
import { describeWithTools, runTool } from "../support/tools.ts";
import { missingWine, Wine } from "../support/wine.ts";

const FOLDER = fileURLToPath(new URL("../../scripts/scheduled-capture", import.meta.url));
const TASK = join(FOLDER, "pint-capture.xml");
const NAMESPACE = "http://schemas.microsoft.com/windows/2004/02/mit/task";

const text = readFileSync(TASK, "latin1");
const task = readXml(text);

function at(...names: readonly string[]): XmlElement {
  return names.reduce((element, name) => {
    const found = element.children.find(({ local }) => local === name);
    if (found === undefined) throw new Error(`${element.local} has no ${name}`);
    return found;
  }, task);
}

describe("the task", () => {
  test("is ASCII with Windows' line breaks and says no encoding, so that schtasks.exe reads it as it is", () => {
    expect(text).toMatch(/^<\?xml version="1.0"\?>\r\n<Task version="1\.2" xmlns="[^"]*">(?:\r\n|[\x20-\x7e])*$/);
    expect(task).toMatchObject({ local: "Task", uri: NAMESPACE });
  });

  test("has its parts in the order of the schema", () => {
    expect(task.children.map(({ local }) => local)).toEqual([
      "RegistrationInfo",
      "Triggers",
      "Principals",
      "Settings",
      "Actions",
    ]);
    expect(at("Triggers", "EventTrigger").children.map(({ local }) => local)).toEqual([
      "Enabled",
      "Subscription",
      "Delay",
    ]);
    expect(at("Triggers", "CalendarTrigger").children.map(({ local }) => local)).toEqual([
      "StartBoundary",
      "Enabled",
      "RandomDelay",
      "ScheduleByDay",
    ]);
  });

  test("starts with the event of a network that Windows has identified, by a query of its own", () => {
    const query = readXml(at("Triggers", "EventTrigger", "Subscription").text);
    const select = query.children[0]?.children[0];
    expect(select?.attributes).toMatchObject([
      { local: "Path", value: "Microsoft-Windows-NetworkProfile/Operational" },
    ]);
    expect(select?.text).toBe("*[System[Provider[@Name='Microsoft-Windows-NetworkProfile'] and EventID=10000]]");
  });

  test("runs as SYSTEM, without a question, and not for ever", () => {
    expect(at("Principals", "Principal", "UserId").text).toBe("S-1-5-18");
    expect(at("Settings", "ExecutionTimeLimit").text).toBe("PT10M");
    expect(at("Actions").attributes).toMatchObject([{ value: "System" }]);
  });

  test("its command line is one that the program takes, and so is the installer's", () => {
    const installer = readFileSync(join(FOLDER, "install.cmd"), "latin1");
    const ofInstaller = /pint\.exe" (capture .*)\r\n/.exec(installer)?.[1] ?? "";
    for (const line of [at("Actions", "Exec", "Arguments").text, ofInstaller]) {
      const words = [...line.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? "");
      expect(parseCommandLine(words, COMMANDS)).toMatchObject({
        kind: "command",
        command: { name: "capture" },
        args: { live: true, image: "", log: "%ProgramData%\\PINT\\capture.log" },
      });
    }
    expect(installer).toContain(at("Actions", "Exec", "Command").text);
  });
});

test("the scripts have Windows' line breaks and name the same task", () => {
  for (const name of ["install.cmd", "uninstall.cmd"]) {
    const script = readFileSync(join(FOLDER, name), "latin1");
    expect(script.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(script.match(/\/TN "([^"]*)"/g)?.every((one) => one === '/TN "\\PINT\\Capture"')).toBe(true);
    expect(at("RegistrationInfo", "URI").text).toBe("\\PINT\\Capture");
  }
});

describeWithTools("xmllint", ["xmllint"], () => {
  test("finds the task well-formed", () => {
    expect(runTool("xmllint", ["--nonet", "--noout", TASK])).toMatchObject({ status: 0, stderr: Buffer.alloc(0) });
  });
});

// Wine's Task Scheduler registers nothing: what the scripts do beside it is seen, and that they tell of its refusal.
describeUnlessMissing("under Wine", missingWine, () => {
  let wine: Wine;
  beforeAll(() => {
    wine = new Wine();
  }, 120_000);
  afterAll(() => wine.close());

  const drive = () => join(wine.folder, "prefix", "drive_c");
  const run = (script: string, ...args: readonly string[]) => wine.run("cmd.exe", ["/c", script, ...args], 60_000);

  test("the installer without pint.exe says so and ends with 1", () => {
    mkdirSync(join(drive(), "kit"));
    for (const name of ["install.cmd", "uninstall.cmd", "pint-capture.xml"]) {
      copyFileSync(join(FOLDER, name), join(drive(), "kit", name));
    }
    const result = run("C:\\kit\\install.cmd");
    expect(result).toMatchObject({ status: 1, output: expect.stringContaining("pint.exe is not there") });
  });

  test("with it: it is in Program Files, and what cannot be registered is told", () => {
    copyFileSync(join(drive(), "windows", "system32", "reg.exe"), join(drive(), "kit", "pint.exe"));
    const result = run("C:\\kit\\install.cmd");
    expect(result).toMatchObject({ status: 1, output: expect.stringContaining("Not installed") });
    expect(existsSync(join(drive(), "Program Files", "PINT", "pint.exe"))).toBe(true);
    expect(existsSync(join(drive(), "ProgramData", "PINT"))).toBe(true);
  });

  test("the uninstaller takes the program away and leaves the profile's folder", () => {
    // Wine's schtasks.exe finds any task, and can delete none.
    expect(run("C:\\kit\\uninstall.cmd")).toMatchObject({ status: 1, output: expect.stringContaining("Not removed") });
    expect(existsSync(join(drive(), "Program Files", "PINT"))).toBe(false);
    expect(existsSync(join(drive(), "ProgramData", "PINT"))).toBe(true);
  });
});
