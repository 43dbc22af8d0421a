/** Trouble that comes and goes: every few seconds some providers fail in some way, and then none does. */
import { setTimeout as sleep } from 'node:timers/promises';

import { anyOf } from './questions';
import { CONNECTIONS } from './truth';

/**
 * What the sandbox can do, but for lies that nobody can tell from the truth: a file that is cut and says the length of what
 * is left (only lists are cut here), the answer to another question (`samePage`, which mixes up accounts and paths), and a
 * limit quietly lowered to a number that is not round (`limitNotHonoured`), where the provider announces no total.
 */
const EFFECTS: readonly object[] = [
	...[400, 401, 403, 404, 429, 500, 503].map((status) => ({ effect: 'answer', with: { status } })),
	{ effect: 'answer', with: { status: 429, headers: { 'retry-after': '1' } } },
	{ effect: 'answer', with: { status: 200, body: '{"rows":"none"}' } },
	{ effect: 'latency', with: { ms: 300 } },
	{ effect: 'latency', with: { ms: 3_000 } },
	{ effect: 'hang' },
	{ effect: 'reset' },
	{ effect: 'reset', with: { afterBytes: 40 } },
	{ effect: 'drip', with: { bytes: 512, everyMs: 1 } },
	{ effect: 'truncate', path: 'limit=' },
	{ effect: 'contentType', with: { value: 'text/html' } },
	{ effect: 'html' },
	{ effect: 'brokenGzip' },
	{ effect: 'expireTokens' },
	{ effect: 'offsetIgnored' },
	{ effect: 'limitNotHonoured', with: { rows: 25 } },
	...['missing', 'wrong', 'short', 'changing'].map((is) => ({ effect: 'total', with: { is } })),
	{ effect: 'duplicateIds' },
];

const SHORTEST_MS = 2_000;
const LONGEST_MS = 6_000;

export class Trouble {
	private readonly stopped = new AbortController();
	private switches = 0;
	private present: readonly object[] = [];
	private running: Promise<void> | null = null;

	constructor(private readonly sandboxUrl: string) {}

	/** How often faults have been switched on. */
	get switchedOn(): number {
		return this.switches;
	}

	/** Switched on just now. */
	get now(): readonly object[] {
		return this.present;
	}

	start(): void {
		this.running = this.comeAndGo();
	}

	/** Calm, once it resolves. */
	async stop(): Promise<void> {
		this.stopped.abort();
		await this.running;
		await setFaults(this.sandboxUrl, []);
	}

	private async comeAndGo(): Promise<void> {
		while (!this.stopped.signal.aborted) {
			const troubled = Object.values(CONNECTIONS).filter(() => Math.random() < 0.4);
			this.present = troubled.map((provider) => ({
				provider,
				...anyOf(EFFECTS),
				nth: 1 + Math.floor(Math.random() * 3),
			}));
			await setFaults(this.sandboxUrl, this.present);
			this.switches += 1;
			await this.pause();
			this.present = [];
			await setFaults(this.sandboxUrl, []);
			await this.pause();
		}
	}

	private async pause(): Promise<void> {
		const ms = SHORTEST_MS + Math.random() * (LONGEST_MS - SHORTEST_MS);
		await sleep(ms, undefined, { signal: this.stopped.signal }).catch(() => undefined);
	}
}

export async function setFaults(sandboxUrl: string, rules: readonly object[]): Promise<void> {
	const url = `${sandboxUrl}/__sandbox/faults`;
	await fetch(url, { method: 'DELETE' });
	if (rules.length === 0) return;
	const response = await fetch(url, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(rules),
	});
	if (response.status !== 201) throw new Error(`The sandbox refuses faults: ${await response.text()}`);
}
