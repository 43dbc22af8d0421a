/** Bill > Download: the documents of a bill, one item a file. */
import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { documentItems, unpackOption } from '../../../shared/binary';
import { type Bill, type BillDocument, BillingError } from '../../../shared/core';
import { collection, optionsField, outputFieldField } from '../../../shared/fields';
import { filledText } from '../../../shared/filledText';
import type { OracleOperation } from '../../connect';
import { billLocator, locatedBill, required } from '../../locators';

const documentOption: INodeProperties = {
	displayName: 'Document ID',
	name: 'documentId',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice-pdf',
	description: 'Download this document of the bill only. All of them where left empty.',
};

export const download: OracleOperation = {
	description: [{ ...billLocator, required: true }, outputFieldField, optionsField(documentOption, unpackOption)],
	async execute({ context, itemIndex, api: oracle }) {
		const property = context.getNodeParameter('binaryPropertyName', itemIndex);
		const signal = context.getExecutionCancelSignal();
		const chosen = context.getNodeParameter(billLocator.name, itemIndex);
		const billId = required(await locatedBill(chosen, oracle, signal), billLocator.displayName);
		const { documentId, unpack } = collection(context, itemIndex, 'options');
		const bill = await oracle.connector.bill(billId, { signal });
		const items: INodeExecutionData[] = [];
		for (const document of documentsOf(bill, documentId)) {
			const ref = { scope: '', billId, documentId: document.id };
			const file = await oracle.connector.document(ref, { signal });
			const facts = { billId: document.bill.remoteId, documentId: document.id };
			items.push(...(await documentItems(context, file, { property, facts, unpack: unpack === true })));
		}
		return items;
	},
};

/** @throws BillingError NOT_FOUND where there is none */
function documentsOf(bill: Bill, wanted: unknown): readonly BillDocument[] {
	const documents = bill.documents ?? [];
	const documentId = filledText(wanted);
	const chosen = documents.filter(({ id }) => documentId === undefined || id === documentId);
	if (chosen.length > 0) return chosen;
	const ids = documents.map(({ id }) => id).join(', ');
	throw new BillingError({
		kind: 'NOT_FOUND',
		message: ids === '' ? 'The bill has no document' : `The bill has no document "${documentId}"`,
		hint: ids === '' ? 'Documents are attached when a bill is finished.' : `Its documents are: ${ids}.`,
	});
}
