package io.perpetua.adapters.documents;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.perpetua.adapters.documents.sample.Manual;
import io.perpetua.application.vision.DocumentFailure;
import io.perpetua.application.vision.DocumentFailure.Kind;
import io.perpetua.domain.vision.Box;
import io.perpetua.domain.vision.Fidelity;
import io.perpetua.domain.vision.PageRegion;
import io.perpetua.domain.vision.RegionType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that cannot be read, or were made to do harm. */
class BadDocumentsTest {

    private static final DocumentLimits SMALL =
            new DocumentLimits(1 << 20, 200, 4_000_000, Duration.ofSeconds(20), 8 << 20);
    private static final String LETTER = "0 0 612 792";

    @TempDir
    Path folder;

    private Path file = Path.of("");

    @BeforeEach
    void name() {
        file = folder.resolve("document");
    }

    @Test
    void encrypted_withAPassword_isToldSo() throws IOException {
        encrypt("reader");
        assertRefused("document_encrypted");
    }

    @Test
    void encrypted_thatOpensForEverybody_isRead() throws IOException {
        encrypt("");
        assertThat(read().count()).isEqualTo(1);
    }

    private void encrypt(String user) throws IOException {
        try (var document = new PDDocument()) {
            document.addPage(new PDPage());
            var policy = new StandardProtectionPolicy("owner", user, new AccessPermission());
            policy.setEncryptionKeyLength(128);
            document.protect(policy);
            document.save(file.toFile());
        }
    }

