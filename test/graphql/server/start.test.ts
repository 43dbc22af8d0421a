/** The started server over its own sandbox: every provider's bills in one list, true to the last decimal. */
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { SAMPLE_QUERY } from '../../../graphql/server/landingPage';
import { type RunningServer, startServer } from '../../../graphql/server/start';
import { startTlsFront } from '../../reliability/support/tlsFront';

interface Wire<Data> {
	readonly data: Data;
	readonly errors?: readonly unknown[];
}
interface Shown {
	readonly provider: string;
	readonly remoteId: string;
	readonly billDate: string;
	readonly total: { readonly amount: string; readonly currency: string };
	readonly net: { readonly amount: string };
	readonly billingAccount: { readonly remoteId: string; readonly name: string | null };
}
interface Page {
	readonly bills: {
		readonly nodes: readonly Shown[];
		readonly totalCount: number | null;
		readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
		readonly sources: readonly {
			readonly connection: { readonly id: string };
			readonly state: string;
			readonly complete: boolean;
		}[];
	};
}
interface Truth {
	readonly today: string;
	readonly providers: Readonly<
		Record<
			'lumen' | 'oracleBrm' | 'floLive' | 'orange',
			{
				readonly accounts: readonly {
					readonly id: string;
					readonly name: string;
					readonly currency: string;
					readonly bills: readonly {
						readonly id: string;
						readonly billDate: string;
						readonly net: string;
						readonly total: string;
						readonly lines: { readonly count: number };
					}[];
				}[];
			}
		>
	>;
}

const PROVIDER_NAMES = {
	lumen: 'LUMEN',
	oracleBrm: 'ORACLE_BRM',
	floLive: 'FLOLIVE',
	orange: 'ORANGE_BUSINESS',
} as const;

let server: RunningServer;
let truth: Truth;
const faults: unknown[] = [];

beforeAll(async () => {
	server = await startServer({ host: '127.0.0.1', port: 0, env: {}, reportFault: (error) => faults.push(error) });
	truth = (await (await fetch(`${server.sandboxUrl}/__sandbox/truth`)).json()) as Truth;
});

afterAll(() => server.close());

afterEach(() => {
	expect(faults).toEqual([]);
});

async function ask<Data>(query: string, variables: Record<string, unknown> = {}): Promise<Wire<Data>> {
	const response = await fetch(`${server.url}/graphql`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ query, variables }),
	});
	return (await response.json()) as Wire<Data>;
}

/** An exact decimal without needless zeros, as the graph writes it. */
function plain(decimal: string): string {
	return decimal.includes('.') ? decimal.replace(/\.?0+$/, '') : decimal;
}

function trueBills(): Map<string, { billDate: string; net: string; total: string; currency: string; account: string }> {
	return new Map(
		(Object.keys(PROVIDER_NAMES) as (keyof typeof PROVIDER_NAMES)[]).flatMap((provider) =>
			truth.providers[provider].accounts.flatMap(({ id: account, currency, bills }) =>
				bills.map(
					({ id, billDate, net, total }) =>
						[
							`${PROVIDER_NAMES[provider]} ${id}`,
							{ billDate, net: plain(net), total: plain(total), currency, account },
						] as const,
				),
			),
		),
	);
}

const shownKey = ({ provider, remoteId }: Shown): string => `${provider} ${remoteId}`;

const WALK = `query ($first: Int!, $after: String) { bills(first: $first, after: $after) {
	nodes { provider remoteId billDate net { amount } total { amount currency } billingAccount { remoteId name } }
	totalCount pageInfo { hasNextPage endCursor } sources { connection { id } state complete }
} }`;

