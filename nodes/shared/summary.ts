/** Sums of rates by group and currency. The rates are read page by page and not kept. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	type Page,
	type Rate,
	type SummaryGroup,
	type SummaryRow,
	RateSummary,
	SUMMARY_GROUPS,
	invalidParameter,
} from './core';
import { type List, type ListOptions, shortfall } from './lists';

export const groupByField: INodeProperties = {
	displayName: 'Group By',
	name: 'groupBy',
	type: 'options',
	options: [
		{ name: 'Billing Account', value: 'account' },
		{ name: 'Month', value: 'period', description: 'The month in which the period of the charge begins' },
		{ name: 'Product', value: 'product' },
		{ name: 'Type', value: 'type', description: 'Recurring, one-time, usage and so on' },
	] satisfies { name: string; value: SummaryGroup; description?: string }[],
	default: 'product',
	description: 'What to add up by. Amounts in different currencies are never added together.',
};

/** What `groupByField` holds. @throws BillingError INVALID_REQUEST for what an expression, or an AI agent, made up */
export function pickedGroup(context: IExecuteFunctions, itemIndex: number): SummaryGroup {
	const value = context.getNodeParameter(groupByField.name, itemIndex);
	const group = SUMMARY_GROUPS.find((known) => known === value);
	if (group !== undefined) return group;
	throw invalidParameter('Group By', `is ${JSON.stringify(value)}`, `Choose one of: ${SUMMARY_GROUPS.join(', ')}.`);
}

/** @throws BillingError PROTOCOL where the rates are not all there, unless that is accepted */
export async function summarizeRates(
	pages: AsyncIterable<Page<Rate>>,
	groupBy: SummaryGroup,
	options: ListOptions,
): Promise<List<SummaryRow>> {
	const summary = new RateSummary(groupBy);
	const notices: string[] = [];
	for await (const page of pages) {
		summary.add(page.items);
		notices.push(...page.notices, ...shortfall(page.end, options));
	}
	return { items: [...summary.finish()], notices };
}
