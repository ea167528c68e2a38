package io.perpetua.domain.strategy;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds fenced code blocks as Markdown has them: three or more backticks or tildes at the beginning of a line, up to a
 * line of at least as many, or the text's end. One pass, whatever the text.
 *
 * @see <a href="https://spec.commonmark.org/0.31.2/#fenced-code-blocks">CommonMark, fenced code blocks</a>
 */
final class Fences {

    private static final int SHORTEST = 3;

    private Fences() {}

    /**
     * A fenced block; offsets into the text, ends exclusive.
     *
     * @param start of the opening fence's line
     * @param end of the closing fence, line feed excluded
     * @param info what stands behind the opening fence, stripped
     * @param code where the code begins
     * @param codeEnd where the code ends
     */
    record Block(int start, int end, String info, int code, int codeEnd) {}

    /** The blocks of {@code text}, in order, at most {@code most}. */
    static List<Block> in(String text, int most) {
        var blocks = new ArrayList<Block>();
        int line = 0;
        while (line < text.length() && blocks.size() < most) {
            int lineEnd = lineEnd(text, line);
            int fence = fenceAt(text, line, lineEnd);
            int width = fence < 0 ? 0 : run(text, fence, lineEnd);
            if (width >= SHORTEST && opens(text, fence, width, lineEnd)) {
                var block = block(text, line, fence, width, lineEnd);
                blocks.add(block);
                lineEnd = block.end();
            }
            line = lineEnd + 1;
        }
        return blocks;
    }

    private static Block block(String text, int start, int fence, int width, int lineEnd) {
        String info = text.substring(fence + width, lineEnd).strip();
        int code = Math.min(text.length(), lineEnd + 1);
        int line = code;
        while (line < text.length()) {
            int end = lineEnd(text, line);
            int closing = fenceAt(text, line, end);
            if (closing >= 0 && text.charAt(closing) == text.charAt(fence)) {
                int closingWidth = run(text, closing, end);
                if (closingWidth >= width
                        && text.substring(closing + closingWidth, end).isBlank()) {
                    return new Block(start, end, info, code, line);
                }
            }
            line = end + 1;
        }
        return new Block(start, text.length(), info, code, text.length());
    }

    /** An info string has no backtick, else the line is inline code. */
    private static boolean opens(String text, int fence, int width, int lineEnd) {
        return text.charAt(fence) == '~'
                || text.substring(fence + width, lineEnd).indexOf('`') < 0;
    }

    /** Where a fence may begin in a line: its first character that is no space, or -1. */
    private static int fenceAt(String text, int line, int lineEnd) {
        int at = line;
        while (at < lineEnd && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
        return at < lineEnd && (text.charAt(at) == '`' || text.charAt(at) == '~') ? at : -1;
    }

    private static int run(String text, int from, int end) {
        int at = from;
        while (at < end && text.charAt(at) == text.charAt(from)) {
            at++;
        }
        return at - from;
    }

    private static int lineEnd(String text, int from) {
        int end = text.indexOf('\n', from);
        return end < 0 ? text.length() : end;
    }
}
