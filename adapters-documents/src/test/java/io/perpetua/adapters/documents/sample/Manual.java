package io.perpetua.adapters.documents.sample;

import io.perpetua.adapters.documents.sample.Sheet.Ruling;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.rendering.ImageType;
import org.apache.pdfbox.rendering.PDFRenderer;

/**
 * A technical manual: headings, paragraphs in one and in two columns, tables with and without rules, code, drawings, charts
 * and pictures. The same seed makes the same manual.
 *
 * @param regions everything on its pages
 * @param questions one for each page, in other words than the region that answers it
 */
public record Manual(List<Known> regions, List<Question> questions) {

    private static final double MARGIN = 56;
    private static final double FOOT = Sheet.HEIGHT - 70;
    private static final double GUTTER = 22;
    private static final List<Ruling> RULINGS = List.of(Ruling.GRID, Ruling.RULES, Ruling.NONE);

    public Manual {
        regions = List.copyOf(regions);
        questions = List.copyOf(questions);
    }

    /** Writes a manual of {@code pages} pages into {@code file}. */
    public static Manual write(Path file, int pages, long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var regions = new ArrayList<Known>();
        var questions = new ArrayList<Question>();
        try (var document = new PDDocument()) {
            var subject = new Subject(0, random);
            for (int page = 1; page <= pages; page++) {
                if (page % 2 == 1) {
                    subject = new Subject(page / 2, random);
                }
                try (var sheet = new Sheet(document, page, random)) {
                    new Writing(sheet, subject, page, questions, random).write();
                    regions.addAll(sheet.known());
                }
            }
            document.save(file.toFile());
        }
        return new Manual(regions, questions);
    }

    /** Writes what {@code pdf} shows into {@code file} as pictures of {@code resolution} pixels an inch, without text. */
    public static void scan(Path pdf, Path file, int resolution) throws IOException {
        try (var from = Loader.loadPDF(pdf.toFile());
                var to = new PDDocument()) {
            var renderer = new PDFRenderer(from);
            for (int page = 0; page < from.getNumberOfPages(); page++) {
                BufferedImage image = renderer.renderImageWithDPI(page, resolution, ImageType.GRAY);
                var scanned = new PDPage(PDRectangle.A4);
                to.addPage(scanned);
                try (var out = new PDPageContentStream(to, scanned)) {
                    out.drawImage(
                            LosslessFactory.createFromImage(to, image),
                            0,
                            0,
                            PDRectangle.A4.getWidth(),
                            PDRectangle.A4.getHeight());
                }
            }
            to.save(file.toFile());
        }
    }

    /** The writing of one page. */
    private record Writing(Sheet sheet, Subject subject, int page, List<Question> questions, SplittableRandom random) {

        void write() throws IOException {
            double right = Sheet.WIDTH - MARGIN;
            sheet.running("Operations manual, chapter " + (page / 2 + 1), 36);
            sheet.column(MARGIN, right, 60);
            if (page % 2 == 1) {
                single();
            } else {
                columns(right);
            }
            sheet.running(Integer.toString(page), Sheet.HEIGHT - 30);
        }

        private void single() throws IOException {
            sheet.heading((page / 2 + 1) + " " + subject.name());
            paragraph();
            var table = subject.table();
            var ruling = RULINGS.get(page / 2 % RULINGS.size());
            var known = sheet.table("Table " + page + ": " + table.title(), table.rows(), ruling);
            if (page % 4 == 1) {
                ask(table.question(), known);
            }
            paragraph();
            code(false);
            fill();
        }

        private void columns(double right) throws IOException {
            sheet.heading((page / 2) + "." + page + " More about " + subject.name());
            double top = sheet.y();
            double middle = (MARGIN + right) / 2;
            sheet.column(MARGIN, middle - GUTTER / 2, top);
            paragraph();
            figure(page % 4 == 0);
            fill();
            sheet.column(middle + GUTTER / 2, right, top);
            paragraph();
            code(page % 4 == 2);
            fill();
        }

        /** Paragraphs to the foot of the column. */
        private void fill() throws IOException {
            while (true) {
                var said = subject.paragraph();
                if (sheet.y() + sheet.paragraphHeight(said.text()) > FOOT) {
                    return;
                }
                write(said, false);
            }
        }

        private void paragraph() throws IOException {
            write(subject.paragraph(), page % 4 == 3);
        }

        private void write(Subject.Said said, boolean asked) throws IOException {
            var known = sheet.paragraph(said.text(), page % 3 == 0);
            if (asked && !said.question().isEmpty()) {
                ask(said.question(), known);
            }
        }

        private void figure(boolean asked) throws IOException {
            var said = subject.figure();
            var known = sheet.figure("Figure " + page + ": " + said.text(), page / 2);
            if (asked) {
                ask(said.question(), known);
            }
        }

        private void code(boolean asked) throws IOException {
            var said = subject.code();
            var known = sheet.code(said.text(), page % 4 < 2);
            if (asked) {
                ask(said.question(), known);
            }
        }

        private void ask(String question, Known known) {
            if (questions.size() < page) {
                questions.add(new Question(question, known));
            }
        }
    }
}
