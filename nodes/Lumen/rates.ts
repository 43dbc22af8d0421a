/** Which billing rates an item asks for. */
import type { IExecuteFunctions } from 'n8n-workflow';

import { invalidParameter, type RateQuery } from '../shared/core';
import { collection, listed } from '../shared/fields';
import { locatedId } from '../shared/locators';
import type { LumenAccess } from './access';
import { accountsField, pickedBillDates } from './fields';

/** @throws BillingError INVALID_REQUEST */
export function rateQuery(context: IExecuteFunctions, itemIndex: number, access: LumenAccess): RateQuery {
	const filters = collection(context, itemIndex, 'filters');
	const [bill, ...others] = listed(filters.bill) ?? [];
	if (others.length > 0) throw invalidParameter('Bill ID', 'names more than one bill', 'Give one invoice number.');
	return {
		accounts: access.accounts,
		billDate: pickedBillDates(context, filters),
		bill: bill === undefined ? undefined : { scope: locatedId(context, itemIndex, accountsField), remoteId: bill },
	};
}
