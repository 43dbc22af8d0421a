/** The examples for clients: every query fits the schema and is answered, and the client's types are those of the schema. */
import { execFile } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { Kind, parse, validate } from 'graphql';

import { BillingClient } from '../../examples/client/billingClient';
import { operationTypes } from '../../examples/client/generate';
import { type Operations, TEXTS } from '../../examples/client/generated/operations';
import { buildSchema } from '../../graphql/schema';
import { type RunningServer, startServer } from '../../graphql/server/start';

const FOLDER = join(__dirname, '../../examples');
const queries = readdirSync(join(FOLDER, 'queries'))
	.sort()
	.map((name) => [name, readFileSync(join(FOLDER, 'queries', name), 'utf8')] as const);
const schema = buildSchema();

let server: RunningServer;
let client: BillingClient;

beforeAll(async () => {
	server = await startServer({ port: 0, env: {}, reportFault: (error) => console.error(error) });
	client = new BillingClient(`${server.url}/graphql`);
});

afterAll(() => server.close());

it.each(queries)('%s fits the schema, says what it is for, and has one operation named after it', (name, text) => {
	const document = parse(text);
	expect(validate(schema, document)).toEqual([]);
	expect(text).toMatch(/^# \S/);
	const operation = name
		.replace(/\.graphql$/, '')
		.replace(/(?:^|-)(\w)/g, (_all, letter: string) => letter.toUpperCase());
	const names = document.definitions.map((node) => (node.kind === Kind.OPERATION_DEFINITION ? node.name?.value : null));
	expect(names.filter((found) => found !== null)).toEqual([operation]);
});

it("the client's types are those of the schema: else run `npx gulp clientTypes`", () => {
	const written = readFileSync(join(FOLDER, 'client/generated/operations.ts'), 'utf8');
	expect(written).toBe(
		operationTypes(
			schema,
			queries.map(([, text]) => text),
		),
	);
});

const withoutVariables = (Object.keys(TEXTS) as (keyof Operations)[]).filter((name) => name !== 'OneBill');

it.each(withoutVariables)('%s is answered over the sandbox without an error', async (name) => {
	const { data, errors } = await client.ask(name, {});
	expect(errors).toEqual([]);
	expect(JSON.stringify(data).length).toBeGreaterThan(300);
});

it('OneBill is answered for every provider', async () => {
	const { data } = await client.ask('NewestBills', { first: 40 });
	const onePerProvider = new Map((data?.bills.nodes ?? []).map(({ provider, id }) => [provider, id]));
	expect([...onePerProvider.keys()].sort()).toEqual(['FLOLIVE', 'LUMEN', 'ORACLE_BRM', 'ORANGE_BUSINESS']);
	for (const id of onePerProvider.values()) {
		const { data: one, errors } = await client.ask('OneBill', { id });
		expect(errors).toEqual([]);
		expect(one?.bill?.total?.amount).toMatch(/^-?\d/);
	}
});

it('the example program prints what is due', async () => {
	const program = join(FOLDER, 'client/dueBills.ts');
	// Not waited for in the thread of the server that it asks.
	const run = promisify(execFile);
	const { stdout } = await run(process.execPath, ['--import', 'tsx', program, `${server.url}/graphql`, '2099-12-31']);
	expect(stdout).toMatch(
		/^\d{4}-\d\d-\d\d\t(LUMEN|ORACLE_BRM|FLOLIVE|ORANGE_BUSINESS)\t\S+\t-?\d+(\.\d+)?\t[A-Z]{3}$/m,
	);
});
