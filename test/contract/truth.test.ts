/** What connectors read against what the sandbox's data was made from: every bill, line and account, to the last decimal. */
import { execFileSync, spawnSync } from 'node:child_process';
import { buffer } from 'node:stream/consumers';

import type { BillConnector } from '../../providers/connector';
import type { Bill } from '../../providers/model/bill';
import { sumDecimals } from '../../providers/model/decimal';
import type { DocumentRef } from '../../providers/model/document';
import { keyOf } from '../../providers/model/identity';
import type { Money } from '../../providers/model/money';
import type { Rate } from '../../providers/model/rate';
import type { TrueAccount, TrueBill } from '../../sandbox/control/truth';
import { WAYS, type Way } from './support/connections';
import { Stand, TODAY } from './support/stand';

const ACCOUNTS = 3;
const LINES = 20;

let stand: Stand;
beforeAll(async () => {
	stand = await Stand.start({ accounts: ACCOUNTS, ratesPerBill: LINES });
});
afterAll(() => stand.close());

/** A bill in the members of the truth; null: not told. */
interface Told {
	readonly id: string;
	readonly account: string | null;
	readonly accountName: string | null;
	readonly number: string | null;
	readonly type: string | null;
	readonly billDate: string | null;
	readonly periodStart: string | null;
	/** As written: the last day of the period, or the day after it. */
	readonly periodEnd: string | null;
	readonly dueDate: string | null;
	readonly updatedAt: string | null;
	readonly net: string | null;
	readonly tax: string | null;
	readonly total: string | null;
	readonly amountDue: string | null;
	readonly paid: string | null;
	readonly remaining: string | null;
	readonly paymentStatus: string | null;
	readonly standing: string | null;
}

type Member = keyof Told;

/** Members that a provider does not give, or leaves out of some bills. All others are on every bill. */
interface Gaps {
	readonly never: readonly Member[];
	readonly sometimes: readonly Member[];
	/** The period ends where the next one starts, at midnight. */
	readonly endsNextDay: boolean;
}

function gapsOf({ title }: Way): Gaps {
	if (title.startsWith('Lumen v1'))
		return { never: ['paid', 'remaining', 'paymentStatus', 'standing'], sometimes: [], endsNextDay: true };
	if (title.startsWith('Lumen v2')) {
		return {
			never: ['accountName', 'dueDate', 'updatedAt', 'net', 'tax', 'paid', 'remaining', 'paymentStatus', 'standing'],
			sometimes: ['amountDue'],
			endsNextDay: false,
		};
	}
	if (title.startsWith('floLIVE')) {
		return {
			never: ['accountName', 'updatedAt', 'amountDue', 'paid', 'remaining', 'paymentStatus', 'standing'],
			sometimes: ['dueDate'],
			endsNextDay: false,
		};
	}
	if (title.startsWith('Orange'))
		return {
			never: ['amountDue', 'paid', 'remaining', 'paymentStatus', 'standing'],
			sometimes: [],
			endsNextDay: false,
		};
	const never: readonly Member[] = title.startsWith('Oracle') ? [] : ['standing'];
	return { never, sometimes: ['number', 'periodStart'], endsNextDay: true };
}

function toldBy(bill: Bill): Told {
	const amounts = [bill.net, bill.tax, bill.total, bill.amountDue, bill.remaining].filter((amount) => amount !== null);
	const applied = bill.payments?.map((payment) => payment.applied ?? NO_MONEY) ?? null;
	return {
		id: bill.identity.remoteId,
		account: bill.billingAccount?.id ?? null,
		accountName: bill.billingAccount?.name ?? null,
		number: bill.number,
		type: bill.type,
		billDate: bill.billDate,
		periodStart: bill.period?.start ?? null,
		periodEnd: bill.period?.end ?? null,
		dueDate: bill.dueDate,
		updatedAt: bill.lastUpdate,
		net: written(bill.net),
		tax: written(bill.tax),
		total: written(bill.total),
		amountDue: written(bill.amountDue),
		paid: applied === null ? null : `${sumDecimals(applied.map(({ amount }) => amount))} ${amounts[0]?.currency ?? ''}`,
		remaining: written(bill.remaining),
		paymentStatus: bill.paymentStatus === 'NOT_REPORTED' ? null : bill.paymentStatus,
		standing: bill.identity.provider === 'ORACLE_BRM' ? (STANDINGS[bill.state] ?? 'issued') : null,
	};
}

