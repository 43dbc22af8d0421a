// A newcomer's first ten minutes: clone, `npm ci && npm start`, and one query that answers for four providers.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import Big from 'big.js';

import { type RunningServer, newcomersEnvironment, startServer } from './runningServer';

const REPOSITORY = join(__dirname, '..', '..');
const MINUTE = 60_000;

const QUERY = `{
	bills(first: 50) {
		nodes { id provider number billDate total { amount currency } billingAccount { id name } }
		sources { connection { id } state complete }
	}
}`;

interface BillNode {
	readonly id: string;
	readonly provider: string;
	readonly number: string | null;
	readonly billDate: string | null;
	readonly total: { readonly amount: string; readonly currency: string | null } | null;
	readonly billingAccount: { readonly id: string; readonly name: string | null } | null;
}

interface Answer {
	readonly errors?: readonly unknown[];
	readonly data: {
		readonly bills: {
			readonly nodes: readonly BillNode[];
			readonly sources: readonly { readonly connection: { readonly id: string }; readonly state: string }[];
		};
	};
}

/** What is read here of `GET /__sandbox/truth`. */
interface Truth {
	readonly providers: Readonly<
		Record<
			keyof typeof PROVIDER_NAMES,
			{ readonly accounts: readonly { readonly bills: readonly Omit<TrueBill, 'provider'>[] }[] }
		>
	>;
}

/** A bill as the sandbox made it, before any provider's shape was put on it. */
interface TrueBill {
	readonly provider: (typeof PROVIDER_NAMES)[keyof typeof PROVIDER_NAMES];
	readonly number: string | null;
	readonly billDate: string;
	/** Exact decimal text, signed by effect on what is owed. */
	readonly total: string;
	readonly currency: string;
}

const PROVIDER_NAMES = {
	lumen: 'LUMEN',
	oracleBrm: 'ORACLE_BRM',
	floLive: 'FLOLIVE',
	orange: 'ORANGE_BUSINESS',
} as const;

let clone: string;
let server: RunningServer | undefined;
let answer: Answer;
let truth: readonly TrueBill[];

beforeAll(async () => {
	clone = mkdtempSync(join(tmpdir(), 'fresh-clone-'));
	run('git', ['clone', '--quiet', REPOSITORY, clone], REPOSITORY);
	run('npm', ['ci'], clone);
	server = await startServer(clone, 2 * MINUTE);
	answer = await postQuery(server.graph);
	truth = await readTruth(server.sandbox);
}, 10 * MINUTE);

afterAll(async () => {
	await server?.stop();
	rmSync(clone, { recursive: true, force: true });
}, MINUTE);

test('the query answers without an error, with a full page and every source named', () => {
	expect(answer.errors).toBeUndefined();
	expect(answer.data.bills.nodes).toHaveLength(50);
	expect(new Set(answer.data.bills.nodes.map(({ id }) => id)).size).toBe(50);
	expect(answer.data.bills.sources.map(({ connection }) => connection.id).sort()).toEqual([
		'brm',
		'fleet',
		'lumen-us',
		'orange',
	]);
	expect(new Set(answer.data.bills.sources.map(({ state }) => state))).toEqual(new Set(['OK']));
});

test('the page holds bills of four providers', () => {
	const providers = new Set(answer.data.bills.nodes.map(({ provider }) => provider));
	expect([...providers].sort()).toEqual(Object.values(PROVIDER_NAMES).sort());
});

test('the page is in date order, newest first', () => {
	const dates = answer.data.bills.nodes.map(({ billDate }) => billDate);
	const newest = truth.map(({ billDate }) => billDate).sort(newestFirst);
	expect(dates).toEqual(newest.slice(0, 50));
});

test("every bill equals the sandbox's truth to the last decimal, and none of the page's days is missing", () => {
	const shown = answer.data.bills.nodes.map(rowOfNode);
	const known = truth.map(rowOfTruth);
	expect(shown.filter((row) => !known.includes(row))).toEqual([]);

	const lastDay = answer.data.bills.nodes.at(-1)?.billDate ?? '';
	const certain = truth.filter(({ billDate }) => billDate > lastDay).map(rowOfTruth);
	expect(certain.filter((row) => !shown.includes(row))).toEqual([]);
});

test('every bill names its billing account', () => {
	expect(answer.data.bills.nodes.filter(({ billingAccount }) => billingAccount === null)).toEqual([]);
});

function run(command: string, args: readonly string[], cwd: string): void {
	execFileSync(command, args, { cwd, env: newcomersEnvironment(), stdio: ['ignore', 'ignore', 'inherit'] });
}

async function postQuery(graph: string): Promise<Answer> {
	const response = await fetch(`${graph}/graphql`, {
		method: 'POST',
		headers: { 'content-type': 'application/json' },
		body: JSON.stringify({ query: QUERY }),
	});
	return (await response.json()) as Answer;
}

async function readTruth(sandbox: string): Promise<readonly TrueBill[]> {
	const response = await fetch(`${sandbox}/__sandbox/truth`);
	const { providers } = (await response.json()) as Truth;
	return (Object.keys(PROVIDER_NAMES) as (keyof typeof PROVIDER_NAMES)[]).flatMap((name) =>
		providers[name].accounts.flatMap(({ bills }) => bills.map((bill) => ({ ...bill, provider: PROVIDER_NAMES[name] }))),
	);
}

function newestFirst(left: string, right: string): number {
	return right.localeCompare(left);
}

function rowOfNode({ provider, number, billDate, total }: BillNode): string {
	return row(provider, number, billDate, total?.amount, total?.currency);
}

function rowOfTruth({ provider, number, billDate, total, currency }: TrueBill): string {
	return row(provider, number, billDate, total, currency);
}

/** One text a bill; amounts by value, so that `25.90` equals `25.9` and nothing else does. */
function row(
	provider: string,
	number: string | null,
	billDate: string | null,
	amount: string | undefined,
	currency: string | null | undefined,
): string {
	const exact = amount === undefined ? 'no total' : new Big(amount).toFixed();
	return [provider, number ?? '', billDate ?? '', exact, currency ?? ''].join(' | ');
}
