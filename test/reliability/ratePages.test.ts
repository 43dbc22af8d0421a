/** Charge lines, in pages as bills are: what goes wrong between two pages of them is told, and no line is lost in silence. */
import type { IDataObject } from 'n8n-workflow';

import { TelecomBill } from '../../nodes/TelecomBill/TelecomBill.node';
import { executeContext } from '../nodes/support/fakeContext';
import { asked } from './support/graphqlFace';
import { AMPLE_MS, type FaultRule } from './support/matrix';
import { hurry, nodeCredentials } from './support/nodeFace';
import { FaultStand, aimedAt } from './support/stand';
import { CONNECTION_OF } from './support/targets';

const RATES = 2_500;
const PAGES = { default: 1_000, max: 1_000 };
const MIDDLE = 'offset=1000';

let stand: FaultStand;
beforeAll(async () => {
	const pageLimits = { lumen: PAGES, oracleBrm: PAGES, orange: PAGES };
	stand = await FaultStand.start({ accounts: 1, billsPerAccount: 1, ratesPerBill: RATES, pageLimits });
});
beforeEach(() => hurry());
afterEach(() => stand.heal());
afterAll(() => stand.close());

const COLUMNS = {
	LUMEN: { provider: 'lumen', data: '/lumen/Billing/', lines: '/appliedCustomerBillingRate' },
	ORACLE_BRM: { provider: 'oracleBrm', data: '/brm/', lines: '/appliedCustomerBillingRate' },
	TMF678: { provider: 'oracleBrmOther', data: '/tmf-api/', lines: '/appliedCustomerBillingRate' },
	ORANGE_BUSINESS: { provider: 'orangeBusiness', data: '/orange/billing/', lines: '/items' },
} as const;
type Column = keyof typeof COLUMNS;

/** Those that say how many lines there are; Lumen only documents how many a page holds at most. */
const ANNOUNCING: readonly Column[] = ['ORACLE_BRM', 'TMF678', 'ORANGE_BUSINESS'];

/** What a face says of the lines: how many, or why not. */
interface Told {
	readonly rates: number | null;
	readonly words: string;
}

async function readByNode(column: Column): Promise<Told> {
	const run = async (parameters: IDataObject): Promise<readonly IDataObject[]> => {
		const context = executeContext({
			node: new TelecomBill(),
			parameters: { providers: [COLUMNS[column].provider], returnAll: true, simplify: false, ...parameters },
			credentials: nodeCredentials(stand.sandbox),
		});
		const [items = []] = await new TelecomBill().execute.call(context);
		return items.map(({ json }) => json);
	};
	const [bill] = await run({ resource: 'bill', operation: 'getAll' });
	try {
		const key = { __rl: true, mode: 'key', value: bill?.key };
		const rates = await run({ resource: 'billingRate', operation: 'getAll', bill: key });
		return { rates: new Set(rates.map(({ id }) => id)).size, words: '' };
	} catch (error) {
		const { message, description } = error as Error & { readonly description?: string };
		return { rates: null, words: `${message} ${description ?? ''}` };
	}
}

interface Answer {
	readonly data: {
		readonly bills: {
			readonly nodes: readonly {
				readonly reconciliation: {
					readonly status: string;
					readonly rates: number;
					readonly checks: readonly { readonly ok: boolean | null; readonly detail: string }[];
				} | null;
			}[];
		};
	};
	readonly errors?: readonly { readonly message: string }[];
}

async function readByGraphql(column: Column): Promise<Told> {
	const query = `{ bills(filter: { connections: ["${CONNECTION_OF[column]}"] }) {
		nodes { reconciliation { status rates checks { ok detail } } }
	} }`;
	const { answer } = await asked<Answer>(query, stand.sandbox, { requestTimeoutMs: AMPLE_MS, baseUrls: {} });
	const found = answer.data.bills.nodes[0]?.reconciliation;
	if (found?.status === 'MATCHES') return { rates: found.rates, words: '' };
	const failed = found?.checks.filter(({ ok }) => ok !== true) ?? [];
	const words = [...(answer.errors ?? []).map(({ message }) => message), ...failed.map(({ detail }) => detail)];
	return { rates: null, words: words.join('\n') };
}

const FACES = { node: readByNode, graph: readByGraphql } as const;

