/** Report: Download, as the file or as its rows. */
import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';

import { documentItems } from '../../../shared/binary';
import { BillingError, type OrangeReportOptions } from '../../../shared/core';
import { collection, optionsField, outputFieldField } from '../../../shared/fields';
import { tellUser } from '../../../shared/hints';
import { locatedId } from '../../../shared/locators';
import type { Operation } from '../../../shared/operations';
import type { OrangeAccess, OrangeCall } from '../../access';
import { reportField } from '../../fields/locators';
import { asynchronousOption, fileOptionsField, fileParameters } from '../../fields/options';
import { reportKind, reportKindField } from '../../fields/reports';
import { reportItems } from '../../reportItems';

const outputField: INodeProperties = {
	displayName: 'Output',
	name: 'output',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'File', value: 'file', description: 'The file as Orange made it' },
		{
			name: 'Rows',
			value: 'rows',
			description: 'One item a line of the CSV file, with amounts as numbers, their exact text and their currency',
		},
	],
	default: 'file',
};

const dateOrderOption: INodeProperties = {
	displayName: 'Date Order',
	name: 'dateOrder',
	type: 'options',
	options: [
		{ name: 'Day First', value: 'DAY_FIRST', description: '31/01/2026' },
		{ name: 'Found Out From the File', value: 'auto' },
		{ name: 'Month First', value: 'MONTH_FIRST', description: '01/31/2026' },
	],
	default: 'auto',
	description: 'Needed only where no date of the file tells days from months: the run then stops and asks for it',
};

const decimalSignOption: INodeProperties = {
	displayName: 'Decimal Sign',
	name: 'decimalSign',
	type: 'options',
	options: [
		{ name: 'Comma', value: ',', description: '1.234,56' },
		{ name: 'Found Out From the File', value: 'auto' },
		{ name: 'Point', value: '.', description: '1,234.56' },
	],
	default: 'auto',
	description: 'Needed only where the numbers of the file can be read in two ways: the run then stops and asks for it',
};

const shownFor = (output: 'file' | 'rows', field: INodeProperties): INodeProperties => ({
	...field,
	displayOptions: { show: { output: [output] } },
});

export const downloadReport: Operation<OrangeAccess> = {
	description: [
		reportKindField,
		reportField,
		outputField,
		shownFor('file', outputFieldField),
		shownFor('file', fileOptionsField),
		shownFor('rows', optionsField(asynchronousOption, dateOrderOption, decimalSignOption)),
	],
	execute: async (call) =>
		call.context.getNodeParameter('output', call.itemIndex) === 'rows' ? rows(call) : file(call),
};

async function file({ context, itemIndex, api: { api, mode } }: OrangeCall): Promise<INodeExecutionData[]> {
	const reportId = locatedId(context, itemIndex, reportField);
	const parameters = fileParameters(context, itemIndex, 'text/csv');
	const report =
		reportKind(context, itemIndex) === 'standard'
			? await api.report(reportId, parameters, mode)
			: await api.customerSpecificReport(reportId, parameters, mode);
	const property: string = context.getNodeParameter('binaryPropertyName', itemIndex);
	const { unpack } = collection(context, itemIndex, 'options');
	return documentItems(context, report, { property, facts: { reportId }, unpack: unpack === true });
}

async function rows({ context, itemIndex, api: { api, mode } }: OrangeCall): Promise<INodeExecutionData[]> {
	const reportId = locatedId(context, itemIndex, reportField);
	const reading = readingOptions(context, itemIndex);
	const reportRows =
		reportKind(context, itemIndex) === 'standard'
			? api.reportRows(reportId, reading, mode)
			: api.customerSpecificReportRows(reportId, reading, mode);
	const report = await reportRows.catch((error: unknown) => {
		throw inFieldNames(error);
	});
	tellUser(context, report.notices);
	return reportItems(report, reportId);
}

function readingOptions(context: IExecuteFunctions, itemIndex: number): OrangeReportOptions {
	const { dateOrder = 'auto', decimalSign = 'auto' } = collection(context, itemIndex, 'options');
	return {
		...(dateOrder === 'auto' ? {} : { dateOrder: dateOrder as OrangeReportOptions['dateOrder'] }),
		...(decimalSign === 'auto' ? {} : { decimalSign: decimalSign as OrangeReportOptions['decimalSign'] }),
	};
}

/** The connector asks for its own parameters; the user sees fields. */
function inFieldNames(error: unknown): unknown {
	if (!(error instanceof BillingError)) return error;
	const field = [dateOrderOption, decimalSignOption].find(({ name }) => name === error.parameter)?.displayName;
	if (field === undefined) return error;
	return error.with({
		message: error.message.replace(`'${error.parameter}'`, `'${field}'`),
		hint: `Choose '${field}' under Options, after a look at the report.`,
	});
}