/** The other states are those of a bill that was issued. */
const STANDINGS: Readonly<Partial<Record<Bill['state'], string>>> = { ON_HOLD: 'onHold', IN_PROGRESS: 'inProgress' };

function written(money: Money | null): string | null {
	return money === null ? null : `${money.amount} ${money.currency ?? 'without currency'}`;
}

function truly(bill: TrueBill, account: TrueAccount, { endsNextDay }: Gaps): Told {
	const money = (text: string): string => `${exact(text)} ${bill.currency}`;
	return {
		id: bill.id,
		account: account.id,
		accountName: account.name,
		number: bill.number,
		type: bill.type === 'creditNote' ? 'CREDIT_NOTE' : 'INVOICE',
		billDate: bill.billDate,
		periodStart: bill.periodStart,
		periodEnd: endsNextDay ? nextDay(bill.periodEnd) : bill.periodEnd,
		dueDate: bill.dueDate,
		updatedAt: bill.updatedAt,
		net: money(bill.net),
		tax: money(bill.tax),
		total: money(bill.total),
		amountDue: money(bill.total),
		paid: money(bill.paid),
		remaining: money(bill.remaining),
		paymentStatus: exact(bill.remaining) === '0' ? 'PAID' : exact(bill.paid) === '0' ? 'UNPAID' : 'PARTIAL',
		standing: bill.standing,
	};
}

/** The truth is written to the currency's last digit, amounts of the model without needless zeros. */
function exact(text: string): string {
	return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}

function nextDay(day: string): string {
	return new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);
}

/** The bills of the truth that the provider still gives. */
async function trueBills({
	books,
}: Way): Promise<readonly { readonly bill: TrueBill; readonly account: TrueAccount }[]> {
	const { accounts } = await stand.truth(books);
	// "A customer may retrieve only invoices which were generated in the last 12 months."
	const floor = books === 'floLive' ? `${Number(TODAY.slice(0, 4)) - 1}${TODAY.slice(4)}` : '';
	return accounts.flatMap((account) =>
		account.bills.filter(({ billDate }) => billDate >= floor).map((bill) => ({ bill, account })),
	);
}

async function allBills(connector: BillConnector): Promise<readonly Bill[]> {
	const bills: Bill[] = [];
	for await (const page of connector.bills({})) {
		bills.push(...page.items);
		if (page.end !== null) expect(page.end).toEqual({ complete: true, reasons: [] });
	}
	return bills;
}

function byId(one: { readonly id: string }, other: { readonly id: string }): number {
	return one.id < other.id ? -1 : 1;
}

