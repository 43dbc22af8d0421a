/** Four bills, their lines and three accounts on paper, and how tests read them. */

import type { BillHandle, BillOrder, BillQuery } from '../../../providers/connector';
import { type LocalId } from '../../../providers/model/identity';
import { type PaperOrange, type Row, onPaper, pagesOf } from './orange';

export const BILLS: readonly Row[] = [
	{
		id: 'b1',
		type: 'invoice',
		issuedAt: '2026-01-31T10:00:00.000Z',
		updatedAt: '2026-02-01T00:00:00.000Z',
		total: 10,
		currency: { id: 'EUR' },
		billingAccount: { id: 'A1' },
	},
	{
		id: 'b2',
		type: 'creditNote',
		issuedAt: '2026-01-15T10:00:00.000Z',
		updatedAt: '2026-01-16T00:00:00.000Z',
		total: 5,
		currency: { id: 'EUR' },
		billingAccount: { id: 'A2' },
	},
	{
		id: 'b3',
		type: 'invoice',
		issuedAt: '2025-12-31T10:00:00.000Z',
		updatedAt: '2026-01-20T00:00:00.000Z',
		total: 30,
		currency: { id: 'EUR' },
		billingAccount: { id: 'A1' },
	},
	{
		id: 'b0',
		type: 'invoice',
		issuedAt: '2026-01-15T09:00:00.000Z',
		updatedAt: '2026-01-15T12:00:00.000Z',
		total: 7,
		currency: { id: 'EUR' },
		billingAccount: { id: 'A2' },
	},
];
export const ITEMS = {
	b1: [
		{ id: 'i1', netAmount: 4, chargeType: 'usage' },
		{ id: 'i2', netAmount: 6 },
	],
	b2: [{ id: 'i1', netAmount: 5 }],
};
export const ACCOUNTS = [
	{ id: 'A1', name: 'Paris' },
	{ id: 'A2', name: 'Lyon' },
	{ id: 'A3', name: 'Pau' },
];
export const PAPER: PaperOrange = { bills: BILLS, items: ITEMS, accounts: ACCOUNTS };
export const DESC: BillOrder = { field: 'BILL_DATE', direction: 'DESC' };

export async function read(query: object, made = onPaper(PAPER)) {
	const pages = await pagesOf(made.connector.bills(query as BillQuery));
	return {
		ids: pages.flatMap(({ items }) => items.map(({ identity }) => identity.remoteId)),
		pages,
		last: pages.at(-1)!,
		transport: made.transport,
	};
}

export const bodyOf = ({ body }: { body?: string }): unknown => JSON.parse(body ?? 'null');

export const id = (remoteId: string): LocalId => ({ scope: '', remoteId });
export const handle = (remoteId: string, more: Partial<BillHandle> = {}): BillHandle => ({
	...id(remoteId),
	billDate: null,
	accountId: null,
	number: null,
	...more,
});
