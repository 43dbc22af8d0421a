/** Choosing a bill or a billing account: from a list with search, by its ID, or a bill by its number. */
import type { INodeParameterResourceLocator } from 'n8n-workflow';

import { BillingError, invalidParameter } from '../shared/core';
import { filledText } from '../shared/filledText';
import { locatorField } from '../shared/locators';
import type { OracleBrm } from './connect';

export const billLocator = locatorField({
	displayName: 'Bill',
	name: 'billId',
	description: 'The bill to work with',
	searchListMethod: 'searchBills',
	placeholder: 'e.g. 0.0.0.1+-bill+106861',
	required: false,
	modes: [{ displayName: 'By Bill Number', name: 'number', type: 'string', placeholder: 'e.g. B1-28' }],
});

export const accountLocator = locatorField({
	displayName: 'Billing Account',
	name: 'accountId',
	description:
		'The list has the accounts on the bills of the last months. Oracle BRM from 15.2 takes the account number as ID as well.',
	searchListMethod: 'searchAccounts',
	placeholder: 'e.g. 0.0.0.1+-account+107117',
	required: false,
});

/** What a locator holds; undefined where it was left empty. Expressions may give a bare text, which is an ID. */
function located(value: unknown): { readonly mode: string; readonly value: string } | undefined {
	const isLocator = typeof value === 'object' && value !== null;
	const { mode, value: chosen } = isLocator ? (value as INodeParameterResourceLocator) : { mode: 'id', value };
	const text = filledText(chosen);
	return text === undefined ? undefined : { mode, value: text };
}

/** The account's ID; undefined where none is chosen. */
export function locatedAccount(value: unknown): string | undefined {
	return located(value)?.value;
}

/**
 * The bill's ID, looked up where the bill is named by its number; undefined where none is chosen.
 * @throws BillingError NOT_FOUND for a number that no bill has, CONFLICT for one that several have
 */
export async function locatedBill(
	value: unknown,
	{ connector }: OracleBrm,
	signal: AbortSignal | undefined,
): Promise<string | undefined> {
	const bill = located(value);
	if (bill?.mode !== 'number') return bill?.value;
	const ids: string[] = [];
	for await (const { items } of connector.bills({ numbers: [bill.value], maxRows: 2 }, { signal })) {
		ids.push(...items.map(({ identity }) => identity.remoteId));
	}
	const [id, other] = ids;
	if (id === undefined) {
		throw new BillingError({
			kind: 'NOT_FOUND',
			message: `There is no bill with the number ${bill.value}`,
			hint: 'Check the number: capitals count. Or choose the bill from the list.',
		});
	}
	if (other === undefined) return id;
	throw new BillingError({
		kind: 'CONFLICT',
		message: `Several bills have the number ${bill.value}`,
		hint: `Name the bill by its ID, for instance ${id} or ${other}.`,
	});
}

/** @throws BillingError INVALID_REQUEST where a locator that must be filled is empty */
export function required(chosen: string | undefined, displayName: string): string {
	if (chosen !== undefined) return chosen;
	throw invalidParameter(displayName, 'is empty', `Choose one from the list in '${displayName}', or give its ID.`);
}
