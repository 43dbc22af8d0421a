/** Bill: Get. */
import { simpleBill } from '../../../shared/columns';
import { optionsField, simplifyField } from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { locatedId } from '../../../shared/locators';
import type { Operation } from '../../../shared/operations';
import { recordItems } from '../../../shared/rows';
import type { OrangeAccess } from '../../access';
import { billFieldNames } from '../../fields/fieldNames';
import { billField } from '../../fields/locators';
import { asynchronousOption } from '../../fields/options';
import { billNotices, readBills } from '../../records';

export const getBill: Operation<OrangeAccess> = {
	description: [billField, simplifyField, optionsField(asynchronousOption, billFieldNames)],
	execute: async ({ context, itemIndex, api: orange }) => {
		const id = locatedId(context, itemIndex, billField);
		const bills = readBills(orange, [await orange.api.bill(id, orange.mode)]);
		const renamed = bills.filter(({ identity }) => identity.remoteId !== id);
		tellUser(context, [
			...renamed.map(({ identity }) => `Asked for bill ${id}, Orange answered with bill ${identity.remoteId}`),
			...billNotices(bills),
		]);
		return recordItems(context, itemIndex, bills, simpleBill);
	},
};
