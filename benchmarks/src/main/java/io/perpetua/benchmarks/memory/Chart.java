package io.perpetua.benchmarks.memory;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Plots side by side as one SVG document, with one legend: the same name has the same colour everywhere. */
final class Chart {

    private static final int TOP = 30;
    private static final int LEGEND = 170;
    private static final int LINE = 20;

    private final String title;
    private final List<Panel> panels = new ArrayList<>();
    private final List<String> names = new ArrayList<>();

    Chart(String title) {
        this.title = title;
    }

    /** Adds a plot to the right of those there are. */
    Chart panel(Panel panel) {
        panels.add(panel);
        panel.names().forEach(name -> {
            if (!names.contains(name)) {
                names.add(name);
            }
        });
        return this;
    }

    /** The chart as an SVG document. */
    String svg() {
        int plots = panels.size() * Panel.WIDTH;
        int width = plots + LEGEND;
        int height = TOP + Panel.HEIGHT;
        var svg = new StringBuilder(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                        + " font-family=\"sans-serif\" font-size=\"12\" role=\"img\" aria-label=\"%s\">\n"
                        + "<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>\n",
                width,
                height,
                width,
                height,
                Svg.escaped(title),
                width,
                height));
        svg.append("<g font-size=\"15\">\n")
                .append(Svg.text(16, 24, "start", Svg.INK, title))
                .append("</g>\n");
        for (int i = 0; i < panels.size(); i++) {
            svg.append("<g transform=\"translate(")
                    .append(i * Panel.WIDTH)
                    .append(',')
                    .append(TOP)
                    .append(")\">\n")
                    .append(panels.get(i).svg(names::indexOf))
                    .append("</g>\n");
        }
        for (int i = 0; i < names.size(); i++) {
            int y = TOP + 40 + LINE * i;
            svg.append(Svg.stroke(plots + 8, y, plots + 30, y, Svg.colour(i), 2));
            svg.append(Svg.text(plots + 36, y + 4, "start", Svg.INK, names.get(i)));
        }
        return svg.append("</svg>\n").toString();
    }
}
