/** What both Oracle BRM credentials ask for, and how n8n tests them. */
import type { ICredentialTestRequest, INodeProperties } from 'n8n-workflow';

import { documentHostsField } from '../shared/documentHosts';

export const baseUrlField: INodeProperties = {
	displayName: 'Base URL',
	name: 'baseUrl',
	type: 'string',
	default: '',
	required: true,
	placeholder: 'e.g. https://brm.example.com:8443/brm/customerBillManagement/v4',
	description: 'Address of the Customer Bill Management API, up to its version',
};

/** Of the server, whichever way it is signed in to. */
export const serverFields: readonly INodeProperties[] = [
	{
		displayName: 'Server',
		name: 'dialect',
		type: 'options',
		options: [
			{ name: 'Oracle BRM', value: 'ORACLE_BRM' },
			{ name: 'Another TMF678 V4 Server', value: 'TMF678' },
		],
		default: 'ORACLE_BRM',
		description:
			'Oracle filters bills by its own parameters; other servers are filtered by n8n where the standard promises nothing',
	},
	documentHostsField,
	{
		displayName: 'Allow Creating On-Demand Bills for AI Agents',
		name: 'agentsMayCreate',
		type: 'boolean',
		default: false,
		description: 'Whether an AI agent may create on-demand bills with this credential, which has a financial effect',
	},
];

/** Reads one bill. @param refused what to look at when the server does not accept the token */
export function billTest(refused: string): ICredentialTestRequest {
	return {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
			url: '/customerBill',
			disableFollowRedirect: true,
			headers: { accept: 'application/json' },
			qs: { limit: 1, fields: 'id' },
		},
		rules: [
			{ type: 'responseCode', properties: { value: 401, message: refused } },
			{
				type: 'responseCode',
				properties: {
					value: 403,
					message:
						'The token is good, but an authorization policy of BRM does not allow customer bills. Ask your BRM administrator.',
				},
			},
			{
				type: 'responseCode',
				properties: {
					value: 404,
					message:
						'There is no customer bill resource under this base URL. It should end in /customerBillManagement/v4.',
				},
			},
		],
	};
}
