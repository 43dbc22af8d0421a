// The example workflows: each imports clean, runs as it is on the sandbox, and comes out with the sandbox's truth.
import { createHash } from 'node:crypto';

import Big from 'big.js';
import type { IDataObject, INodeTypeDescription } from 'n8n-workflow';

import type { TrueBill } from '../../../sandbox/control/truth';
import { type RunningSandbox, startSandbox } from '../../../sandbox/server';
import { startChatModel } from './chatModel';
import { ExampleBench, rowsOf, textOf } from './exampleBench';
import { exampleWorkflows } from './examples';
import type { N8n } from './n8n';
import { addFault, changeBills } from './sandboxControl';
import { sharedN8n } from './sharedN8n';
import { exact, exactSum, summaryRows, trueAccounts, trueBills, trueSummaryRows } from './truth';

const PROVIDERS = { lumen: 'LUMEN', oracleBrm: 'ORACLE_BRM', floLive: 'FLOLIVE', orange: 'ORANGE_BUSINESS' } as const;
type SandboxName = keyof typeof PROVIDERS;
const ALL = ['lumen', 'oracleBrm', 'floLive', 'orange'] as const;
/** floLIVE publishes no charge lines. */
const RATED = ['lumen', 'oracleBrm', 'orange'] as const;
const MOST_NODES = 12;

let n8n: N8n;
let sandbox: RunningSandbox;
let bench: ExampleBench;

beforeAll(async () => {
	n8n = await sharedN8n();
});

beforeEach(async () => {
	sandbox = await startSandbox();
	bench = await ExampleBench.open(n8n, sandbox);
});

afterEach(async () => sandbox.close());

test('there are eight, numbered in the order to read them', () => {
	expect(exampleWorkflows().map(({ name }) => name.split(' ')[0])).toEqual(['1', '2', '3', '4', '5', '6', '7', '8']);
});

