/** Which billing rates an item asks for. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { invalidParameter, type RateQuery } from '../shared/core';
import { pickedDates } from '../shared/dates';
import { collection, listed } from '../shared/fields';
import type { LumenAccess } from './access';
import { accountsField } from './fields';

/** @throws BillingError INVALID_REQUEST */
export function rateQuery(context: IExecuteFunctions, itemIndex: number, access: LumenAccess): RateQuery {
	const filters = collection(context, itemIndex, 'filters');
	const [bill, ...others] = listed(filters.bill) ?? [];
	if (others.length > 0) throw invalidParameter('Bill ID', 'names more than one bill', 'Give one invoice number.');
	return {
		accounts: access.accounts,
		billDate: pickedDates(context, filters, 'Bill Date', 'billDate'),
		bill: bill === undefined ? undefined : { scope: onlyAccount(access), remoteId: bill },
	};
}

/** Lumen's bills are found by account: which of several has the bill, it does not say. */
function onlyAccount({ accounts = [] }: LumenAccess): string {
	const [account, ...others] = accounts;
	if (account !== undefined && others.length === 0) return account;
	throw invalidParameter(
		accountsField.displayName,
		account === undefined ? 'is empty' : 'names more than one account',
		"A 'Bill ID' needs the one account that the bill belongs to.",
	);
}
