/** TMF678 `AppliedCustomerBillingRate` to the model's rate. */
import type { LocalId } from '../model/identity';
import { isNegative } from '../model/decimal';
import type { Characteristic, Product, Rate, RateField, RateType } from '../model/rate';
import { type SignPolicy, signed } from '../model/sign';
import { readAccount } from './billMapping';
import { compact } from '../model/words';
import { type MappingContext, remoteIdOf } from './mappingContext';
import { RecordReader } from '../model/recordReader';
import { deriveTax, readTaxItems, signedTaxItems } from './taxMapping';
import type { WireRate } from './wire';

/** The words of Oracle's reference, and their short forms: TMF678 leaves the text of the type to the server. */
const TYPES: ReadonlyMap<string, RateType> = new Map([
	['recurringcharge', 'RECURRING'],
	['recurring', 'RECURRING'],
	['onetimecharge', 'ONE_TIME'],
	['onetime', 'ONE_TIME'],
	['usagecharge', 'USAGE'],
	['usage', 'USAGE'],
	['credit', 'CREDIT'],
	['appliedbillingcredit', 'CREDIT'],
	['appliedpenaltycharge', 'PENALTY'],
	['appliedbillingcharge', 'OTHER'],
]);

/**
 * Never throws for anything that `checkedRecord` let pass.
 *
 * A rate is signed as its bill is, so that a bill and its rates add up: negated on a credit note whose amounts were
 * negated, as reported everywhere else. A credit with a positive amount on an invoice stays positive and is noticed:
 * some servers mean "less", others "a credit of", and nothing on the record tells which.
 */
export function toRate(record: WireRate, context: MappingContext, billPolicy: SignPolicy): Rate {
	const reader = RecordReader.of(record, context);
	const typeRaw = reader.text('type', 'appliedBillingRateType');
	const type = typeRaw === null ? 'UNKNOWN' : (TYPES.get(compact(typeRaw)) ?? 'UNKNOWN');
	const net = reader.money('taxExcludedAmount');
	const gross = reader.money('taxIncludedAmount');
	const taxItems = readTaxItems(reader, 'appliedTax');
	const givenTax = reader.money(...(context.taxMembers ?? []));
	const tax = givenTax ?? deriveTax(reader, taxItems, { net, gross });
	const account = readAccount(reader) ?? context.account ?? null;
	const bill = readBillId(reader, context) ?? context.bill ?? null;
	const main = net ?? gross;
	const derived: RateField[] = [];
	if (tax !== null && givenTax === null) derived.push('tax');
	if (bill !== null && bill === context.bill) derived.push('bill');
	if (account !== null && account === context.account) derived.push('billingAccount');
	if (
		type === 'CREDIT' &&
		billPolicy !== 'FLIPPED' &&
		main !== null &&
		main.amount !== '0' &&
		!isNegative(main.amount)
	) {
		reader.say('this credit has a positive amount, kept as reported');
	}

	return {
		identity: { ...context.owner, remoteId: remoteIdOf(record) },
		bill,
		billingAccountId: account?.id ?? null,
		name: reader.text('name'),
		description: reader.text('description'),
		type,
		typeRaw,
		date: reader.date('date'),
		period: reader.period(context.periodEndCounts, 'periodCoverage'),
		product: readProduct(reader),
		net: signed(net, billPolicy),
		tax: signed(tax, billPolicy),
		gross: signed(gross, billPolicy),
		taxItems: signedTaxItems(taxItems, billPolicy),
		quantity: null,
		unitPrice: null,
		isBilled: reader.flag('isBilled'),
		characteristics: readCharacteristics(reader),
		notes: { derived, notFetched: [] },
		notices: reader.notices,
		raw: record,
	};
}

function readBillId(reader: RecordReader, { owner }: MappingContext): LocalId | null {
	const remoteId = reader.child('bill').text('id');
	return remoteId === null ? null : { scope: owner.scope, remoteId };
}

function readProduct(reader: RecordReader): Product | null {
	const product = reader.child('product');
	const [id, name] = [product.text('id'), product.text('name')];
	return id === null && name === null ? null : { id, name };
}

function readCharacteristics(reader: RecordReader): readonly Characteristic[] {
	return (reader.list('characteristic') ?? []).flatMap((item) => {
		const name = item.text('name');
		if (name === null) {
			item.say('the characteristic has no name');
			return [];
		}
		return [{ name, value: item.record['value'] ?? null }];
	});
}
