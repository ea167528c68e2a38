package io.perpetua.domain.commands;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * A request is taken only if every word of it fits: greetings and courtesies are set aside, then one form has to match to
 * the end. What names a file has to look like one: by a suffix, a slash, quotes, or one of the names that every project has.
 * "Find the README" is for the machine, "find the bug" is not.
 */
/**
 * What somebody wants to know of the workspace, in their own words.
 *
 * @param kind what they want
 * @param folder where it is to be looked for, null for here
 * @param names patterns of what is looked for, or the one path that is to be read; empty for everything
 * @param lines how many lines are to be read, 0 for all
 */
public record LocalRequest(Kind kind, @Nullable String folder, List<String> names, int lines) {

    /** What somebody wants. */
    public enum Kind {
        LOCATION,
        LISTING,
        FINDING,
        READING,
        COUNTING
    }

    /** Longer ones say more than where to look. */
    private static final int LONGEST = 200;

    private static final String FILE =
            "(?:[`'\"][\\w .@+/*-]{1,100}[`'\"]|[\\w.@+/*-]*(?:\\.[A-Za-z0-9]{1,8}|/[\\w.@+*-]*)"
                    + "|(?i:readme|license|makefile|dockerfile|changelog|contributing|gemfile|procfile|jenkinsfile|notice))";
    private static final String FOLDER = "(?:[`'\"]?[\\w.@+/-]{1,100}[`'\"]?)";
    private static final String KINDS =
            "python|java|javascript|typescript|markdown|json|yaml|yml|xml|html|css|csv|text|txt|log"
                    + "|shell|go|rust|ruby|c|c\\+\\+|kotlin|sql|toml|pdf|image|test";
    private static final String HERE = "(?: here| right now| at the moment| currently| now)?";
    private static final String IN = "(?: (?:in|under|inside|of|from) (?:the )?(?:folder |directory )?(?<folder>"
            + FOLDER + ")(?: folder| directory)?)?";
    private static final String THIS =
            "(?: in| of)? (?:this|the current|our|the|my) (?:workspace|folder|directory|project|repo|repository)";

    private static final Pattern COURTESY = Pattern.compile(
            "^(?:(?:hey|hi|hello|ok|okay|so|now|please|kindly|quickly|just)[, ]+)*"
                    + "(?:(?:can|could|would|will) you (?:please |kindly |quickly )?|i(?:'d| would) like (?:you )?to |i want (?:you )?to |let'?s )?"
                    + "(?:please )?|[,]? (?:please|thanks|thank you|for me)(?=[?.! ]*$)|[?.! ]+$",
            Pattern.CASE_INSENSITIVE);

    private static final List<Pattern> LOCATION = forms(
            "pwd",
            "where (?:are we|am i)" + HERE,
            "(?:tell me )?where (?:we are|i am)" + HERE,
            "(?:what|which) (?:folder|directory|dir|path) (?:are we|am i) in" + HERE,
            "in (?:what|which) (?:folder|directory|dir) (?:are we|am i)" + HERE,
            "(?:what(?:'s| is) |show me |show |print |tell me )?(?:the |our |my )?(?:current |present )?(?:working |current )(?:directory|dir|folder|path)"
                    + HERE,
            "(?:what|which) (?:directory|folder|workspace) is this",
            "print (?:the )?working (?:directory|dir)",
            "what(?:'s| is) (?:our|my|the) (?:current )?(?:location|workspace)(?: path)?");

    private static final List<Pattern> LISTING = forms(
            "(?:ls|dir)(?: (?<folder>" + FOLDER + "))?",
            "(?:list|show|show me|give me|display) (?:me )?(?:all )?(?:of )?(?:the |our |my )?(?:(?<kind>" + KINDS
                    + ") )?(?:files|contents)(?:(?: and| &)? (?:folders|directories))?(?:" + THIS + "|" + IN + ")"
                    + HERE,
            "(?:what|which) (?:(?<kind>" + KINDS + ") )?files (?:are|do we have|do i have|exist)(?: there)?(?:" + THIS
                    + "|" + IN + ")" + HERE,
            "what(?:'s| is) in (?:the )?(?<folder>" + FOLDER + ") (?:folder|directory)",
            "what(?:'s| is) in" + THIS.substring("(?: in| of)?".length()),
            "(?:list|show|show me) (?:all )?(?:the )?(?<what>folders|directories|subfolders|subdirectories)(?:" + IN
                    + "|" + THIS + ")" + HERE);