const OVERCOME: Readonly<Record<string, FaultRule>> = {
	nothing: { effect: 'latency', with: { ms: 0 } },
	'500 on the middle page, once': { effect: 'answer', path: MIDDLE, times: 1, with: { status: 500 } },
	'a page cut short by a reset, once': { effect: 'reset', path: MIDDLE, times: 1, with: { afterBytes: 100 } },
};

const total = (is: string): FaultRule => ({ effect: 'total', with: { is } });
const limited = (rows: number): FaultRule => ({ effect: 'limitNotHonoured', with: { rows } });

/** Where a total is announced, a server may give as few lines at a time as it likes, and keep the total to itself. */
const OVERCOME_BY_TOTAL: Readonly<Record<string, readonly FaultRule[]>> = {
	'total missing': [total('missing')],
	'1,000 lines whatever the limit': [limited(1_000)],
	'30 lines whatever the limit': [limited(30)],
	'50 lines whatever the limit, total missing': [limited(50), total('missing')],
};

/** Of a list that ended, but not with all its lines. */
const NOT_WHOLE = /not whole|not all/i;

const TOLD: Readonly<Record<string, FaultRule & { readonly says: RegExp }>> = {
	'500 on the middle page, every time': {
		effect: 'answer',
		path: MIDDLE,
		with: { status: 500 },
		says: /trouble of its own/,
	},
	'a middle page that is no list': {
		effect: 'answer',
		path: MIDDLE,
		with: { status: 200, body: { lines: 'none' } },
		says: /gave (?:no list|something else than a list)|is not a list of/,
	},
	'404 on the middle page': {
		effect: 'answer',
		path: MIDDLE,
		with: { status: 404 },
		says: /not whole|not all|not found/i,
	},
	'offset ignored': { effect: 'offsetIgnored', says: NOT_WHOLE },
	'the same page for ever': { effect: 'samePage', says: NOT_WHOLE },
	'a line twice, and another missing': { effect: 'duplicateIds', says: NOT_WHOLE },
	'a line twice, and none missing': { effect: 'rowTwice', says: NOT_WHOLE },
};

const TOLD_BY_TOTAL: Readonly<Record<string, FaultRule>> = {
	'total too large by seven': total('wrong'),
	'total too small by seven': total('short'),
	'total changes from page to page': total('changing'),
};

describe.each(Object.keys(COLUMNS) as Column[])('%s', (column) => {
	const { data, lines } = COLUMNS[column];
	const broken = (...rules: readonly FaultRule[]): Promise<void> =>
		stand.break(rules.map((rule) => aimedAt(column, { ...rule, path: [data, lines, ...[rule.path ?? []].flat()] })));
	const struck = async (): Promise<void> => expect(await stand.idleFaults()).toEqual([]);

	describe.each(Object.entries(FACES))('%s', (_face, read) => {
		it.each(Object.entries(OVERCOME))('%s: every line, once', async (_what, rule) => {
			await broken(rule);
			expect(await read(column)).toEqual({ rates: RATES, words: '' });
			await struck();
		});

		it.each(Object.entries(TOLD))(
			'%s: told, and no list that could be taken for whole',
			async (_what, { says, ...rule }) => {
				await broken(rule);
				const { rates, words } = await read(column);
				expect(rates).toBeNull();
				expect(words).toMatch(says);
				await struck();
			},
		);

		if (!ANNOUNCING.includes(column)) return;
		it.each(Object.entries(OVERCOME_BY_TOTAL))('%s: every line, once', async (_what, rules) => {
			await broken(...rules);
			expect(await read(column)).toEqual({ rates: RATES, words: '' });
			await struck();
		});

		it.each(Object.entries(TOLD_BY_TOTAL))('%s: told', async (_what, rule) => {
			await broken(rule);
			const { rates, words } = await read(column);
			expect(rates).toBeNull();
			expect(words).toMatch(NOT_WHOLE);
			await struck();
		});
	});
});

describe('LUMEN, from a server that gives fewer than the 1,000 lines that are documented', () => {
	beforeEach(() =>
		stand.break([aimedAt('LUMEN', { ...limited(300), path: [COLUMNS.LUMEN.data, COLUMNS.LUMEN.lines] })]),
	);

	it('the short list shows by nothing in it', async () => {
		expect(await readByNode('LUMEN')).toEqual({ rates: 300, words: '' });
	});

	it('the reconciliation with the bill differs by what is missing', async () => {
		const { rates, words } = await readByGraphql('LUMEN');
		expect(rates).toBeNull();
		expect(words).toMatch(/The sum of 300 rates is .*: -[\d.]+ apart/);
	});
});
