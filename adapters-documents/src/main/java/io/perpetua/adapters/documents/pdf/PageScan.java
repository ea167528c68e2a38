package io.perpetua.adapters.documents.pdf;

import io.perpetua.adapters.documents.Effort;
import io.perpetua.adapters.documents.layout.Glyph;
import io.perpetua.adapters.documents.layout.PageContent;
import io.perpetua.adapters.documents.layout.PageContent.Turned;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.pdfbox.contentstream.PDFGraphicsStreamEngine;
import org.apache.pdfbox.contentstream.operator.Operator;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.graphics.image.PDImage;
import org.apache.pdfbox.util.Matrix;
import org.apache.pdfbox.util.Vector;

/** Goes through the drawing instructions of one page and notes which characters, lines and pictures they put where. */
final class PageScan extends PDFGraphicsStreamEngine {

    private static final int MOST_INSTRUCTIONS = 4_000_000;
    private static final int MOST_GLYPHS = 200_000;
    private static final int CHECKED_EVERY = 256;

    /** Text that leans further than this is decoration, such as a stamp across the page. */
    private static final double LEANING = Math.toRadians(10);

    /** Of a small letter, in the size of its font. */
    private static final double HALF_HEIGHT = 0.25;

    private final PDPage page;
    private final AffineTransform toDisplay;
    private final List<Glyph> glyphs = new ArrayList<>();
    private final List<Turned> turned = new ArrayList<>();
    private final Strokes strokes;
    private final Fonts fonts = new Fonts();
    private int instructions;
    private int characters;

    PageScan(PDPage page) {
        super(page);
        this.page = page;
        this.toDisplay = Display.of(page);
        this.strokes = new Strokes(toDisplay);
    }

    /** What the page shows. */
    PageContent content() throws IOException {
        processPage(page);
        var size = Display.size(page);
        return new PageContent(
                size.getWidth(),
                size.getHeight(),
                glyphs,
                turned,
                strokes.rules(),
                strokes.drawings(),
                strokes.pictures());
    }

    @Override
    protected void processOperator(Operator operator, List<COSBase> operands) throws IOException {
        if (++instructions % CHECKED_EVERY == 0) {
            Effort.checkTime();
        }
        if (instructions > MOST_INSTRUCTIONS) {
            throw Effort.tooMuch("it has more than " + MOST_INSTRUCTIONS + " instructions");
        }
        super.processOperator(operator, operands);
    }

    @Override
    protected void showGlyph(Matrix textRendering, PDFont font, int code, Vector displacement) throws IOException {
        if (++characters > MOST_GLYPHS) {
            throw Effort.tooMuch("it has more than " + MOST_GLYPHS + " characters");
        }
        var matrix = textRendering.createAffineTransform();
        matrix.preConcatenate(toDisplay);
        double along = Math.hypot(matrix.getScaleX(), matrix.getShearY());
        double size = Math.hypot(matrix.getScaleY(), matrix.getShearX());
        if (!(along > 0 && size > 0 && size < 100_000)) {
            return;
        }
        double angle = Math.atan2(matrix.getShearY(), matrix.getScaleX());
        long quarters = Math.round(angle / (Math.PI / 2));
        if (Math.abs(angle - quarters * (Math.PI / 2)) > LEANING) {
            return;
        }
        if (!isShown(matrix, displacement)) {
            return;
        }
        double x = matrix.getTranslateX();
        double y = matrix.getTranslateY();
        var face = fonts.of(font);
        double width = displacement.getX() * along;
        int turns = (int) Math.floorMod(quarters, 4L);
        var glyph = switch (turns) {
            case 0 -> face.glyph(code, x, width, y, size);
            case 1 -> face.glyph(code, y, width, -x, size);
            case 2 -> face.glyph(code, -x, width, -y, size);
            default -> face.glyph(code, -y, width, x, size);
        };
        if (turns == 0) {
            glyphs.add(glyph);
        } else {
            turned.add(new Turned(glyph, turns));
        }
    }

    /** Whether the middle of a character is within the page as it is cropped. */
    private boolean isShown(AffineTransform matrix, Vector displacement) {
        var middle = matrix.transform(new Point2D.Double(displacement.getX() / 2, HALF_HEIGHT), null);
        return Display.size(page).contains(middle);
    }

    @Override
    public void appendRectangle(Point2D p0, Point2D p1, Point2D p2, Point2D p3) {
        strokes.rectangle(p0, p1, p2, p3);
    }

    @Override
    public void drawImage(PDImage image) {
        strokes.picture(getGraphicsState().getCurrentTransformationMatrix().createAffineTransform());
    }

    @Override
    public void clip(int windingRule) {
        // what is cut off is noted all the same: text under it can still be read
    }

    @Override
    public void moveTo(float x, float y) {
        strokes.moveTo(x, y);
    }

    @Override
    public void lineTo(float x, float y) {
        strokes.lineTo(x, y);
    }

    @Override
    public void curveTo(float x1, float y1, float x2, float y2, float x3, float y3) {
        strokes.curveTo(x1, y1, x2, y2, x3, y3);
    }

    @Override
    public Point2D getCurrentPoint() {
        return strokes.currentPoint();
    }

    @Override
    public void closePath() {
        strokes.close();
    }

    @Override
    public void endPath() {
        strokes.forget();
    }

    @Override
    public void strokePath() {
        strokes.draw();
    }

    @Override
    public void fillPath(int windingRule) {
        strokes.draw();
    }

    @Override
    public void fillAndStrokePath(int windingRule) {
        strokes.draw();
    }

    @Override
    public void shadingFill(COSName shadingName) {
        // a ground, and nothing that could be read
    }
}
