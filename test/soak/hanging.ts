/** What a fourth provider that hangs for ever costs those who ask the other three: rounds with and without, in turn. */
import { setTimeout as sleep } from 'node:timers/promises';

import type { HangingFigures, Pair } from '../../docs/generator/soakSection';
import type { Client } from './client';
import { setFaults } from './faults';
import { BILL, SOURCES } from './truth';

const QUERY = `query ($connections: [ID!]) { bills(first: 20, filter: { connections: $connections }) { nodes { ${BILL} } ${SOURCES} } }`;
const THREE = { connections: ['lumen-us', 'brm', 'fleet'] };
const FOURTH = { connections: ['orange'] };
/** From the providers, not from what is kept. */
const AFRESH = { 'cache-control': 'no-cache' };

const QUESTIONS_A_ROUND = 200;
const HANGING_READERS = 20;

/** @param client of a server whose breakers do not open: the hanging must last */
export async function measureHanging(client: Client, sandboxUrl: string, rounds: number): Promise<HangingFigures> {
	const without: number[][] = [];
	const hanging: number[][] = [];
	await round(client);
	for (let nth = 0; nth < rounds; nth += 1) {
		without.push(await round(client));
		await setFaults(sandboxUrl, [{ provider: 'orange', path: '/bills', effect: 'hang' }]);
		const readers = hangingReaders(client);
		hanging.push(await round(client));
		await setFaults(sandboxUrl, []);
		await readers.stop();
	}
	const pair = (share: number): Pair => ({ without: medianOf(without, share), with: medianOf(hanging, share) });
	return {
		rounds,
		questionsARound: QUESTIONS_A_ROUND,
		hangingReaders: HANGING_READERS,
		p50: pair(0.5),
		p99: pair(0.99),
	};
}

/** Readers of the fourth, who ask again as soon as they are told that it took too long. */
function hangingReaders(client: Client): { stop(): Promise<void> } {
	let isOver = false;
	const read = async (): Promise<void> => {
		while (!isOver) {
			await client.ask(QUERY, FOURTH, AFRESH);
			await sleep(10);
		}
	};
	const readers = Array.from({ length: HANGING_READERS }, read);
	return {
		stop: async () => {
			isOver = true;
			await Promise.all(readers);
		},
	};
}

/** Milliseconds of each, sorted. */
async function round(client: Client): Promise<number[]> {
	const times: number[] = [];
	while (times.length < QUESTIONS_A_ROUND) {
		const { data, errors, ms } = await client.ask(QUERY, THREE, AFRESH);
		if (data === null || errors.length > 0) throw new Error(`The three are troubled too: ${JSON.stringify(errors)}`);
		times.push(ms);
	}
	return times.sort((left, right) => left - right);
}

function medianOf(rounds: readonly (readonly number[])[], share: number): number {
	const values = rounds.map((times) => times[Math.min(times.length - 1, Math.floor(times.length * share))]!);
	return values.sort((left, right) => left - right)[Math.floor(values.length / 2)]!;
}
