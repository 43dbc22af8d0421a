/** The smallest PDF that says what it is, for trying out downloads. */
import type { Bill, DocumentStream } from '../../shared/core';

export function samplePdf(bill: Bill): DocumentStream {
	const content = Buffer.from(pdfWith(`Sample bill ${bill.number ?? ''} - not a real bill`), 'latin1');
	return {
		mediaType: 'application/pdf',
		fileName: `${bill.number ?? 'sample'}.pdf`,
		size: content.length,
		body: (async function* () {
			yield content;
		})(),
	};
}

function pdfWith(line: string): string {
	const text = `BT /F1 18 Tf 72 720 Td (${line.replace(/[()\\]/g, '')}) Tj ET`;
	const objects = [
		'<< /Type /Catalog /Pages 2 0 R >>',
		'<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
		'<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
		`<< /Length ${text.length} >>\nstream\n${text}\nendstream`,
		'<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>',
	];
	let pdf = '%PDF-1.4\n';
	const offsets = objects.map((object, index) => {
		const offset = pdf.length;
		pdf += `${index + 1} 0 obj\n${object}\nendobj\n`;
		return offset;
	});
	const table = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
	return `${pdf}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${pdf.length}\n%%EOF\n`;
}
