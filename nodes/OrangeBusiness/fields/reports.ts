/** Which of Orange's two collections of reports is meant. */
import type { IExecuteFunctions, INodeProperties } from 'n8n-workflow';

export type ReportKind = 'standard' | 'customerSpecific';

export const reportKindField: INodeProperties = {
	displayName: 'Report Kind',
	name: 'reportKind',
	type: 'options',
	noDataExpression: true,
	options: [
		{ name: 'Customer-Specific', value: 'customerSpecific', description: 'Reports that Orange makes for you alone' },
		{ name: 'Standard', value: 'standard', description: 'Charge and usage reports' },
	],
	default: 'standard',
};

export function reportKind(context: IExecuteFunctions, itemIndex: number): ReportKind {
	return context.getNodeParameter('reportKind', itemIndex) === 'customerSpecific' ? 'customerSpecific' : 'standard';
}