describe.each(WAYS)('$title', (way) => {
	let connector: BillConnector;
	let bills: readonly Bill[];
	beforeAll(async () => {
		connector = await way.connect(stand);
		bills = await allBills(connector);
	});

	it('every bill, every member, to the last decimal', async () => {
		const gaps = gapsOf(way);
		const truth = await trueBills(way);
		const told = bills.map(toldBy).sort(byId);
		const leftOut = (member: Member, index: number): boolean =>
			gaps.never.includes(member) || (gaps.sometimes.includes(member) && told[index]?.[member] === null);
		const expected = truth
			.map(({ bill, account }) => truly(bill, account, gaps))
			.sort(byId)
			.map((bill, index) =>
				Object.fromEntries(
					Object.entries(bill).map(([member, value]) => [member, leftOut(member as Member, index) ? null : value]),
				),
			);
		expect(told).toEqual(expected);
		for (const member of gaps.sometimes) {
			const given = told.filter((bill) => bill[member] !== null);
			expect(given.length).toBeGreaterThan(told.length / 2);
			expect(given.length).toBeLessThan(told.length);
		}
	});

	it('every line of every bill, adding up to it', async () => {
		const truth = new Map((await trueBills(way)).map(({ bill }) => [bill.id, bill]));
		if (connector.capabilities.rateFields === null) return;
		const handles = bills.map((bill) => ({
			...bill.identity,
			billDate: bill.billDate,
			accountId: bill.billingAccount?.id ?? null,
			number: bill.number,
			signPolicy: bill.signPolicy,
		}));
		const lists = connector.ratesByBills(handles, undefined);
		expect(lists.size).toBe(truth.size);
		for (const handle of handles) {
			const list = await lists.get(keyOf(handle));
			expect(list).toMatchObject({ complete: true, reasons: [] });
			const bill = truth.get(handle.remoteId);
			const hasTax = connector.capabilities.rateFields.tax !== 'NOT_OFFERED';
			expect({ id: handle.remoteId, ...sumsOf(list?.rates ?? []) }).toEqual({
				id: handle.remoteId,
				count: bill?.lines.count,
				// Lumen's API v2 names no currency on a charge, and none is made up.
				currencies: [way.title.startsWith('Lumen v2') ? null : bill?.currency],
				net: exact(bill?.lines.net ?? ''),
				tax: hasTax ? exact(bill?.lines.tax ?? '') : null,
				gross: hasTax ? exact(bill?.total ?? '') : null,
			});
		}
	});

	it('every account', async () => {
		const { accounts } = await stand.truth(way.books);
		const { accountFields } = connector.capabilities;
		const told: object[] = [];
		for await (const page of connector.accounts({})) {
			told.push(...page.items.map(({ identity, name, number }) => ({ id: identity.remoteId, name, number })));
		}
		// What Lumen calls the number is what it lists by.
		const numberOf = ({ id, number }: TrueAccount): string => (way.books === 'lumen' ? id : number);
		expect(told).toEqual(
			accounts.map((account) => ({
				id: account.id,
				name: accountFields.name === 'NOT_OFFERED' ? null : account.name,
				number: accountFields.number === 'NOT_OFFERED' ? null : numberOf(account),
			})),
		);
	});

	it('the documents of the newest bills of every account are whole files of the kind they say', async () => {
		const kinds = new Set<string>();
		for (const bill of bills.filter(({ billDate }) => (billDate ?? '') >= '2026-08-01')) {
			for (const { id } of isBeyondReach(bill) ? [] : (bill.documents ?? [])) {
				kinds.add(
					await kindOf(connector, { scope: bill.identity.scope, billId: bill.identity.remoteId, documentId: id }),
				);
			}
		}
		expect([...kinds].sort()).toEqual(
			KINDS[way.books].filter(() => connector.capabilities.billFields.documents !== 'NOT_OFFERED'),
		);
	});
});

const NO_MONEY = { amount: sumDecimals([]) };

function sumsOf(rates: readonly Rate[]): object {
	const sum = (amounts: readonly (Money | null)[]): string | null => {
		const given = amounts.flatMap((money) => (money === null ? [] : [money.amount]));
		return given.length === 0 ? null : sumDecimals(given);
	};
	return {
		count: new Set(rates.map(({ identity }) => keyOf(identity))).size,
		currencies: [...new Set(rates.map(({ net }) => net?.currency))],
		net: sum(rates.map(({ net }) => net)),
		tax: sum(rates.map(({ tax }) => tax)),
		gross: sum(rates.map(({ gross }) => gross)),
	};
}

/** floLIVE gives files of direct sub-customers only: the last of three customers is a deeper one. */
function isBeyondReach({ identity }: Bill): boolean {
	return identity.provider === 'FLOLIVE' && identity.scope === stand.sandbox.ledger.accounts('floLive').at(-1)?.id;
}

const KINDS: Readonly<Record<Way['books'], readonly string[]>> = {
	lumen: ['application/pdf'],
	oracleBrm: ['application/pdf', 'application/xml'],
	floLive: ['application/pdf', 'application/xml'],
	orange: ['application/pdf'],
};

const ENDS: Readonly<Record<string, readonly [start: RegExp, end: RegExp]>> = {
	'application/pdf': [/^%PDF-1\.\d/, /%%EOF\s*$/],
	'application/xml': [/^<\?xml /, />\s*$/],
};

async function kindOf(connector: BillConnector, ref: DocumentRef): Promise<string> {
	const { mediaType, fileName, body } = await connector.document(ref);
	const bytes = await buffer(body);
	const [start, end] = ENDS[mediaType] ?? [/^$/, /^$/];
	expect(bytes.toString('latin1')).toMatch(start);
	expect(bytes.toString('latin1')).toMatch(end);
	expect(fileName).toMatch(/^[\w.+-]+\.(?:pdf|xml)$/);
	if (mediaType === 'application/pdf' && hasReader) expect(textOf(bytes).length).toBeGreaterThan(1_000);
	return mediaType;
}

const hasReader = spawnSync('pdftotext', ['-v']).error === undefined;

/** As a PDF reader shows it. Throws for what it cannot open. */
function textOf(pdf: Uint8Array): string {
	return execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8' });
}
