package io.perpetua.adapters.commands;

import io.perpetua.adapters.commands.Arguments.Unsupported;
import io.perpetua.adapters.commands.Builtin.Surroundings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code cat}, {@code head} and {@code wc}. */
final class TextBuiltins {

    private TextBuiltins() {}

    /** Does something with every operand, and tells of those that cannot be read; the exit status. */
    static int each(String program, List<String> operands, Surroundings here, Reading reading) throws IOException {
        var complaints = new Complaints(program, here);
        for (String operand : operands.isEmpty() ? List.of("-") : operands) {
            complaints.during(operand, () -> {
                try (InputStream content = here.open(operand)) {
                    reading.read(operand, content);
                }
            });
        }
        return complaints.any() ? 1 : 0;
    }

    /** Something done with the content of an operand. */
    interface Reading {
        void read(String name, InputStream content) throws IOException;
    }

    static Builtin cat(List<String> words) throws Unsupported {
        var arguments = Arguments.of(words, "nu,number", "");
        boolean numbered = arguments.has("n", "number");
        return here -> {
            int[] number = {0};
            return each("cat", arguments.operands(), here, (name, content) -> {
                if (!numbered) {
                    here.out().copy(content);
                    return;
                }
                var lines = new Lines(content);
                for (byte[] line = lines.next(); line != null; line = lines.next()) {
                    here.out().print("%6d\t".formatted(++number[0]));
                    here.out().write(line);
                }
            });
        };
    }

    static Builtin head(List<String> words) throws Unsupported {
        var plain = words.stream()
                .map(word -> word.matches("-\\d+") ? "-n" + word.substring(1) : word)
                .toList();
        var arguments = Arguments.of(plain, "qv,quiet,silent,verbose", "nc,lines,bytes");
        boolean byBytes = arguments.has("c", "bytes");
        long most = count(byBytes ? arguments.values("c", "bytes") : arguments.values("n", "lines"), 10);
        boolean named = arguments.has("v", "verbose")
                || (arguments.operands().size() > 1 && !arguments.has("q", "quiet", "silent"));
        return here -> each("head", arguments.operands(), here, (name, content) -> {
            if (named) {
                here.out().print("==> " + name + " <==\n");
            }
            if (byBytes) {
                here.out().write(content.readNBytes((int) Math.min(most, Pipe.MOST)));
                return;
            }
            var lines = new Lines(content);
            for (long i = 0; i < most; i++) {
                byte[] line = lines.next();
                if (line == null) {
                    return;
                }
                here.out().write(line);
            }
        });
    }

    private static long count(List<String> values, long otherwise) throws Unsupported {
        if (values.isEmpty()) {
            return otherwise;
        }
        String last = values.getLast();
        if (!last.matches("\\d{1,15}")) {
            throw new Unsupported(last);
        }
        return Long.parseLong(last);
    }

    static Builtin wc(List<String> words) throws Unsupported {
        var arguments = Arguments.of(words, "lwcm,lines,words,bytes,chars", "");
        boolean all = arguments.options().isEmpty();
        return here -> {
            long[] sums = new long[4];
            int status = each("wc", arguments.operands(), here, (name, content) -> {
                long[] counts = counted(content, here);
                for (int i = 0; i < sums.length; i++) {
                    sums[i] += counts[i];
                }
                here.out()
                        .print(told(counts, arguments, all, arguments.operands().isEmpty() ? "" : name));
            });
            if (arguments.operands().size() > 1) {
                here.out().print(told(sums, arguments, all, "total"));
            }
            return status;
        };
    }

    /** Lines, words, characters, bytes. */
    private static long[] counted(InputStream content, Surroundings here) throws IOException {
        long[] counts = new long[4];
        boolean inWord = false;
        byte[] bytes = new byte[8192];
        for (int n = content.read(bytes); n >= 0; n = content.read(bytes)) {
            here.out().check();
            for (int i = 0; i < n; i++) {
                byte b = bytes[i];
                boolean blank = b == ' ' || (b >= '\t' && b <= '\r');
                counts[0] += b == '\n' ? 1 : 0;
                counts[1] += !blank && !inWord ? 1 : 0;
                counts[2] += (b & 0xc0) == 0x80 ? 0 : 1;
                inWord = !blank;
            }
            counts[3] += n;
        }
        return counts;
    }

    private static String told(long[] counts, Arguments arguments, boolean all, String name) {
        var told = new StringBuilder();
        boolean[] wanted = {
            all || arguments.has("l", "lines"),
            all || arguments.has("w", "words"),
            arguments.has("m", "chars"),
            all || arguments.has("c", "bytes")
        };
        for (int i = 0; i < counts.length; i++) {
            if (wanted[i]) {
                told.append(told.isEmpty() ? "" : " ").append(counts[i]);
            }
        }
        return told.append(name.isEmpty() ? "" : " ").append(name).append('\n').toString();
    }

    /** The text of a line without its line feed. */
    static String text(byte[] line) {
        int end = line.length > 0 && line[line.length - 1] == '\n' ? line.length - 1 : line.length;
        return new String(line, 0, end, StandardCharsets.UTF_8);
    }
}
