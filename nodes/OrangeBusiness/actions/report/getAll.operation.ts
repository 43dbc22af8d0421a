/** Report: Get Many. */
import { limitField, listOptions, returnAllField } from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { readRows } from '../../../shared/lists';
import type { Operation } from '../../../shared/operations';
import type { OrangeAccess } from '../../access';
import { attributeFilters, filtersField } from '../../fields/filters';
import { walkOptionsField, walkParameters } from '../../fields/options';
import { reportKind, reportKindField } from '../../fields/reports';
import { sortField } from '../../fields/sorting';

export const getManyReports: Operation<OrangeAccess> = {
	description: [reportKindField, returnAllField, limitField, filtersField, walkOptionsField(), sortField],
	execute: async ({ context, itemIndex, api: { api, walk } }) => {
		const parameters = { ...walkParameters(context, itemIndex), filters: attributeFilters(context, itemIndex) };
		const reports =
			reportKind(context, itemIndex) === 'standard'
				? api.walkReports(parameters, walk)
				: api.walkCustomerSpecificReports(parameters, walk);
		const { items, notices } = await readRows(reports, listOptions(context, itemIndex));
		tellUser(context, notices);
		return items.map((row) => ({ json: { ...row } }));
	},
};
