/** Lumen's answers for the tests of its node, and the node's parameters. */
import type { ICredentialDataDecryptedObject, INodeParameters, INodeParameterResourceLocator } from 'n8n-workflow';

import { Lumen } from '../../../nodes/Lumen/Lumen.node';
import { CREDENTIAL_FIELDS } from '../support/fakeHttp';

export const HOST = 'https://api.lumen.com';
export const V1 = '/Billing/v1/CustomerBillManagement';
export const V2 = '/Billing/v2/CustomerBillManagement';
/** Those of the credential. */
export const ACCOUNT = '5-AAAA0001';
export const OTHER = '5-AAAA0002';

export const node = new Lumen();

export const settingsWith = (
	parameters: INodeParameters | readonly INodeParameters[],
	credential: ICredentialDataDecryptedObject = {},
) => ({
	node,
	parameters,
	credentials: { lumenOAuth2Api: { ...CREDENTIAL_FIELDS.lumenOAuth2Api(), ...credential } },
});

export const byId = (value: string): INodeParameterResourceLocator => ({ __rl: true, mode: 'id', value });

/** What a signed request for the account bears. */
export const signedFor = (account: string) => ({
	reqheaders: {
		accept: 'application/json;charset=utf-8',
		authorization: 'Bearer token-1',
		'x-billing-account-number': account,
	},
});

const usd = (value: number) => ({ unit: 'USD', value });

/** An API v1 bill. */
export const bill = (id: string, billDate: string, more: object = {}) => ({
	id,
	billNo: id,
	billDate: `${billDate}T00:00:00Z`,
	paymentDueDate: `${billDate.slice(0, 8)}28T00:00:00Z`,
	billingAccount: { id: ACCOUNT },
	amountDue: usd(119),
	taxExcludedAmount: usd(100),
	taxIncludedAmount: usd(119),
	...more,
});

/** An API v1 charge line. */
export const rate = (id: string, billId: string, net: number, more: object = {}) => ({
	id,
	type: 'recurringCharge',
	name: 'Dedicated Internet Access',
	description: 'Monthly charge',
	bill: { id: billId },
	billingAccount: { id: ACCOUNT },
	product: { id: 'p-1', name: 'Dedicated Internet Access' },
	periodCoverage: { startDateTime: '2026-01-01T00:00:00Z', endDateTime: '2026-02-01T00:00:00Z' },
	taxExcludedAmount: usd(net),
	taxIncludedAmount: usd(net * 2),
	appliedTax: [{ taxAmount: usd(net) }],
	...more,
});

/** API v2: charges of services, each as [service, net amount]. */
export const serviceCharges = (...charges: readonly (readonly [string, number])[]) => ({
	serviceLevelChargeDetail: [
		{
			serviceLevelCharge: charges.map(([billingServiceId, netAmount]) => ({
				billingServiceId,
				chargeDescription1: 'Ethernet access',
				chargeDescription2: '100 Mbit/s',
				charge: { netAmount },
				chargeFromDate: '2026-01-01',
				chargeToDate: '2026-01-31',
			})),
		},
	],
});
