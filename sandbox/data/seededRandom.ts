/** Randomness without state: the same seed and keys give the same number, in any order and at any time. */

/** A whole number from 0 to 2^32 - 1 (the finaliser of MurmurHash3 over each key in turn). */
export function hash32(seed: number, ...keys: readonly number[]): number {
	let state = mix(seed | 0);
	for (const key of keys) state = mix(state ^ Math.imul(key | 0, 0x9e3779b1));
	return state >>> 0;
}

function mix(value: number): number {
	let mixed = (value + 0x6d2b79f5) | 0;
	mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
	mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
	return mixed ^ (mixed >>> 16);
}

/** One of the choices. */
export function pick<T>(choices: readonly [T, ...T[]], random: number): T {
	return choices[random % choices.length] ?? choices[0];
}
