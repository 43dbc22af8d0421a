/** Where documents may be fetched from besides the API itself: a credential's field, and how it is read. */
import type { ICredentialDataDecryptedObject, INodeProperties } from 'n8n-workflow';

import { listed } from './fields';

export const documentHostsField: INodeProperties = {
	displayName: 'Document Hosts',
	name: 'documentHosts',
	type: 'string',
	default: '',
	placeholder: 'e.g. files.example.com',
	description:
		'Other hosts that bills may link their documents from, separated by commas. They are asked over https and without the credential; links to hosts that are not named are refused.',
};

/** None where nothing is named: nodes cannot look up where a name leads, so that it might be into the own network. */
export function documentHosts({ documentHosts }: ICredentialDataDecryptedObject): readonly string[] {
	return listed(documentHosts) ?? [];
}
