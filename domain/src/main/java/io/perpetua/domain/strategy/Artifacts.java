package io.perpetua.domain.strategy;

import io.perpetua.domain.conversation.Message;
import io.perpetua.domain.conversation.Role;
import io.perpetua.domain.conversation.ToolCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * A block is named by what is surest: its info string (tsx src/Header.tsx, title="…", tsx:src/Header.tsx), the comment on
 * its first line, the only file's name in the line before it. Failing all of them it is known by what it mainly declares
 * or, at the least, by two names that it declares. Anything else, and what is typed into a shell or printed by it, is no
 * artifact: nothing says what a later block would be a version of.
 */
/** Finds the artifacts of a message: named code in its text, files that its tool calls write. Pure; linear. */
public final class Artifacts {

    /** More blocks than this in one message are a listing, and the rest of them plain text. */
    private static final int MOST = 64;

    private static final int TELLING = 2;
    private static final int LONGEST_HINT = 200;
    private static final Set<String> NO_CODE = Set.of(
            "bash",
            "console",
            "log",
            "output",
            "plaintext",
            "powershell",
            "sh",
            "shell",
            "terminal",
            "text",
            "txt",
            "zsh");
    private static final Set<String> NAMING = Set.of("file", "filename", "filepath", "name", "path", "title");
    private static final Pattern LINES = Pattern.compile("\\d++(?:[:-]\\d++)?+:.*+");
    private static final Pattern LEFT_OUT = Pattern.compile(
            "(?:\\.\\.\\.|…).*+|.*?\\b(?:existing code|rest of (?:the|your)|unchanged|(?:stays?|remains?) the same"
                    + "|same as (?:before|above))\\b.*+",
            Pattern.CASE_INSENSITIVE);

    private Artifacts() {}

    /** The artifacts of {@code message}: those of its text in order, then those of its tool calls. */
    public static List<Artifact> in(Message message) {
        var found = new ArrayList<Artifact>();
        if (message.role() != Role.USER && message.role() != Role.ASSISTANT) {
            return found;
        }
        String text = message.text();
        int before = 0;
        for (var block : Fences.in(text, MOST)) {
            Artifact artifact = artifact(text, block, before, found.size());
            if (artifact != null) {
                found.add(artifact);
            }
            before = block.end();
        }
        for (ToolCall call : message.toolCalls()) {
            Artifact written = found.size() < 2 * MOST ? FileCalls.artifact(call, found.size()) : null;
            if (written != null) {
                found.add(written);
            }
        }
        return found;
    }

    private static @Nullable Artifact artifact(String text, Fences.Block block, int before, int ordinal) {
        String code = text.substring(block.code(), block.codeEnd());
        String info = block.info();
        if (code.isBlank() || LINES.matcher(info).matches()) {
            return null;
        }
        String file = inInfo(info);
        file = file != null ? file : inFirstLine(code);
        boolean certain = file != null;
        file = certain ? file : FileNames.onlyOneIn(lineBefore(text, before, block.start()));
        String language = language(info);
        if (file == null && NO_CODE.contains(language)) {
            return null;
        }
        String family = Declarations.family(language.isEmpty() && file != null ? FileNames.extension(file) : language);
        var declarations = Declarations.of(code, family);
        if (file == null && declarations.main() == null && declarations.names().size() < TELLING) {
            return null;
        }
        return new Artifact(
                ordinal,
                file,
                certain,
                family,
                declarations.main(),
                declarations.names(),
                partial(language, code),
                block.start(),
                block.end(),
                code.length(),
                text.substring(block.start(), block.end()));
    }

    private static String language(String info) {
        int end = 0;
        while (end < info.length()
                && (Character.isLetterOrDigit(info.charAt(end)) || "+#-".indexOf(info.charAt(end)) >= 0)) {
            end++;
        }
        boolean name = end < info.length() && "./".indexOf(info.charAt(end)) >= 0;
        return name ? "" : info.substring(0, end).toLowerCase(Locale.ROOT);
    }

    private static @Nullable String inInfo(String info) {
        if (info.length() > LONGEST_HINT) {
            return null;
        }
        for (String word : info.split("[\\s,{}]++", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0 && NAMING.contains(word.substring(0, equals).toLowerCase(Locale.ROOT))) {
                return FileNames.of(word.substring(equals + 1));
            }
            int colon = word.indexOf(':');
            String name = FileNames.of(colon > 0 ? word.substring(colon + 1) : word);
            if (name != null) {
                return name;
            }
        }
        return null;
    }

    /** The name in a first line that is a comment and says nothing else. */
    private static @Nullable String inFirstLine(String code) {
        String line = code.lines()
                .filter(each -> !each.isBlank())
                .findFirst()
                .orElse("")
                .strip();
        String said = comment(line);
        if (said == null || said.length() > LONGEST_HINT) {
            return null;
        }
        String named = said.replaceFirst("^(?i:file(?:name|path)?|path):\\s*+", "");
        int end = named.indexOf(' ');
        boolean alone = end < 0
                || named.startsWith("(", end + 1)
                || named.startsWith("-", end + 1)
                || named.startsWith("–", end + 1);
        return alone ? FileNames.of(end < 0 ? named : named.substring(0, end)) : null;
    }

    /** What a comment says, null for a line that is none. */
    private static @Nullable String comment(String line) {
        for (String opening : List.of("{/*", "//", "/*", "<!--", "--", "#", ";", "\"\"\"")) {
            if (line.startsWith(opening)) {
                String said = line.substring(opening.length());
                for (String closing : List.of("*/}", "*/", "-->", "\"\"\"")) {
                    said = said.endsWith(closing) ? said.substring(0, said.length() - closing.length()) : said;
                }
                return said.strip();
            }
        }
        return null;
    }

    /** The last line that is not blank between {@code from} and {@code to}. */
    private static String lineBefore(String text, int from, int to) {
        int end = to;
        while (end > from && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        int start = Math.max(from, text.lastIndexOf('\n', Math.max(0, end - 1)) + 1);
        return end - start > LONGEST_HINT ? "" : text.substring(start, end);
    }

    private static boolean partial(String language, String code) {
        return language.equals("diff")
                || language.equals("patch")
                || code.lines().map(String::strip).anyMatch(Artifacts::leavesOut);
    }

    private static boolean leavesOut(String line) {
        if (line.equals("...") || line.equals("…")) {
            return true;
        }
        String said = line.length() > LONGEST_HINT ? null : comment(line);
        return said != null && LEFT_OUT.matcher(said).matches();
    }
}
