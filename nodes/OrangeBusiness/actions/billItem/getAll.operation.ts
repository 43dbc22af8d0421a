/** Bill Item: Get Many. */
import { simpleRate } from '../../../shared/columns';
import { type JsonObject, type Rate, toOrangeBill, toOrangeRate } from '../../../shared/core';
import { limitField, listOptions, returnAllField, simplifyField } from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { readRows } from '../../../shared/lists';
import { locatedId } from '../../../shared/locators';
import type { Operation } from '../../../shared/operations';
import { recordItems } from '../../../shared/rows';
import type { OrangeAccess } from '../../access';
import { itemFieldNames } from '../../fields/fieldNames';
import { attributeFilters, filtersField } from '../../fields/filters';
import { billField } from '../../fields/locators';
import { asynchronousOption, walkOptionsField, walkParameters } from '../../fields/options';
import { sortField } from '../../fields/sorting';
import { recordNotices } from '../../records';

export const getManyBillItems: Operation<OrangeAccess> = {
	description: [
		billField,
		returnAllField,
		limitField,
		simplifyField,
		filtersField,
		walkOptionsField(asynchronousOption, itemFieldNames),
		sortField,
	],
	execute: async ({ context, itemIndex, api: orange }) => {
		const billId = locatedId(context, itemIndex, billField);
		const parameters = { ...walkParameters(context, itemIndex), filters: attributeFilters(context, itemIndex) };
		const walk = orange.api.walkBillItems(billId, parameters, orange.mode);
		const { items: rows, notices } = await readRows(walk, listOptions(context, itemIndex));
		if (context.getNodeParameter('simplify', itemIndex) === false) {
			tellUser(context, notices);
			return rows.map((row) => ({ json: { ...row } }));
		}
		const { rates, signNotices } = await readRates(orange, billId, rows);
		tellUser(context, [
			...notices,
			...signNotices,
			...recordNotices(
				`items of bill ${billId}`,
				rates.map((rate) => ({ id: rate.identity.remoteId, notices: rate.notices })),
			),
		]);
		return recordItems(context, itemIndex, rates, simpleRate);
	},
};

/** Items are signed as their bill is, so that the two add up: the bill is asked for too. */
async function readRates(orange: OrangeAccess, billId: string, rows: readonly JsonObject[]) {
	const { owner, names } = orange;
	const bill = toOrangeBill(await orange.api.bill(billId, orange.walk), owner, names);
	const context = {
		owner,
		names,
		bill: { scope: '', remoteId: billId },
		signPolicy: bill.signPolicy,
		accountId: bill.billingAccount?.id ?? null,
	};
	const hasAmount = [bill.net, bill.tax, bill.total, bill.amountDue, bill.remaining].some((money) => money !== null);
	return {
		rates: rows.map((row): Rate => toOrangeRate(row, context)),
		signNotices:
			bill.type !== 'CREDIT_NOTE' || (hasAmount && bill.signPolicy !== 'SIGN_AMBIGUOUS')
				? []
				: [
						`Bill ${billId} is a credit note whose amounts do not tell how its items are signed: they stand as Orange wrote them. Name its total under Options > Field Names.`,
					],
	};
}
