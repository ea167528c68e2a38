package io.perpetua.adapters.documents.layout;

import io.perpetua.adapters.documents.Effort;
import io.perpetua.adapters.documents.layout.PageContent.Turned;
import io.perpetua.domain.vision.RegionType;
import java.util.ArrayList;
import java.util.List;

/** Tells the regions of a page, in the order in which they are read, by what stands where. Without state. */
public final class PageLayout {

    /** How far beside a drawing its turned labels stand. */
    private static final double LABEL = 14;

    private PageLayout() {}

    /** The regions of {@code page}, within the current {@link Effort}. The same page always has the same ones. */
    public static List<Region> regions(PageContent page) {
        var glyphs = new ArrayList<>(page.glyphs());
        var rules = new ArrayList<>(page.rules());
        var drawings = new ArrayList<>(page.drawings());
        var found = new ArrayList<>(Grids.take(rules, drawings, glyphs));
        var segments = new ArrayList<>(Segments.of(glyphs));
        found.addAll(label(Figures.take(page, drawings, rules, segments), turned(page.turned())));
        found.addAll(CodeBlocks.take(segments));
        var atoms = new ArrayList<Atom>();
        segments.forEach(each -> atoms.add(new Atom.Text(each)));
        found.forEach(each -> atoms.add(new Atom.Whole(each)));
        var regions = new ArrayList<Region>();
        for (List<Atom> column : Columns.of(atoms)) {
            regions.addAll(Paragraphs.of(AlignedTables.join(column)));
        }
        return Captions.join(regions);
    }

    /** {@code figures} with what of {@code turned} stands in them, and the rest of it. */
    private static List<Region> label(List<Region> figures, List<Region> turned) {
        var labelled = new ArrayList<>(figures);
        for (Region each : turned) {
            int in = 0;
            while (in < figures.size()
                    && !figures.get(in).bounds().grown(LABEL, LABEL).hasMiddleOf(each.bounds())) {
                in++;
            }
            if (in < figures.size()) {
                var figure = labelled.get(in);
                labelled.set(in, figure.with(each.bounds(), (figure.text() + "\n" + each.text()).strip()));
            } else {
                labelled.add(each);
            }
        }
        return labelled;
    }

    /** Lines that are not upright, each a text of its own. */
    private static List<Region> turned(List<Turned> turned) {
        var regions = new ArrayList<Region>();
        for (int quarters = 1; quarters < 4; quarters++) {
            int way = quarters;
            var glyphs = turned.stream()
                    .filter(each -> each.quarters() == way)
                    .map(Turned::glyph)
                    .toList();
            for (Segment each : Segments.of(glyphs)) {
                regions.add(new Region(RegionType.TEXT, upright(each.bounds(), way), each.text()));
            }
        }
        return regions;
    }

    /** Where {@code bounds} is on the page as it is looked at: turned glyphs have x along their line. */
    private static Rect upright(Rect bounds, int quarters) {
        return switch (quarters) {
            case 1 -> new Rect(-bounds.bottom(), bounds.left(), -bounds.top(), bounds.right());
            case 2 -> new Rect(-bounds.right(), -bounds.bottom(), -bounds.left(), -bounds.top());
            default -> new Rect(bounds.top(), -bounds.right(), bounds.bottom(), -bounds.left());
        };
    }
}
