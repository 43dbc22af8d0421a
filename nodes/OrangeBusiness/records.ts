/** Orange's rows as the model reads them, and what the user should know about what could not be read. */
import { type Bill, type BillingAccount, type JsonObject, toOrangeAccount, toOrangeBill } from '../shared/core';
import type { OrangeAccess } from './access';

export function readBills({ owner, names }: OrangeAccess, rows: readonly JsonObject[]): readonly Bill[] {
	return rows.map((row) => toOrangeBill(row, owner, names));
}

export function readAccounts(
	{ owner, names }: OrangeAccess,
	rows: readonly JsonObject[],
): readonly (BillingAccount & { readonly raw: JsonObject })[] {
	return rows.map((row) => ({ ...toOrangeAccount(row, owner, names), raw: row }));
}

const IDS_SHOWN = 3;

interface Noticed {
	readonly id: string;
	readonly notices: readonly string[];
}

/** `2 bills (1013390, 1013391): no member ...`: each notice once, with some of the records that it is about. */
export function recordNotices(what: string, records: readonly Noticed[]): readonly string[] {
	const ids = new Map<string, string[]>();
	for (const { id, notices } of records) {
		for (const notice of notices) ids.set(notice, [...(ids.get(notice) ?? []), id]);
	}
	return [...ids].map(([notice, about]) => {
		const shown = [...about.slice(0, IDS_SHOWN), ...(about.length > IDS_SHOWN ? ['...'] : [])].join(', ');
		return `${about.length} ${what} (${shown}): ${notice}`;
	});
}

export function billNotices(bills: readonly Bill[]): readonly string[] {
	return recordNotices(
		'bills',
		bills.map(({ identity, notices }) => ({ id: identity.remoteId, notices })),
	);
}
