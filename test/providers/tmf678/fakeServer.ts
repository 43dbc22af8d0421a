/** A small TMF678 server for connector tests: filters, pages and counts like one, and can be told to misbehave. */
import type { ConnectorDeps } from '../../../providers/connector';
import type { TransportRequest, TransportResponse } from '../../../providers/transport/port';
import { NO_RETRY } from '../../../providers/transport/retry';
import { ScriptedTransport, fakeClock, json } from '../support/scriptedTransport';

export const BASE_URL = 'https://brm.example.com/brm/customerBillManagement/v4';

type Row = Readonly<Record<string, unknown>> & { readonly id: string };

export interface Behaviour {
	/** Announce no totals. */
	readonly silent?: boolean;
	/** Largest page, whatever is asked for. */
	readonly cap?: number;
	/** Filters to ignore. */
	readonly ignores?: readonly string[];
	/** Answers instead of the server where it gives something. */
	readonly instead?: (url: URL, nth: number) => TransportResponse | Error | null;
}

export interface FakeServer {
	readonly transport: ScriptedTransport;
	readonly deps: ConnectorDeps;
	/** Paths with queries, decoded, without the base. */
	readonly asked: () => string[];
}

export function fakeServer(
	data: { readonly bills?: readonly Row[]; readonly rates?: readonly Row[] },
	behaviour: Behaviour = {},
): FakeServer {
	const rowsOf: Readonly<Record<string, readonly Row[]>> = {
		customerBill: data.bills ?? [],
		appliedCustomerBillingRate: data.rates ?? [],
	};
	const transport = new ScriptedTransport((request: TransportRequest, nth: number) => {
		const url = new URL(request.url);
		const instead = behaviour.instead?.(url, nth) ?? null;
		if (instead !== null) return instead;
		const [, resource = '', id] = /\/v4\/([^/]+)(?:\/([^/]+))?$/.exec(url.pathname) ?? [];
		const rows = rowsOf[resource] ?? [];
		return id === undefined ? listed(rows, url.searchParams, behaviour) : found(rows, decodeURIComponent(id));
	});
	const deps = { transport, clock: fakeClock('2026-02-01T00:00:00Z'), retry: NO_RETRY };
	const asked = (): string[] => transport.requests.map(({ url }) => decodeURIComponent(url.slice(BASE_URL.length + 1)));
	return { transport, deps, asked };
}

function found(rows: readonly Row[], id: string): TransportResponse {
	const row = rows.find((one) => one.id === id);
	return row === undefined ? json(404, { code: '404', reason: 'Not found' }) : json(200, row);
}

function listed(rows: readonly Row[], query: URLSearchParams, { silent, cap, ignores }: Behaviour): TransportResponse {
	const matching = rows.filter((row) =>
		[...query].every(([name, value]) => ignores?.includes(name) === true || matches(row, name, value)),
	);
	const offset = Number(query.get('offset'));
	const page = matching.slice(offset, offset + Math.min(Number(query.get('limit')), cap ?? Infinity));
	const isAll = page.length === matching.length;
	return json(isAll ? 200 : 206, page, silent === true ? {} : { 'x-total-count': String(matching.length) });
}

function matches(row: Row, name: string, wanted: string): boolean {
	if (['limit', 'offset', 'fields', '@type'].includes(name)) return true;
	const [, path = name, operator] = /^(.*)\.(gte|lte|gt|lt|like)$/.exec(name) ?? [];
	const value = path.split('.').reduce<unknown>((at, step) => (at as Row | undefined)?.[step], row);
	if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') return false;
	const text = String(value);
	const [left, right] = /Date|Update/.test(path)
		? [Date.parse(text), Date.parse(wanted)]
		: [Number(value), Number(wanted)];
	switch (operator) {
		case 'gte':
			return left >= right;
		case 'lte':
			return left <= right;
		case 'gt':
			return left > right;
		case 'lt':
			return left < right;
		case 'like':
			return new RegExp(`^${wanted.replaceAll('%', '.*')}$`).test(text);
		default:
			return text === wanted;
	}
}

export interface BillSketch {
	readonly id: string;
	readonly date?: string;
	readonly due?: string;
	readonly amount?: number;
	readonly account?: string;
	readonly category?: string;
	readonly state?: string;
}

/** A bill as Oracle documents it, with little in it. */
export function bill({ id, date, due, amount = 10, account, category = 'normal', state = 'new' }: BillSketch): Row {
	return {
		id,
		href: `${BASE_URL}/customerBill/${id}`,
		billNo: `B-${id}`,
		...(date !== undefined && { billDate: date }),
		...(due !== undefined && { paymentDueDate: due }),
		category,
		state,
		amountDue: { unit: 'EUR', value: amount },
		taxIncludedAmount: { unit: 'EUR', value: amount },
		...(account !== undefined && {
			billingAccount: { id: account, name: `Account ${account}`, accountNumber: `N-${account}` },
		}),
	};
}

export interface RateSketch {
	readonly id: string;
	readonly bill?: string;
	readonly account?: string;
	readonly net?: number;
	readonly isBilled?: boolean;
	readonly type?: string;
}

export function rate({ id, bill: billId, account, net = 1, isBilled = true, type = 'usageCharge' }: RateSketch): Row {
	return {
		id,
		type,
		isBilled,
		...(billId !== undefined && { bill: { id: billId } }),
		...(account !== undefined && { billingAccount: { id: account } }),
		taxExcludedAmount: { unit: 'EUR', value: net },
	};
}

/** Everything that an iterable of pages gives. */
export async function collect<T>(pages: AsyncIterable<{ readonly items: readonly T[] }>): Promise<T[]> {
	const items: T[] = [];
	for await (const page of pages) items.push(...page.items);
	return items;
}

export async function allOf<T>(iterable: AsyncIterable<T>): Promise<T[]> {
	const all: T[] = [];
	for await (const one of iterable) all.push(one);
	return all;
}

export function range(count: number): number[] {
	return Array.from({ length: count }, (_, index) => index);
}
