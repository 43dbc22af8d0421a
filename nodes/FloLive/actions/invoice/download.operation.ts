/** Invoice: Download. */
import { documentItems, unpackOption } from '../../../shared/binary';
import {
	BillingError,
	type DocumentStream,
	INVOICE_FILE_TYPES,
	type InvoiceFiles,
	bytesDocument,
	documentFileName,
	invalidParameter,
} from '../../../shared/core';
import { collection, optionsField, outputFieldField } from '../../../shared/fields';
import { locatedId, locatedIds } from '../../../shared/locators';
import type { Operation } from '../../../shared/operations';
import type { FloLiveAccess } from '../../access';
import { customerField, invoicesField } from '../../fields';

export const downloadInvoices: Operation<FloLiveAccess> = {
	description: [customerField, invoicesField, outputFieldField, optionsField(unpackOption)],
	/** One request for all the invoices. */
	execute: async ({ context, itemIndex, api }) => {
		const property = context.getNodeParameter('binaryPropertyName', itemIndex);
		const { unpack } = collection(context, itemIndex, 'options');
		const customer = locatedId(context, itemIndex, customerField);
		const invoiceIds = [...new Set(locatedIds(context, itemIndex, invoicesField.name) ?? [])];
		if (invoiceIds.length === 0)
			throw invalidParameter('Invoice', 'is empty', 'Choose one, or give one or several IDs.');
		const files = await api.connector.api.downloadInvoices(customer, invoiceIds, api.walk.signal);
		refuseTooFew(files, invoiceIds);
		const facts = { customer, invoiceIds };
		return documentItems(context, whole(files, facts), { property, facts, unpack: unpack === true });
	},
};

/** An invoice has at least one file, so fewer files than invoices lack one. @throws BillingError PROTOCOL */
function refuseTooFew({ entries }: InvoiceFiles, { length }: readonly string[]): void {
	const files = entries?.length ?? 1;
	if (files >= length) return;
	throw new BillingError({
		kind: 'PROTOCOL',
		provider: 'FLOLIVE',
		message: `floLIVE gave fewer files (${files}) than invoices (${length})`,
		hint: 'Download the invoices one at a time.',
	});
}

function whole(
	{ bytes }: InvoiceFiles,
	{ customer: account, invoiceIds }: { customer: string; invoiceIds: readonly string[] },
): DocumentStream {
	const [first = '', ...others] = invoiceIds;
	const number = others.length === 0 ? first : `${invoiceIds.length}-invoices`;
	const fileName = documentFileName({ provider: 'FLOLIVE', account, number, date: null, extension: 'pdf' });
	return bytesDocument(bytes, { mediaTypes: INVOICE_FILE_TYPES, fileName });
}
