/** Installed Offer: Get Many. */
import { limitField, listOptions, returnAllField } from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { readRows } from '../../../shared/lists';
import type { Operation } from '../../../shared/operations';
import type { OrangeAccess } from '../../access';
import { attributeFilters, filtersField } from '../../fields/filters';
import { walkOptionsField, walkParameters } from '../../fields/options';
import { sortField } from '../../fields/sorting';

export const getManyInstalledOffers: Operation<OrangeAccess> = {
	description: [returnAllField, limitField, filtersField, walkOptionsField(), sortField],
	execute: async ({ context, itemIndex, api: { api, walk } }) => {
		const parameters = { ...walkParameters(context, itemIndex), filters: attributeFilters(context, itemIndex) };
		const { items, notices } = await readRows(
			api.walkInstalledOfferIds(parameters, walk),
			listOptions(context, itemIndex),
		);
		tellUser(context, notices);
		return items.map((row) => ({ json: { ...row } }));
	},
};
