/** Oracle BRM (and any TMF678 v4 server) without identity cloud: Oracle Access Management, a bearer token, or none for test systems. */
import type {
	Icon,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodeProperties,
} from 'n8n-workflow';

export class OracleBrmApi implements ICredentialType {
	name = 'oracleBrmApi';

	displayName = 'Oracle BRM API';

	icon: Icon = { light: 'file:../nodes/OracleBrm/oracleBrm.svg', dark: 'file:../nodes/OracleBrm/oracleBrm.dark.svg' };

	documentationUrl =
		'https://github.com/telecom-billing/n8n-nodes-telecom-billing/blob/main/docs/credentials.md#oracle-brm';

	properties: INodeProperties[] = [
		{
			displayName: 'Session Token',
			name: 'sessionToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
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
			displayName: 'Authentication',
			name: 'authentication',
			type: 'options',
			options: [
				{ name: 'Bearer Token', value: 'bearer' },
				{ name: 'None (Test System)', value: 'none', description: 'BRM test systems take requests without a token' },
				{ name: 'Oracle Access Management', value: 'oam', description: 'Client credentials in an identity domain' },
			],
			default: 'oam',
		},
		{
			displayName: 'Token',
			name: 'token',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['bearer'] } },
		},
		{
			displayName: 'Token URL',
			name: 'tokenUrl',
			type: 'string',
			default: '',
			required: true,
			placeholder: 'e.g. https://oam.example.com/oauth2/rest/token',
			displayOptions: { show: { authentication: ['oam'] } },
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['oam'] } },
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			required: true,
			displayOptions: { show: { authentication: ['oam'] } },
		},
		{
			displayName: 'Identity Domain',
			name: 'identityDomain',
			type: 'string',
			default: '',
			displayOptions: { show: { authentication: ['oam'] } },
			description: 'Sent as X-OAUTH-IDENTITY-DOMAIN-NAME with the token request',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: '',
			placeholder: 'e.g. BillingResource.Read',
			displayOptions: { show: { authentication: ['oam'] } },
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
		{
			displayName: 'Allow Creating On-Demand Bills for AI Agents',
			name: 'agentsMayCreate',
			type: 'boolean',
			default: false,
			description: 'Whether an AI agent may create on-demand bills with this credential, which has a financial effect',
		},
	];

	/** Called by n8n while there is no session token, and again after a 401; only Access Management has one to fetch. */
	async preAuthentication(this: IHttpRequestHelper, credentials: ICredentialDataDecryptedObject): Promise<IDataObject> {
		if (credentials.authentication !== 'oam') return {};
		const form = new URLSearchParams({ grant_type: 'client_credentials' });
		if (typeof credentials.scope === 'string' && credentials.scope !== '') form.set('scope', credentials.scope);
		const client = `${String(credentials.clientId)}:${String(credentials.clientSecret)}`;
		const answer = (await this.helpers.httpRequest({
			method: 'POST',
			url: String(credentials.tokenUrl),
			headers: {
				accept: 'application/json',
				'content-type': 'application/x-www-form-urlencoded',
				authorization: `Basic ${Buffer.from(client).toString('base64')}`,
				...(credentials.identityDomain ? { 'X-OAUTH-IDENTITY-DOMAIN-NAME': String(credentials.identityDomain) } : {}),
			},
			body: form.toString(),
			json: true,
			disableFollowRedirect: true,
		})) as { access_token?: unknown };
		return typeof answer.access_token === 'string' ? { sessionToken: answer.access_token } : {};
	}

	authenticate = async (
		credentials: ICredentialDataDecryptedObject,
		requestOptions: IHttpRequestOptions,
	): Promise<IHttpRequestOptions> => {
		if (credentials.authentication === 'none') return requestOptions;
		const token = credentials.authentication === 'bearer' ? credentials.token : credentials.sessionToken;
		return {
			...requestOptions,
			headers: { ...requestOptions.headers, Authorization: `Bearer ${String(token ?? '')}` },
		};
	};

	test: ICredentialTestRequest = {
		request: {
			baseURL: '={{$credentials.baseUrl.replace(/\\/+$/, "")}}',
			url: '/customerBill',
			headers: { accept: 'application/json' },
			qs: { limit: 1, fields: 'id' },
		},
		rules: [
			{
				type: 'responseCode',
				properties: {
					value: 401,
					message:
						'BRM does not accept the token. Check the client ID and secret, the identity domain and the scope, or the token itself.',
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
