/** The lines of a report as items, under the names of the report's own columns. */
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { OrangeReport, OrangeReportValue } from '../shared/core';

/** `rowKey` is the same at every reading: lines have no id of their own. */
export function reportItems({ rows }: OrangeReport, reportId: string): INodeExecutionData[] {
	return rows.map(({ key, values }) => ({
		json: Object.assign(
			{ reportId, rowKey: key },
			...Object.entries(values).map(([column, value]) => columnsOf(column, value)),
		) as IDataObject,
	}));
}

/**
 * Text as written, leading zeros and all. Dates as YYYY-MM-DD. Numbers as numbers, with the exact decimal text in a column
 * beside; amounts with their currency, too. Null for an empty cell and for one that cannot be read.
 */
function columnsOf(column: string, value: OrangeReportValue): IDataObject {
	switch (value.kind) {
		case 'TEXT':
			return { [column]: value.text };
		case 'DATE':
			return { [column]: value.date };
		case 'NUMBER':
			return numberColumns(column, value.number);
		case 'AMOUNT':
			return {
				...numberColumns(column, value.money?.amount ?? null),
				[`${column} Currency`]: value.money?.currency ?? null,
			};
	}
}

function numberColumns(column: string, exact: string | null): IDataObject {
	return { [column]: exact === null ? null : Number(exact), [`${column} Exact`]: exact };
}
