/** Oracle BRM (and any TMF678 v4 server) behind Oracle Identity Cloud Service: OAuth2 client credentials. */
import type { Icon, ICredentialType, INodeProperties } from 'n8n-workflow';

import { baseUrlField, billTest, serverFields } from '../nodes/OracleBrm/credentialFields';
import { bearerInHeader } from '../nodes/shared/bearerToken';

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
		baseUrlField,
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
		...serverFields,
	];

	preAuthentication = bearerInHeader;

	test = billTest(
		'BRM does not accept the token. Check the scope, and that the REST Services Manager trusts this identity domain.',
	);
}
