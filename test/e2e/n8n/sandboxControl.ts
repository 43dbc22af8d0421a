// The sandbox's control endpoints, as far as the n8n tests use them.
import type { RunningSandbox } from '../../../sandbox/server';

export interface LoggedRequest {
	readonly method: string;
	readonly path: string;
	readonly rawQuery: string;
	/** Secrets are shown as `(hidden)`. */
	readonly headers: Readonly<Record<string, string>>;
	/** How the request was signed: `Basic`, `Bearer`. */
	readonly auth: readonly string[];
	/** Null: not answered yet. */
	readonly status: number | null;
	/** When it arrived: RFC 3339, by the sandbox's clock. */
	readonly time: string;
}

/** One rule: which requests go wrong (all, where nothing is said), and how. */
export interface FaultRule {
	readonly provider?: string;
	readonly method?: string;
	/** Text that the path must contain. */
	readonly path?: string;
	/** The first matching request that goes wrong, from 1. */
	readonly nth?: number;
	/** How many of them do; all where absent. */
	readonly times?: number;
	readonly effect: string;
	readonly with?: object;
}

/** What providers were asked, in order; only what went to a path that contains `path`, where it is given. */
export async function requestsTo({ url }: Pick<RunningSandbox, 'url'>, path = ''): Promise<readonly LoggedRequest[]> {
	const response = await fetch(`${url}/__sandbox/requests?${new URLSearchParams({ path }).toString()}`);
	const { requests } = (await response.json()) as { requests: readonly LoggedRequest[] };
	return requests;
}

export async function addFault({ url }: Pick<RunningSandbox, 'url'>, rule: FaultRule): Promise<void> {
	const response = await fetch(`${url}/__sandbox/faults`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(rule),
	});
	if (!response.ok) throw new Error(`the sandbox refused the fault: ${await response.text()}`);
}

/** Takes all rules away. */
export async function clearFaults({ url }: Pick<RunningSandbox, 'url'>): Promise<void> {
	await fetch(`${url}/__sandbox/faults`, { method: 'DELETE' });
}

/** New and revised bills, as `POST /__sandbox/changes` takes them; gives their ids. */
export async function changeBills(
	{ url }: Pick<RunningSandbox, 'url'>,
	changes: readonly object[],
): Promise<readonly string[]> {
	const response = await fetch(`${url}/__sandbox/changes`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify(changes),
	});
	if (!response.ok) throw new Error(`the sandbox refused the changes: ${await response.text()}`);
	const { bills } = (await response.json()) as { bills: readonly { id: string }[] };
	return bills.map(({ id }) => id);
}