describe.each(exampleWorkflows())('$name', ({ nodes, connections }) => {
	const notes = nodes.filter(({ type }) => type === 'n8n-nodes-base.stickyNote');
	const steps = nodes.filter((node) => !notes.includes(node));

	test('is made of nodes that n8n has, in versions that it has', async () => {
		const known = await n8n.rest.nodeTypes();
		expect(steps.filter(({ type, typeVersion }) => !isKnown(known, type, typeVersion))).toEqual([]);
	});

	test(`has at most ${MOST_NODES} steps, and notes that say what it does and how to start it`, () => {
		expect(steps.length).toBeLessThanOrEqual(MOST_NODES);
		expect(notes[0]?.parameters.content).toMatch(/^## [^]*\*\*Start:\*\*/);
	});

	test('has every step connected', () => {
		const ends = Object.entries(connections).flatMap(([from, outputs]) => [
			from,
			...Object.values(outputs)
				.flat()
				.flatMap((links) => (links ?? []).map(({ node }) => node)),
		]);
		expect(new Set(ends)).toEqual(new Set(steps.map(({ name }) => name)));
	});

	test('holds no credential, only the names of the demo ones', () => {
		const named = steps.flatMap(({ credentials }) => Object.values(credentials ?? {}));
		expect(named.filter(({ id }) => id !== null)).toEqual([]);
	});
});

test('Back-fill: every bill is in the archive with its file, or in the list of those without one', async () => {
	const run = await bench.run('1 ·', 'Start by Hand');
	const index = await bench.sheet(run, 'Write the Index');
	const without = rowsOf(run, 'Bills Without a File');
	const expected = (await published()).map((bill) => rowOf(bill));
	expect(
		[...index, ...without].map((row) => rowOf({ number: row.number, total: row.total, currency: row.currency })).sort(),
	).toEqual(expected.sort());
	// Every sixth image of Lumen is missing.
	expect(without.map(({ provider }) => provider)).toEqual(Array(8).fill('LUMEN'));
	expect(without[0]?.why).toMatch(/^Bill \d+ has no document$/);

	const files = run.outputsOf('Your Archive')[0] ?? [];
	expect(new Set(files.map(({ json }) => json.path)).size).toBe(index.length);
	expect(files[0]?.json.path).toMatch(/^FLOLIVE\/201\d\d\/\d{4}-\d\d\/FLOLIVE_/);
	for (const file of files) {
		const { bytes } = await n8n.binary(file);
		expect({ sha256: createHash('sha256').update(bytes).digest('hex'), size: bytes.length }).toEqual({
			sha256: file.json.sha256,
			size: file.json.size,
		});
	}
});

test('Reminder: what is to be paid between 30 days ago and in 7 days, the most urgent first', async () => {
	const run = await bench.run('3 ·', 'Every Weekday at 8');
	const lines = textOf(run, 'Your Channel', 'message').split('\n');
	const [from, to] = [day(-30), day(7)];
	const due = (await bills(ALL)).filter(
		({ provider, bill }) =>
			bill.dueDate >= from &&
			bill.dueDate <= to &&
			bill.type === 'invoice' &&
			bill.standing !== 'inProgress' &&
			(provider !== 'ORACLE_BRM' || bill.remaining !== bill.total.replace(/\d/g, '0')),
	);
	const expected = due.map(({ provider, bill }) => {
		const open = provider === 'ORACLE_BRM' ? bill.remaining : bill.total;
		const unknown = provider === 'ORACLE_BRM' ? '' : ' (payment not reported)';
		const when = bill.dueDate < day(0) ? 'OVERDUE since' : 'due on';
		return `${when} ${bill.dueDate}: ${exact(open)} ${bill.currency}, bill ${bill.number} of ${provider}${unknown}`;
	});
	const isFloLive = (line: string): boolean => line.includes('FLOLIVE');
	expect(lines.filter((line) => !isFloLive(line)).sort()).toEqual(expected.filter((line) => !isFloLive(line)).sort());
	// floLIVE gives a due date for some bills only: what comes is true, and the newest bill comes.
	expect(expected).toEqual(expect.arrayContaining(lines.filter(isFloLive)));
	const dates = lines.map((line) => /\d{4}-\d\d-\d\d/.exec(line)?.[0]);
	expect(dates).toEqual([...dates].sort());
});

test('Cost centres: the rows of the sheet add up to the bills of last month, to the last decimal', async () => {
	const run = await bench.run('5 ·', 'On the 2nd of the Month');
	const sheet = await bench.sheet(run, 'Your Ledger');
	expect(sheet.every(({ month }) => month === monthBack(1))).toBe(true);
	expect(sumsBy(sheet, 'net')).toEqual(await trueSums(RATED, 1, ({ net }) => net));
	expect(sumsBy(sheet, 'tax')).toEqual(await trueSums(RATED, 1, ({ tax }) => tax));
	expect(sheet.find(({ product }) => product === 'SIM Card')?.costCentre).toBe('6430 Mobile');
	const unassigned = rowsOf(run, 'Ask Its Owner');
	expect(new Set(unassigned.map(({ product }) => product))).toEqual(new Set(['Installation']));
	expect(unassigned).toHaveLength(sheet.filter(({ costCentre }) => costCentre === 'UNASSIGNED').length);
});

test('Variance: both months are true, and what comes out is what changed by 25 % and by 500', async () => {
	const run = await bench.run('6 ·', 'On the 3rd of the Month');
	const compared = rowsOf(run, 'Compare');
	for (const [column, back] of [
		['lastMonth', 1],
		['monthBefore', 2],
	] as const) {
		expect(sumsBy(compared, column)).toEqual(await trueSums(RATED, back, ({ net }) => net));
	}
	const wanted = compared
		.map((row) => ({ row, change: new Big(exact(row.lastMonth)).minus(exact(row.monthBefore)) }))
		.filter(({ change }) => change.abs().gte(500))
		.filter(({ row, change }) => row.monthBefore === '0' || change.div(exact(row.monthBefore)).abs().gte(0.245))
		.sort((left, right) => right.change.abs().cmp(left.change.abs()))
		.map(({ row }) => row);
	expect(wanted.length).toBeGreaterThan(0);
	expect(rowsOf(run, 'Your Channel').map(({ product, lastMonth }) => [product, lastMonth])).toEqual(
		wanted.map(({ product, lastMonth }) => [product, lastMonth]),
	);
});

test('Spend: exact where no float is; a carrier that is down is named, and the others come out', async () => {
	const [, dinars] = await trueAccounts(sandbox, 'oracleBrm');
	const billDate = day(0);
	const huge = { kind: 'new', provider: 'oracleBrm', accountId: dinars?.id, billDate };
	await changeBills(sandbox, [
		{ ...huge, net: '123456789012340.678', tax: '0.005' },
		{ ...huge, net: '0.001', tax: '0.001' },
	]);
	await addFault(sandbox, { provider: 'floLive', path: '/invoices', effect: 'answer', with: { status: 400 } });

	const run = await bench.run('7 ·', 'Every Monday at 7');
	const year = day(0).slice(0, 4);
	const expected = (await bills(RATED)).filter(({ bill }) => bill.billDate.startsWith(year));
	expect(sumsBy(await bench.sheet(run, 'Your Report'), 'total')).toEqual(
		sumsBy(
			expected.map(({ provider, bill: { currency, total } }) => ({ provider, currency, total })),
			'total',
		),
	);
	expect(rowsOf(run, 'Your Channel')).toEqual([
		{ message: expect.stringMatching(/^floLIVE is missing from the report: ./) as string },
	]);
});

test('AI agent: it finds a bill, checks it and adds up charges with the true amounts, and only reads', async () => {
	const [, bill] = [...(await trueBills(sandbox, 'lumen'))].sort((a, b) => (a.billDate < b.billDate ? 1 : -1));
	if (bill === undefined) throw new Error('Lumen has no bills');
	const model = await startChatModel([
		() => ({ name: 'Find_Bills', arguments: { billDateFrom: '', billDateTo: '', numbers: bill.number ?? '' } }),
		([found]) => ({ name: 'Check_a_Bill', arguments: { billKey: /LUMEN:[^"\\]+/.exec(found ?? '')?.[0] } }),
		() => ({
			name: 'Add_Up_Charges',
			arguments: { billDateFrom: bill.billDate, billDateTo: bill.billDate, groupBy: 'product' },
		}),
	]);
	try {
		const openAi = await n8n.credential('openAiApi', { apiKey: 'none', url: model.url });
		const asking = await ExampleBench.open(n8n, sandbox, [openAi]);
		const question = { sessionId: 'test', action: 'sendMessage', chatInput: `What is bill ${bill.number}?` };
		const run = await asking.run('8 ·', 'Question', { pinData: { Question: [{ json: question }] } });

		const [found, checked, added] = model.toolAnswers();
		expect(found).toContain(`"totalExact":"${exact(bill.total)}"`);
		expect(checked).toContain('"status":"MATCHES"');
		const sums = (JSON.parse(added ?? '') as IDataObject[]).filter(({ provider }) => provider === 'LUMEN');
		expect(summaryRows(sums)).toEqual(trueSummaryRows(sandbox, 'lumen', [bill.id], ({ productName }) => productName));
		expect(textOf(run, 'Bill Assistant', 'output')).toContain(exact(bill.total));
		expect(
			model
				.offered()
				.map(({ name }) => name)
				.sort(),
		).toEqual(['Add_Up_Charges', 'Check_a_Bill', 'Find_Bills']);
	} finally {
		await model.close();
	}
});

interface NamedBill {
	readonly provider: (typeof PROVIDERS)[SandboxName];
	readonly bill: TrueBill;
}

async function bills(names: readonly SandboxName[]): Promise<readonly NamedBill[]> {
	const lists = await Promise.all(
		names.map(async (name) => (await trueBills(sandbox, name)).map((bill) => ({ provider: PROVIDERS[name], bill }))),
	);
	return lists.flat();
}

/** What the carriers still give: floLIVE keeps twelve months. */
async function published(): Promise<readonly TrueBill[]> {
	const today = day(0);
	const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
	return (await bills(ALL))
		.filter(({ provider, bill }) => provider !== 'FLOLIVE' || bill.billDate >= yearAgo)
		.map(({ bill }) => bill);
}

function rowOf({ number, total, currency }: Readonly<Record<'number' | 'total' | 'currency', unknown>>): string {
	return [number === '' ? null : number, exact(total), currency].map(String).join(' | ');
}

/** By provider and currency, of the bills dated so many months back. */
async function trueSums(
	names: readonly SandboxName[],
	back: number,
	amount: (bill: TrueBill) => string,
): Promise<Readonly<Record<string, string>>> {
	const dated = (await bills(names)).filter(({ bill }) => bill.billDate.startsWith(monthBack(back)));
	return sumsBy(
		dated.map(({ provider, bill }) => ({ provider, currency: bill.currency, amount: amount(bill) })),
		'amount',
	);
}

function sumsBy(rows: readonly Readonly<Record<string, unknown>>[], column: string): Readonly<Record<string, string>> {
	const groups = new Map<string, unknown[]>();
	for (const row of rows) {
		const key = `${String(row.provider)} ${String(row.currency)}`;
		groups.set(key, [...(groups.get(key) ?? []), row[column]]);
	}
	return Object.fromEntries([...groups].map(([key, amounts]) => [key, exactSum(amounts)]));
}

/** Today, so many days on. */
function day(offset: number): string {
	return new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
}

function monthBack(months: number): string {
	const now = new Date();
	return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - months, 1)).toISOString().slice(0, 7);
}

function isKnown(known: readonly INodeTypeDescription[], type: string, version: number): boolean {
	return known.some((node) => node.name === type && [node.version].flat().includes(version));
}
