/** Bills that are written otherwise than the documents say. */
import {
	AMPLE_MS,
	type AsShown,
	type BillMembers,
	type FaultRow,
	type FaultTable,
	type NotTried,
} from '../support/matrix';
import type { SeenRow } from '../support/observation';

type How = Readonly<Record<string, unknown>>;

/** In every bill. */
function inEvery(member: keyof BillMembers, how: How): FaultRow['faults'] {
	return ({ data, list, members }) => [
		{ path: data, effect: 'rewrite', with: { path: [...list, '*', String(members[member])].join('.'), ...how } },
	];
}

/** In the first bill of every answer, or that bill itself. */
function inFirst(member: string, how: How): FaultRow['faults'] {
	return ({ data, list }) => [
		{
			path: data,
			effect: 'rewrite',
			with: { path: [...list, '0', ...(member === '' ? [] : [member])].join('.'), ...how },
		},
	];
}

/** By effect on what is owed: providers that write credit notes without a sign are read so. */
function signedLike({ total }: SeenRow, amount: string): string {
	return total?.startsWith('-') === true && amount !== '0' ? `-${amount}` : amount;
}

/** No amount is made up, and so no currency of it; Orange's is worked out from net and tax. */
const withoutTotal: AsShown = (bill, provider) =>
	provider === 'ORANGE_BUSINESS' ? bill : { ...bill, total: null, currency: null };

/** None is made up. Lumen names the currency beside its amounts, too. */
const withoutCurrency: AsShown = (bill, provider) => (provider === 'LUMEN' ? bill : { ...bill, currency: null });

function totalIs(amount: string): AsShown {
	return (bill) => ({ ...bill, total: signedLike(bill, amount) });
}

const amounts: readonly FaultRow[] = [
	{ what: 'Amounts as text', faults: inEvery('total', { quoted: true }), outcomes: { all: 'ALL_ROWS' } },
	{
		what: 'Amounts of 18 digits',
		faults: inEvery('total', { json: '123456789012345.678' }),
		outcomes: { all: 'ALL_ROWS' },
		asShown: totalIs('123456789012345.678'),
	},
	{
		what: 'Negative zero',
		faults: inEvery('total', { json: '-0.00' }),
		outcomes: { all: 'ALL_ROWS' },
		asShown: totalIs('0'),
	},
	{
		what: 'An amount with an exponent',
		faults: inEvery('total', { json: '1.5e3' }),
		outcomes: { all: 'ALL_ROWS' },
		asShown: totalIs('1500'),
	},
	{
		what: 'An amount that is no number',
		faults: inEvery('total', { json: '"many"' }),
		outcomes: { all: 'ALL_ROWS' },
		asShown: withoutTotal,
	},
	{
		what: 'An amount that is a list',
		faults: inEvery('total', { json: '[1]' }),
		outcomes: { all: 'ALL_ROWS' },
		asShown: withoutTotal,
	},
	{
		what: 'An empty currency',
		faults: inEvery('currency', { json: '""' }),
		outcomes: { all: 'ALL_ROWS' },
		asShown: withoutCurrency,
	},
	{
		what: 'A currency of null',
		faults: inEvery('currency', { json: 'null' }),
		outcomes: { all: 'ALL_ROWS' },
		asShown: withoutCurrency,
	},
];

const DAY = '2026-01-31';
const shapes = ['', 'T00:00:00Z', 'T00:00:00.000Z', 'T23:30:00-08:00', 'T00:15:00+03:00', 'T23:59:59.977Z'];

