/** floLIVE: the invoices of a customer and its sub-customers, and their files. */
import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { propertiesOf, runOperations } from '../shared/operations';
import { accessFloLive } from './access';
import { FLOLIVE_OPERATIONS } from './actions';
import { searchCustomers, searchInvoices } from './methods/listSearch';

export class FloLive implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'floLIVE',
		name: 'floLive',
		icon: { light: 'file:floLive.svg', dark: 'file:floLive.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description: 'Read the invoices of floLIVE customers and download their files',
		defaults: { name: 'floLIVE' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'floLiveApi', required: true }],
		properties: [
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [{ name: 'Invoice', value: 'invoice' }],
				default: 'invoice',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['invoice'] } },
				options: [
					{
						name: 'Download',
						value: 'download',
						action: 'Download invoice files',
						description:
							'Download the file of one invoice, or of several at once as a zip. Use it to archive or send invoices; gives each file with its name, size and checksum. Read-only.',
					},
					{
						name: 'Get',
						value: 'get',
						action: 'Get invoice',
						description:
							'Get one invoice by customer and invoice ID. Gives its number, date, due date, total and currency. Read-only.',
					},
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many invoices',
						description:
							'List the invoices that one or more customers were given in the last 12 months. Use it to find invoices; gives one item an invoice with date, due date, total and currency. Read-only.',
					},
				],
				default: 'getAll',
			},
			...propertiesOf(FLOLIVE_OPERATIONS),
		],
	};

	methods = { listSearch: { searchCustomers, searchInvoices } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return runOperations(this, FLOLIVE_OPERATIONS, accessFloLive);
	}
}
