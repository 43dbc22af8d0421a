/** Bill: Get. */
import { billColumns, simpleBillOfAny } from '../../../shared/columns';
import { simplifyField } from '../../../shared/fields';
import type { TelecomBillOperation } from '../../api';
import { billField, findBill } from '../../billLocator';

export const get: TelecomBillOperation = {
	description: [billField, simplifyField],

	async execute(call) {
		const { bill, source } = await findBill(call);
		const simplify = call.context.getNodeParameter('simplify', call.itemIndex) === true;
		return [{ json: simplify ? simpleBillOfAny(bill) : billColumns(bill, source.connector.capabilities) }];
	},
};
