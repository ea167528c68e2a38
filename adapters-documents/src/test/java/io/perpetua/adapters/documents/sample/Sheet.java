package io.perpetua.adapters.documents.sample;

import io.perpetua.adapters.documents.layout.Tables;
import io.perpetua.domain.vision.RegionType;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.common.PDRectangle;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.util.Matrix;

/** One page that is being written, from top to bottom; it remembers what it puts where. */
final class Sheet implements AutoCloseable {

    static final double WIDTH = PDRectangle.A4.getWidth();
    static final double HEIGHT = PDRectangle.A4.getHeight();
    private static final double GAP = 12;
    private static final double CAPTION = 14;

    private static final PDFont TIMES = new PDType1Font(FontName.TIMES_ROMAN);
    private static final PDFont BOLD = new PDType1Font(FontName.HELVETICA_BOLD);
    private static final PDFont SANS = new PDType1Font(FontName.HELVETICA);
    private static final PDFont COURIER = new PDType1Font(FontName.COURIER);

    private final PDDocument document;
    private final PDPageContentStream out;
    private final RandomGenerator random;
    private final int number;
    private final List<Known> known = new ArrayList<>();
    private double left;
    private double right;
    private double y;

    Sheet(PDDocument document, int number, RandomGenerator random) throws IOException {
        this.document = document;
        this.number = number;
        this.random = random;
        var page = new PDPage(PDRectangle.A4);
        document.addPage(page);
        this.out = new PDPageContentStream(document, page);
    }

    /** Goes on in this column, below {@code top}. */
    void column(double from, double to, double top) {
        left = from;
        right = to;
        y = top;
    }

    double y() {
        return y;
    }

    List<Known> known() {
        return known;
    }

    private Known note(RegionType type, double top, String text) {
        var noted = new Known(number, type, left, top, right, y, text);
        known.add(noted);
        y += GAP;
        return noted;
    }

    /** Runs along the top or the foot of the page. */
    void running(String text, double at) throws IOException {
        double width = width(SANS, 8, text);
        text(SANS, 8, (WIDTH - width) / 2, at, text);
        known.add(new Known(number, RegionType.TEXT, (WIDTH - width) / 2, at - 8, (WIDTH + width) / 2, at + 2, text));
    }

    void heading(String text) throws IOException {
        double top = y;
        y += 14;
        text(BOLD, 14, left, y, text);
        y += 4;
        note(RegionType.TEXT, top, text);
    }

    /** A paragraph; {@code justified} ones have no spaces drawn, only words at their places. */
    Known paragraph(String text, boolean justified) throws IOException {
        double top = y;
        var lines = wrap(TIMES, 10, text, right - left);
        for (int i = 0; i < lines.size(); i++) {
            y += 12.5;
            if (justified) {
                justify(lines.get(i), i == lines.size() - 1);
            } else {
                text(TIMES, 10, left, y, lines.get(i));
            }
        }
        y += 3;
        return note(RegionType.TEXT, top, text);
    }

    private void justify(String line, boolean last) throws IOException {
        String[] words = line.split(" ", -1);
        double natural = width(TIMES, 10, line);
        double extra = last || words.length < 2 ? 0 : (right - left - natural) / (words.length - 1);
        double x = left;
        for (String word : words) {
            text(TIMES, 10, x, y, word);
            x += width(TIMES, 10, word) + width(TIMES, 10, " ") + extra;
        }
    }

    /** Greedy, also after hyphens within words. */
    private static List<String> wrap(PDFont font, double size, String text, double width) throws IOException {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (String word : text.split("(?<= )|(?<=\\w-)(?=\\w)", -1)) {
            if (width(font, size, (line + word).stripTrailing()) > width) {
                lines.add(line.toString().stripTrailing());
                line.setLength(0);
            }
            line.append(word);
        }
        lines.add(line.toString().stripTrailing());
        return lines;
    }

    /** How high a paragraph would be. */
    double paragraphHeight(String text) throws IOException {
        return wrap(TIMES, 10, text, right - left).size() * 12.5 + 3 + GAP;
    }

    /** Code; {@code skipped} has the indentation skipped instead of drawn as spaces, and a grey ground. */
    Known code(String text, boolean skipped) throws IOException {
        double top = y;
        var lines = text.lines().toList();
        if (skipped) {
            out.setNonStrokingColor(new Color(236, 236, 236));
            rectangle(left - 3, y, right + 3, y + lines.size() * 10.5 + 6, true);
            out.setNonStrokingColor(Color.BLACK);
        }
        for (String line : lines) {
            y += 10.5;
            int indent = skipped ? line.length() - line.stripLeading().length() : 0;
            text(COURIER, 8.5, left + indent * width(COURIER, 8.5, " "), y, line.substring(indent));
        }
        y += 6;
        return note(RegionType.CODE, top, text);
    }

    /** How a table is drawn. */
    enum Ruling {
        GRID,
        RULES,
        NONE
    }

