package io.perpetua.adapters.documents;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DeflaterOutputStream;

/** Writes PDFs object by object, also such as no sensible program would write. */
final class Pdfs {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final List<Integer> offsets = new ArrayList<>();

    Pdfs() {
        print("%PDF-1.7\n");
    }

    private void print(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** The next object; the first is number 1 and the catalog. */
    Pdfs object(String content) {
        offsets.add(out.size());
        print(offsets.size() + " 0 obj\n" + content + "\nendobj\n");
        return this;
    }

    Pdfs stream(String entries, byte[] content) {
        offsets.add(out.size());
        print(offsets.size() + " 0 obj\n<< " + entries + " /Length " + content.length + " >>\nstream\n");
        out.writeBytes(content);
        print("\nendstream\nendobj\n");
        return this;
    }

    Path write(Path file) throws IOException {
        int table = out.size();
        var xref = new StringBuilder("xref\n0 " + (offsets.size() + 1) + "\n0000000000 65535 f \n");
        offsets.forEach(offset -> xref.append("%010d 00000 n \n".formatted(offset)));
        print(xref + "trailer\n<< /Size " + (offsets.size() + 1) + " /Root 1 0 R >>\nstartxref\n" + table
                + "\n%%EOF\n");
        return Files.write(file, out.toByteArray());
    }

    /** One page with these contents, as stream 4, and these resources. */
    static Pdfs page(String mediaBox, String resources, String streamEntries, byte[] contents) {
        return new Pdfs()
                        .object("<< /Type /Catalog /Pages 2 0 R >>")
                        .object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
                        .object("<< /Type /Page /Parent 2 0 R /MediaBox [" + mediaBox
                                + "] /Contents 4 0 R /Resources << " + resources + " >> >>")
                        .stream(streamEntries, contents);
    }

    /** {@code times} as many bytes as {@code piece} has, compressed {@code layers} times over. */
    static byte[] deflated(byte[] piece, int times, int layers) {
        try {
            byte[] packed = pack(piece, times);
            for (int i = 1; i < layers; i++) {
                packed = pack(packed, 1);
            }
            return packed;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] pack(byte[] piece, int times) throws IOException {
        var packed = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(packed)) {
            for (int i = 0; i < times; i++) {
                deflater.write(piece);
            }
        }
        return packed.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