describe('the server over its sandbox', () => {
	it('answers the query of its page with bills of four providers, newest first, all sources whole', async () => {
		const { data, errors } = await ask<Page>(SAMPLE_QUERY);
		expect(errors).toBeUndefined();
		const { nodes, sources } = data.bills;
		expect(nodes).toHaveLength(50);
		expect(new Set(nodes.map(({ provider }) => provider))).toEqual(new Set(Object.values(PROVIDER_NAMES)));
		expect(sources).toEqual(
			['lumen-us', 'brm', 'fleet', 'orange'].map((id) => ({ connection: { id }, state: 'OK', complete: true })),
		);
		const dates = nodes.map(({ billDate }) => billDate);
		expect(dates).toEqual([...dates].sort().reverse());
	});

	it('gives every bill exactly once over all pages, equal to the truth to the last decimal', async () => {
		const expected = trueBills();
		const seen = new Map<string, Shown>();
		let after: string | null = null;
		for (let page = 0; page < 50; page += 1) {
			const { data, errors }: Wire<Page> = await ask<Page>(WALK, { first: 37, after });
			expect(errors).toBeUndefined();
			for (const shown of data.bills.nodes) {
				expect(seen.has(shownKey(shown))).toBe(false);
				seen.set(shownKey(shown), shown);
			}
			if (!data.bills.pageInfo.hasNextPage) break;
			after = data.bills.pageInfo.endCursor;
		}
		const unseen = [...expected].filter(([key]) => !seen.has(key));
		// floLIVE keeps 12 months; everything else is there.
		const yearAgo = `${Number(truth.today.slice(0, 4)) - 1}${truth.today.slice(4)}`;
		expect(unseen.filter(([key, { billDate }]) => !key.startsWith('FLOLIVE') || billDate > yearAgo)).toEqual([]);
		expect(seen.size).toBe(expected.size - unseen.length);
		for (const [key, shown] of seen) {
			const { billDate, net, total, billingAccount } = shown;
			expect({
				key,
				billDate,
				net: net.amount,
				total: total.amount,
				currency: total.currency,
				account: billingAccount.remoteId,
			}).toEqual({
				key,
				...expected.get(key),
			});
		}
	});

	it('serves a file of each provider, be it PDF, XML or zip', async () => {
		const { data } = await ask<{
			bills: { nodes: readonly { provider: string; documents: readonly { path: string }[] | null }[] };
		}>('{ bills(first: 50) { nodes { provider documents { path } } } }');
		const paths = new Map<string, string>();
		for (const { provider, documents } of data.bills.nodes) {
			const path = documents?.[0]?.path;
			if (path !== undefined) paths.set(provider, path);
		}
		expect([...paths.keys()].sort()).toEqual(Object.values(PROVIDER_NAMES).sort());
		for (const path of paths.values()) {
			const response = await fetch(`${server.url}${path}`);
			expect(response.status).toBe(200);
			expect(
				Buffer.from(await response.arrayBuffer())
					.subarray(0, 2)
					.toString(),
			).toMatch(/^(?:%P|<\?|PK)$/);
		}
	});
});

/** As in a connection of a configuration file. */
const AUTHORITY = `ca: "\${file:${join(__dirname, '../../reliability/tls/authority.pem')}}",`;

