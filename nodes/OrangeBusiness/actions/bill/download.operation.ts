/** Bill: Download. */
import { documentItems } from '../../../shared/binary';
import { collection, outputFieldField } from '../../../shared/fields';
import { locatedId } from '../../../shared/locators';
import type { Operation } from '../../../shared/operations';
import type { OrangeAccess } from '../../access';
import { billField } from '../../fields/locators';
import { fileOptionsField, fileParameters } from '../../fields/options';

export const downloadBill: Operation<OrangeAccess> = {
	description: [billField, outputFieldField, fileOptionsField],
	execute: async ({ context, itemIndex, api: orange }) => {
		const billId = locatedId(context, itemIndex, billField);
		const parameters = fileParameters(context, itemIndex, 'application/pdf');
		const file = await orange.api.billPdf(billId, parameters, orange.mode);
		const property: string = context.getNodeParameter('binaryPropertyName', itemIndex);
		const { unpack } = collection(context, itemIndex, 'options');
		return documentItems(context, file, { property, facts: { billId }, unpack: unpack === true });
	},
};
