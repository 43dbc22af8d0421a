/** Opens the documents of a bill. */
import type { WalkOptions } from '../connector';
import { documentFileName } from '../documents/fileName';
import { inlineDocument } from '../documents/open';
import type { Bill } from '../model/bill';
import type { DocumentStream } from '../model/document';
import { BILL_IMAGE_TYPES, type LumenApi } from './api';

/** @throws BillingError NOT_FOUND for a bill without that document; PROTOCOL when the link gives something else */
export async function openBillDocument(
	api: LumenApi,
	bill: Bill,
	documentId: string,
	options: WalkOptions | undefined,
): Promise<DocumentStream> {
	const source = bill.documents?.find((document) => document.id === documentId)?.source;
	const fileName = documentFileName({
		provider: 'LUMEN',
		account: bill.identity.scope,
		number: bill.number,
		date: bill.billDate,
		document: bill.documents?.length === 1 ? null : documentId,
		extension: 'pdf',
	});
	if (source?.kind === 'LINK') return api.billImage(source.url, fileName, options);
	if (source?.kind === 'INLINE') return inlineDocument(source.base64, { mediaTypes: BILL_IMAGE_TYPES, fileName });
	throw api.client.error({
		kind: 'NOT_FOUND',
		message: `Bill ${bill.number ?? bill.identity.remoteId} has no document ${documentId}`,
		hint: 'Lumen links the image of a bill when it is available; try again some days after the bill date.',
	});
}