    private static final List<Pattern> FINDING = forms(
            "(?:find|locate|look for|search for) (?:the |our |my |a )?(?:file (?:named |called )?)?(?<file>" + FILE
                    + ")(?: file)?(?:" + THIS + "|" + IN + ")",
            "where(?:'s| is| are) (?:the |our |my )?(?:file (?:named |called )?)?(?<file>" + FILE
                    + ")(?: file| files)?",
            "(?:find|locate|search for) (?:all )?(?:the |our |my )?(?<kind>" + KINDS + ") files(?:" + THIS + "|" + IN
                    + ")",
            "(?:find|list|show|show me|search for) (?:all )?(?:the )?files (?:named|called|matching|ending in|ending with|with the (?:extension|suffix|name)) (?<file>"
                    + FILE + "|\\.[A-Za-z0-9]{1,8})(?:" + THIS + "|" + IN + ")",
            "(?:do we have|is there) (?:a|an|any) (?<file>" + FILE + ")(?: file| anywhere)?(?:" + THIS + ")?");

    private static final List<Pattern> READING = forms(
            "(?:cat|head) (?<file>" + FILE + ")",
            "(?:show|show me|read|open|print|display|view|cat|give me) (?:me )?(?:(?:the |all )?(?:contents?|text) of )?(?:the |our |my )?(?:file )?(?<file>"
                    + FILE + ")(?: file)?",
            "what(?:'s| is) (?:in|inside|the contents? of) (?:the |our |my )?(?:file )?(?<file>" + FILE + ")(?: file)?",
            "what does (?:the |our |my )?(?:file )?(?<file>" + FILE + ")(?: file)? (?:say|contain)",
            "(?:show|show me|read|print|display|give me) (?:me )?(?:the )?(?:first|top) (?<lines>\\d{1,4}) lines (?:of|from|in) (?:the )?(?:file )?(?<file>"
                    + FILE + ")(?: file)?");

    private static final List<Pattern> COUNTING = forms(
            "how (?:many lines|long) (?:are in|are there in|does|has|is) (?:the )?(?:file )?(?<file>" + FILE
                    + ")(?: file)?(?: have)?",
            "count (?:the )?lines (?:of|in) (?:the )?(?:file )?(?<file>" + FILE + ")(?: file)?");

    private static final Set<String> PROJECT_FILES = Set.of(
            "readme",
            "license",
            "makefile",
            "dockerfile",
            "changelog",
            "contributing",
            "gemfile",
            "procfile",
            "jenkinsfile",
            "notice");

    public LocalRequest {
        names = List.copyOf(names);
    }

    private static List<Pattern> forms(String... forms) {
        return List.of(forms).stream()
                .map(form -> Pattern.compile(form, Pattern.CASE_INSENSITIVE))
                .toList();
    }

    /** What {@code utterance} wants of the workspace; null when it wants something else, or something besides. */
    public static @Nullable LocalRequest of(String utterance) {
        String text = utterance.strip().replaceAll("\\s+", " ").replace('\u2019', '\'');
        if (text.isEmpty() || text.length() > LONGEST || utterance.strip().indexOf('\n') >= 0) {
            return null;
        }
        String bare = COURTESY.matcher(text).replaceAll("").strip();
        bare = COURTESY.matcher(bare).replaceAll("").strip();
        var found = match(LOCATION, bare, Kind.LOCATION);
        found = found == null ? match(COUNTING, bare, Kind.COUNTING) : found;
        found = found == null ? match(LISTING, bare, Kind.LISTING) : found;
        found = found == null ? match(FINDING, bare, Kind.FINDING) : found;
        return found == null ? match(READING, bare, Kind.READING) : found;
    }

    private static @Nullable LocalRequest match(List<Pattern> forms, String text, Kind kind) {
        for (Pattern form : forms) {
            var matcher = form.matcher(text);
            var request = matcher.matches() ? request(kind, form, matcher) : null;
            if (request != null) {
                return request;
            }
        }
        return null;
    }

