/** Whatever a provider answers, its connector gives records that hold, or says in one BillingError what is wrong. */
import fc from 'fast-check';

import type { BillConnector } from '../../providers/connector';
import { UndiciTransport } from '../../graphql/server/undiciTransport';
import type { Bill } from '../../providers/model/bill';
import { keyOf } from '../../providers/model/identity';
import type { Money } from '../../providers/model/money';
import type { Rate } from '../../providers/model/rate';
import { BillingError, type ErrorKind } from '../../providers/transport/errors';
import type { Transport } from '../../providers/transport/port';
import { type RunningSandbox, startSandbox } from '../../sandbox/server';
import { connected } from '../graphql/support/connected';
import { fakeClock } from '../providers/support/scriptedTransport';
import { HostileTransport, RememberingTransport, anyStatus, spoiltContents } from './support/hostileTransport';
import { LONG_TEST_MS, tries } from './support/runs';

const TODAY = '2026-11-01';

let sandbox: RunningSandbox;
const wire = new UndiciTransport();
const remembering = new RememberingTransport(wire);

beforeAll(async () => {
	sandbox = await startSandbox({ today: TODAY, accounts: 2, billsPerAccount: 12, ratesPerBill: 3 });
});

afterAll(async () => {
	await wire.close();
	await sandbox.close();
});

/** By name, with what differs from the sandbox's own connection of that provider. */
const WAYS: Readonly<Record<string, { readonly of: string; readonly more?: object; readonly path?: string }>> = {
	'Lumen v1': { of: 'lumen-us' },
	'Lumen v2': { of: 'lumen-us', more: { apiVersion: 'v2' } },
	'Oracle BRM': { of: 'brm' },
	'plain TMF678': {
		of: 'brm',
		more: { provider: 'TMF678', auth: { kind: 'NONE' } },
		path: '/tmf-api/customerBillManagement/v4',
	},
	floLIVE: { of: 'fleet' },
	'Orange Business': { of: 'orange' },
};

/** A connector as the server makes it, of which nothing is remembered and nothing is left alone. */
async function connectorOver(name: keyof typeof WAYS, transport: Transport): Promise<BillConnector> {
	const { of, more = {}, path } = WAYS[name]!;
	const own = sandbox.connections.find(({ id }) => id === of)!;
	const baseUrl = path === undefined ? own.baseUrl : `${sandbox.url}${path}`;
	const config = { ...own, baseUrl, freshFor: 0, breaker: { failures: 1_000, rest: 1 }, ...more };
	const connections = await connected([config], { transport, clock: fakeClock(`${TODAY}T12:00:00Z`) });
	return connections.all[0]!.connector;
}

async function all<T>(pages: AsyncIterable<{ readonly items: readonly T[] }>): Promise<readonly T[]> {
	const items: T[] = [];
	for await (const page of pages) items.push(...page.items);
	return items;
}

/** Every question that a connector takes, about bills that it gave when all was well. */
const QUESTIONS: Readonly<Record<string, (connector: BillConnector, known: readonly Bill[]) => Promise<unknown>>> = {
	bills: async (connector) => checkedBills(await all(connector.bills({}))),
	'bills in order': async (connector) =>
		checkedBills(await all(connector.bills({ order: { field: 'BILL_DATE', direction: 'DESC' }, maxRows: 5 }))),
	'bills by id': async (connector, known) =>
		checkedBills(await everyOne(connector.billsByIds(known.map(({ identity }) => identity)))),
	rates: async (connector, known) => checkedRates(await all(connector.rates({ bill: known[0]!.identity }))),
	'rates of bills': async (connector, known) => {
		const handles = known.map(({ identity, billDate, billingAccount, number, signPolicy }) => ({
			scope: identity.scope,
			remoteId: identity.remoteId,
			billDate,
			accountId: billingAccount?.id ?? null,
			number,
			signPolicy,
		}));
		const lists = await everyOne(connector.ratesByBills(handles, 2));
		checkedRates(lists.flatMap(({ rates }) => rates));
	},
	accounts: async (connector) => {
		for (const { identity } of await all(connector.accounts({}))) expect(identity.remoteId).not.toBe('');
	},
	'accounts by id': async (connector, known) =>
		everyOne(connector.accountsByIds(known.map(({ billingAccount }) => ({ scope: '', remoteId: billingAccount!.id })))),
	counts: async (connector) => connector.countBills?.('TYPE', {}),
	document: async (connector, known) => {
		const [document] = known.flatMap(({ documents }) => documents ?? []);
		if (document === undefined) return;
		const { scope, remoteId } = document.bill;
		const file = await connector.document({ scope, billId: remoteId, documentId: document.id });
		expect(file.fileName).not.toMatch(/[/\\\u0000-\u001f]|^\.+$/);
		for await (const chunk of file.body) expect(chunk).toBeInstanceOf(Uint8Array);
	},
	check: async (connector) => connector.check(),
};

