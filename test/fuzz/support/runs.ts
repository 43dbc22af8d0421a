/** How often a property is tried: little with every test run, as often as wanted with `FUZZ_RUNS`. */
import type fc from 'fast-check';

/** For tests that try more often than Jest's usual time allows. */
export const LONG_TEST_MS = 3_600_000;

/** `FUZZ_RUNS=100` tries everything a hundred times as often; `FUZZ_SEED` repeats a run. */
export function tries(usual: number): { readonly numRuns: number; readonly seed?: number } & fc.Parameters<unknown> {
	const times = Number(process.env['FUZZ_RUNS'] ?? 1);
	// The same tries with every test run: what is new is looked for with `FUZZ_RUNS`.
	const seed = process.env['FUZZ_SEED'] ?? (process.env['FUZZ_RUNS'] === undefined ? '1' : undefined);
	return { numRuns: Math.ceil(usual * times), ...(seed === undefined ? {} : { seed: Number(seed) }) };
}
