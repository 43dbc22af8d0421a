/** What the sandbox is without any option, and what its options may be. */
import type { SandboxOptions } from './context';
import { isCalendarDay } from './data/calendar';
import { MAX_LINES } from './data/providerDress';

/** Bills are monthly: more would lead to years before 1200. */
const MAX_BILLS = 10_000;

function defaultOptions(): SandboxOptions {
	return {
		port: 0,
		host: '127.0.0.1',
		accounts: 2,
		billsPerAccount: 24,
		ratesPerBill: 20,
		latencyMs: 0,
		seed: 1,
		today: new Date().toISOString().slice(0, 10),
		tokenLifetime: undefined,
		pageLimits: {
			lumen: { default: 100, max: 1_000 },
			oracleBrm: { default: 100, max: 100 },
			orange: { default: 10, max: 100 },
		},
		seedTokenUrl: false,
		lumenSandboxData: false,
		orangeEmbedsAccountName: true,
		orangeSearchPath: 'bills/search',
	};
}

/** @throws RangeError naming the option and its bounds */
export function completeOptions(given: Partial<SandboxOptions>): SandboxOptions {
	const options = { ...defaultOptions(), ...given };
	checkWhole('accounts', options.accounts, 1, 10_000);
	checkWhole('billsPerAccount', options.billsPerAccount, 1, MAX_BILLS);
	checkWhole('ratesPerBill', options.ratesPerBill, 0, MAX_LINES);
	checkWhole('latencyMs', options.latencyMs, 0, 600_000);
	checkWhole('port', options.port, 0, 65_535);
	if (!isCalendarDay(options.today)) throw new RangeError('today must be a day, YYYY-MM-DD');
	return options;
}

function checkWhole(name: string, value: number, min: number, max: number): void {
	if (Number.isInteger(value) && value >= min && value <= max) return;
	throw new RangeError(`${name} must be a whole number from ${min} to ${max}`);
}
