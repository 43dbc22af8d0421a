/** The five providers as the matrix asks them: where each one's requests go, and in how many pages its bills come. */
import type { Provider } from '../../../providers/model/identity';
import type { SandboxOptions } from '../../../sandbox/context';
import type { SandboxProvider } from '../../../sandbox/data/ledger';
import { type BillMembers, COLUMNS, type PageNumber, type Target } from './matrix';

/** Three accounts, so three requests where bills are listed by account; elsewhere three pages of 25, 25 and the rest. */
export const BOOKS: Partial<SandboxOptions> = {
	accounts: 3,
	billsPerAccount: 24,
	ratesPerBill: 2,
	pageLimits: {
		lumen: { default: 100, max: 1_000 },
		oracleBrm: { default: 25, max: 25 },
		orange: { default: 25, max: 25 },
	},
};

const LUMEN_ACCOUNTS = ['5-ABCD5678', '5-QQAF5752', '5-QQQA5715'];
const FLOLIVE_CUSTOMERS = ['20100', '20101', '20102'];
const OFFSETS = ['offset=0', 'offset=25', 'offset=50'];

const TMF_MEMBERS: BillMembers = {
	total: 'taxIncludedAmount.value',
	currency: 'taxIncludedAmount.unit',
	billDate: 'billDate',
	type: 'category',
	state: 'state',
	text: 'billingAccount.name',
};

interface Paths {
	readonly data: string;
	readonly token: string | null;
	readonly pages: readonly string[];
}

function target(
	provider: Provider,
	{ data, pages, token }: Paths,
	members: BillMembers,
	list: readonly string[] = [],
): Target {
	return {
		provider,
		data: [data],
		page: (number: PageNumber) => [data, pages[number - 1] ?? ''],
		token,
		list,
		members,
	};
}

const TARGETS: Readonly<Record<Provider, Target>> = {
	LUMEN: target(
		'LUMEN',
		{ data: '/lumen/Billing/', pages: LUMEN_ACCOUNTS, token: '/lumen/oauth/' },
		{ ...TMF_MEMBERS, type: null, state: null },
	),
	ORACLE_BRM: target('ORACLE_BRM', { data: '/brm/', pages: OFFSETS, token: '/idcs/' }, TMF_MEMBERS),
	TMF678: target('TMF678', { data: '/tmf-api/', pages: OFFSETS, token: null }, TMF_MEMBERS),
	FLOLIVE: target(
		'FLOLIVE',
		{ data: '/flolive/api/', pages: FLOLIVE_CUSTOMERS, token: '/flolive/login' },
		{
			total: 'totalAmount',
			currency: 'currency',
			billDate: 'creationTime',
			type: null,
			state: null,
			text: 'invoiceNumber',
		},
		['content'],
	),
	ORANGE_BUSINESS: target(
		'ORANGE_BUSINESS',
		{ data: '/orange/billing/', pages: OFFSETS, token: '/orange/oauth/' },
		{
			total: 'taxIncludedAmount',
			currency: 'currency.id',
			billDate: 'issuedAt',
			type: 'type',
			state: null,
			text: 'billingAccount.name',
		},
	),
};

/** The bills of one account, in pages. */
export const LUMEN_V2: Target = { ...TARGETS.LUMEN, page: (number) => ['/lumen/Billing/', OFFSETS[number - 1] ?? ''] };

export function targetOf(provider: Provider): Target {
	return TARGETS[provider];
}

/** Whose books the provider's bills are in. */
export const BOOKS_OF: Readonly<Record<Provider, SandboxProvider>> = {
	LUMEN: 'lumen',
	ORACLE_BRM: 'oracleBrm',
	TMF678: 'oracleBrm',
	FLOLIVE: 'floLive',
	ORANGE_BUSINESS: 'orange',
};

/** Ids of the connections, in the order of the columns. */
export const CONNECTION_OF: Readonly<Record<Provider, string>> = {
	LUMEN: 'lumen-us',
	ORACLE_BRM: 'brm',
	TMF678: 'tmf',
	FLOLIVE: 'fleet',
	ORANGE_BUSINESS: 'orange',
};

export function providerOf(connection: string): Provider {
	const provider = COLUMNS.find((one) => CONNECTION_OF[one] === connection);
	if (provider === undefined) throw new Error(`No provider is called ${connection}`);
	return provider;
}
