package io.perpetua.adapters.commands;

import io.perpetua.adapters.commands.Arguments.Unsupported;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code grep}. */
final class GrepBuiltin implements Builtin {

    private static final int DEEPEST = 256;

    private final Arguments arguments;
    private final String expression;
    private final List<String> operands;
    private final boolean recursive;
    private final boolean named;
    private boolean found;

    private GrepBuiltin(Arguments arguments, String program) throws Unsupported {
        this.arguments = arguments;
        var operands = new ArrayList<>(arguments.operands());
        var expressions = arguments.values("e", "regexp");
        if (expressions.isEmpty()) {
            if (operands.isEmpty()) {
                throw new Unsupported("grep");
            }
            expressions = List.of(operands.removeFirst());
        }
        boolean fixed = arguments.has("F", "fixed-strings") || program.equals("fgrep");
        boolean extended = arguments.has("E", "extended-regexp") || program.equals("egrep");
        expression = expressions.stream()
                .flatMap(each -> Stream.of(each.split("\n", -1)))
                .map(each -> fixed ? Pattern.quote(each) : Patterns.java(each, extended))
                .map(each -> "(?:" + each + ")")
                .collect(Collectors.joining("|"));
        recursive = arguments.has("r", "R", "recursive");
        this.operands = operands.isEmpty() ? List.of(recursive ? "." : "-") : operands;
        named = !arguments.has("h", "no-filename")
                && (arguments.has("H", "with-filename") || recursive || this.operands.size() > 1);
    }

    static Builtin of(String program, List<String> words) throws Unsupported {
        var arguments = Arguments.of(
                words,
                "rRinvclHhwxFEGqsI,recursive,ignore-case,line-number,invert-match,count,files-with-matches,with-filename,"
                        + "no-filename,word-regexp,line-regexp,fixed-strings,extended-regexp,quiet,no-messages",
                "em,regexp,max-count,include,exclude-dir");
        for (String most : arguments.values("m", "max-count")) {
            if (!most.matches("\\d{1,15}")) {
                throw new Unsupported(most);
            }
        }
        try {
            var grep = new GrepBuiltin(arguments, program);
            grep.compiled();
            return grep;
        } catch (PatternSyntaxException e) {
            throw new Unsupported(e.getPattern());
        }
    }

    private Pattern compiled() {
        String whole = arguments.has("x", "line-regexp")
                ? "^(?:" + expression + ")$"
                : arguments.has("w", "word-regexp") ? "(?<!\\w)(?:" + expression + ")(?!\\w)" : expression;
        return Pattern.compile(
                whole, arguments.has("i", "ignore-case") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0);
    }

    @Override
    public int run(Surroundings here) throws IOException {
        var pattern = compiled();
        var complaints = new Complaints("grep", here, arguments.has("s", "no-messages"));
        for (String operand : operands) {
            complaints.during(operand, () -> {
                if (recursive && !operand.equals("-")) {
                    tree(operand, here, pattern, complaints);
                } else {
                    try (InputStream content = here.open(operand)) {
                        search(operand, content, here, pattern);
                    }
                }
            });
        }
        boolean done = found && arguments.has("q", "quiet");
        return complaints.any() && !done ? 2 : found ? 0 : 1;
    }

    private void tree(String operand, Surroundings here, Pattern pattern, Complaints complaints) throws IOException {
        var attributes = Files.readAttributes(here.real(operand), BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (!attributes.isDirectory()) {
            try (InputStream content = here.open(operand)) {
                search(operand, content, here, pattern);
            }
            return;
        }
        try (var folder = here.folder(operand)) {
            boolean unnamed = operand.equals(".") && arguments.operands().size() < 2;
            walk(unnamed ? "" : operand + "/", folder, 0, here, pattern, complaints);
        }
    }

    /** What cannot be read is told, and the rest is gone on with. */
    private void walk(
            String before, OpenFolder folder, int depth, Surroundings here, Pattern pattern, Complaints complaints)
            throws IOException {
        for (String name : folder.names()) {
            here.out().check();
            complaints.during(before + name, () -> {
                var attributes = folder.attributes(name);
                if (attributes.isDirectory()) {
                    below(before + name + "/", name, folder, depth, here, pattern, complaints);
                } else if (attributes.isRegularFile() && included(name)) {
                    try (InputStream content = folder.file(name)) {
                        search(before + name, content, here, pattern);
                    }
                }
            });
        }
    }

    private void below(
            String before,
            String name,
            OpenFolder folder,
            int depth,
            Surroundings here,
            Pattern pattern,
            Complaints complaints)
            throws IOException {
        if (arguments.values("exclude-dir").stream().anyMatch(each -> Names.match(name, each))) {
            return;
        }
        if (depth >= DEEPEST) {
            throw new IOException("Too many levels of folders");
        }
        try (var below = folder.folder(name)) {
            walk(before, below, depth + 1, here, pattern, complaints);
        }
    }

    private boolean included(String name) {
        var wanted = arguments.values("include");
        return wanted.isEmpty() || wanted.stream().anyMatch(each -> Names.match(name, each));
    }

    private void search(String name, InputStream content, Surroundings here, Pattern pattern) throws IOException {
        boolean inverted = arguments.has("v", "invert-match");
        long most = arguments.values("m", "max-count").stream()
                .mapToLong(Long::parseLong)
                .min()
                .orElse(Long.MAX_VALUE);
        long matches = 0;
        long number = 0;
        String prefix = named ? name + ":" : "";
        var lines = new Lines(content);
        for (byte[] line = lines.next(); line != null && matches < most; line = lines.next()) {
            number++;
            String text = TextBuiltins.text(line);
            if (pattern.matcher(new Watched(text, here.out())).find() == inverted) {
                continue;
            }
            matches++;
            if (text.indexOf('\0') >= 0 && !arguments.has("c", "count", "l", "files-with-matches", "q", "quiet")) {
                here.out().print("Binary file " + name + " matches\n");
                break;
            }
            if (arguments.has("q", "quiet", "l", "files-with-matches")) {
                break;
            }
            if (!arguments.has("c", "count")) {
                here.out().print(prefix + (arguments.has("n", "line-number") ? number + ":" : "") + text + "\n");
            }
        }
        found |= matches > 0;
        if (arguments.has("c", "count")) {
            here.out().print(prefix + matches + "\n");
        } else if (matches > 0 && arguments.has("l", "files-with-matches")) {
            here.out().print(name + "\n");
        }
    }

    /** A text whose reading ends with the run's time, however long an expression goes back and forth in it. */
    private record Watched(CharSequence text, Pipe out) implements CharSequence {

        @Override
        public char charAt(int index) {
            try {
                out.check();
            } catch (Pipe.TimeOver e) {
                throw new UncheckedIOException(e);
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Watched(text.subSequence(start, end), out);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
