package io.perpetua.application.context;

import java.util.List;
import java.util.regex.Pattern;

/** Reads back which turns a text shows. */
final class RecalledTurns {

    private static final Pattern LINE = Pattern.compile("(?m)^\\[(\\d+) ");

    private RecalledTurns() {}

    /** The numbers of the turns that {@code text} shows, in its order. */
    static List<Integer> in(String text) {
        return LINE.matcher(text)
                .results()
                .map(match -> Integer.valueOf(match.group(1)))
                .toList();
    }
}
