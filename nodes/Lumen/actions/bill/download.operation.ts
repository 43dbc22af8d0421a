/** Bill: Download. */
import { documentItem } from '../../../shared/binary';
import { BillingError, openLumenDocument } from '../../../shared/core';
import { outputFieldField } from '../../../shared/fields';
import type { Operation } from '../../../shared/operations';
import type { LumenAccess } from '../../access';
import { readBill } from '../../bills';
import { accountField, billField } from '../../fields';

export const downloadBill: Operation<LumenAccess> = {
	description: [accountField, billField, outputFieldField],
	/** One item a file; Lumen mostly gives one a bill. */
	execute: async ({ context, itemIndex, api }) => {
		const property = context.getNodeParameter('binaryPropertyName', itemIndex);
		const bill = await readBill(context, itemIndex, api);
		const { scope: account, remoteId: billId } = bill.identity;
		const documents = bill.documents ?? [];
		if (documents.length === 0) throw noImage(billId);
		const items = [];
		for (const { id: documentId } of documents) {
			const file = await openLumenDocument(api.connector.api, bill, documentId, api.walk);
			items.push(
				await documentItem(context, file, property, { billId, number: bill.number, account, billDate: bill.billDate }),
			);
		}
		return items;
	},
};

function noImage(billId: string): BillingError {
	return new BillingError({
		kind: 'NOT_FOUND',
		provider: 'LUMEN',
		message: `Lumen gives no image of bill ${billId}`,
		hint: 'Lumen links the image of a bill when it is available: try again some days after the bill date. API v2 gives no images.',
	});
}