    private static @Nullable LocalRequest request(Kind kind, Pattern form, Matcher matcher) {
        String folder = group(form, matcher, "folder");
        if (folder != null && (kind == Kind.LISTING || kind == Kind.FINDING) && !isFolder(folder)) {
            return null;
        }
        String file = group(form, matcher, "file");
        String ofKind = group(form, matcher, "kind");
        String what = group(form, matcher, "what");
        String lines = group(form, matcher, "lines");
        var names = file != null
                ? List.of(kind == Kind.FINDING ? pattern(file) : bare(file))
                : ofKind != null ? suffixes(ofKind) : what != null ? List.of("*/") : List.<String>of();
        return new LocalRequest(
                kind, folder == null ? null : bare(folder), names, lines == null ? 0 : Integer.parseInt(lines));
    }

    private static @Nullable String group(Pattern form, Matcher matcher, String name) {
        return form.namedGroups().containsKey(name) ? matcher.group(name) : null;
    }

    /** Words that stand where a folder could, and are none. */
    private static boolean isFolder(String word) {
        return !word.matches(".+\\.[A-Za-z0-9]{1,8}")
                && !Set.of(
                                "python",
                                "java",
                                "english",
                                "german",
                                "general",
                                "detail",
                                "order",
                                "alphabetical",
                                "it",
                                "them",
                                "this",
                                "that",
                                "which",
                                "your",
                                "my",
                                "the",
                                "memory",
                                "a",
                                "an",
                                "linux",
                                "windows",
                                "git",
                                "bash")
                        .contains(word.toLowerCase(Locale.ROOT));
    }

    private static String bare(String name) {
        return name.replaceAll("^[`'\"]|[`'\"]$", "");
    }

    /** What finds a file by how people call it: a README may have any suffix. */
    private static String pattern(String file) {
        String name = bare(file);
        if (PROJECT_FILES.contains(name.toLowerCase(Locale.ROOT))) {
            return name + "*";
        }
        if (name.startsWith(".") && name.indexOf('/') < 0 && name.length() <= 6) {
            return "*" + name;
        }
        return name.substring(name.lastIndexOf('/') + 1);
    }

    private static List<String> suffixes(String kind) {
        return switch (kind.toLowerCase(Locale.ROOT)) {
            case "python" -> List.of("*.py");
            case "javascript" -> List.of("*.js", "*.mjs");
            case "typescript" -> List.of("*.ts", "*.tsx");
            case "markdown" -> List.of("*.md");
            case "yaml", "yml" -> List.of("*.yml", "*.yaml");
            case "html" -> List.of("*.html", "*.htm");
            case "text", "txt" -> List.of("*.txt");
            case "shell" -> List.of("*.sh");
            case "rust" -> List.of("*.rs");
            case "ruby" -> List.of("*.rb");
            case "c" -> List.of("*.c", "*.h");
            case "c++" -> List.of("*.cpp", "*.cc", "*.hpp");
            case "kotlin" -> List.of("*.kt");
            case "image" -> List.of("*.png", "*.jpg", "*.jpeg", "*.gif", "*.svg", "*.webp");
            case "test" -> List.of("*test*", "*Test*");
            default -> List.of("*." + kind.toLowerCase(Locale.ROOT));
        };
    }

    /** The command line that answers it. */
    public String commandLine() {
        String where = folder == null ? "." : quoted(folder);
        return switch (kind) {
            case LOCATION -> "pwd";
            case LISTING ->
                names.isEmpty()
                        ? folder == null ? "ls" : "ls -- " + where
                        : names.equals(List.of("*/"))
                                ? "find " + where + " -mindepth 1 -maxdepth 1 -type d"
                                : find(where);
            case FINDING -> find(where);
            case READING ->
                lines == 0 ? "cat -- " + file(names.getFirst()) : "head -n " + lines + " -- " + file(names.getFirst());
            case COUNTING -> "wc -l -- " + file(names.getFirst());
        };
    }

    /** A file as it is named; one that every project has, in whatever case and with whatever suffix. */
    private static String file(String name) {
        if (!PROJECT_FILES.contains(name.toLowerCase(Locale.ROOT))) {
            return quoted(name);
        }
        var pattern = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            char c = Character.toUpperCase(name.charAt(i));
            pattern.append('[').append(c).append(Character.toLowerCase(c)).append(']');
        }
        return pattern + "*";
    }

    private String find(String where) {
        var line = new StringBuilder();
        for (String name : names) {
            line.append(line.isEmpty() ? "" : "; ")
                    .append("find ")
                    .append(where)
                    .append(" -type f -iname ")
                    .append(quoted(name));
        }
        return line.toString();
    }

    private static String quoted(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
