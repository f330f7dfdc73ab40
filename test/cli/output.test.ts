/** The standard streams: full pipes, closed pipes, and other errors of the system. */
import { describe, expect, test } from "vitest";
import { Output } from "../../src/cli/output.ts";

function refusing(code: string): never {
  throw Object.assign(new Error(`${code}: refused, write`), { code });
}

describe("a standard stream", () => {
  test("gets every byte, however few it takes at a time, and is asked again when it is full", () => {
    const text = "Připojení k místní síti, 本地连接\n".repeat(50);
    const taken: number[] = [];
    let calls = 0;
    const output = new Output(1, (descriptor, bytes) => {
      expect(descriptor).toBe(1);
      calls++;
      if (calls % 3 === 0) {
        refusing("EAGAIN");
      }
      taken.push(...bytes.subarray(0, 7));
      return Math.min(bytes.length, 7);
    });
    output.write(text);
    expect(Buffer.from(taken).toString("utf8")).toBe(text);
    expect(output.trouble).toBeUndefined();
  });

  test.each(["EPIPE", "EBADF", "EOF"])("whose reader is gone (%s) ends the writing, and that is no trouble", (code) => {
    let calls = 0;
    const output = new Output(1, () => {
      calls++;
      return refusing(code);
    });
    output.write("a");
    output.write("b");
    expect({ calls, trouble: output.trouble }).toEqual({ calls: 1, trouble: undefined });
  });

  test("that cannot be written says why, and is left alone from then on", () => {
    let calls = 0;
    const output = new Output(1, () => {
      calls++;
      return refusing("ENOSPC");
    });
    output.write("a");
    output.write("b");
    expect({ calls, trouble: output.trouble }).toEqual({ calls: 1, trouble: "ENOSPC: refused, write" });
  });
});
