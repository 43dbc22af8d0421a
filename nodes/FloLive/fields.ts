/** Parameters that several floLIVE operations share. */
import type { INodeProperties } from 'n8n-workflow';

import { locatorField } from '../shared/locators';

const customer = {
	displayName: 'Customer',
	name: 'customer',
	searchListMethod: 'searchCustomers',
	placeholder: 'e.g. 20100',
};

const invoice = {
	displayName: 'Invoice',
	name: 'invoice',
	searchListMethod: 'searchInvoices',
	placeholder: 'e.g. 62e8ba66-3a2d-4919-ae16-f87f35845a4b',
	required: true,
};

export const customerField: INodeProperties = locatorField({
	...customer,
	required: true,
	description:
		'The customer or sub-customer that the invoice belongs to, by its ID. The list holds the customers of the credential.',
});

export const customersField: INodeProperties = locatorField({
	...customer,
	required: false,
	description: 'Leave empty for all customers of the credential. By ID, several can be given, separated by commas.',
});

export const invoiceField: INodeProperties = locatorField({
	...invoice,
	description: 'The invoice, by its ID and not by its number. The list holds the invoices of the last 12 months.',
});

export const invoicesField: INodeProperties = locatorField({
	...invoice,
	description:
		'The invoice, by its ID and not by its number. By ID, several can be given, separated by commas: floLIVE then answers with one zip.',
});
