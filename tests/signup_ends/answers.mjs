// Answer the lines of JSON that a test writes, one after the other, until it closes the input: {"call": "name", …} → {"answer": …}.
import { createInterface } from 'node:readline';

export const say = (value) => process.stdout.write(`${JSON.stringify(value)}\n`);

export async function serve(calls) {
  for await (const line of createInterface({ input: process.stdin })) {
    const { call, ...more } = JSON.parse(line);
    try {
      say({ answer: (await calls[call](more)) ?? null });
    } catch (problem) {
      say({ problem: String(problem?.stack ?? problem) });
    }
  }
}
