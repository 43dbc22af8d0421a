/** What the tests of the Oracle BRM node share: the node, its credentials, and records as Oracle writes them. */
import type { INodeParameters } from 'n8n-workflow';
import nock from 'nock';

import { OracleBrm } from '../../../nodes/OracleBrm/OracleBrm.node';
import type { FakeSettings } from '../support/fakeContext';
import { CREDENTIAL_FIELDS } from '../support/fakeHttp';

export const node = new OracleBrm();
export const HOST = 'https://brm.example.com';
export const BASE = '/brm/customerBillManagement/v4';
export const BILL_ID = '0.0.0.1+-bill+1';
export const ACCOUNT_ID = '0.0.0.1+-account+7';

type Settings = Omit<FakeSettings, 'node' | 'parameters' | 'credentials'>;

/** Signed by OAuth2 for Oracle's dialect, where the parameters and the credential say nothing else. */
export function settingsWith(
	parameters: object | readonly object[],
	more: Settings = {},
	credential: object = {},
): FakeSettings {
	return {
		...more,
		node,
		parameters: parameters as INodeParameters,
		credentials: {
			oracleBrmOAuth2Api: { ...CREDENTIAL_FIELDS.oracleBrmOAuth2Api(), ...credential },
			oracleBrmApi: { ...CREDENTIAL_FIELDS.oracleBrmApi(), ...credential },
		},
	};
}

export const PLAIN = { dialect: 'TMF678' };

/** The API, for requests that bear the OAuth2 token. */
export function api(): nock.Scope {
	return nock(HOST, { reqheaders: { authorization: 'Bearer token-1', accept: 'application/json' } });
}

/** A list that announces its total. */
export function listOf(
	rows: readonly object[],
	total = rows.length,
): readonly [number, object[], Record<string, string>] {
	return [200, [...rows], { 'X-Total-Count': String(total), 'X-Result-Count': String(rows.length) }];
}

export const list = { mode: 'list', __rl: true };
export const byId = (value: string) => ({ __rl: true, mode: 'id', value });
export const byNumber = (value: string) => ({ __rl: true, mode: 'number', value });

/** Paths of one record: the plus signs of POIDs are percent-encoded. */
export const path = (resource: string, id: string) => `${BASE}/${resource}/${encodeURIComponent(id)}`;

export function bill(number: number, more: object = {}): object {
	return {
		id: `0.0.0.1+-bill+${number}`,
		href: `${HOST}${path('customerBill', `0.0.0.1+-bill+${number}`)}`,
		'@type': null,
		billNo: `B1-${number}`,
		billDate: '2026-01-05T00:00:00.000Z',
		paymentDueDate: '2026-02-04T00:00:00.000Z',
		category: 'normal',
		state: 'new',
		amountDue: { unit: 'EUR', value: 119 },
		remainingAmount: { unit: 'EUR', value: 119 },
		taxExcludedAmount: { unit: 'EUR', value: 100 },
		taxIncludedAmount: { unit: 'EUR', value: 119 },
		billingAccount: { id: ACCOUNT_ID, name: 'Example Ltd', accountNumber: 'A-7' },
		...more,
	};
}

export function rate(number: number, more: object = {}): object {
	return {
		id: `0.0.0.1+-item-usage+${number}`,
		name: 'Calls',
		description: 'Calls abroad',
		type: 'usageCharge',
		isBilled: true,
		bill: { id: BILL_ID },
		billingAccount: { id: ACCOUNT_ID },
		product: { id: 'P1', name: 'Voice' },
		periodCoverage: { startDateTime: '2025-12-05T00:00:00Z', endDateTime: '2026-01-05T00:00:00Z' },
		taxExcludedAmount: { unit: 'EUR', value: 10.5 },
		taxIncludedAmount: { unit: 'EUR', value: 12.5 },
		...more,
	};
}

export function order(number: number, more: object = {}): object {
	return {
		id: `order-${number}`,
		href: null,
		name: 'Closing',
		description: null,
		lastUpdate: 'today',
		state: 'inProgress',
		billingAccount: { id: ACCOUNT_ID, name: 'Example Ltd' },
		customerBill: null,
		...more,
	};
}

/** What a rate's bill is asked for, to see how it was signed. */
export const SIGN_FIELDS = 'id,href,category,amountDue,remainingAmount,taxExcludedAmount,taxIncludedAmount,taxItem';
