/** The rules that this project relies on are awake: each finds the mistake that it is there for. */
import { expect, test } from "vitest";
import { lintFindings } from "../support/lint-probe.ts";

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join("\n");

/** A file that breaks a rule, a file that barely does not, and the rule. */
const CASES: readonly (readonly [rule: string, bad: string, good: string])[] = [
  [
    "nursery/noFloatingPromises",
    "async function later(): Promise<void> {}\nexport function now(): void {\n  later();\n}\n",
    "async function later(): Promise<void> {}\nexport async function now(): Promise<void> {\n  await later();\n}\n",
  ],
  [
    "nursery/useExhaustiveSwitchCases",
    'export function f(x: "a" | "b"): number {\n  switch (x) {\n    case "a":\n      return 1;\n  }\n  return 2;\n}\n',
    'export function f(x: "a" | "b"): number {\n  switch (x) {\n    case "a":\n      return 1;\n    case "b":\n      return 2;\n  }\n}\n',
  ],
  [
    "style/noExcessiveLinesPerFile",
    `${lines(201, (index) => `export const a${index} = ${index};`)}\n`,
    `${lines(199, (index) => `export const a${index} = ${index};`)}\n`,
  ],
  [
    "complexity/noExcessiveLinesPerFunction",
    `export function f(): void {\n${lines(60, (index) => `  Math.abs(${index});`)}\n}\n`,
    `export function f(): void {\n${lines(40, (index) => `  Math.abs(${index});`)}\n}\n`,
  ],
  ["suspicious/noConsole", 'console.log("x");\nexport {};\n', "export const x = 1;\n"],
  ["style/noRestrictedGlobals", "export const x = process.platform;\n", "export const x = 1;\n"],
  ["style/noNonNullAssertion", "export const x = [1][0]!;\n", "export const x = [1][0] ?? 0;\n"],
  ["suspicious/noExplicitAny", "export const x: any = 1;\n", "export const x: unknown = 1;\n"],
  [
    "correctness/noUnusedImports",
    'import { x } from "./other.ts";\nexport const y = 1;\n',
    'export { x } from "./other.ts";\n',
  ],
  [
    "style/useImportType",
    'import { X } from "./other.ts";\nexport const y: X = 1;\n',
    'import type { X } from "./other.ts";\nexport const y: X = 1;\n',
  ],
];

test("each rule finds its mistake, and nothing where there is none", () => {
  const files = CASES.flatMap(([, bad, good], index) => [
    [`src/windows/bad-${index}.ts`, bad] as const,
    [`src/windows/good-${index}.ts`, good] as const,
  ]);
  const found = lintFindings({
    ...Object.fromEntries(files),
    "src/windows/other.ts": "export type X = number;\nexport const x = 1;\n",
    "src/windows/one.ts": 'import { two } from "./two.ts";\nexport const one = () => two;\n',
    "src/windows/two.ts": 'import { one } from "./one.ts";\nexport const two = () => one;\n',
  }).map(({ rule, file }) => `${file} ${rule}`);
  for (const [index, [rule]] of CASES.entries()) {
    expect(found).toContain(`src/windows/bad-${index}.ts lint/${rule}`);
    expect(found).not.toContain(`src/windows/good-${index}.ts lint/${rule}`);
  }
  expect(found).toContain("src/windows/one.ts lint/suspicious/noImportCycles");
});
