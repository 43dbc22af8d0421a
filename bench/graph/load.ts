/** Clients that ask the same question again and again, each as soon as it has its answer. */
import { Pool } from 'undici';

import { percentile } from '../statistics';

/** Below, a percentile says little. */
const ENOUGH_QUERIES = 100;
/** So many times as long at most: where all answers are slow, a run must end too. */
const MOST_PROLONGED = 1.5;

export interface Question {
	readonly method: 'GET' | 'POST';
	readonly path: string;
	readonly body: string | null;
}

export interface Measured {
	readonly queries: number;
	readonly p50Ms: number;
	readonly p99Ms: number;
	readonly queriesPerSecond: number;
}

export class Asker {
	private readonly pool: Pool;

	constructor(
		url: string,
		private readonly question: Question,
		private readonly clients: number,
	) {
		this.pool = new Pool(url, { connections: clients, pipelining: 1, headersTimeout: 60_000, bodyTimeout: 60_000 });
	}

	/** The answer's text. @throws Error for any status but 200 */
	async ask(): Promise<string> {
		const { method, path, body } = this.question;
		const headers = { 'content-type': 'application/json', accept: 'application/json' };
		const answer = await this.pool.request({ method, path, body, headers });
		const text = await answer.body.text();
		if (answer.statusCode !== 200) throw new Error(`${path} answers ${answer.statusCode}: ${text.slice(0, 500)}`);
		return text;
	}

	/** This often in all, and for this many milliseconds at least. */
	async warmUp(times: number, forMs: number): Promise<void> {
		let left = times;
		const end = performance.now() + forMs;
		const client = async (): Promise<void> => {
			while (left-- > 0 || performance.now() < end) await this.ask();
		};
		await Promise.all(Array.from({ length: this.clients }, client));
	}

	/** Asks for at least this long, and on while there are too few answers; whatever was asked is waited for. */
	async askFor(forMs: number): Promise<Measured> {
		const latencies: number[] = [];
		const started = performance.now();
		const isEnough = (): boolean => {
			const asking = performance.now() - started;
			return asking >= (latencies.length < ENOUGH_QUERIES ? MOST_PROLONGED * forMs : forMs);
		};
		const client = async (): Promise<void> => {
			while (!isEnough()) {
				const asked = performance.now();
				await this.ask();
				latencies.push(performance.now() - asked);
			}
		};
		await Promise.all(Array.from({ length: this.clients }, client));
		const seconds = (performance.now() - started) / 1_000;
		return {
			queries: latencies.length,
			p50Ms: percentile(latencies, 50),
			p99Ms: percentile(latencies, 99),
			queriesPerSecond: latencies.length / seconds,
		};
	}

	close(): Promise<void> {
		return this.pool.close();
	}
}
