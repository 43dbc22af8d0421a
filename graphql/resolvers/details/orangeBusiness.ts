/** What Orange Business gives besides. */
import type { Bill } from '../../../providers/model/bill';
import { RecordReader } from '../../../providers/tmf678/recordReader';
import type { OrangeBillDetails, OrangeCustomer } from '../../generated/resolverTypes';

export function orangeDetails({ raw }: Bill): OrangeBillDetails & { readonly __typename: 'OrangeBillDetails' } {
	const reader = RecordReader.of(raw);
	return {
		__typename: 'OrangeBillDetails',
		sendingFormat: reader.text('sendingFormat'),
		customer: customerOf(reader.child('customer')),
		createdAt: reader.instant('createdAt'),
		updatedAt: reader.instant('updatedAt'),
	};
}

function customerOf(customer: RecordReader): OrangeCustomer | null {
	const [id, name, segment] = [customer.text('id'), customer.text('name'), customer.text('segment')];
	return id === null && name === null && segment === null ? null : { id, name, segment };
}
