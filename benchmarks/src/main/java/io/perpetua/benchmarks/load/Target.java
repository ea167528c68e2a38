package io.perpetua.benchmarks.load;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Something that was to be reached, and whether it was.
 *
 * @param what is measured, with its unit
 * @param found NaN where there was nothing to measure, which is a miss
 */
record Target(String what, double found, Relation relation, double limit) {

    boolean reached() {
        return relation.holds(found, limit);
    }

    String verdict() {
        return reached() ? "reached" : "MISSED";
    }

    String wanted() {
        return relation.sign() + " " + text(limit);
    }

    String measured() {
        return text(found);
    }

    Map<String, Object> document() {
        var document = new LinkedHashMap<String, Object>();
        document.put("what", what);
        document.put("found", found);
        document.put("target", wanted());
        document.put("reached", reached());
        return document;
    }

    private static String text(double figure) {
        if (Double.isNaN(figure)) {
            return "-";
        }
        return figure == Math.rint(figure)
                ? String.format(Locale.ROOT, "%,.0f", figure)
                : String.format(Locale.ROOT, "%,.4g", figure);
    }
}
