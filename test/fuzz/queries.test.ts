/** Any query that fits the schema is answered or refused by the server, soon, and never with a mistake of its own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';
import { parse, validate } from 'graphql';

import { buildSchema } from '../../graphql/schema';
import { type RunningServer, startServer } from '../../graphql/server/start';
import { type RunningSandbox, startSandbox } from '../../sandbox/server';
import { type GeneratedQuery, type ScalarValues, queryFrom } from './support/queries';
import { LONG_TEST_MS, tries } from './support/runs';

/** Of the server, for one provider; nothing in this sandbox takes long. */
const TIMEOUT_MS = 10_000;

const schema = buildSchema();
const folder = mkdtempSync(join(tmpdir(), 'fuzz-queries-'));
const faults: unknown[] = [];
let sandbox: RunningSandbox;
let server: RunningServer;
let scalars: ScalarValues;

interface Answer {
	readonly data?: unknown;
	readonly errors?: readonly { readonly message: string; readonly extensions?: { readonly code?: string } }[];
}

beforeAll(async () => {
	sandbox = await startSandbox({ accounts: 2, billsPerAccount: 4, ratesPerBill: 2 });
	const configFile = join(folder, 'config.json');
	const config = {
		server: { port: 0, logLevel: 'silent', timeoutMs: TIMEOUT_MS },
		access: { open: true },
		limits: { upstreamPerOperation: 60, upstreamPerMinute: 10_000_000, aliases: 60 },
		connections: sandbox.connections,
	};
	writeFileSync(configFile, JSON.stringify(config));
	server = await startServer({ configFile, env: {}, reportFault: (fault) => faults.push(fault) });
	scalars = await knownValues();
});

afterAll(async () => {
	await server.close();
	await sandbox.close();
	rmSync(folder, { recursive: true });
});

async function ask(body: unknown): Promise<{ readonly status: number; readonly answer: Answer }> {
	const response = await fetch(`${server.url}/graphql`, {
		method: 'POST',
		headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' },
		body: JSON.stringify(body),
		signal: AbortSignal.timeout(3 * TIMEOUT_MS),
	});
	return { status: response.status, answer: (await response.json()) as Answer };
}

/** Ids and cursors that mean something, beside values that hardly do. */
async function knownValues(): Promise<ScalarValues> {
	const { answer } = await ask({
		query: `{ bills(first: 40) { nodes { id number billingAccount { id } rates(first: 1) { nodes { id } } documents { id } } pageInfo { endCursor } } }`,
	});
	const texts = [...JSON.stringify(answer.data).matchAll(/"(?:id|number|endCursor)":"([^"]*)"/g)].map(
		([, text]) => text,
	);
	expect(texts.length).toBeGreaterThan(40);
	const strange = ['', 'x', '*', '%', 'lumen-us', 'brm', '__proto__', '\u0000', 'é'.repeat(50), '../..', 'null'];
	return {
		ID: [...texts, ...strange, 5],
		String: [...texts, ...strange],
		Int: [0, 1, 2, 3, 5, 20, 100, 500, 1_000, -1, 2_147_483_647],
		Float: [0, 1.5],
		Boolean: [true, false],
		Decimal: ['0', '-0', '12.50', '1e3', '99999999999999999999.99', 'x', 7, 0.1],
		LocalDate: ['2026-01-31', '2026-02-30', '1970-01-01', '9999-12-31', '', 'today', 5],
		DateTimeISO: ['2026-01-31T00:00:00Z', '2026-01-31T00:00:00.000+14:00', '2026-01-31', 'now', 0],
		Currency: ['EUR', 'usd', 'XXXX'],
		JSONObject: [{}, { a: { b: [] } }, 'x'],
	};
}

const tape = fc.array(fc.nat(10_000), { minLength: 10, maxLength: 250, size: 'max' });

async function expectSoundAnswer(body: unknown): Promise<Answer> {
	const { status, answer } = await ask(body);
	expect([200, 400]).toContain(status);
	expect(faults.splice(0)).toEqual([]);
	const { data, errors = [] } = answer;
	if (data === undefined || data === null) expect(errors).not.toEqual([]);
	for (const { extensions } of errors) {
		expect(extensions?.code).toMatch(/^[A-Z_]+$/);
		expect(extensions?.code).not.toBe('INTERNAL_SERVER_ERROR');
	}
	return answer;
}

it(
	'a generated query has data, or errors that say whose they are',
	async () => {
		let answered = 0;
		let tried = 0;
		await fc.assert(
			fc.asyncProperty(tape, async (numbers) => {
				const { data } = await expectSoundAnswer(queryFrom(schema, scalars, numbers));
				tried += 1;
				answered += Number(data !== undefined && data !== null);
			}),
			tries(120),
		);
		// The others hold a value that cannot be meant. Were it nearly all, little would be tested.
		expect(answered / tried).toBeGreaterThan(0.3);
	},
	LONG_TEST_MS,
);

/** One value each that every scalar takes. */
const PLAIN: ScalarValues = {
	ID: ['x'],
	String: ['x'],
	Int: [1],
	Boolean: [true],
	Decimal: ['1'],
	LocalDate: ['2026-01-31'],
	DateTimeISO: ['2026-01-31T00:00:00Z'],
	Currency: ['EUR'],
};

it('generated queries fit the schema where their values do', () => {
	fc.assert(
		fc.property(tape, (numbers) => {
			const { query } = queryFrom(schema, PLAIN, numbers);
			const mistakes = validate(schema, parse(query)).map(({ message }) => message);
			// Members of a union may have fields of one name and two types.
			expect(mistakes.filter((message) => !/conflict because/.test(message))).toEqual([]);
		}),
		tries(100),
	);
});

it(
	'a damaged query, and any body at all, is refused',
	async () => {
		const damaged = fc
			.record({
				tape,
				at: fc.double({ min: 0, max: 1, noNaN: true }),
				put: fc.string({ maxLength: 5 }),
				drop: fc.nat(9),
			})
			.map(({ tape: numbers, at, put, drop }): GeneratedQuery => {
				const { query, variables } = queryFrom(schema, scalars, numbers);
				const from = Math.floor(query.length * at);
				if (drop === 9)
					return { query: query.replace('query', put.length > 2 ? 'mutation' : 'subscription'), variables };
				return { query: query.slice(0, from) + put + query.slice(from + drop), variables };
			});
		const anyBody = fc.oneof(
			damaged,
			fc.record({ query: fc.jsonValue(), variables: fc.jsonValue(), operationName: fc.jsonValue() }),
		);
		await fc.assert(
			fc.asyncProperty(anyBody, async (body) => {
				await expectSoundAnswer(body);
			}),
			tries(100),
		);
	},
	LONG_TEST_MS,
);
