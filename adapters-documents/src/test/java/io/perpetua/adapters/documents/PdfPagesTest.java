package io.perpetua.adapters.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.perpetua.adapters.documents.pdf.PdfDocument;
import io.perpetua.domain.vision.PageRegion;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How pages are looked at: turned, cropped, and with characters that nobody knows. */
class PdfPagesTest {

    private static final String FONT = "/Font << /F1 5 0 R >>";

    @TempDir
    Path folder;

    private Path file() {
        return folder.resolve("page.pdf");
    }

    private void write(String contents) throws IOException {
        Pdfs.page("0 0 600 800", FONT, "", Pdfs.ascii(contents))
                .object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
                .write(file());
    }

    private void change(int rotation, PDRectangle crop) throws IOException {
        try (var document = Loader.loadPDF(file().toFile())) {
            document.getPage(0).setRotation(rotation);
            document.getPage(0).setCropBox(crop);
            document.save(folder.resolve("changed.pdf").toFile());
        }
    }

    private ReadPages read(Path file) {
        return ReadPages.of(new LocalReader(DocumentLimits.DEFAULT, null), file);
    }

    @ParameterizedTest
    @CsvSource({"0, 1250, 1667", "90, 1667, 1250", "180, 1250, 1667", "270, 1667, 1250"})
    void turnedPage_hasItsTextWhereItIsSeen(int rotation, int width, int height) throws IOException {
        // the text runs as the page is turned, so that it is upright when it is looked at
        String matrix = switch (rotation) {
            case 90 -> "0 1 -1 0 100 100";
            case 180 -> "-1 0 0 -1 500 100";
            case 270 -> "0 -1 1 0 500 700";
            default -> "1 0 0 1 100 700";
        };
        write("BT /F1 12 Tf " + matrix + " Tm (Hello) Tj ET");
        change(rotation, new PDRectangle(600, 800));
        var read = read(folder.resolve("changed.pdf"));

        var page = read.pages().getFirst();
        assertThat(List.of(page.width(), page.height())).containsExactly(width, height);
        assertThat(read.regions()).singleElement().satisfies(region -> {
            assertThat(region.text()).isEqualTo("Hello");
            assertThat(region.box().x()).isBetween(200, 215);
            assertThat(region.box().w()).isGreaterThan(region.box().h());
            assertThat(region.box().y()).isLessThan(page.height() / 4);
        });
    }

    @Test
    void textThatRunsUpThePage_isRead() throws IOException {
        write("BT /F1 12 Tf 0 1 -1 0 100 300 Tm (upwards) Tj ET");
        assertThat(read(file()).regions()).singleElement().satisfies(region -> {
            assertThat(region.text()).isEqualTo("upwards");
            assertThat(region.box().h()).isGreaterThan(region.box().w());
            assertThat(region.box().y() + region.box().h()).isBetween(1036, 1045);
        });
    }

    @Test
    void croppedPage_isMeasuredFromItsCrop() throws IOException {
        write("BT /F1 12 Tf 100 700 Td (Hello) Tj ET");
        change(0, new PDRectangle(90, 90, 400, 640));
        var read = read(folder.resolve("changed.pdf"));
        assertThat(read.pages().getFirst().width()).isEqualTo(833);
        assertThat(read.regions().getFirst().box().x()).isEqualTo(20);
    }

    @Test
    void textOutsideTheCrop_isLeftOut() throws IOException {
        write("BT /F1 12 Tf 100 700 Td (Hello) Tj 0 -650 Td (below) Tj -80 300 Td (beside) Tj ET"
                + " BT /F1 12 Tf 0 1 -1 0 20 300 Tm (upwards) Tj ET");
        change(0, new PDRectangle(90, 90, 400, 640));
        assertThat(read(folder.resolve("changed.pdf")).regions())
                .extracting(PageRegion::text)
                .containsExactly("Hello");
    }

    @Test
    void pageInAnotherUnit_isMeasuredInInches() throws IOException {
        write("BT /F1 12 Tf 100 700 Td (Hello) Tj ET");
        var usual = read(file());
        try (var document = Loader.loadPDF(file().toFile())) {
            document.getPage(0).setUserUnit(2);
            document.save(folder.resolve("changed.pdf").toFile());
        }
        var read = read(folder.resolve("changed.pdf"));
        assertThat(read.pages().getFirst().width()).isEqualTo(2500);
        var box = read.regions().getFirst().box();
        var before = usual.regions().getFirst().box();
        assertThat(box.x()).isBetween(2 * before.x(), 2 * before.x() + 1);
        assertThat(box.w()).isBetween(2 * before.w() - 3, 2 * before.w());
        try (var pdf = PdfDocument.open(folder.resolve("changed.pdf"), DocumentLimits.DEFAULT)) {
            assertThat(pdf.image(1, 30).getWidth()).isEqualTo(500);
        }
    }

    @Test
    void charactersThatNobodyKnows_lowerTheConfidence() throws IOException {
        Pdfs.page("0 0 600 800", FONT, "", Pdfs.ascii("BT /F1 12 Tf 100 700 Td (abc\\001) Tj ET"))
                .object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding << /Type /Encoding"
                        + " /Differences [1 /nosuchglyph] >> >>")
                .write(file());
        assertThat(read(file()).regions())
                .extracting(PageRegion::text, PageRegion::confidence)
                .containsExactly(tuple("abc\ufffd", 0.75));
    }

    @Test
    void emptyPage_hasNoRegions() throws IOException {
        write("");
        assertThat(read(file()).regions()).isEmpty();
        assertThat(read(file()).pages()).hasSize(1);
    }
}
