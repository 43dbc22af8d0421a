/** Taxes of a bill or a rate: the items as given, and the tax as a whole where it must be worked out. */
import { subtractDecimals } from '../model/decimal';
import { type Money, MixedCurrenciesError, sumMoney } from '../model/money';
import { type SignPolicy, signed } from '../model/sign';
import type { TaxItem } from '../model/tax';
import type { RecordReader } from '../model/recordReader';

/** As the provider signed them. Null where the record has no list. */
export function readTaxItems(reader: RecordReader, name: 'taxItem' | 'appliedTax'): readonly TaxItem[] | null {
	const items = reader.list(name);
	return (
		items?.map((item) => ({
			category: item.text('taxCategory'),
			rate: item.decimal('taxRate'),
			amount: item.money('taxAmount'),
		})) ?? null
	);
}

export function signedTaxItems(items: readonly TaxItem[] | null, policy: SignPolicy): readonly TaxItem[] | null {
	return items?.map((item) => ({ ...item, amount: signed(item.amount, policy) })) ?? null;
}

/**
 * The tax as a whole: the sum of its items where every one can be read, else gross less net.
 * Amounts that the provider gave are never made to fit each other: where they disagree, they stay as they are.
 */
export function deriveTax(
	reader: RecordReader,
	items: readonly TaxItem[] | null,
	{ net, gross }: { readonly net: Money | null; readonly gross: Money | null },
): Money | null {
	if (items !== null && items.length > 0) {
		const amounts = items.flatMap(({ amount }) => (amount === null ? [] : [amount]));
		if (amounts.length === items.length) return sumOfOneCurrency(amounts, reader);
	}
	if (net === null || gross === null || net.currency !== gross.currency) return null;
	return { amount: subtractDecimals(gross.amount, net.amount), currency: gross.currency };
}

function sumOfOneCurrency(amounts: readonly Money[], reader: RecordReader): Money | null {
	try {
		return sumMoney(amounts);
	} catch (error) {
		if (!(error instanceof MixedCurrenciesError)) throw error;
		reader.say('the tax items are in several currencies and were not added together');
		return null;
	}
}
