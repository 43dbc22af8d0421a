/** Oracle BRM (and any TMF678 v4 server) behind Oracle Identity Cloud Service: OAuth2 client credentials. */
import type { Icon, ICredentialTestRequest, ICredentialType, INodeProperties } from 'n8n-workflow';

import { bearerInHeader } from '../nodes/shared/bearerToken';
import { documentHostsField } from '../nodes/shared/documentHosts';

export class OracleBrmOAuth2Api implements ICredentialType {
	name = 'oracleBrmOAuth2Api';

	extends = ['oAuth2Api'];

	displayName = 'Oracle BRM OAuth2 API';

	icon: Icon = { light: 'file:../nodes/OracleBrm/oracleBrm.svg', dark: 'file:../nodes/OracleBrm/oracleBrm.dark.svg' };

	documentationUrl =
		'https://github.com/telecom-billing/n8n-nodes-telecom-billing/blob/main/docs/credentials.md#oracle-brm';

	properties: INodeProperties[] = [
		{
			displayName: 'Grant Type',
			name: 'grantType',
			type: 'hidden',
			default: 'clientCredentials',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://brm.example.com:8443/brm/customerBillManagement/v4',
			description: 'Address of the Customer Bill Management API, up to its version',
		},
		{
			displayName: 'Access Token URL',
			name: 'accessTokenUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://idcs-0123456789.identity.oraclecloud.com/oauth2/v1/token',
			description: 'Token URL of the identity domain',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: '',
			placeholder: 'e.g. urn:opc:resource:consumer::all',
			description:
				'What your identity domain wants as scope for the BRM REST Services Manager; leave empty if it wants none',
		},
		{
			displayName: 'Authentication',
			name: 'authentication',
			type: 'hidden',
			default: 'header',
		},
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

	preAuthentication = bearerInHeader;

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
			url: '/customerBill',
			disableFollowRedirect: true,
			headers: { accept: 'application/json' },
			qs: { limit: 1, fields: 'id' },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'BRM does not accept the token. Check the scope, and that the REST Services Manager trusts this identity domain.',
				},
			},
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
