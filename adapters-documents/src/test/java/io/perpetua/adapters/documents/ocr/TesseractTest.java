package io.perpetua.adapters.documents.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.perpetua.adapters.documents.DocumentLimits;
import io.perpetua.adapters.documents.LocalReader;
import io.perpetua.adapters.documents.sample.Comparison;
import io.perpetua.adapters.documents.sample.Manual;
import io.perpetua.application.vision.DocumentFailure;
import io.perpetua.application.vision.DocumentFailure.Kind;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.RegionType;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** A script stands for Tesseract, but in the last test. */
@DisabledOnOs(OS.WINDOWS)
class TesseractTest {

    private static final String HEAD =
            "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n";
    private static final BufferedImage IMAGE = new BufferedImage(600, 300, BufferedImage.TYPE_BYTE_GRAY);

    @TempDir
    Path folder;

    private Path table = Path.of("");

    @BeforeEach
    void name() {
        table = folder.resolve("table");
    }

    private Tesseract saying(String tsv) throws IOException {
        Files.writeString(table, HEAD + tsv);
        return script("printf '%s\\n' \"$@\" > '" + folder + "/arguments'; cat > '" + folder + "/picture'; cat '"
                + table + "'");
    }

    private Tesseract script(String commands) throws IOException {
        var script = Files.writeString(folder.resolve("tesseract"), "#!/bin/sh\n" + commands + "\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        return new Tesseract(new TesseractSettings(script.toString(), "eng", Duration.ofSeconds(20), 2));
    }

    private static String word(int block, int line, int left, int top, int width, String confidence, String text) {
        return "5\t1\t%d\t1\t%d\t1\t%d\t%d\t%d\t20\t%s\t%s\n"
                .formatted(block, line, left, top, width, confidence, text);
    }

    @Test
    void decode_isTheWordsLineByLineAndTheirConfidence() throws IOException {
        var tesseract = saying(word(1, 1, 10, 10, 40, "90.5", "Hello")
                + word(1, 1, 60, 10, 50, "80", "world")
                + word(1, 2, 10, 40, 30, "20", "end"));

        var decoded = tesseract.decode(IMAGE, 300, Fidelity.EXACT);

        assertThat(decoded.text()).isEqualTo("Hello world\nend");
        assertThat(decoded.confidence()).isEqualTo((5 * 0.905 + 5 * 0.8 + 3 * 0.2) / 13);
        assertThat(Files.readAllLines(folder.resolve("arguments")))
                .containsExactly("stdin", "stdout", "-l", "eng", "--dpi", "300", "--psm", "6", "tsv");
        assertThat(Files.readAllBytes(folder.resolve("picture"))).startsWith(0x89, 'P', 'N', 'G');
    }

    @Test
    void page_isRegionsWithTheirOwnConfidence() throws IOException {
        var tsv = new StringBuilder("2\t1\t9\t0\t0\t0\t300\t200\t200\t90\t-1\t\n");
        for (int line = 1; line <= 3; line++) {
            tsv.append(word(1, line, 10, 10 + 24 * line, 100, "90", "ordinary"));
            tsv.append(word(1, line, 120, 10 + 24 * line, 80, "70", "lines"));
        }
        var regions = saying(tsv.toString()).page(IMAGE, 150);

        assertThat(regions).extracting(Recogniser.Recognised::type).containsExactly(RegionType.TEXT, RegionType.FIGURE);
        assertThat(regions.getFirst().text()).contains("ordinary lines");
        assertThat(regions.getFirst().confidence()).isBetween(0.8, 0.9);
        assertThat(regions.getLast().text()).isEmpty();
    }

    @Test
    void decode_nothingThere_hasNoConfidence() throws IOException {
        assertThat(saying("").decode(IMAGE, 300, Fidelity.EXACT).confidence()).isZero();
        assertThat(saying("5\t1\tx\n5\t1\t1\t1\t1\t1\ta\tb\tc\td\te\tf\n")
                        .decode(IMAGE, 300, Fidelity.EXACT)
                        .text())
                .as("lines of no table")
                .isEmpty();
    }

    @Test
    void decode_programThatFails_isUnavailable() throws IOException {
        for (String commands : List.of("echo broken >&2; exit 1", "cat > /dev/null; head -c 20000000 /dev/zero")) {
            var tesseract = script(commands);
            var failure =
                    catchThrowableOfType(DocumentFailure.class, () -> tesseract.decode(IMAGE, 300, Fidelity.EXACT));
            assertThat(failure.code()).isEqualTo("ocr_unavailable");
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        }
    }

    @Test
    void decode_programThatDoesNotEnd_isEndedWithAllThatItStarted() throws IOException {
        script("sleep 600 & echo $! > '" + folder + "/child'; wait");
        var settings = new TesseractSettings(folder.resolve("tesseract").toString(), "eng", Duration.ofSeconds(1), 1);
        var failure = catchThrowableOfType(
                DocumentFailure.class, () -> new Tesseract(settings).decode(IMAGE, 300, Fidelity.EXACT));
        assertThat(failure.code()).isEqualTo("ocr_unavailable");
        long child = Long.parseLong(Files.readString(folder.resolve("child")).strip());
        assertThat(ProcessHandle.of(child).map(ProcessHandle::isAlive).orElse(false))
                .as("its child lives")
                .satisfiesAnyOf(
                        alive -> assertThat(alive).isFalse(),
                        _ -> ProcessHandle.of(child).orElseThrow().onExit().join());
    }

    @Test
    void isThere_onlyWhereItRuns() throws IOException {
        assertThat(script("echo tesseract 5").isThere()).isTrue();
        assertThat(new Tesseract(new TesseractSettings("/nowhere/tesseract", "eng", Duration.ofSeconds(1), 1))
                        .isThere())
                .isFalse();
    }

    @Test
    void page_ofAScan_isReadByTheRealOne() throws IOException {
        var settings = new TesseractSettings("tesseract", "eng", Duration.ofSeconds(60), 2);
        var tesseract = new Tesseract(settings);
        assumeThat(tesseract.isThere()).as("Tesseract is installed").isTrue();
        var manual = Manual.write(folder.resolve("manual.pdf"), 1, 7);
        Manual.scan(folder.resolve("manual.pdf"), folder.resolve("scan.pdf"), 300);

        var comparison =
                Comparison.of(manual, new LocalReader(DocumentLimits.DEFAULT, tesseract), folder.resolve("scan.pdf"));

        assertThat(comparison.wordAccuracy()).isGreaterThan(0.75);
    }
}
