/** Filters, order and places of every connector, held against the same conditions applied to all of its bills. */
import { BILL_FILTERS, type BillFilterName } from '../../providers/capabilities';
import {
	type BillConnector,
	type BillOrder,
	type BillQuery,
	type Place,
	BILL_ORDER_FIELDS,
} from '../../providers/connector';
import { availabilityOf } from '../../providers/model/availability';
import { BILL_FIELDS, type Bill } from '../../providers/model/bill';
import { keyOf } from '../../providers/model/identity';
import { conditionsFor } from './support/conditions';
import { WAYS } from './support/connections';
import { Stand } from './support/stand';

let stand: Stand;
beforeAll(async () => {
	stand = await Stand.start();
});
afterAll(() => stand.close());

interface Found {
	readonly bills: readonly Bill[];
	readonly pushedDown: ReadonlySet<string>;
	readonly appliedHere: ReadonlySet<string>;
}

async function find(connector: BillConnector, query: BillQuery): Promise<Found> {
	const bills: Bill[] = [];
	const pushedDown = new Set<string>();
	const appliedHere = new Set<string>();
	let ends = 0;
	for await (const page of connector.bills(query)) {
		bills.push(...page.items);
		page.pushedDown.forEach((name) => pushedDown.add(name));
		page.appliedHere.forEach((name) => appliedHere.add(name));
		if (page.end === null) continue;
		ends += 1;
		// floLIVE says that it keeps twelve months only, for a query that names days before.
		if (connector.provider !== 'FLOLIVE') expect(page.end).toEqual({ complete: true, reasons: [] });
	}
	expect(ends).toBe(1);
	return { bills, pushedDown, appliedHere };
}

function idsOf(bills: readonly Bill[]): readonly string[] {
	return bills.map(({ identity }) => keyOf(identity)).sort();
}

/** What the documents leave open and the connectors read where it is there; the sandbox's bills do not bear it. */
const UNSEEN: Readonly<Partial<Record<Bill['identity']['provider'], readonly string[]>>> = {
	LUMEN: ['category', 'runType', 'state', 'paymentStatus', 'nextBillDate', 'remaining', 'payments', 'relatedParties'],
	ORANGE_BUSINESS: ['state', 'paymentStatus', 'amountDue', 'remaining'],
};

describe.each(WAYS.filter(({ title }) => !/HEADER|BASIC|LOGIN|Access|v1\/token|three/.test(title)))('$title', (way) => {
	let connector: BillConnector;
	let all: readonly Bill[];
	beforeAll(async () => {
		connector = await way.connect(stand);
		({ bills: all } = await find(connector, {}));
	});

	it('finds with every filter what a look through all bills finds', async () => {
		const { billFilters } = connector.capabilities;
		const tried = new Set<BillFilterName>();
		for (const { filter, query, holds } of conditionsFor(all)) {
			if (billFilters[filter] === 'REFUSED') continue;
			tried.add(filter);
			const { bills, pushedDown, appliedHere } = await find(connector, query);
			expect({ query, ids: idsOf(bills) }).toEqual({ query, ids: idsOf(all.filter(holds)) });
			const told = { query, sent: pushedDown.has(filter), here: appliedHere.has(filter) };
			expect({ ...told, isTold: told.sent || told.here }).toEqual({ ...told, isTold: true });
			if (billFilters[filter] === 'APPLIED_HERE') expect(told).toEqual({ query, sent: false, here: true });
			if (billFilters[filter] === 'PUSHED_DOWN') expect(told).toMatchObject({ query, sent: true });
		}
		const offered = BILL_FILTERS.filter((name) => billFilters[name] !== 'REFUSED');
		// What no bill here bears cannot be asked for by a value that one has.
		const unseen = UNSEEN[connector.provider] ?? [];
		expect(offered.filter((name) => !tried.has(name) && !unseen.includes(name))).toEqual([]);
	});

	it.each(BILL_ORDER_FIELDS.flatMap((field) => (['ASC', 'DESC'] as const).map((direction) => ({ field, direction }))))(
		'by $field $direction: the same order whole, and from place to place',
		async (order) => {
			const { bills: whole } = await find(connector, { order });
			expect(idsOf(whole)).toEqual(idsOf(all));
			const keys = whole.map((bill) => sortKeyOf(bill, order));
			expect(keys.every((key, index) => index === 0 || inTurn(keys[index - 1] ?? null, key, order))).toBe(true);
			const walked: Bill[] = [];
			let after: Place | undefined;
			for (let step = 0; step < 20; step += 1) {
				const { bills } = await find(connector, { order, maxRows: 7, ...(after === undefined ? {} : { after }) });
				walked.push(...bills);
				const last = bills.at(-1);
				if (last === undefined) break;
				after = { sortKey: sortKeyOf(last, order), scope: last.identity.scope, remoteId: last.identity.remoteId };
			}
			expect(walked.map(({ identity }) => keyOf(identity))).toEqual(whole.map(({ identity }) => keyOf(identity)));
		},
	);

	it('gives no field that its capabilities say it never gives, and each one that it offers on some bill', () => {
		const { billFields } = connector.capabilities;
		for (const field of BILL_FIELDS.filter((name) => name !== 'rates')) {
			const told = new Set(
				all.map((bill) => {
					const value = bill[field];
					return availabilityOf(field, value === 'NOT_REPORTED' ? null : value, bill.notes, billFields);
				}),
			);
			const isGiven = told.has('PROVIDED') || told.has('DERIVED');
			if (billFields[field] === 'NOT_OFFERED') expect({ field, isGiven }).toEqual({ field, isGiven: false });
			else if (!(UNSEEN[connector.provider] ?? []).includes(field)) {
				expect({ field, isGiven }).toEqual({ field, isGiven: true });
			}
			if (billFields[field] === 'OFFERED') expect({ field, told: told.has('DERIVED') }).toEqual({ field, told: false });
			if (billFields[field] === 'DERIVED')
				expect({ field, told: told.has('PROVIDED') }).toEqual({ field, told: false });
		}
	});
});

function sortKeyOf(bill: Bill, { field }: BillOrder): string | null {
	switch (field) {
		case 'BILL_DATE':
			return bill.billDate;
		case 'DUE_DATE':
			return bill.dueDate;
		case 'LAST_UPDATE':
			return bill.lastUpdate === null ? null : new Date(bill.lastUpdate).toISOString();
		case 'TOTAL':
			return bill.total?.amount ?? null;
		case 'AMOUNT_DUE':
			return bill.amountDue?.amount ?? null;
		case 'NUMBER':
			return bill.number;
	}
}

/** Bills without a key come last in either direction. */
function inTurn(one: string | null, other: string | null, { field, direction }: BillOrder): boolean {
	if (one === null || other === null) return other === null;
	const isAmount = field === 'TOTAL' || field === 'AMOUNT_DUE';
	const isAscending = isAmount ? Number(one) <= Number(other) : one <= other;
	const isDescending = isAmount ? Number(one) >= Number(other) : one >= other;
	return direction === 'ASC' ? isAscending : isDescending;
}
