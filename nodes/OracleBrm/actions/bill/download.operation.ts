/** Bill > Download: the documents of a bill, one item a file. */
import type { INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { documentItem, unpackedDocument } from '../../../shared/binary';
import { type Bill, type BillDocument, BillingError, type DocumentStream, unpackZip } from '../../../shared/core';
import { collection, outputFieldField } from '../../../shared/fields';
import type { OracleCall, OracleOperation } from '../../connect';
import { filledText } from '../../filledText';
import { optionsField } from '../../listFields';
import { billLocator, locatedBill, required } from '../../locators';

const documentOption: INodeProperties = {
	displayName: 'Document ID',
	name: 'documentId',
	type: 'string',
	default: '',
	placeholder: 'e.g. invoice-pdf',
	description: 'Download this document of the bill only. All of them where left empty.',
};

const unpackOption: INodeProperties = {
	displayName: 'Unpack Zip Files',
	name: 'unpack',
	type: 'boolean',
	default: false,
	description: 'Whether to put out the files inside a zip, one item each, in place of the zip',
};

export const download: OracleOperation = {
	description: [{ ...billLocator, required: true }, outputFieldField, optionsField([documentOption, unpackOption])],
	async execute(call) {
		const { context, itemIndex, api: oracle } = call;
		const signal = context.getExecutionCancelSignal();
		const chosen = context.getNodeParameter(billLocator.name, itemIndex);
		const billId = required(await locatedBill(chosen, oracle, signal), billLocator.displayName);
		const { documentId, unpack } = collection(context, itemIndex, 'options');
		const bill = await oracle.connector.bill(billId, { signal });
		const items: INodeExecutionData[] = [];
		for (const document of documentsOf(bill, documentId)) {
			const ref = { scope: '', billId, documentId: document.id };
			const file = await oracle.connector.document(ref, { signal });
			items.push(...(await fileItems(call, document, file, unpack === true)));
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

async function fileItems(
	{ context, itemIndex }: OracleCall,
	{ id: documentId, bill }: BillDocument,
	file: DocumentStream,
	unpack: boolean,
): Promise<INodeExecutionData[]> {
	const property = context.getNodeParameter(outputFieldField.name, itemIndex) as string;
	const facts = { billId: bill.remoteId, documentId };
	if (!unpack || file.mediaType !== 'application/zip') return [await documentItem(context, file, property, facts)];
	const items: INodeExecutionData[] = [];
	for (const entry of unpackZip(await wholeOf(file))) {
		items.push(await documentItem(context, unpackedDocument(entry), property, facts));
	}
	return items;
}

async function wholeOf({ body }: DocumentStream): Promise<Uint8Array> {
	const chunks: Uint8Array[] = [];
	for await (const chunk of body) chunks.push(chunk);
	return Buffer.concat(chunks);
}
