/** Invoice: Get. */
import { simpleBill } from '../../../shared/columns';
import type { Bill } from '../../../shared/core';
import { simplifyField } from '../../../shared/fields';
import { locatedId } from '../../../shared/locators';
import type { Operation } from '../../../shared/operations';
import { recordItems } from '../../../shared/rows';
import type { FloLiveAccess } from '../../access';
import { customerField, invoiceField } from '../../fields';

export const getInvoice: Operation<FloLiveAccess> = {
	description: [customerField, invoiceField, simplifyField],
	execute: async ({ context, itemIndex, api }) => {
		const id = {
			scope: locatedId(context, itemIndex, customerField),
			remoteId: locatedId(context, itemIndex, invoiceField),
		};
		const [invoice] = await Promise.all(api.connector.billsByIds([id], api.walk).values());
		return recordItems(context, itemIndex, [invoice as Bill], simpleBill);
	},
};
