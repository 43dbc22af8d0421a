/** The users of a floLIVE customer: three people and the user that programs sign in as. */
import type { LedgerAccount } from '../data/ledger';

export type FloLiveUser = {
	readonly id: string;
	readonly username: string;
	readonly usertype: 'PORTAL' | 'PUBLIC_API';
	readonly customerId: string;
	readonly customerName: string;
	readonly role: string;
	readonly logoImage: string | null;
};

const PEOPLE = [
	{ name: 'admin', usertype: 'PORTAL', role: 'ROLE_SUPER_ADMIN' },
	{ name: 'billing', usertype: 'PORTAL', role: 'ROLE_READ_ONLY' },
	{ name: 'support', usertype: 'PORTAL', role: 'ROLE_SUPER_ADMIN+IMPERSONATOR' },
	{ name: 'api', usertype: 'PUBLIC_API', role: 'ROLE_USER' },
] as const;

export function usersOf(customer: LedgerAccount): readonly FloLiveUser[] {
	return PEOPLE.map(({ name, usertype, role }, index) => ({
		id: `${customer.id}${index + 1}`,
		username: `${name}@${customer.id}.example.com`,
		usertype,
		customerId: customer.id,
		customerName: customer.name,
		role,
		logoImage: null,
	}));
}
