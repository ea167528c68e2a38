package io.perpetua.adapters.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.perpetua.adapters.documents.sample.Manual;
import io.perpetua.application.vision.DocumentFailure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged documents: each is read, or refused as a damaged document is, within its bounds. */
class DocumentFuzzTest {

    private static final int DOCUMENTS = Integer.getInteger("fuzz.documents", 300);
    private static final long SEED = Long.getLong("fuzz.seed", 20_261_129);
    private static final DocumentLimits LIMITS =
            new DocumentLimits(1 << 20, 50, 2_000_000, Duration.ofSeconds(10), 16 << 20);

    @TempDir
    Path folder;

    @Test
    void fuzz_everyFormat_isReadOrRefused() throws IOException {
        var originals = originals();
        var reader = new LocalReader(LIMITS, new Silent());
        var file = folder.resolve("damaged");
        int read = 0;
        int refused = 0;
        for (int i = 0; i < DOCUMENTS; i++) {
            var random = new SplittableRandom(SEED + i);
            byte[] damaged = damaged(originals, random);
            Files.write(file, damaged);
            try {
                ReadPages.of(reader, file);
                read++;
            } catch (DocumentFailure e) {
                assertThat(e.code()).matches("(document|page)_[a-z_]+");
                refused++;
            } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
                fail("-Dfuzz.seed=%d, the first document: %s", SEED + i, e);
            }
        }
        assertThat(read).as("damage that can be lived with").isPositive();
        assertThat(refused).as("damage that cannot").isPositive();
    }

    private List<byte[]> originals() throws IOException {
        var pdf = folder.resolve("manual.pdf");
        Manual.write(pdf, 2, 3);
        var scan = folder.resolve("scan.pdf");
        Manual.scan(pdf, scan, 40);
        var originals = new ArrayList<>(List.of(Files.readAllBytes(pdf), Files.readAllBytes(scan)));
        originals.add(uncompressed());
        for (String format : List.of("png", "jpg", "gif", "bmp", "tiff")) {
            var out = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB), format, out);
            originals.add(out.toByteArray());
        }
        originals.add(("<!doctype html><h1>A</h1><table><tr><td>1<td>2</table><pre>x\n y</pre><ul><li>a<li>b</ul>"
                        + "<p>c".repeat(50))
                .getBytes(StandardCharsets.UTF_8));
        originals.add("# A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx\n```\n\n- a\n  - b\n\n> c\n"
                .getBytes(StandardCharsets.UTF_8));
        return originals;
    }

    /** One whose words can be damaged, and not only the bytes that they are packed into. */
    private byte[] uncompressed() throws IOException {
        var file = folder.resolve("plain.pdf");
        String contents = """
                BT /F1 12 Tf 72 700 Td (Hello, world) Tj 0 -14 Td [(a) -250 (b)] TJ ET
                q 1 0 0 1 10 10 cm 0 0 100 50 re S 0 0 m 50 50 l 1 2 3 4 5 6 c S /X1 Do Q
                """;
        Pdfs.page("0 0 612 792", "/Font << /F1 5 0 R >> /XObject << /X1 6 0 R >>", "", Pdfs.ascii(contents.repeat(5)))
                .object("<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>")
                .stream(
                        "/Type /XObject /Subtype /Image /Width 4 /Height 4 /BitsPerComponent 8 /ColorSpace /DeviceGray",
                        new byte[16])
                .write(file);
        return Files.readAllBytes(file);
    }

    private static byte[] damaged(List<byte[]> originals, SplittableRandom random) {
        byte[] bytes = originals.get(random.nextInt(originals.size())).clone();
        int times = 1 + random.nextInt(6);
        for (int i = 0; i < times && bytes.length > 8; i++) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(6)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt(256);
                case 2 -> bytes = Arrays.copyOf(bytes, at);
                case 3 -> bytes = spliced(bytes, at, originals.get(random.nextInt(originals.size())), random);
                case 4 -> digits(bytes, at, random);
                default -> bytes = spliced(bytes, at, bytes, random);
            }
        }
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] other, SplittableRandom random) {
        int from = random.nextInt(other.length);
        int length = Math.min(other.length - from, random.nextInt(400));
        byte[] spliced = Arrays.copyOf(bytes, bytes.length + length);
        System.arraycopy(other, from, spliced, at, length);
        System.arraycopy(bytes, at, spliced, at + length, bytes.length - at);
        return spliced;
    }

    /** Numbers say how long and how many things are. */
    private static void digits(byte[] bytes, int at, SplittableRandom random) {
        for (int i = at; i < bytes.length; i++) {
            if (bytes[i] >= '0' && bytes[i] <= '9') {
                bytes[i] = (byte) ('0' + random.nextInt(10));
                if (random.nextBoolean()) {
                    return;
                }
            }
        }
    }
}
