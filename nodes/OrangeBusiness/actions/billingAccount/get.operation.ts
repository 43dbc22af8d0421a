/** Billing Account: Get. */
import { accountColumns } from '../../../shared/columns';
import { optionsField, simplifyField } from '../../../shared/fields';
import { locatedId } from '../../../shared/locators';
import type { Operation } from '../../../shared/operations';
import { recordItems } from '../../../shared/rows';
import type { OrangeAccess } from '../../access';
import { accountFieldNames } from '../../fields/fieldNames';
import { billingAccountField } from '../../fields/locators';
import { readAccounts } from '../../records';

export const getBillingAccount: Operation<OrangeAccess> = {
	description: [billingAccountField, simplifyField, optionsField(accountFieldNames)],
	execute: async ({ context, itemIndex, api: orange }) => {
		const row = await orange.api.billingAccount(locatedId(context, itemIndex, billingAccountField), orange.walk);
		return recordItems(context, itemIndex, readAccounts(orange, [row]), accountColumns);
	},
};
