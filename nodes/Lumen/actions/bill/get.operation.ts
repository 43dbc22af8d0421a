/** Bill: Get. */
import { simpleBill } from '../../../shared/columns';
import { simplifyField } from '../../../shared/fields';
import type { Operation } from '../../../shared/operations';
import { recordItems } from '../../../shared/rows';
import type { LumenAccess } from '../../access';
import { readBill } from '../../bills';
import { accountField, billField } from '../../fields';

export const getBill: Operation<LumenAccess> = {
	description: [accountField, billField, simplifyField],
	execute: async ({ context, itemIndex, api }) => {
		const bill = await readBill(context, itemIndex, api);
		return recordItems(context, itemIndex, [bill], simpleBill);
	},
};
