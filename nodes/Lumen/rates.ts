/** Which billing rates an item asks for. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { invalidParameter, type RateQuery } from '../shared/core';
import { pickedDates } from '../shared/dates';
import { collection, listed } from '../shared/fields';
import { locatedId } from '../shared/locators';
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
		bill: bill === undefined ? undefined : { scope: locatedId(context, itemIndex, accountsField), remoteId: bill },
	};
}
