/** What Oracle BRM and plain TMF678 servers give besides. */
import type { Bill } from '../../../providers/model/bill';
import { RecordReader } from '../../../providers/tmf678/recordReader';
import type { NamedReference, OracleBillDetails, Tmf678BillDetails } from '../../generated/resolverTypes';

export function oracleDetails({ raw }: Bill): OracleBillDetails & { readonly __typename: 'OracleBillDetails' } {
	const reader = RecordReader.of(raw);
	return {
		__typename: 'OracleBillDetails',
		...shared(reader),
		billingCycle: reference(reader, 'billingCycleSpecification'),
	};
}

export function tmf678Details({ raw }: Bill): Tmf678BillDetails & { readonly __typename: 'Tmf678BillDetails' } {
	const reader = RecordReader.of(raw);
	return {
		__typename: 'Tmf678BillDetails',
		...shared(reader),
		baseType: reader.text('@baseType'),
		schemaLocation: reader.text('@schemaLocation'),
	};
}

function shared(reader: RecordReader) {
	return {
		href: reader.text('href'),
		recordType: reader.text('@type'),
		financialAccount: reference(reader, 'financialAccount'),
		paymentMethod: reference(reader, 'paymentMethod'),
	};
}

function reference(reader: RecordReader, member: string): NamedReference | null {
	const nested = reader.child(member);
	const [id, name] = [nested.text('id'), nested.text('name')];
	return id === null && name === null ? null : { id, name };
}