const dates: readonly FaultRow[] = [
	...shapes.map((time) => ({
		what: `Bill dates as \`${DAY}${time}\``,
		faults: inEvery('billDate', { json: JSON.stringify(`${DAY}${time}`) }),
		outcomes: { all: 'ALL_ROWS' } as const,
		asShown: (bill: SeenRow) => ({ ...bill, billDate: DAY }),
	})),
	{
		what: 'Bill dates as `31/01/2026`',
		faults: inEvery('billDate', { json: '"31/01/2026"' }),
		outcomes: { all: 'ALL_ROWS' },
		asShown: (bill) => ({ ...bill, billDate: null }),
	},
	{
		what: 'Bill dates of null',
		faults: inEvery('billDate', { json: 'null' }),
		outcomes: { all: 'ALL_ROWS' },
		asShown: (bill) => ({ ...bill, billDate: null }),
	},
];

/** Lumen's id is the invoice number, which stands beside it. */
const NUMBERED = { LUMEN: 'ALL_ROWS' } as const;

const UNKNOWN_WORDS = { 'a word that nobody knows': '"levitating"', null: 'null' } as const;
const NO_TYPE: NotTried = { why: 'its bills hold no word for their type' };
const NO_STATE: NotTried = { why: 'its bills hold no word for their state' };
const WITHOUT_TYPE = { LUMEN: NO_TYPE, FLOLIVE: NO_TYPE } as const;
const WITHOUT_STATE = { LUMEN: NO_STATE, FLOLIVE: NO_STATE, ORANGE_BUSINESS: NO_STATE } as const;

/** All three write credit notes without a sign; what is not known to be one counts as it is written. TMF678 has no other type. */
const withoutType: AsShown = (bill, provider) => ({
	...bill,
	total: bill.total?.replace('-', '') ?? null,
	type: provider === 'ORANGE_BUSINESS' ? 'UNKNOWN' : 'INVOICE',
});

const members: readonly FaultRow[] = [
	...Object.entries(UNKNOWN_WORDS).flatMap(([how, json]): readonly FaultRow[] => [
		{
			what: `A type that is ${how}`,
			faults: inEvery('type', { json }),
			outcomes: { all: 'ALL_ROWS', except: WITHOUT_TYPE },
			asShown: withoutType,
		},
		{
			what: `A state that is ${how}`,
			faults: inEvery('state', { json }),
			outcomes: { all: 'ALL_ROWS', except: WITHOUT_STATE },
			asShown: (bill) => ({ ...bill, state: json === 'null' ? 'NOT_REPORTED' : 'UNKNOWN' }),
		},
	]),
	{ what: 'A member missing', faults: inEvery('text', { removed: true }), outcomes: { all: 'ALL_ROWS' } },
	{
		what: 'Members that nobody knows',
		faults: inEvery('text', { json: '"Name","shoeSize":43,"__proto__":{"isAdmin":true}' }),
		outcomes: { all: 'ALL_ROWS' },
	},
	{ what: 'A number in place of text', faults: inEvery('text', { json: '42' }), outcomes: { all: 'ALL_ROWS' } },
	{
		what: 'A bill without id',
		faults: inFirst('id', { removed: true }),
		outcomes: { all: 'PROTOCOL', except: NUMBERED },
	},
	{ what: 'An id of null', faults: inFirst('id', { json: 'null' }), outcomes: { all: 'PROTOCOL', except: NUMBERED } },
	{ what: 'A bill that is null', faults: inFirst('', { json: 'null' }), outcomes: { all: 'PROTOCOL' } },
	{ what: 'A bill that is text', faults: inFirst('', { json: '"a bill"' }), outcomes: { all: 'PROTOCOL' } },
	{
		what: '10 MB of one bill',
		faults: (target) => {
			const path = [...target.list, '0', target.members.text].join('.');
			return [{ path: target.page(1), effect: 'rewrite', with: { path, characters: 10_000_000 } }];
		},
		outcomes: { all: 'ALL_ROWS' },
	},
];

export const recordFaults: FaultTable = {
	title: 'Records',
	intro:
		'Bills are shown with their id, date, total, currency, type and state; what is rewritten comes out as it was written, or not at all.',
	requestTimeoutMs: AMPLE_MS,
	rows: [...amounts, ...dates, ...members],
};
