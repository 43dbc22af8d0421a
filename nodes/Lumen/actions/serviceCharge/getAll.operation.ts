/** Service Charge: Get Many. */
import type { IDataObject } from 'n8n-workflow';

import { moneyColumns } from '../../../shared/columns';
import type { Rate } from '../../../shared/core';
import {
	limitField,
	listOptions,
	listOptionsField,
	returnAllField,
	simplifyField,
	wantedRows,
} from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { readPagesAs } from '../../../shared/lists';
import type { Operation } from '../../../shared/operations';
import { itemMaker } from '../../../shared/rows';
import type { LumenAccess } from '../../access';
import { billId } from '../../bills';
import { accountField, billField } from '../../fields';

export const getManyServiceCharges: Operation<LumenAccess> = {
	description: [accountField, billField, returnAllField, limitField, simplifyField, listOptionsField],
	execute: async ({ context, itemIndex, api }) => {
		const query = { bill: billId(context, itemIndex), maxRows: wantedRows(context, itemIndex) };
		const { items, notices } = await readPagesAs(
			api.connector.rates(query, api.walk),
			listOptions(context, itemIndex),
			itemMaker(context, itemIndex, simpleServiceCharge),
		);
		tellUser(context, notices);
		return items;
	},
};

/** Lumen's own names: a service charge has no product, but a service. */
function simpleServiceCharge(charge: Rate): IDataObject {
	return {
		id: charge.identity.remoteId,
		billId: charge.bill?.remoteId ?? null,
		service: charge.product?.id ?? null,
		description1: charge.name,
		description2: charge.description,
		periodStart: charge.period?.start ?? null,
		periodEnd: charge.period?.end ?? null,
		...moneyColumns('net', charge.net),
		currency: charge.net?.currency ?? null,
	};
}
