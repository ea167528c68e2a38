package io.perpetua.benchmarks.instances;

import java.util.regex.Pattern;

/**
 * What a message is known by: its conversation, who says it, and the how manyth of theirs it is.
 *
 * @param conversation a word
 * @param writer from 0
 * @param number from 0, rising
 */
record Tag(String conversation, int writer, int number) {

    private static final Pattern WRITTEN = Pattern.compile("\\[(\\w+)-(\\d+)-(\\d+)]");

    /** The last tag in {@code text}, as it is written; nothing where there is none. */
    static String last(String text) {
        String last = "";
        for (var found = WRITTEN.matcher(text); found.find(); ) {
            last = found.group();
        }
        return last;
    }

    /** The conversation of a tag, as it is written. */
    static String conversation(String written) {
        var found = WRITTEN.matcher(written);
        return found.find() ? found.group(1) : "";
    }

    /** The first tag in {@code text}; one of nobody where there is none. */
    static Tag first(String text) {
        var found = WRITTEN.matcher(text);
        return found.find()
                ? new Tag(found.group(1), Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3)))
                : new Tag("", 0, -1);
    }

    @Override
    public String toString() {
        return "[" + conversation + "-" + writer + "-" + number + "]";
    }
}
