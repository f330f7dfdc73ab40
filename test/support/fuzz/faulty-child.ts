/** A child of the fuzzer that does what children may do: it reports a fault, dies, takes memory, or never answers. */
process.on("message", ({ number }: { number: number }) => {
  const report = { number, subject: "faulty", outcomes: ["walked"], peakBytes: 1000 };
  if (number === 1) process.send?.({ ...report, failure: "Error: a fault\n    at somewhere" });
  else if (number === 2) process.exit(7);
  else if (number === 3) for (;;);
  else process.send?.(number === 4 ? { ...report, peakBytes: 0x1_0000_0000 } : report);
});
