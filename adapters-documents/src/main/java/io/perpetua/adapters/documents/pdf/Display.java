package io.perpetua.adapters.documents.pdf;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import org.apache.pdfbox.pdmodel.PDPage;

/** How a page is looked at: cropped, turned, and measured from its top left corner in points, whatever its unit is. */
final class Display {

    private Display() {}

    /** From the page's own coordinates to points from the top left corner of what is shown. */
    static AffineTransform of(PDPage page) {
        var box = page.getCropBox();
        double w = box.getWidth();
        double h = box.getHeight();
        var transform = switch (Math.floorMod(page.getRotation(), 360)) {
            case 90 -> new AffineTransform(0, 1, 1, 0, 0, 0);
            case 180 -> new AffineTransform(-1, 0, 0, 1, w, 0);
            case 270 -> new AffineTransform(0, -1, -1, 0, h, w);
            default -> new AffineTransform(1, 0, 0, -1, 0, h);
        };
        transform.translate(-box.getLowerLeftX(), -box.getLowerLeftY());
        double unit = page.getUserUnit();
        transform.preConcatenate(AffineTransform.getScaleInstance(unit, unit));
        return transform;
    }

    /** Of what is shown, in points. */
    static Rectangle2D size(PDPage page) {
        var box = page.getCropBox();
        double w = box.getWidth() * page.getUserUnit();
        double h = box.getHeight() * page.getUserUnit();
        boolean upright = Math.floorMod(page.getRotation(), 180) == 0;
        return upright ? new Rectangle2D.Double(0, 0, w, h) : new Rectangle2D.Double(0, 0, h, w);
    }
}
