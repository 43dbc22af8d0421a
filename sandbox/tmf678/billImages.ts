/** The images that bills link to: PDFs, under the access rule of the scope they are added to. */
import type { FastifyInstance } from 'fastify';

import type { SandboxContext } from '../context';
import { pdfOfBill } from '../documents/pdf';
import { notFound } from './errors';

export function addBillImages(scope: FastifyInstance, { ledger }: SandboxContext): void {
	scope.get<{ Params: { id: string } }>('/:id', async (request, reply) => {
		const bill = ledger.bill('oracleBrm', request.params.id.replace(/\.pdf$/, ''));
		if (bill === undefined) throw notFound('The document');
		const pdf = await pdfOfBill(bill, ledger.lines(bill));
		return reply.type('application/pdf').send(Buffer.from(pdf));
	});
}
