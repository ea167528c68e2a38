package io.perpetua.adapters.documents.markup;

import io.perpetua.adapters.documents.DocumentLimits;
import io.perpetua.adapters.documents.Effort;
import io.perpetua.adapters.documents.Failures;
import io.perpetua.adapters.documents.MediaType;
import io.perpetua.adapters.documents.layout.Tables;
import io.perpetua.adapters.documents.markup.VirtualPages.Part;
import io.perpetua.domain.vision.RegionType;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TableRow;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.BlockQuote;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.ListBlock;
import org.commonmark.node.Node;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.jsoup.Jsoup;

/** The regions of a Markdown document, by its blocks; plain text is Markdown, too. */
public final class MarkdownRegions {

    private static final int DEEPEST = 100;
    private static final List<Extension> EXTENSIONS = List.of(TablesExtension.create());

    private final List<Part> parts = new ArrayList<>();

    private MarkdownRegions() {}

    /** In the order of the document. */
    public static List<Part> of(Path document, MediaType said, DocumentLimits limits) {
        return Effort.within(limits, 1, () -> {
            try {
                return of(text(Files.readAllBytes(document), said));
            } catch (IOException e) {
                throw Failures.damaged("cannot be read as text", e);
            } catch (StackOverflowError e) {
                throw Failures.damaged("has blocks within blocks, deeper than can be read", e);
            }
        });
    }

    private static String text(byte[] bytes, MediaType said) {
        var charset = said.charset(bytes);
        if (charset != null) {
            String text = new String(bytes, charset);
            return text.startsWith("\ufeff") ? text.substring(1) : text;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, Charset.forName("windows-1252"));
        }
    }

    static List<Part> of(String markdown) {
        var regions = new MarkdownRegions();
        regions.blocks(MarkdownBounds.parser(EXTENSIONS).parse(markdown), 0);
        return regions.parts;
    }

    private void blocks(Node parent, int depth) {
        for (Node node = parent.getFirstChild(); node != null; node = node.getNext()) {
            Effort.checkTime();
            switch (node) {
                case Heading heading -> add(RegionType.TEXT, inline(heading));
                case Paragraph paragraph -> paragraph(paragraph);
                case FencedCodeBlock code ->
                    add(RegionType.CODE, code.getLiteral().stripTrailing());
                case IndentedCodeBlock code ->
                    add(RegionType.CODE, code.getLiteral().stripTrailing());
                case HtmlBlock html -> parts.addAll(HtmlRegions.of(Jsoup.parseBodyFragment(html.getLiteral())));
                case TableBlock table -> add(RegionType.TABLE, table(table));
                case ListBlock list -> list(list, depth);
                case BlockQuote quote -> nested(quote, depth);
                default -> {
                    // a line across, a definition: nothing to read
                }
            }
        }
    }

    private void nested(Node parent, int depth) {
        if (depth < DEEPEST) {
            blocks(parent, depth + 1);
        }
    }

    private void add(RegionType type, String text) {
        if (!text.isBlank()) {
            parts.add(new Part(type, text));
        }
    }

    private void paragraph(Paragraph paragraph) {
        var first = paragraph.getFirstChild();
        boolean picture = first instanceof Image && first.getNext() == null;
        if (picture) {
            parts.add(new Part(RegionType.FIGURE, inline(paragraph)));
        } else {
            add(RegionType.TEXT, inline(paragraph));
        }
    }

    /** A list of mere lines is one region; one that holds other things is read block by block. */
    private void list(ListBlock list, int depth) {
        var lines = new ArrayList<String>();
        if (isPlain(list, depth, lines)) {
            add(RegionType.TEXT, String.join("\n", lines));
            return;
        }
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            nested(item, depth);
        }
    }

    private static boolean isPlain(Node list, int depth, List<String> lines) {
        for (Node item = list.getFirstChild(); item != null; item = item.getNext()) {
            for (Node each = item.getFirstChild(); each != null; each = each.getNext()) {
                switch (each) {
                    case Paragraph paragraph -> lines.add(inline(paragraph));
                    case ListBlock inner
                    when depth < DEEPEST -> {
                        if (!isPlain(inner, depth + 1, lines)) {
                            return false;
                        }
                    }
                    default -> {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private static String table(TableBlock table) {
        var rows = new ArrayList<String>();
        for (Node part = table.getFirstChild(); part != null; part = part.getNext()) {
            for (Node row = part.getFirstChild(); row != null; row = row.getNext()) {
                if (row instanceof TableRow) {
                    var cells = new ArrayList<String>();
                    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNext()) {
                        cells.add(inline(cell));
                    }
                    rows.add(Tables.row(cells));
                }
            }
        }
        return String.join("\n", rows);
    }

    /** What the inlines of {@code block} say, without how they are emphasised. */
    private static String inline(Node block) {
        var text = new StringBuilder();
        for (Node node = block.getFirstChild(); node != null; node = Nodes.following(node, block)) {
            switch (node) {
                case Text words -> text.append(words.getLiteral());
                case Code code -> text.append(code.getLiteral());
                case SoftLineBreak _ -> text.append(' ');
                case HardLineBreak _ -> text.append('\n');
                default -> {
                    // says something only through what is in it
                }
            }
        }
        return text.toString().strip();
    }
}
