package io.perpetua.bootstrap.configuration;

import java.util.Map;
import java.util.regex.Pattern;

/** How what was found in a configuration is told, in one line. */
public final class Quote {

    private static final int LONGEST = 80;

    /** What may be told of a URL: neither a user with a password nor a query, in which there may be a key. */
    private static final Pattern PLAIN_URL = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*://[^@?#\\s]*");

    private Quote() {}

    /** {@code value} in quotes, or what it is where it is not one. */
    public static String of(Object value) {
        return switch (value) {
            case Map<?, ?> _ -> "a section";
            case Iterable<?> list -> list.iterator().hasNext() ? "a list" : "an empty list";
            case Object[] list -> list.length > 0 ? "a list" : "an empty list";
            default -> value.toString().isBlank() ? "nothing" : "'" + line(value.toString()) + "'";
        };
    }

    /** Whether {@code value} is one, and neither a list nor a section. */
    static boolean isOne(Object value) {
        return !(value instanceof Map || value instanceof Iterable || value instanceof Object[]);
    }

    static String url(Object value) {
        return PLAIN_URL.matcher(value.toString()).matches() ? of(value) : "something else";
    }

    /** Addresses separated by commas, without users and passwords. */
    public static String urls(String urls) {
        return urls.replaceAll("//[^@,/]*@", "//");
    }

    /** {@code number} without a fraction where it has none. */
    static String number(double number) {
        return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
    }

    private static String line(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
