/** The one bill that an item names. */
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Bill, LocalId } from '../shared/core';
import { locatedId } from '../shared/locators';
import type { LumenAccess } from './access';
import { accountField, billField } from './fields';

/** @throws BillingError INVALID_REQUEST */
export function billId(context: IExecuteFunctions, itemIndex: number): LocalId {
	return {
		scope: locatedId(context, itemIndex, accountField),
		remoteId: locatedId(context, itemIndex, billField),
	};
}

/** @throws BillingError INVALID_REQUEST, or NOT_FOUND */
export async function readBill(context: IExecuteFunctions, itemIndex: number, api: LumenAccess): Promise<Bill> {
	const [bill] = await Promise.all(api.connector.billsByIds([billId(context, itemIndex)], api.walk).values());
	return bill as Bill;
}
