/** Bill: Download its document. */
import type { INodeExecutionData } from 'n8n-workflow';

import { documentItems, unpackOption } from '../../../shared/binary';
import { billKey } from '../../../shared/columns';
import { BillingError } from '../../../shared/core';
import { collection, optionsField, outputFieldField } from '../../../shared/fields';
import { type TelecomBillOperation, walkOptions } from '../../api';
import { billField, findBill } from '../../billLocator';

export const download: TelecomBillOperation = {
	description: [
		billField,
		outputFieldField,
		optionsField(
			{
				displayName: 'All Documents',
				name: 'allDocuments',
				type: 'boolean',
				default: false,
				description: 'Whether to download every document of the bill, one item each, rather than the first',
			},
			unpackOption,
		),
	],

	async execute(call) {
		const { context, itemIndex } = call;
		const { bill, source } = await findBill(call);
		const { connector } = source;
		const property = context.getNodeParameter('binaryPropertyName', itemIndex);
		const { allDocuments, unpack } = collection(context, itemIndex, 'options');
		const documents = (bill.documents ?? []).slice(0, allDocuments === true ? undefined : 1);
		if (documents.length === 0) {
			throw new BillingError({
				kind: 'NOT_FOUND',
				provider: connector.provider,
				message: `Bill ${bill.number ?? bill.identity.remoteId} has no document`,
				hint: 'Some providers publish the document a while after the bill; older bills may have none.',
			});
		}
		const items: INodeExecutionData[] = [];
		for (const { id } of documents) {
			const ref = { scope: bill.identity.scope, billId: bill.identity.remoteId, documentId: id };
			const file = await connector.document(ref, walkOptions(context));
			const facts = {
				key: billKey(bill),
				provider: bill.identity.provider,
				billId: bill.identity.remoteId,
				number: bill.number,
				billDate: bill.billDate,
				documentId: id,
			};
			items.push(...(await documentItems(context, file, { property, facts, unpack: unpack === true })));
		}
		return items;
	},
};
