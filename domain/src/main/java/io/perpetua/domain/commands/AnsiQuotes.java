package io.perpetua.domain.commands;

/** What stands in {@code $'…'}, as bash reads it. */
final class AnsiQuotes {

    private static final int OCTAL = 8;
    private static final int HEXADECIMAL = 16;

    private final String text;
    private final StringBuilder decoded = new StringBuilder();
    private int at;

    private AnsiQuotes(String text) {
        this.text = text;
    }

    static String decode(String text) throws Refusal {
        var quotes = new AnsiQuotes(text);
        while (quotes.at < text.length()) {
            char c = text.charAt(quotes.at++);
            if (c == '\\' && quotes.at < text.length()) {
                quotes.escape(text.charAt(quotes.at++));
            } else {
                quotes.decoded.append(c);
            }
        }
        return quotes.decoded.toString();
    }

    private void escape(char c) throws Refusal {
        switch (c) {
            case 'a' -> decoded.append('\u0007');
            case 'b' -> decoded.append('\b');
            case 'e', 'E' -> decoded.append('\u001b');
            case 'f' -> decoded.append('\f');
            case 'n' -> decoded.append('\n');
            case 'r' -> decoded.append('\r');
            case 't' -> decoded.append('\t');
            case 'v' -> decoded.append('\u000b');
            case '\\', '\'', '"', '?' -> decoded.append(c);
            case 'c' -> {
                if (at < text.length()) {
                    append(text.charAt(at++) & 0x1f);
                }
            }
            case 'x' -> number(2, HEXADECIMAL, "\\x");
            case 'u' -> number(4, HEXADECIMAL, "\\u");
            case 'U' -> number(8, HEXADECIMAL, "\\U");
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                at--;
                number(3, OCTAL, "");
            }
            default -> decoded.append('\\').append(c);
        }
    }

    private void number(int most, int radix, String otherwise) throws Refusal {
        int start = at;
        while (at < text.length() && at - start < most && Character.digit(text.charAt(at), radix) >= 0) {
            at++;
        }
        if (at == start) {
            decoded.append(otherwise);
        } else {
            append(Long.parseLong(text.substring(start, at), radix));
        }
    }

    /** Bytes beyond ASCII would have to be put together to characters; nobody writes them in good faith. */
    private void append(long c) throws Refusal {
        boolean single = c > 0 && c < 0x80;
        boolean character = c >= 0xa0 && c <= Character.MAX_CODE_POINT && Character.isDefined((int) c);
        if (!single && !character) {
            throw new Refusal("a quote holds a character by a number that is none");
        }
        decoded.appendCodePoint((int) c);
    }
}
