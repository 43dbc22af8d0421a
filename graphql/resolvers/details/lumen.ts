/** What Lumen gives besides: two currencies, and the statement of API v2. */
import { CURRENCY_MEMBERS } from '../../../providers/lumen/billMapping';
import type { Bill } from '../../../providers/model/bill';
import { toCurrency } from '../../../providers/model/money';
import { RecordReader } from '../../../providers/tmf678/recordReader';
import type { LumenBillDetails } from '../../generated/resolverTypes';

export function lumenDetails({ raw }: Bill): LumenBillDetails & { readonly __typename: 'LumenBillDetails' } {
	const reader = RecordReader.of(raw, {
		currencyMembers: ['documentSummaryDetails.currencyCode', ...CURRENCY_MEMBERS],
	});
	const statement = reader.child('documentSummaryDetails');
	const charges = statement.child('billCharges');
	return {
		__typename: 'LumenBillDetails',
		accountCurrency: toCurrency(raw['CurrencyCode']),
		invoiceCurrency: toCurrency(raw['invoiceCurrencyCode']),
		statementDate: statement.date('statementDate'),
		currentCharges: charges.money('currentCharges'),
		totalAmountDue: charges.money('totalAmountDue'),
	};
}
