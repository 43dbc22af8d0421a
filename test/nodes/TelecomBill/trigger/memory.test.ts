/** What the trigger knows of earlier polls, whatever of it n8n keeps. */
import type { IDataObject } from 'n8n-workflow';

import { TriggerMemory } from '../../../../nodes/TelecomBill/trigger/memory';
import { NOTHING_REMEMBERED } from '../../../../nodes/TelecomBill/trigger/state';
import { TelecomBillTrigger } from '../../../../nodes/TelecomBill/TelecomBillTrigger.node';
import { pollContext } from '../../support/fakeContext';

const node = new TelecomBillTrigger();
const STATES = { 'FLOLIVE:a': { ...NOTHING_REMEMBERED, unstamped: true } };
const LATER = { 'FLOLIVE:a': NOTHING_REMEMBERED };
const ADDED = { 'ORACLE_BRM:b': { ...NOTHING_REMEMBERED, unstamped: true } };

function memory(staticData: IDataObject, workflowStaticData: IDataObject, activation = 'update'): TriggerMemory {
	const credentials = {};
	return new TriggerMemory(
		pollContext({ node, credentials, parameters: {}, staticData, workflowStaticData, activation }),
	);
}

it('goes from poll to poll', () => {
	const [own, workflow] = [{}, { counter: 5 }];
	expect(memory(own, workflow, 'activate').sources).toEqual({});
	memory(own, workflow, 'activate').keep(STATES, true);
	expect(memory(own, workflow).sources).toEqual(STATES);
	memory(own, workflow).keep(LATER, false);
	expect(memory(own, workflow).sources).toEqual(LATER);
	// Others may keep something there; of this node nothing is left.
	expect(workflow).toEqual({ counter: 5 });
});

it('an activation that brought nothing is not forgotten, though n8n forgets what the node has kept', () => {
	const workflow = {};
	memory({}, workflow, 'activate').keep(STATES, true);
	expect(memory({}, workflow).sources).toEqual(STATES);
	expect(memory({}, workflow, 'init').sources).toEqual(STATES);
});

it('an activation whose events n8n has not stored is forgotten with them', () => {
	const workflow = {};
	memory({}, workflow, 'activate').keep(STATES, false);
	expect(memory({}, workflow).sources).toEqual({});
});

it('who activates a workflow again, of which nothing was kept, begins again', () => {
	const workflow = {};
	memory({}, workflow, 'activate').keep(STATES, true);
	expect(memory({}, workflow, 'activate').sources).toEqual({});
});

it('tells a poll that another has ended meanwhile', () => {
	const own = {};
	const [one, other] = [memory(own, {}), memory(own, {})];
	one.keep(STATES, true);
	expect([one.isOvertaken, other.isOvertaken]).toEqual([true, true]);
	expect(memory(own, {}).isOvertaken).toBe(false);
});

describe('a provider that is added later', () => {
	/** The workflow is published with it, and n8n forgets what the node has kept by that. */
	function published(isQuiet: boolean) {
		const [stored, workflow] = [{ polls: 9, sources: LATER }, {}];
		memory(structuredClone(stored), workflow).keep({ ...STATES, ...ADDED }, isQuiet);
		return { stored, workflow };
	}

	it('is known from then on, and the others as n8n has stored them', () => {
		const { stored, workflow } = published(true);
		expect(memory(stored, workflow).sources).toEqual({ ...LATER, ...ADDED });
	});

	it('is not known where n8n may have lost what came out', () => {
		const { stored, workflow } = published(false);
		expect(memory(stored, workflow).sources).toEqual(LATER);
	});

	it('stays known from then on until n8n has stored it for the node', () => {
		const { stored, workflow } = published(true);
		const known = { ...LATER, ...ADDED };
		memory(structuredClone(stored), workflow).keep(known, false);
		expect(memory(stored, workflow).sources).toEqual(known);
		memory({ polls: 10, sources: known }, workflow).keep(known, false);
		expect(workflow).toEqual({});
	});
});

it.each([true, false])('touches nothing of the workflow where nothing of it is there (quiet: %s)', (isQuiet) => {
	const touch = (): never => {
		throw new Error('n8n would store the data of all nodes as it was when the poll began');
	};
	const workflow = new Proxy({ posted: 41 }, { set: touch, deleteProperty: touch });
	const own = { polls: 9, sources: STATES };
	memory(own, workflow).keep(LATER, isQuiet);
	expect(own.sources).toEqual(LATER);
});