describe('a configuration', () => {
	const folder = mkdtempSync(join(tmpdir(), 'telecom-billing-'));
	afterAll(() => rmSync(folder, { recursive: true }));

	const configured = (text: string): string => {
		const file = join(folder, 'billing.yaml');
		writeFileSync(file, text);
		return file;
	};
	const connection = (): string =>
		`connections: [{ id: brm, provider: ORACLE_BRM, baseUrl: "${server.sandboxUrl}/brm-open/customerBillManagement/v4", auth: { kind: NONE } }]`;
	const start = (text: string): Promise<RunningServer> =>
		startServer({ configFile: configured(text), port: 0, env: {}, reportFault: () => undefined });

	it('of real connections is served on this machine where that was decided', async () => {
		const own = await start(`access: { open: true }\n${connection()}`);
		const response = await fetch(`${own.url}/graphql`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ query: '{ connections { id provider } bills(first: 2) { nodes { provider } } }' }),
		});
		expect(await response.json()).toEqual({
			data: {
				connections: [{ id: 'brm', provider: 'ORACLE_BRM' }],
				bills: { nodes: [{ provider: 'ORACLE_BRM' }, { provider: 'ORACLE_BRM' }] },
			},
		});
		expect(own.sandboxUrl).toBeNull();
		await own.close();
	});

	const ASK = JSON.stringify({ query: '{ connections { id } }' });
	const statusWith = async (url: string, key: string): Promise<number> => {
		const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` };
		return (await fetch(`${url}/graphql`, { method: 'POST', headers, body: ASK })).status;
	};
	const accessFor = (key: string): string => {
		const sha256 = createHash('sha256').update(key).digest('hex');
		return `access: { apiKeys: [{ id: k, sha256: "${sha256}", connections: ["*"], accounts: ["*"] }] }`;
	};

	it('with keys answers to them, to others not, and takes new ones without a restart', async () => {
		const configFile = configured(`${accessFor('first')}\n${connection()}`);
		const own = await startServer({ configFile, port: 0, env: {}, rereadEveryMs: 20, reportFault: () => undefined });
		expect(await statusWith(own.url, 'first')).toBe(200);
		expect(await statusWith(own.url, 'second')).toBe(401);
		configured(`${accessFor('second')}\n${connection()}`);
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(await statusWith(own.url, 'first')).toBe(401);
		expect(await statusWith(own.url, 'second')).toBe(200);
		// Taking the keys away opens no door.
		configured(`access: { open: true }\n${connection()}`);
		await new Promise((resolve) => setTimeout(resolve, 200));
		expect(await statusWith(own.url, 'nobody')).toBe(401);
		await own.close();
	});

	it.each([
		['', {}, 200],
		['', { NODE_ENV: 'production' }, 404],
		['production: true', {}, 404],
		['production: true\nexplorer: true', {}, 200],
	])('%j with %j in the environment answers at /explorer with %s', async (setting, env, status) => {
		const configFile = configured(`${setting}\naccess: { open: true }\n${connection()}`);
		const own = await startServer({ configFile, port: 0, env, reportFault: () => undefined });
		expect((await fetch(`${own.url}/explorer`)).status).toBe(status);
		await own.close();
	});

	it('whose manifest cannot be read is refused', async () => {
		const text = `operations: { manifest: nowhere.json }\naccess: { open: true }\n${connection()}`;
		await expect(start(text)).rejects.toThrow(/operations\.manifest .*nowhere\.json/);
	});

	it.each([
		['own', '', 'UNAVAILABLE'],
		['own', AUTHORITY, 'OK'],
		// Of a trusted authority, but for another host.
		['other', AUTHORITY, 'UNAVAILABLE'],
		['selfSigned', AUTHORITY, 'UNAVAILABLE'],
	] as const)('reaches a host with the certificate "%s" and the setting "%s": %s', async (certificate, ca, outcome) => {
		const front = await startTlsFront(server.sandboxUrl ?? '', certificate);
		const behindTls = connection()
			.replace(server.sandboxUrl ?? '', front.url)
			.replace('auth:', `${ca} auth:`);
		const own = await start(`access: { open: true }\n${behindTls}`);
		const response = await fetch(`${own.url}/graphql`, {
			method: 'POST',
			headers: { 'content-type': 'application/json' },
			body: JSON.stringify({ query: '{ bills(first: 1) { nodes { provider } sources { error { kind } } } }' }),
		});
		const { data } = (await response.json()) as {
			data: { bills: { nodes: unknown[]; sources: { error: { kind: string } | null }[] } };
		};
		expect(data.bills.sources.map(({ error }) => error?.kind ?? 'OK')).toEqual([outcome]);
		expect(data.bills.nodes).toHaveLength(outcome === 'OK' ? 1 : 0);
		await own.close();
		front.close();
	});

	it('whose authority is no certificate is refused, without a word of it', async () => {
		const text = connection().replace('auth:', 'ca: "-----BEGIN PRIVATE KEY-----", auth:');
		const refused: unknown = await start(`access: { open: true }\n${text}`).catch((error: unknown) => error);
		expect(String(refused)).toContain('connections[0].ca is no certificate in PEM');
		expect(String(refused)).not.toContain('PRIVATE');
	});

	it('of real connections without access is refused', async () => {
		await expect(start(connection())).rejects.toThrow('access is missing');
	});
});
