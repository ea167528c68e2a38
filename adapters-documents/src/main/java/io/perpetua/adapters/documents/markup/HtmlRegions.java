package io.perpetua.adapters.documents.markup;

import io.perpetua.adapters.documents.DocumentLimits;
import io.perpetua.adapters.documents.Effort;
import io.perpetua.adapters.documents.Failures;
import io.perpetua.adapters.documents.layout.Tables;
import io.perpetua.adapters.documents.markup.VirtualPages.Part;
import io.perpetua.domain.vision.RegionType;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jsoup.helper.DataUtil;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.NodeFilter;
import org.jspecify.annotations.Nullable;

/** The regions of an HTML document, by its elements. What a browser does not show, or would have to fetch, is left out. */
public final class HtmlRegions implements NodeFilter {

    private static final Set<String> LEFT_OUT = Set.of(
            "head",
            "script",
            "style",
            "template",
            "noscript",
            "iframe",
            "object",
            "embed",
            "select",
            "option",
            "datalist");

    private static final Set<String> BLOCKS = Set.of(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "dd",
            "details",
            "dialog",
            "div",
            "dl",
            "dt",
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "h1",
            "h2",
            "h3",
            "h4",
            "h5",
            "h6",
            "header",
            "hr",
            "html",
            "legend",
            "li",
            "main",
            "nav",
            "ol",
            "p",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul");

    private static final Set<String> LISTS = Set.of("ul", "ol", "dl", "menu");
    private static final Set<String> DRAWN = Set.of("img", "svg", "canvas", "picture", "video");

    private final List<Part> parts = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int lists;

    private static final int MOST_ELEMENTS = 200_000;

    private HtmlRegions() {}

    /**
     * In the order of the document.
     *
     * @param said what it is written in, unless its byte order mark says otherwise; null to go by its own words
     */
    public static List<Part> of(Path document, @Nullable Charset said, DocumentLimits limits) {
        return Effort.within(limits, 1, () -> {
            // Step by step: what is left open is opened anew in each paragraph, so that little text may be a tree
            // without end.
            try (var parser = DataUtil.streamParser(document, said, "", Parser.htmlParser())) {
                int elements = 0;
                for (var each = parser.iterator(); each.hasNext(); each.next()) {
                    if (++elements > MOST_ELEMENTS) {
                        throw Failures.tooLarge("the document has more than " + MOST_ELEMENTS + " elements");
                    }
                }
                return of(parser.document());
            } catch (IOException e) {
                throw Failures.damaged("cannot be read as HTML", e);
            }
        });
    }

    static List<Part> of(Element root) {
        var regions = new HtmlRegions();
        root.filter(regions);
        regions.flush();
        return regions.parts;
    }

    @Override
    public FilterResult head(Node node, int depth) {
        Effort.checkTime();
        if (node instanceof TextNode words) {
            append(words.getWholeText());
            return FilterResult.CONTINUE;
        }
        if (!(node instanceof Element element)) {
            return FilterResult.CONTINUE;
        }
        String tag = element.normalName();
        if (LEFT_OUT.contains(tag) || isHidden(element)) {
            return FilterResult.SKIP_CHILDREN;
        }
        if (tag.equals("pre")) {
            emit(RegionType.CODE, code(element));
            return FilterResult.SKIP_CHILDREN;
        }
        if (tag.equals("table") && isData(element)) {
            emit(RegionType.TABLE, table(element));
            return FilterResult.SKIP_CHILDREN;
        }
        if (isFigure(element)) {
            emit(RegionType.FIGURE, figure(element));
            return FilterResult.SKIP_CHILDREN;
        }
        if (tag.equals("br")) {
            breakLine();
        } else if (BLOCKS.contains(tag)) {
            lists += LISTS.contains(tag) ? 1 : 0;
            boundary(tag);
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element && BLOCKS.contains(element.normalName())) {
            lists -= LISTS.contains(element.normalName()) ? 1 : 0;
            boundary(element.normalName());
        }
        return FilterResult.CONTINUE;
    }

    /** A list is one region, its items one line each. */
    private void boundary(String tag) {
        if (lists > 0 && (lists > 1 || !LISTS.contains(tag))) {
            breakLine();
        } else {
            flush();
        }
    }

    private void breakLine() {
        if (!text.isEmpty() && text.charAt(text.length() - 1) != '\n') {
            text.append('\n');
        }
    }

    private void append(String words) {
        boolean space = text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1));
        for (int i = 0; i < words.length(); i++) {
            char c = words.charAt(i);
            boolean blank = c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
            if (!blank) {
                text.append(c);
            } else if (!space) {
                text.append(' ');
            }
            space = blank;
        }
    }

    private void flush() {
        String said = text.toString().replaceAll(" *\n *", "\n").strip();
        text.setLength(0);
        if (!said.isEmpty()) {
            parts.add(new Part(RegionType.TEXT, said));
        }
    }

    private void emit(RegionType type, String said) {
        flush();
        if (!said.isBlank() || type == RegionType.FIGURE) {
            parts.add(new Part(type, said));
        }
    }

    private static boolean isHidden(Element element) {
        String style = element.attr("style").replace(" ", "").toLowerCase(Locale.ROOT);
        return element.hasAttr("hidden") || style.contains("display:none") || style.contains("visibility:hidden");
    }

    private static String code(Element pre) {
        return pre.wholeText()
                .replaceFirst("^\r?\n", "")
                .replaceAll("\r\n?", "\n")
                .stripTrailing();
    }

    /** Tables are also used to place other things on a page. */
    private static boolean isData(Element table) {
        return table.select("table").size() == 1
                && table.select("tr").stream()
                        .anyMatch(row -> row.select("> td, > th").size() > 1);
    }

    private static String table(Element table) {
        var lines = new ArrayList<String>();
        var caption = table.selectFirst("caption");
        if (caption != null && !caption.text().isBlank()) {
            lines.add(caption.text());
        }
        for (Element row : table.select("tr")) {
            lines.add(Tables.row(
                    row.select("> td, > th").stream().map(Element::text).toList()));
        }
        return String.join("\n", lines);
    }

    private static boolean isFigure(Element element) {
        String tag = element.normalName();
        if (tag.equals("figure")) {
            return element.selectFirst("pre, table") == null
                    && element.selectFirst("img, svg, canvas, picture, video") != null;
        }
        return DRAWN.contains(tag) && !(tag.equals("img") && element.attr("alt").isBlank());
    }

    private static String figure(Element element) {
        var lines = new ArrayList<String>();
        var caption = element.selectFirst("figcaption");
        if (caption != null) {
            lines.add(caption.text());
        }
        element.select("img[alt]").forEach(image -> lines.add(image.attr("alt").strip()));
        element.select("svg").forEach(drawing -> lines.add(drawing.text()));
        lines.removeIf(String::isBlank);
        return String.join("\n", lines);
    }
}