/**
 * What may be said besides PROTOCOL of an answer with a good status: an account without bills of these days, lines that are not
 * published, and a document that the bill no longer names.
 */
const SAID_AS_WELL: Readonly<Record<string, ErrorKind>> = {
	'Lumen v1, check': 'NOT_FOUND',
	'Lumen v2, check': 'NOT_FOUND',
	'floLIVE, rates': 'NOT_OFFERED',
	document: 'NOT_FOUND',
};

/** What settles well; what fails must fail in the one way. */
async function everyOne<T>(byKey: ReadonlyMap<string, Promise<T>>): Promise<readonly T[]> {
	const settled = await Promise.allSettled(byKey.values());
	for (const one of settled) if (one.status === 'rejected') expectBillingError(one.reason);
	return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []));
}

function checkedBills(bills: readonly Bill[]): void {
	expect(new Set(bills.map(({ identity }) => keyOf(identity))).size).toBe(bills.length);
	for (const bill of bills) {
		expect(bill.identity.remoteId.trim()).not.toBe('');
		const { net, tax, total, amountDue, remaining, billDate, dueDate } = bill;
		checkMoney(net, tax, total, amountDue, remaining);
		for (const date of [billDate, dueDate]) expect(date ?? '2026-01-01').toMatch(/^\d{4}-\d\d-\d\d$/);
	}
}

function checkedRates(rates: readonly Rate[]): void {
	for (const { net, tax, gross, unitPrice } of rates) checkMoney(net, tax, gross, unitPrice);
}

function checkMoney(...amounts: readonly (Money | null)[]): void {
	for (const money of amounts) {
		expect(money?.amount ?? '0').toMatch(/^-?\d+(?:\.\d+)?$/);
		expect(money?.currency ?? 'EUR').toMatch(/^[A-Z]{3}$/);
	}
}

function expectBillingError(error: unknown): asserts error is BillingError {
	if (!(error instanceof BillingError)) throw error;
}

describe.each(Object.keys(WAYS))('%s', (way) => {
	let known: readonly Bill[];

	beforeAll(async () => {
		const bills = await all((await connectorOver(way, remembering)).bills({}));
		const withFile = bills.find(({ documents }) => (documents ?? []).length > 0);
		known = [...(withFile === undefined ? [] : [withFile]), ...bills.slice(-2)];
		expect(known.length).toBeGreaterThan(1);
	});

	it.each(Object.entries(QUESTIONS))(
		'%s: records or a BillingError, whatever the answers say',
		async (title, question) => {
			const allowed = ['PROTOCOL', SAID_AS_WELL[`${way}, ${title}`], SAID_AS_WELL[title]];
			await question(await connectorOver(way, new HostileTransport(remembering, [])), known).catch(expectBillingError);
			await fc.assert(
				fc.asyncProperty(spoiltContents, fc.option(anyStatus, { freq: 4 }), async (contents, status) => {
					const troubles = status === null ? contents : [...contents, status];
					const connector = await connectorOver(way, new HostileTransport(remembering, troubles));
					try {
						await question(connector, known);
					} catch (error) {
						expectBillingError(error);
						// The question was a good one, so that nothing but the answer can be wrong.
						if (status === null) expect(allowed).toContain(error.kind);
					}
				}),
				tries(8),
			);
		},
		LONG_TEST_MS,
	);
});
