/** Eight bills of two accounts with three rates each, and how tests read them. */
import type { BillHandle, RateList } from '../../../providers/connector';
import { keyOf } from '../../../providers/model/identity';
import type { Rate } from '../../../providers/model/rate';
import { OracleBrmConnector, type OracleBrmSettings } from '../../../providers/oracleBrm/connector';
import { type Tmf678Settings, Tmf678Connector } from '../../../providers/tmf678/standard';
import { BASE_URL, type Behaviour, type FakeServer, bill, fakeServer, range, rate } from './fakeServer';

export type Data = Parameters<typeof fakeServer>[0];
export const SETTINGS = { connection: 'c', baseUrl: BASE_URL, pageSize: 10 };

export function oracle(data: Data, behaviour?: Behaviour, settings: Partial<OracleBrmSettings> = {}) {
	const server = fakeServer(data, behaviour);
	return { ...server, connector: new OracleBrmConnector({ ...SETTINGS, ...settings }, server.deps) };
}

export function standard(data: Data, behaviour?: Behaviour, settings: Partial<Tmf678Settings> = {}) {
	const server = fakeServer(data, behaviour);
	return { ...server, connector: new Tmf678Connector({ ...SETTINGS, ...settings }, server.deps) };
}

export const handle = (remoteId: string, more: Partial<BillHandle> = {}): BillHandle => ({
	scope: '',
	remoteId,
	billDate: null,
	accountId: null,
	number: null,
	signPolicy: 'AS_REPORTED',
	...more,
});
export const listOf = (lists: ReadonlyMap<unknown, Promise<RateList>>, remoteId: string): Promise<RateList> =>
	lists.get(keyOf({ scope: '', remoteId })) ?? Promise.reject(new Error('no such key'));
export const ids = (rates: readonly Rate[]) => rates.map(({ identity }) => identity.remoteId);
export const ratesAsked = ({ asked }: Pick<FakeServer, 'asked'>) => asked().filter((url) => url.startsWith('applied'));

/** Two accounts with four bills each, three rates a bill. */
export const BILLS = range(8).map((index) =>
	bill({
		id: `b${index}`,
		account: `a${index % 2}`,
		date: `2026-0${1 + Math.floor(index / 2)}-15T00:00:00Z`,
		category: index === 7 ? 'creditNote' : 'normal',
	}),
);
export const RATES = range(24).map((index) =>
	rate({ id: `r${index}`, bill: `b${index % 8}`, account: `a${index % 2}`, net: 2 }),
);
export const DATA = { bills: BILLS, rates: RATES };
