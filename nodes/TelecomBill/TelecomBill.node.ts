/** Telecom Bill: the bills of all providers in one shape. */
import {
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
	NodeConnectionTypes,
} from 'n8n-workflow';

import { tellUser } from '../shared/hints';
import { propertiesOf, runOperations } from '../shared/operations';
import { operations } from './actions';
import { searchBills } from './methods/listSearch';
import { openSources, providerCredentials, providersField } from './providers';

export class TelecomBill implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Telecom Bill',
		name: 'telecomBill',
		icon: { light: 'file:telecomBill.svg', dark: 'file:telecomBill.dark.svg' },
		group: ['input'],
		version: 1,
		subtitle: '={{$parameter["operation"] + ": " + $parameter["resource"]}}',
		description:
			'Read bills, their charge lines and accounts from Lumen, Oracle BRM, TMF678 servers, floLIVE and Orange Business in one shape',
		defaults: { name: 'Telecom Bill' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: providerCredentials,
		properties: [
			providersField,
			{
				displayName: 'Resource',
				name: 'resource',
				type: 'options',
				noDataExpression: true,
				options: [
					{ name: 'Bill', value: 'bill', description: 'An invoice or a credit note' },
					{ name: 'Billing Account', value: 'billingAccount', description: 'What bills are addressed to' },
					{ name: 'Billing Rate', value: 'billingRate', description: 'A charge line of a bill' },
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
						action: 'Download bill document',
						description:
							'Download the document of a bill, usually a PDF, as a file, with its name, type, size and checksum. Read-only.',
					},
					{
						name: 'Get',
						value: 'get',
						action: 'Get bill',
						description: 'Get one bill by its key: dates, amounts, taxes, payments, account. Read-only.',
					},
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many bills',
						description:
							'List bills across the chosen providers, newest first, by date, account, number, state, type or total. Each has a key that the other operations take. Read-only.',
					},
					{
						name: 'Reconcile',
						value: 'reconcile',
						action: 'Reconcile bill',
						description:
							'Check that a bill adds up: net and tax against its total, and its charge lines against the bill, with the lines worth a look. Read-only.',
					},
				],
				default: 'getAll',
			},
			{
				displayName: 'Operation',
				name: 'operation',
				type: 'options',
				noDataExpression: true,
				displayOptions: { show: { resource: ['billingAccount'] } },
				options: [
					{
						name: 'Get Many',
						value: 'getAll',
						action: 'Get many billing accounts',
						description: 'List the billing accounts of the chosen providers. Read-only.',
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
						description: 'List the charge lines of one bill, or of the bills of some days. Read-only.',
					},
					{
						name: 'Summarize',
						value: 'summarize',
						action: 'Summarize billing rates',
						description:
							'Add up charge lines exactly, by product, billing account, type or month, for each provider and currency. Use it for "how much do we spend on". Read-only.',
					},
				],
				default: 'getAll',
			},
			...propertiesOf(operations),
		],
	};

	methods = { listSearch: { searchBills } };

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const notices = new Set<string>();
		const output = await runOperations(this, operations, async (context, itemIndex) => {
			const choices = context.getNodeParameter('providers', itemIndex) as string[];
			const sources = await openSources(context, choices, itemIndex);
			for (const source of sources) for (const notice of source.notices) notices.add(notice);
			return { sources, notices };
		});
		tellUser(this, [...notices]);
		return output;
	}
}
