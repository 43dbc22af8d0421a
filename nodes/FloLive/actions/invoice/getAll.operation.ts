/** Invoice: Get Many. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { simpleBill } from '../../../shared/columns';
import type { Bill } from '../../../shared/core';
import { pickedDates } from '../../../shared/dates';
import {
	collection,
	dateRangeFields,
	limitField,
	listed,
	listOptions,
	listOptionsField,
	returnAllField,
	simplifyField,
	wantedRows,
} from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { readPages } from '../../../shared/lists';
import type { Operation } from '../../../shared/operations';
import { recordItems } from '../../../shared/rows';
import type { FloLiveAccess } from '../../access';
import { customersField } from '../../fields';

const filtersField: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add filter',
	default: {},
	description:
		'Filtered by n8n, floLIVE has none. Every invoice of the last 12 months is read whatever is chosen here.',
	options: [
		...dateRangeFields(
			'Bill Date',
			'billDate',
			'floLIVE lists the last 12 months only. Filtered by n8n, floLIVE has none.',
		),
		{
			displayName: 'Currency',
			name: 'currency',
			type: 'string',
			default: '',
			placeholder: 'e.g. GBP',
			description: 'Three-letter code, or several separated by commas. Filtered by n8n, floLIVE has none.',
		},
		{
			displayName: 'Invoice Number',
			name: 'invoiceNumber',
			type: 'string',
			default: '',
			placeholder: 'e.g. 00700001',
			description:
				'As it is on the invoice, with leading zeros; or several separated by commas. Filtered by n8n, floLIVE has none.',
		},
	],
};

export const getManyInvoices: Operation<FloLiveAccess> = {
	description: [customersField, returnAllField, limitField, simplifyField, filtersField, listOptionsField],
	execute: async ({ context, itemIndex, api }) => {
		const { query, currencies } = invoiceQuery(context, itemIndex);
		const { items, notices } = await readPages(
			api.connector.bills({ ...query, accounts: api.customers }, api.walk),
			listOptions(context, itemIndex),
		);
		tellUser(context, notices);
		const invoices = items.filter((invoice) => isIn(invoice, currencies)).slice(0, wantedRows(context, itemIndex));
		return recordItems(context, itemIndex, invoices, simpleBill);
	},
};

function invoiceQuery(context: IExecuteFunctions, itemIndex: number) {
	const filters = collection(context, itemIndex, 'filters');
	const currencies = listed(filters.currency)?.map((currency) => currency.toUpperCase());
	const billDate = pickedDates(context, filters, 'Bill Date', 'billDate');
	// The connector knows no filter by currency: what it leaves out must not count among the wanted rows.
	const maxRows = currencies === undefined ? wantedRows(context, itemIndex) : undefined;
	return { query: { billDate, numbers: listed(filters.invoiceNumber), maxRows }, currencies };
}

function isIn({ total }: Bill, currencies: readonly string[] | undefined): boolean {
	return currencies === undefined || currencies.some((currency) => currency === total?.currency);
}