    @ParameterizedTest
    @CsvSource({"0.02", "0.3", "0.6", "0.95"})
    void truncated_isReadAsFarAsItGoesOrRefused(double share) throws IOException {
        Manual.write(file, 3, 1);
        byte[] whole = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(whole, (int) (share * whole.length)));
        var failure = failure();
        if (failure != null) {
            assertThat(failure.code()).isEqualTo("document_damaged");
            assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        }
    }

    @Test
    void truncated_toItsBeginning_isDamaged() throws IOException {
        Files.writeString(file, "%PDF-1.7\n1 0 obj\n<< /Type /Cata");
        assertRefused("document_damaged");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PK\u0003\u0004\u0000\u0000\u0000\b",
                "MZ\u0090\u0000\u0003",
                "\u007fELF\u0002\u0001\u0001\u0000\u0000",
                "<svg xmlns='http://www.w3.org/2000/svg'><text>a</text></svg>",
                "<?xml version='1.0'?>\n<!-- drawn -->\n<svg><path d='M0 0'/></svg>",
                "<!DOCTYPE svg PUBLIC 'a'><svg/>",
                "",
                "   \n "
            })
    void somethingElse_isUnsupported(String content) throws IOException {
        Files.writeString(file, content, StandardCharsets.ISO_8859_1);
        assertRefused("document_unsupported");
    }

    @Test
    void text_thatIsSaidToBeAPdf_isDamaged() throws IOException {
        Files.writeString(file, "Not found");
        var failure = catchThrowableOfType(
                DocumentFailure.class, () -> ReadPages.of(new LocalReader(SMALL, null), file, "application/pdf", 1));
        assertThat(failure.code()).isEqualTo("document_damaged");
    }

    @Test
    void tooManyBytes_areRefused() throws IOException {
        Files.write(file, new byte[(1 << 20) + 1]);
        assertRefused("document_too_large");
    }

    @Test
    void tooManyPages_areRefused_andAsManyAsAllowedAreRead() throws IOException {
        pages(201);
        assertRefused("document_too_large");
        pages(200);
        assertThat(read().pages()).hasSize(200);
    }

    private void pages(int count) throws IOException {
        try (var document = new PDDocument()) {
            for (int i = 0; i < count; i++) {
                document.addPage(new PDPage());
            }
            document.save(file.toFile());
        }
    }

    @Test
    void markup_ofTooManyBytesOrPages_isRefused() throws IOException {
        Files.writeString(file, "a\n\n".repeat(20_000));
        assertRefused("document_too_large");
        Files.writeString(file, "<p>" + "a".repeat(5 << 20));
        assertThat(failure(new LocalReader(DocumentLimits.DEFAULT, null)).code())
                .isEqualTo("document_too_large");
    }

    @Test
    void page_ofTooManyRegions_isRefused() throws IOException {
        var contents = new StringBuilder("BT /F1 2 Tf ");
        for (int i = 0; i < 2_500; i++) {
            contents.append("0 1 -1 0 %d %d Tm (x) Tj ".formatted(10 + 11 * (i % 50), 20 + 14 * (i / 50)));
        }
        Pdfs.page(LETTER, "/Font << /F1 5 0 R >>", "", Pdfs.ascii(contents + "ET"))
                .object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
                .write(file);
        assertRefused("page_too_large");
    }

    @Test
    void pages_thatAreThemselvesOverAndOver_areRefused() throws IOException {
        var pdf = new Pdfs().object("<< /Type /Catalog /Pages 2 0 R >>");
        for (int level = 2; level < 30; level++) {
            String kid = (level + 1) + " 0 R ";
            pdf.object("<< /Type /Pages /Count 1000000000 /Kids [" + kid.repeat(10) + "] >>");
        }
        pdf.object("<< /Type /Page /MediaBox [0 0 10 10] >>").write(file);
        assertRefused("document_too_large");
    }

    @Test
    void pages_thatAreTheirOwnParents_areDamaged() throws IOException {
        new Pdfs()
                .object("<< /Type /Catalog /Pages 2 0 R >>")
                .object("<< /Type /Pages /Count 3 /Kids [2 0 R 2 0 R 2 0 R] >>")
                .write(file);
        assertRefused("document_damaged");
    }

    @Test
    void contents_thatUnpackToTooMuch_areRefused() throws IOException {
        byte[] bomb = Pdfs.deflated(new byte[1 << 20], 40, 1);
        Pdfs.page(LETTER, "", "/Filter /FlateDecode", bomb).write(file);
        assertRefused("page_too_large");
    }

    @Test
    void contents_packedInSeveralWays_areRefused() throws IOException {
        byte[] bomb = Pdfs.deflated(new byte[1 << 20], 40, 1);
        byte[] digits = Pdfs.ascii(HexFormat.of().formatHex(bomb) + ">");
        Pdfs.page(LETTER, "", "/Filter [/ASCIIHexDecode /FlateDecode]", digits).write(file);
        assertRefused("page_too_large");
    }

    @Test
    void objects_thatUnpackToTooMuch_areRefused() throws IOException {
        byte[] bomb = Pdfs.deflated(Pdfs.ascii(" ".repeat(1 << 16)), 400, 1);
        new Pdfs()
                        .object("<< /Type /Catalog /Pages 2 0 R >>")
                        .object("<< /Type /Pages /Count 1 /Kids [3 0 R] >>")
                        .object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] /Contents 5 0 R >>")
                        .stream("/Type /ObjStm /N 1 /First 4 /Filter /FlateDecode", bomb)
                        .stream("/Filter /LZWDecode", new byte[0])
                        .write(file);
        assertThat(read().count()).as("what nothing refers to is not unpacked").isEqualTo(1);
    }

    @Test
    void forms_thatDrawEachOther_areRefusedInTime() throws IOException {
        var pdf = Pdfs.page(LETTER, "/XObject << /A 5 0 R >>", "", Pdfs.ascii("/A Do ".repeat(50)));
        for (int level = 5; level < 20; level++) {
            String next = "/A " + (level + 1) + " 0 R";
            pdf.stream(
                    "/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << " + next + " >> >>",
                    Pdfs.ascii("/A Do ".repeat(50)));
        }
        pdf.stream("/Type /XObject /Subtype /Form /BBox [0 0 9 9]", Pdfs.ascii("0 0 m"))
                .write(file);
        var quick = new DocumentLimits(1 << 20, 10, 1 << 20, Duration.ofMillis(500), 8 << 20);
        assertThat(failure(new LocalReader(quick, null)).code()).isIn("page_too_slow", "page_too_large");
    }

    @Test
    void arrays_withinArrays_areDamagedOrRead() throws IOException {
        Pdfs.page(LETTER, "", "", Pdfs.ascii("[".repeat(100_000))).write(file);
        var failure = failure();
        assertThat(failure == null ? "document_damaged" : failure.code()).isEqualTo("document_damaged");
    }

    @Test
    void hugePage_isReadButNotMadeAPicture() throws IOException {
        Pdfs.page("0 0 14400 14400", "", "", Pdfs.ascii("0 0 m 9 9 l S")).write(file);
        assertThat(read().pages().getFirst().width()).isEqualTo(30_000);

        var page = read().pages().getFirst();
        var region = new PageRegion(1, 0, new Box(0, 0, 100, 100), RegionType.FIGURE, "", false, 0);
        var decoder = new LocalDecoder(SMALL, new Silent());
        var failure =
                catchThrowableOfType(DocumentFailure.class, () -> decoder.decode(file, page, region, Fidelity.EXACT));
        assertThat(failure.code()).isEqualTo("page_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0 0 0 0", "0 0 1e30 1e30", "5 5 5 5"})
    void pageWithoutSense_isReadOrRefused(String box) throws IOException {
        Pdfs.page(box, "", "", Pdfs.ascii("0 0 m")).write(file);
        var failure = failure();
        assertThat(failure == null ? "document_damaged" : failure.code()).isEqualTo("document_damaged");
    }

    @Test
    void pictures_withTooManyPixels_areRefusedBeforeTheyAreDecoded() throws IOException {
        for (String filter : new String[] {"/FlateDecode", "/CCITTFaxDecode"}) {
            Pdfs.page(LETTER, "/XObject << /A 5 0 R >>", "", Pdfs.ascii("600 0 0 700 0 0 cm /A Do")).stream(
                            "/Type /XObject /Subtype /Image /Width 100000 /Height 100000 /BitsPerComponent 8"
                                    + " /ColorSpace /DeviceGray /Filter " + filter,
                            Pdfs.deflated(new byte[10], 1, 1))
                    .write(file);
            assertThat(failure(new LocalReader(SMALL, new Silent())).code())
                    .as(filter)
                    .isEqualTo("page_too_large");
        }
    }

    @Test
    void png_thatSaysItIsHuge_isRefused() throws IOException {
        byte[] head = {
            (byte) 0x89,
            'P',
            'N',
            'G',
            '\r',
            '\n',
            0x1a,
            '\n',
            0,
            0,
            0,
            13,
            'I',
            'H',
            'D',
            'R',
            0,
            1,
            0,
            0,
            0,
            1,
            0,
            0,
            8,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0
        };
        Files.write(file, head);
        assertRefused("page_too_large");
    }

    @Test
    void nothing_inADocument_isExecutedOrFetched() throws IOException {
        new Pdfs()
                        .object("<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>"
                                + " /AA << /WC << /S /Launch /F (/bin/sh) >> >> >>")
                        .object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
                        .object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 100 100] /Contents 4 0 R /Resources <<"
                                + " /XObject << /A 5 0 R >> >> >>")
                        .stream("/F (http://127.0.0.1:1/x) /FFilter /FlateDecode", new byte[0])
                        .stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /F (/etc/passwd)", new byte[0])
                        .write(file);
        assertThat(read().regions()).allMatch(each -> !each.text().contains("root"));
        Files.writeString(
                file,
                "<!DOCTYPE html SYSTEM 'file:///etc/passwd'>"
                        + "<html><body><p>a&x;b</p><script>document.write('c')</script>"
                        + "<img src='http://127.0.0.1:1/' alt='a picture'><iframe src='file:///etc/passwd'></iframe></body></html>");
        assertThat(read().regions()).extracting(PageRegion::text).containsExactly("a&x;b", "a picture");
    }

    @Test
    void interrupted_reading_endsAndMayBeginAgain() throws IOException {
        Manual.write(file, 2, 1);
        Thread.currentThread().interrupt();
        try {
            var failure = failure();
            assertThat(failure).isNotNull();
            assertThat(failure.kind()).isEqualTo(Kind.UNAVAILABLE);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void theLibrary_isLeftAsItWas_forThoseWhoWriteDocuments() throws IOException {
        read2Pages();
        try (var document = Loader.loadPDF(file.toFile())) {
            assertThat(document.getPage(0).getContents().readAllBytes()).isNotEmpty();
        }
    }

    private void read2Pages() throws IOException {
        Manual.write(file, 2, 1);
        assertThat(read().count()).isEqualTo(2);
    }

    private ReadPages read() {
        return ReadPages.of(new LocalReader(SMALL, null), file);
    }

    private void assertRefused(String code) {
        var failure = failure();
        assertThat(failure).isNotNull();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
        assertThat(failure.getMessage()).isNotBlank();
    }

    private @Nullable DocumentFailure failureOf(LocalReader reader) {
        try {
            ReadPages.of(reader, file);
            return null;
        } catch (DocumentFailure e) {
            return e;
        }
    }

    private @Nullable DocumentFailure failure() {
        return failureOf(new LocalReader(SMALL, null));
    }

    private DocumentFailure failure(LocalReader reader) {
        return requireNonNull(failureOf(reader), "it was read");
    }
}
