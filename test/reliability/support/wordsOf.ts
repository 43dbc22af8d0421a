/** The type and the state that a true bill must be shown with, from the words that its provider has for them. */
import type { BillState, BillType } from '../../../providers/model/billWords';
import type { Provider } from '../../../providers/model/identity';
import type { TrueBill } from '../../../sandbox/control/truth';

interface Words {
	readonly type: BillType;
	readonly state: BillState;
}

export function wordsOf(provider: Provider, bill: TrueBill): Words {
	const type = bill.type === 'creditNote' ? 'CREDIT_NOTE' : 'INVOICE';
	switch (provider) {
		case 'LUMEN':
			return { type: 'INVOICE', state: 'NOT_REPORTED' };
		case 'ORACLE_BRM':
			return { type, state: oracleState(bill) };
		case 'TMF678':
			return { type, state: standardState(bill) };
		case 'FLOLIVE':
		case 'ORANGE_BUSINESS':
			return { type, state: 'NOT_REPORTED' };
	}
}

function oracleState({ standing, paid, total }: TrueBill): BillState {
	if (standing !== 'issued') return standing === 'onHold' ? 'ON_HOLD' : 'IN_PROGRESS';
	if (paid === total) return 'SETTLED';
	return Number(paid) === 0 ? 'NEW' : 'PARTIALLY_PAID';
}

/** The standard has no state of bills in progress; what is new in Oracle's books is validated or sent here. */
function standardState(bill: TrueBill): BillState {
	const state = oracleState(bill);
	if (state === 'IN_PROGRESS') return 'NEW';
	if (state !== 'NEW') return state;
	return Number(bill.net.at(-1)) % 2 === 0 ? 'SENT' : 'VALIDATED';
}
