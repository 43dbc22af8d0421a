/** floLIVE's answers for the tests of its node, and the node's parameters. */
import type { ICredentialDataDecryptedObject, INodeParameterResourceLocator, INodeParameters } from 'n8n-workflow';

import { FloLive } from '../../../nodes/FloLive/FloLive.node';
import { CREDENTIAL_FIELDS } from '../support/fakeHttp';

export const HOST = 'https://api.flolive.example.com';
/** That of the credential. */
export const CUSTOMER = '20100';
/** The clock's today. */
export const TODAY = '2026-02-01';

export const node = new FloLive();

export const settingsWith = (
	parameters: INodeParameters | readonly INodeParameters[],
	credential: ICredentialDataDecryptedObject = {},
) => ({
	node,
	parameters,
	credentials: { floLiveApi: { ...CREDENTIAL_FIELDS.floLiveApi(), ...credential } },
});

export const byId = (value: string): INodeParameterResourceLocator => ({ __rl: true, mode: 'id', value });

/** What every request bears. */
export const SIGNED = { reqheaders: { accept: 'application/json', authorization: 'Bearer static-token' } };

export const FIRST = '62e8ba66-3a2d-4919-ae16-f87f35845a4b';
export const SECOND = 'd1d2f769-f755-4210-bf76-00fa023623e9';

export const invoice = (id: string, invoiceNumber: string, day: string, more: object = {}) => ({
	id,
	invoiceNumber,
	creationTime: `${day}T00:00:00.977Z`,
	billingCycleStartTime: '2025-12-01T00:00:00.977Z',
	billingCycleEndTime: '2025-12-31T23:59:59.977Z',
	currency: 'GBP',
	netAmount: 200,
	taxAmount: 10.1,
	totalAmount: 210.1,
	dueDate: '2026-02-28',
	...more,
});

export const envelope = (content: unknown) => ({ errorCode: '', errorMessage: '', content, pageable: null });
