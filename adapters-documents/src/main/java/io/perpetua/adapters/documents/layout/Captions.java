package io.perpetua.adapters.documents.layout;

import io.perpetua.adapters.documents.Effort;
import io.perpetua.domain.vision.RegionType;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Gives figures and tables the captions that stand above or below them. */
final class Captions {

    private static final Pattern FIGURE = Pattern.compile(
            "(?i)(figure|fig\\.|abbildung|abb\\.|chart|diagram|plate|photo|image)\\s*[\\dA-Z][\\w.\\-]*[.:\\u2013 ].*",
            Pattern.DOTALL);
    private static final Pattern TABLE =
            Pattern.compile("(?i)(table|tab\\.|tabelle)\\s*[\\dA-Z][\\w.\\-]*[.:\\u2013 ].*", Pattern.DOTALL);
    private static final double NEAR = 36;

    private Captions() {}

    /** {@code regions} in their order, captions joined to what they are of: in front of its text. */
    static List<Region> join(List<Region> regions) {
        var joined = new ArrayList<>(regions);
        for (Region each : regions) {
            Effort.checkTime();
            if (each.type() == RegionType.TEXT) {
                var type = FIGURE.matcher(each.text()).matches()
                        ? RegionType.FIGURE
                        : TABLE.matcher(each.text()).matches() ? RegionType.TABLE : RegionType.TEXT;
                int nearest = type == RegionType.TEXT ? -1 : nearest(joined, each, type);
                if (nearest >= 0) {
                    var of = joined.get(nearest);
                    joined.set(nearest, of.with(each.bounds(), (each.text() + "\n" + of.text()).strip()));
                    joined.remove(each);
                }
            }
        }
        return joined;
    }

    private static int nearest(List<Region> regions, Region caption, RegionType type) {
        int nearest = -1;
        double least = NEAR;
        for (int i = 0; i < regions.size(); i++) {
            var bounds = regions.get(i).bounds();
            double apart = Math.max(
                    bounds.top() - caption.bounds().bottom(), caption.bounds().top() - bounds.bottom());
            if (regions.get(i).type() == type && apart < least && bounds.sharedWidth(caption.bounds()) > 0) {
                nearest = i;
                least = apart;
            }
        }
        return nearest;
    }
}
