/** Calls the sandbox's Orange Business over HTTP, as a program that has its token and API key. */
import { startSandbox, type RunningSandbox } from '../../../sandbox/server';

export interface OrangeAnswer {
	readonly status: number;
	readonly headers: Headers;
	readonly text: string;
	readonly json: unknown;
}

export interface OrangeApi {
	readonly sandbox: RunningSandbox;
	/** Base URL with its path. */
	readonly base: string;
	readonly token: string;
	get(path: string, headers?: Readonly<Record<string, string>>): Promise<OrangeAnswer>;
	search(condition: unknown, query?: string): Promise<OrangeAnswer>;
	/** Ids of the rows that a list or search gives. */
	ids(answer: OrangeAnswer): string[];
}

export async function startOrange(options: Parameters<typeof startSandbox>[0] = {}): Promise<OrangeApi> {
	const sandbox = await startSandbox({ today: '2026-11-23', ...options });
	const base = `${sandbox.url}/orange/billing/b2b/v1`;
	const token = await appToken(sandbox.url);
	const credentials = { authorization: `Bearer ${token}`, 'x-api-key': 'orange-demo-api-key' };
	return {
		sandbox,
		base,
		token,
		get: async (path, headers = {}) => read(await fetch(`${base}${path}`, { headers: { ...credentials, ...headers } })),
		search: async (condition, query = '?limit=100') =>
			read(
				await fetch(`${base}/bills/search${query}`, {
					method: 'POST',
					headers: { ...credentials, 'content-type': 'application/json' },
					body: JSON.stringify(condition),
				}),
			),
		ids: (answer) => (answer.json as { id: string }[]).map(({ id }) => id),
	};
}

export async function appToken(url: string): Promise<string> {
	const answer = await tokenRequest(url, { grant_type: 'client_credentials' });
	return (answer.json as { access_token: string }).access_token;
}

export async function tokenRequest(
	url: string,
	form: Readonly<Record<string, string>>,
	headers: Readonly<Record<string, string>> = {},
): Promise<OrangeAnswer> {
	const authorization = `Basic ${Buffer.from('orange-demo:orange-demo-secret').toString('base64')}`;
	return read(
		await fetch(`${url}/orange/oauth/v3/token`, {
			method: 'POST',
			headers: { authorization, accept: 'application/json', ...headers },
			body: new URLSearchParams(form),
		}),
	);
}

export async function read(response: Response): Promise<OrangeAnswer> {
	const text = await response.text();
	const isJson = (response.headers.get('content-type') ?? '').startsWith('application/json');
	return { status: response.status, headers: response.headers, text, json: isJson ? JSON.parse(text) : undefined };
}
