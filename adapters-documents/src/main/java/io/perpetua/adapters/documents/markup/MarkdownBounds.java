package io.perpetua.adapters.documents.markup;

import io.perpetua.adapters.documents.Effort;
import io.perpetua.adapters.documents.Failures;
import java.util.List;
import org.commonmark.Extension;
import org.commonmark.internal.InlineParserImpl;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.Text;
import org.commonmark.parser.InlineParser;
import org.commonmark.parser.Parser;
import org.commonmark.parser.SourceLines;
import org.commonmark.parser.block.BlockParserFactory;
import org.commonmark.parser.block.BlockStart;
import org.commonmark.parser.block.MatchedBlockParser;
import org.commonmark.parser.block.ParserState;
import org.jspecify.annotations.Nullable;

/*
 * The parser keeps an object for every block, and while it reads a block's inlines one for every character that may mean
 * something. So it asks here at the beginning of every block and line, before it reads inlines, and after.
 */
/** Lets a parser of Markdown make no more of one document than is read of it. For one document. */
final class MarkdownBounds implements BlockParserFactory {

    /** Most elements: what is emphasised, linked, a cell or a paragraph; and in one block, most characters that may make one. */
    static final int MOST_ELEMENTS = 200_000;

    /** Most blocks and lines, those of code apart. */
    static final int MOST_LINES = 300_000;

    private static final int DEEPEST = 100;
    private static final String MARKS = "*_[]!`<&\\";

    private int lines;
    private int elements;

    private MarkdownBounds() {}

    /** A parser for one document. */
    static Parser parser(List<Extension> extensions) {
        var bounds = new MarkdownBounds();
        return Parser.builder()
                .extensions(extensions)
                .maxOpenBlockParsers(DEEPEST)
                .maxInlineNesting(DEEPEST)
                .customBlockParserFactory(bounds)
                .inlineParserFactory(context -> bounds.within(new InlineParserImpl(context)))
                .build();
    }

    /** Counts, and starts nothing. */
    @Override
    public @Nullable BlockStart tryStart(ParserState state, MatchedBlockParser matched) {
        if (++lines > MOST_LINES) {
            throw Failures.tooLarge("the document has more than " + MOST_LINES + " blocks and lines");
        }
        Effort.checkTime();
        return BlockStart.none();
    }

    private InlineParser within(InlineParser parser) {
        return (source, block) -> {
            Effort.checkTime();
            checkMarks(source);
            parser.parse(source, block);
            elements++;
            for (Node node = block.getFirstChild(); node != null; node = Nodes.following(node, block)) {
                elements += node instanceof Text || node instanceof SoftLineBreak ? 0 : 1;
            }
            check(elements);
        };
    }

    private static void checkMarks(SourceLines source) {
        int marks = 0;
        for (var line : source.getLines()) {
            var text = line.getContent();
            for (int i = 0; i < text.length(); i++) {
                marks += MARKS.indexOf(text.charAt(i)) >= 0 ? 1 : 0;
            }
        }
        check(marks);
    }

    private static void check(int count) {
        if (count > MOST_ELEMENTS) {
            throw Failures.tooLarge("the document has more than " + MOST_ELEMENTS + " elements");
        }
    }
}
