/** What the soak asks with: GraphQL and files over HTTP, each answer with its status, errors and time. */
import { createHash } from 'node:crypto';

export interface GraphError {
	readonly message: string;
	readonly path?: readonly (string | number)[];
	readonly extensions?: { readonly code?: string; readonly connection?: string };
}

export interface Answer {
	readonly status: number;
	/** Null: nothing that can be read as GraphQL came. */
	readonly data: Readonly<Record<string, unknown>> | null;
	readonly errors: readonly GraphError[];
	readonly ms: number;
}

export interface File {
	readonly status: number;
	/** SHA-256; null where the transfer broke off. */
	readonly hash: string | null;
	/** What is said instead of a file. */
	readonly error: string | null;
}

/** No answer takes longer than all that the server may wait for, one after the other. */
const LONGEST_ANSWER_MS = 60_000;

export class Client {
	constructor(private readonly url: string) {}

	async ask(query: string, variables: object = {}, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
		return this.post(JSON.stringify({ query, variables }), headers);
	}

	/** @param body as it is sent */
	async post(body: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
		const began = performance.now();
		const response = await fetch(`${this.url}/graphql`, {
			method: 'POST',
			headers: { 'content-type': 'application/json', ...headers },
			body,
			signal: AbortSignal.timeout(LONGEST_ANSWER_MS),
		});
		const { data = null, errors = [] } = (await response.json()) as Partial<Answer>;
		return { status: response.status, data, errors, ms: performance.now() - began };
	}

	async file(path: string): Promise<File> {
		const response = await fetch(`${this.url}${path}`, { signal: AbortSignal.timeout(LONGEST_ANSWER_MS) });
		if (response.status !== 200) {
			const { error = null } = (await response.json()) as { error?: string };
			return { status: response.status, hash: null, error };
		}
		try {
			const bytes = new Uint8Array(await response.arrayBuffer());
			return { status: 200, hash: createHash('sha256').update(bytes).digest('hex'), error: null };
		} catch {
			return { status: 200, hash: null, error: 'The transfer broke off' };
		}
	}

	/** A metric's value, added up over its labels; 0 where it has none yet. */
	async metrics(): Promise<(name: string) => number> {
		const text = await (await fetch(`${this.url}/metrics`)).text();
		return (name) =>
			text
				.split('\n')
				.filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`))
				.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
	}
}
