/** Talks to a running sandbox over real HTTP. */
import type { SandboxOptions } from '../../sandbox/context';
import { DEMO_CREDENTIALS } from '../../sandbox/demoCredentials';
import { type RunningSandbox, startSandbox } from '../../sandbox/server';

export const TODAY = '2026-11-23';

export interface Reply {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
	/** The parsed body, for reading members without saying what they are. */
	readonly body: Json;
}

/** JSON that is read member by member in assertions. */
export interface Json {
	readonly [member: string]: Json;
	readonly [index: number]: Json;
}

export interface Client {
	readonly sandbox: RunningSandbox;
	get(path: string, headers?: Record<string, string>): Promise<Reply>;
	send(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
	close(): Promise<void>;
}

export async function startClient(options: Partial<SandboxOptions> = {}): Promise<Client> {
	const sandbox = await startSandbox({ today: TODAY, ...options });
	const send: Client['send'] = async (method, path, body, headers = {}) => {
		const isText = typeof body === 'string';
		const response = await fetch(sandbox.url + path, {
			method,
			headers: {
				...(body !== undefined && {
					'content-type': isText ? 'application/x-www-form-urlencoded' : 'application/json',
				}),
				...headers,
			},
			...(body !== undefined && { body: isText ? body : JSON.stringify(body) }),
		});
		const text = await response.text();
		return { status: response.status, headers: response.headers, text, body: parsed(text) };
	};
	return { sandbox, send, get: (path, headers) => send('GET', path, undefined, headers), close: () => sandbox.close() };
}

function parsed(text: string): Json {
	try {
		return JSON.parse(text) as Json;
	} catch {
		return {};
	}
}

export function basic(name: string, secret: string): Record<string, string> {
	return { authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}` };
}

/** Headers with a fresh token. */
export async function bearer(client: Client, provider: 'lumen' | 'oracleBrm'): Promise<Record<string, string>> {
	const { clientId, clientSecret } = DEMO_CREDENTIALS[provider];
	const path = provider === 'lumen' ? '/lumen/oauth/v2/token' : '/idcs/oauth2/v1/token';
	const reply = await client.send('POST', path, 'grant_type=client_credentials', basic(clientId, clientSecret));
	return { authorization: `Bearer ${textOf(reply.body['access_token'])}` };
}

/** A member's text; throws where it has none, so that no comparison is with `undefined`. */
export function textOf(value: unknown): string {
	if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value.toString();
	throw new TypeError(`No text: ${JSON.stringify(value)}`);
}

/** The items of a list; throws for anything else. */
export function rowsOf(value: unknown): readonly Json[] {
	if (Array.isArray(value)) return value as readonly Json[];
	throw new TypeError(`Not a list: ${JSON.stringify(value)}`);
}

/** The items of a list body. */
export function items(reply: Reply): readonly Json[] {
	return rowsOf(reply.body);
}
