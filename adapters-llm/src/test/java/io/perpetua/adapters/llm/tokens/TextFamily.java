package io.perpetua.adapters.llm.tokens;

import java.util.List;
import java.util.SplittableRandom;

/** Random texts, each family aimed at another part of the encodings. */
enum TextFamily {
    /** Everything the regular expressions treat apart, stuck together. */
    EDGES {
        @Override
        String text(SplittableRandom random) {
            return joined(random, random.nextInt(1, 16), EDGE_BITS);
        }
    },
    WORDS {
        @Override
        String text(SplittableRandom random) {
            var text = new StringBuilder();
            for (int words = random.nextInt(1, 60); words > 0; words--) {
                text.append(joined(random, random.nextInt(1, 5), SYLLABLES))
                        .append(pick(random, List.of(" ", " ", " ", ", ", ". ", "\n\n", "'s ", "-")));
            }
            return text.toString();
        }
    },
    CODE {
        @Override
        String text(SplittableRandom random) {
            return joined(random, random.nextInt(1, 80), CODE_BITS);
        }
    },
    CJK {
        @Override
        String text(SplittableRandom random) {
            var text = new StringBuilder();
            for (int n = random.nextInt(1, 120); n > 0; n--) {
                text.appendCodePoint(
                        switch (random.nextInt(12)) {
                            case 0 -> '。';
                            case 1 -> 'A' + random.nextInt(26);
                            case 2 -> random.nextInt(0x3041, 0x30FF);
                            case 3 -> random.nextInt(0xAC00, 0xD7A4);
                            default -> random.nextInt(0x4E00, 0x5000);
                        });
            }
            return text.toString();
        }
    },
    EMOJI {
        @Override
        String text(SplittableRandom random) {
            return joined(random, random.nextInt(1, 30), EMOJI_BITS);
        }
    },
    /** One or two bits over and over: pieces on both sides of the limit between the two merges. */
    RUNS {
        @Override
        String text(SplittableRandom random) {
            List<String> alphabet = List.of(pick(random, EDGE_BITS), pick(random, EDGE_BITS));
            return joined(random, random.nextInt(60, 700), alphabet);
        }
    },
    LONG_WORDS {
        @Override
        String text(SplittableRandom random) {
            var text = new StringBuilder();
            for (int n = random.nextInt(100, 1500); n > 0; n--) {
                text.append((char) ('a' + random.nextInt(26)));
            }
            return text.toString();
        }
    },
    ANY_UNICODE {
        @Override
        String text(SplittableRandom random) {
            var text = new StringBuilder();
            int end = random.nextBoolean() ? 0x3000 : Character.MAX_CODE_POINT + 1;
            for (int n = random.nextInt(1, 60); n > 0; ) {
                int codePoint = random.nextInt(end);
                int type = Character.getType(codePoint);
                if (type != Character.UNASSIGNED && type != Character.SURROGATE) {
                    text.appendCodePoint(codePoint);
                    n--;
                }
            }
            return text.toString();
        }
    };

    private static final List<String> EDGE_BITS = List.of(
            " ",
            "  ",
            "   ",
            "\t",
            "\n",
            "\r",
            "\r\n",
            "\n\n",
            "\u000B",
            "\f",
            "\u001C",
            "\u0085",
            "\u00A0",
            "\u1680",
            "\u2003",
            "\u2028",
            "\u202F",
            "\u3000",
            "\u200B",
            "\uFEFF",
            "\u0000",
            "'",
            "'s",
            "'S",
            "'\u017F",
            "'t",
            "'re",
            "'RE",
            "'Ve",
            "'m",
            "'ll",
            "'lL",
            "'l",
            "'d",
            "'\u212A",
            "\u2019s",
            "a",
            "A",
            "ab",
            "Ab",
            "aB",
            "ABC",
            "\u0130",
            "\u01C5",
            "\u02B0",
            "\u00AA",
            "\u05D0",
            "\u4E2D",
            "\u00DF",
            "\u0301",
            "\u0308",
            "\u20E3",
            "\u093E",
            "\u200D",
            "\uFE0F",
            "1",
            "12",
            "123",
            "1234",
            "\u0665",
            "\u00BD",
            "\u2168",
            "!",
            "!!",
            "/",
            "//",
            ".",
            "_",
            "-",
            "$",
            "\u20AC",
            "<|endoftext|>",
            "<|fim_prefix|>",
            "<|endofprompt|>",
            "<|im_start|>",
            "\uD83D\uDE00",
            "\uD835\uDC00",
            "\uD83C\uDDE9",
            "\uFFFD",
            "\uE000",
            "\uD800\uDC00");
    private static final List<String> SYLLABLES = List.of(
            "the", "er", "ing", "un", "to", "ra", "con", "Mi", "ly", "st", "ö", "é", "ment", "a", "I", "qu", "ABC",
            "zz");
    private static final List<String> CODE_BITS = List.of(
            "public ", "void ", "return", "if (", ")", " {\n", "}\n", "    ", "\t", ";\n", "// ", "/* ", " */\n", "x",
            "fooBar", "FOO_BAR", "i++", " == ", " != ", "->", "::", "\"", "'", "0x1F", "3.14", "[", "]", "<T>", "#",
            "\r\n");
    private static final List<String> EMOJI_BITS = List.of(
            "\uD83D\uDE00",
            "\uD83D\uDC4D\uD83C\uDFFD",
            "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67",
            "\u2764\uFE0F",
            "\uD83C\uDDE9\uD83C\uDDEA",
            "1\uFE0F\u20E3",
            " ",
            "ok",
            "!",
            "\n");

    abstract String text(SplittableRandom random);

    private static String joined(SplittableRandom random, int bits, List<String> of) {
        var text = new StringBuilder();
        for (int i = 0; i < bits; i++) {
            text.append(pick(random, of));
        }
        return text.toString();
    }

    private static String pick(SplittableRandom random, List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