    Known table(String caption, List<List<String>> rows, Ruling ruling) throws IOException {
        double top = y;
        y += 9;
        text(SANS, 8.5, left, y, caption);
        y += CAPTION - 9;
        double[] at = columns(rows, ruling == Ruling.GRID ? 8 : 18);
        double first = y;
        double end = at[at.length - 1];
        for (int i = 0; i < rows.size(); i++) {
            if (ruling == Ruling.GRID || (ruling == Ruling.RULES && i < 2)) {
                line(left, y, end, y);
            }
            y += 14;
            for (int cell = 0; cell < rows.get(i).size(); cell++) {
                text(i == 0 ? BOLD : TIMES, 9, at[cell] + 4, y - 4, rows.get(i).get(cell));
            }
        }
        if (ruling != Ruling.NONE) {
            line(left, y, end, y);
        }
        if (ruling == Ruling.GRID) {
            for (double x : at) {
                line(x, first, x, y);
            }
        }
        String text = caption + "\n"
                + String.join("\n", rows.stream().map(Tables::row).toList());
        double before = right;
        right = end;
        var noted = note(RegionType.TABLE, top, text);
        right = before;
        return noted;
    }

    private double[] columns(List<List<String>> rows, double padding) throws IOException {
        double[] at = new double[rows.getFirst().size() + 1];
        at[0] = left;
        for (int column = 0; column + 1 < at.length; column++) {
            double widest = 0;
            for (List<String> row : rows) {
                widest = Math.max(widest, Math.max(width(BOLD, 9, row.get(column)), width(TIMES, 9, row.get(column))));
            }
            at[column + 1] = at[column] + widest + padding;
        }
        return at;
    }

    /** A figure of one of four kinds, with its caption below. */
    Known figure(String caption, int kind) throws IOException {
        double top = y;
        double high = 100;
        String labels = switch (kind % 4) {
            case 0 -> boxes(high);
            case 1 -> bars(high);
            case 2 -> curve(high);
            default -> picture(high);
        };
        y = top + high + 8;
        for (String line : wrap(SANS, 8.5, caption, right - left)) {
            y += 10;
            text(SANS, 8.5, left, y, line);
        }
        y += 4;
        return note(RegionType.FIGURE, top, labels.isEmpty() ? caption : caption + "\n" + labels);
    }

    private String boxes(double high) throws IOException {
        String[] names = {"intake", "queue", "store"};
        double step = (right - left) / names.length;
        for (int i = 0; i < names.length; i++) {
            double x = left + i * step;
            rectangle(x + 4, y + 30, x + step - 24, y + 66, false);
            text(SANS, 8, x + 10, y + 50, names[i]);
            if (i + 1 < names.length) {
                line(x + step - 24, y + 48, x + step + 4, y + 48);
                line(x + step - 2, y + 44, x + step + 4, y + 48);
                line(x + step - 2, y + 52, x + step + 4, y + 48);
            }
        }
        text(SANS, 8, left + 10, y + high - 8, "fsync");
        line(left + 20, y + 66, left + 20, y + high - 18);
        return "intake queue store\nfsync";
    }

    private String bars(double high) throws IOException {
        line(left + 10, y, left + 10, y + high - 14);
        line(left + 10, y + high - 14, left + 170, y + high - 14);
        for (int i = 0; i < 5; i++) {
            double tall = 15 + random.nextInt(60);
            out.setNonStrokingColor(new Color(90, 120, 170));
            rectangle(left + 20 + i * 30, y + high - 14 - tall, left + 38 + i * 30, y + high - 14, true);
            out.setNonStrokingColor(Color.BLACK);
            text(SANS, 7, left + 24 + i * 30, y + high - 5, "Q" + (i + 1));
        }
        return "Q1 Q2 Q3 Q4 Q5";
    }

    private String curve(double high) throws IOException {
        line(left + 14, y, left + 14, y + high - 10);
        line(left + 14, y + high - 10, left + 200, y + high - 10);
        double x = left + 14;
        double at = y + high - 20;
        for (int i = 0; i < 12; i++) {
            double next = Math.max(y + 4, at - random.nextInt(12) + 2);
            line(x, at, x + 14, next);
            x += 14;
            at = next;
        }
        out.beginText();
        out.setFont(SANS, 7);
        out.setTextMatrix(Matrix.getRotateInstance(Math.PI / 2, (float) (left + 10), (float) (HEIGHT - y - 60)));
        out.showText("p99 ms");
        out.endText();
        return "p99 ms";
    }

    private String picture(double high) throws IOException {
        var image = new BufferedImage(120, 60, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < image.getWidth(); i++) {
            for (int j = 0; j < image.getHeight(); j++) {
                image.setRGB(i, j, ((2 * i) << 16) | ((4 * j) << 8) | ((i * j) & 0xff));
            }
        }
        out.drawImage(
                LosslessFactory.createFromImage(document, image),
                (float) left,
                (float) (HEIGHT - y - high),
                200,
                (float) high);
        return "";
    }

    private void text(PDFont font, double size, double x, double at, String text) throws IOException {
        out.beginText();
        out.setFont(font, (float) size);
        out.newLineAtOffset((float) x, (float) (HEIGHT - at));
        out.showText(text);
        out.endText();
    }

    private static double width(PDFont font, double size, String text) throws IOException {
        return font.getStringWidth(text) / 1000 * size;
    }

    private void line(double x1, double y1, double x2, double y2) throws IOException {
        out.setLineWidth(0.6f);
        out.moveTo((float) x1, (float) (HEIGHT - y1));
        out.lineTo((float) x2, (float) (HEIGHT - y2));
        out.stroke();
    }

    private void rectangle(double x1, double y1, double x2, double y2, boolean filled) throws IOException {
        out.addRect((float) x1, (float) (HEIGHT - y2), (float) (x2 - x1), (float) (y2 - y1));
        if (filled) {
            out.fill();
        } else {
            out.stroke();
        }
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
