/** Lumen: bills, billing rates and service charges of Lumen's Customer Bill API. */
import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { propertiesOf, runOperations } from '../shared/operations';
import { accessLumen } from './access';
import { LUMEN_OPERATIONS } from './actions';
import { searchAccounts, searchBills } from './methods/listSearch';

export class Lumen implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Lumen',
		name: 'lumen',
		icon: { light: 'file:lumen.svg', dark: 'file:lumen.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: "Read bills, billing rates and bill images from Lumen's Customer Bill API",
		defaults: { name: 'Lumen' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'lumenOAuth2Api', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Bill', value: 'bill' },
					{ name: 'Billing Rate', value: 'billingRate' },
					{ name: 'Service Charge', value: 'serviceCharge' },
				],
				default: 'bill',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['bill'] } },
				options: [
					{
						name: 'Download',
						value: 'download',
						action: 'Download bill image',
						description:
							'Download the PDF image of one bill. Use it to archive or send a bill; gives the file and its name, size and checksum. Read-only.',
					},
					{
						name: 'Get',
						value: 'get',
						action: 'Get bill',
						description:
							'Get one bill by billing account and invoice number. Gives its date, due date, total and currency. Read-only.',
					},
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many bills',
						description:
							'List the bills of one or more billing accounts within a range of bill dates. Use it to find bills; gives one item a bill with date, due date, total and currency. Read-only.',
					},
				],
				default: 'getAll',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['billingRate'] } },
				options: [
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many billing rates',
						description:
							'List the charge lines of bills, by billing account and bill date or for one bill. Gives one item a line with product, period and net amount. Read-only.',
					},
					{
						name: 'Summarize',
						value: 'summarize',
						action: 'Summarize billing rates',
						description:
							'Add up the charge lines of bills by product, billing account, type or month. Use it for totals of many lines; gives one item a group and currency with exact sums. Read-only.',
					},
				],
				default: 'getAll',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['serviceCharge'] } },
				options: [
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many service charges',
						description:
							'List the charges of one bill by service. Only for apps that are enrolled for API v2; gives one item a charge with service, period and net amount. Read-only.',
					},
				],
				default: 'getAll',
			},
			...propertiesOf(LUMEN_OPERATIONS),
		],
	};

	methods = { listSearch: { searchAccounts, searchBills } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return runOperations(this, LUMEN_OPERATIONS, accessLumen);
	}
}
