/** Member names that mean something to JavaScript, and texts that grow, wherever text from outside becomes an object. */
import { readReport } from '../../providers/orangeBusiness/reportRows';
import { checkedSearchQuery } from '../../providers/orangeBusiness/searchQuery';
import { readRefusal as readFloLiveRefusal } from '../../providers/floLive/refusal';
import { readRefusal as readOrangeRefusal } from '../../providers/orangeBusiness/refusal';
import { toDecimal } from '../../providers/model/decimal';
import { BillingError } from '../../providers/transport/errors';
import { parseJson } from '../../providers/transport/json';
import { ConfigError, parseConfig } from '../../graphql/server/config';
import { ProviderConnections } from '../../graphql/providerConnections';
import { type GraphServer, buildServer } from '../../graphql/server/app';
import { OPEN_ON_THIS_MACHINE } from '../graphql/support/appOptions';
import { MemoryConnector } from '../graphql/support/memoryConnector';
import { bill } from '../graphql/support/records';
import { askAt } from '../graphql/support/wire';
import { text } from '../providers/support/scriptedTransport';

const NAMES = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];

afterEach(() => {
	expect(Object.keys(Object.prototype)).toEqual([]);
	expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

describe('JSON of a provider', () => {
	it.each([
		['read as it is', '{"a":1,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}'],
		[
			'with a long number',
			'{"a":12345678901234567890,"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
		],
	])('keeps such members as members: %s', (_how, json) => {
		const value = parseJson(json) as Record<string, unknown>;
		expect(Object.keys(value)).toEqual(['a', '__proto__', 'constructor']);
		expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
		expect(value['polluted']).toBeUndefined();
	});

	it.each(NAMES)('an error code %s is no known one', (code) => {
		const floLive = readFloLiveRefusal(text(200), JSON.stringify({ errorCode: code, errorMessage: 'access denied' }));
		expect(floLive).toMatchObject({ kind: 'FORBIDDEN', code });
		expect(readOrangeRefusal(text(400), JSON.stringify({ code, message: 'no' }))).toMatchObject({ code });
	});

	it('a number of a million digits is read in linear time', () => {
		const digits = '1'.repeat(1_000_000);
		expect(within(1_000, () => toDecimal(`${digits}E`))).toBeNull();
		expect(within(2_000, () => parseJson(`[${'1' + '0'.repeat(1_000_000)}1]`))).toHaveLength(1);
	});

	it.each(['1', '12345678901234567890'])('nested a hundred thousand deep around %s is refused', (inner) => {
		const deep = `${'['.repeat(100_000)}${inner}${']'.repeat(100_000)}`;
		expect(() => parseJson(deep)).toThrow(BillingError);
	});
});

function within<T>(milliseconds: number, work: () => T): T {
	const started = performance.now();
	const result = work();
	expect(performance.now() - started).toBeLessThan(milliseconds);
	return result;
}

describe('search JSON of a user', () => {
	it.each(NAMES)('a field named %s is a field', (name) => {
		const query = JSON.parse(`{"${name}": {"$eq": "x"}}`) as unknown;
		expect(JSON.stringify(checkedSearchQuery(query))).toBe(`{"${name}":{"$eq":"x"}}`);
	});

	it('an operator named so is none', () => {
		for (const name of NAMES) {
			const query = JSON.parse(`{"id": {"${name}": "x"}}`) as unknown;
			expect(() => checkedSearchQuery(query)).toThrow('is not an operator');
		}
	});
});

it.each(NAMES)('a report column named %s is a column', (name) => {
	const { columns, rows } = readReport(Buffer.from(`${name};Invoice number\nx;1\n`), 'r');
	expect(columns).toEqual([name, 'Invoice number']);
	expect(Object.keys(rows[0]?.values ?? {})).toEqual([name, 'Invoice number']);
	expect(JSON.stringify(Object.entries(rows[0]?.values ?? {})[0])).toContain('"text":"x"');
});

describe('a configuration', () => {
	const parse = (yaml: string) => parseConfig(yaml, { file: 'c.yaml', env: {}, readFile: () => '' });
	const withHeaders = (headers: string): string => `
access: { open: true }
connections:
  - id: a
    provider: TMF678
    baseUrl: https://x.example.com
    auth: { kind: LOGIN, url: "https://x.example.com", username: u, password: p, headers: ${headers} }
`;

	it.each(NAMES.slice(0, 3))('member %s is no setting', (name) => {
		expect(() => parse(`${withHeaders('{}')}${name}: { polluted: true }\n`)).toThrow(`${name} is no setting`);
	});

	it('headers named so make no prototype', () => {
		const { connections } = parse(
			withHeaders('{ __proto__: { polluted: "x" }, constructor: x }').replace('{ polluted: "x" }', 'x'),
		);
		const { auth } = connections[0]!;
		expect(auth.kind === 'LOGIN' && Object.getPrototypeOf(auth.headers ?? {})).toBe(Object.prototype);
	});

	it('of aliases of aliases is refused, not expanded', () => {
		const levels = Array.from('bcdefghij').map(
			(name, index) =>
				`${name}: &${name} [${Array(10)
					.fill(`*${'abcdefghi'[index] ?? ''}`)
					.join(', ')}]`,
		);
		expect(() => parse(['a: &a [x, x, x, x]', ...levels].join('\n'))).toThrow(ConfigError);
		expect(() => parse(['a: &a [x, x, x, x]', ...levels].join('\n'))).toThrow('repeats itself too often');
	});
});

describe('variables of a query', () => {
	let server: GraphServer;
	let url: string;
	const faults: unknown[] = [];

	beforeAll(async () => {
		server = await buildServer({
			...OPEN_ON_THIS_MACHINE,
			connections: new ProviderConnections([new MemoryConnector({ connection: 'brm', bills: [bill()] }).configured()]),
			timeoutMs: 1_000,
			serves: '',
			reportFault: (error) => faults.push(error),
		});
		url = await server.app.listen({ port: 0, host: '127.0.0.1' });
	});

	afterAll(() => server.close());

	const post = (body: string): Promise<Response> =>
		fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
	const QUERY = 'query ($filter: BillFilter) { bills(filter: $filter) { nodes { id } } }';

	it.each(NAMES)('a member named %s is refused, and nothing breaks', async (name) => {
		const answers = [
			await post(`{"query": ${JSON.stringify(QUERY)}, "variables": {"filter": {"${name}": {"polluted": true}}}}`),
			await post(`{"query": ${JSON.stringify(QUERY)}, "${name}": {"polluted": true}}`),
			await post(`{"query": ${JSON.stringify(QUERY)}, "extensions": {"${name}": {"polluted": true}}}`),
		];
		for (const { status } of answers) expect(status).toBeLessThan(500);
		expect(faults).toEqual([]);
	});

	it.each(NAMES)('a connection, an account or an id named %s is nobody’s', async (name) => {
		const byAccount = await askAt(url, `{ bills(filter: { accounts: ["${name}"] }) { nodes { id } } }`);
		expect(byAccount.data).toEqual({ bills: { nodes: [] } });
		const byConnection = await askAt(url, `{ bills(filter: { connections: ["${name}"] }) { nodes { id } } }`);
		expect(byConnection.errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
		const byId = await askAt(url, `{ node(id: "${name}") { id } }`);
		expect(byId.data).toEqual({ node: null });
		expect(byId.errors[0]?.extensions['code']).toBe('BAD_USER_INPUT');
		expect(faults).toEqual([]);
	});
});
