package io.perpetua.domain.strategy;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * Declarations are read line by line at the outermost indentation, as their keywords begin a line in most languages; the
 * main one is what a default export or a class declares, else the first function. Style sheets declare their selectors;
 * pages are known by their title, fragments of pages by their first element's id or by the landmark it is. Names that
 * everybody gives to a first try (main, example) name nothing.
 */
/**
 * What a piece of code declares. Linear in the code.
 *
 * @param main what it is known by, null where nothing stands out
 * @param names everything it declares at its outermost level, in the order of the alphabet, at most {@value #MOST}
 */
record Declarations(@Nullable String main, Set<String> names) {

    /** So many names tell blocks apart. */
    static final int MOST = 16;

    private static final int LONGEST_LINE = 300;

    private static final Map<String, String> FAMILIES = Map.ofEntries(
            Map.entry("javascript", "js"),
            Map.entry("typescript", "js"),
            Map.entry("jsx", "js"),
            Map.entry("tsx", "js"),
            Map.entry("ts", "js"),
            Map.entry("mjs", "js"),
            Map.entry("python", "py"),
            Map.entry("htm", "html"),
            Map.entry("scss", "css"),
            Map.entry("sass", "css"),
            Map.entry("less", "css"),
            Map.entry("kts", "kt"),
            Map.entry("kotlin", "kt"),
            Map.entry("rust", "rs"),
            Map.entry("golang", "go"),
            Map.entry("ruby", "rb"),
            Map.entry("csharp", "cs"),
            Map.entry("postgresql", "sql"),
            Map.entry("mysql", "sql"));

    private static final Set<String> EVERYBODYS = Set.of(
            "bar",
            "baz",
            "demo",
            "example",
            "foo",
            "handler",
            "hello",
            "helloworld",
            "init",
            "main",
            "my_function",
            "myfunction",
            "run",
            "setup",
            "solution",
            "temp",
            "test",
            "tests",
            "usage");

    private static final Pattern DECLARED = Pattern.compile(
            "(?:export\\s++default\\s++)?(?:(?:export|pub(?:\\([a-z]++\\))?|public|protected|private|internal|abstract"
                    + "|final|sealed|static|async|data|open|unsafe|declare|local)\\s++)*+"
                    + "(?<kind>class|interface|record|enum|struct|trait|object|type|module|def|function|fn|func|fun|const|let|var)"
                    + "\\*?\\s++(?:\\([^)]{0,60}\\)\\s*+)?(?<name>[\\p{L}_$][\\p{L}\\p{N}_$]*+)");
    private static final Pattern CREATED = Pattern.compile(
            "create\\s++(?:or\\s++replace\\s++)?(?:unique\\s++)?(?<kind>table|view|function|procedure|index|trigger)\\s++"
                    + "(?:if\\s++not\\s++exists\\s++)?(?<name>[\\p{L}_\"`.][\\p{L}\\p{N}_\"`.]*+)",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern EXPORTED_NAME =
            Pattern.compile("export\\s++default\\s++(?<name>[\\p{L}_$][\\p{L}\\p{N}_$]*+)\\s*+;?+\\s*+$");
    private static final Pattern TITLE = Pattern.compile("<title>([^<]{1,120})</title>", Pattern.CASE_INSENSITIVE);
    private static final Pattern ID = Pattern.compile("\\bid=[\"']([\\w-]{1,60})[\"']");
    private static final Pattern ELEMENT = Pattern.compile("<(\\p{Alpha}[\\w-]{0,40})\\b([^>]{0,200})");
    private static final Set<String> LANDMARKS = Set.of("aside", "footer", "form", "header", "nav", "style");
    private static final Set<String> CLASSES = Set.of("class", "interface", "record", "struct", "trait", "object");
    private static final Set<String> VALUES = Set.of("const", "let", "var");

    /** The language by the name that all its dialects share. */
    static String family(String language) {
        String lower = language.toLowerCase(Locale.ROOT);
        return FAMILIES.getOrDefault(lower, lower);
    }

    /** What {@code code} of the language family {@code family} declares. */
    static Declarations of(String code, String family) {
        return switch (family) {
            case "css" -> new Declarations(null, selectors(code));
            case "html" -> page(code);
            default -> declared(code);
        };
    }

    private static Declarations declared(String code) {
        var names = new TreeSet<String>();
        String exported = null;
        String type = null;
        String function = null;
        int outermost = Integer.MAX_VALUE;
        for (String line : code.lines().toList()) {
            String stripped = line.strip();
            if (stripped.isEmpty() || line.length() > LONGEST_LINE) {
                continue;
            }
            outermost = Math.min(outermost, line.indexOf(stripped.charAt(0)));
            if (line.indexOf(stripped.charAt(0)) > outermost) {
                continue;
            }
            var again = EXPORTED_NAME.matcher(stripped);
            if (again.lookingAt()) {
                exported = again.group("name");
            }
            Matcher matcher = DECLARED.matcher(stripped);
            if (!matcher.lookingAt()) {
                matcher = CREATED.matcher(stripped);
            }
            if (matcher.lookingAt()) {
                String name = matcher.group("name");
                String kind = matcher.group("kind");
                if (names.size() < MOST) {
                    names.add(name);
                }
                if (stripped.startsWith("export default")) {
                    exported = name;
                } else if (CLASSES.contains(kind)) {
                    type = first(type, name);
                } else if (!VALUES.contains(kind) || callable(stripped)) {
                    function = first(function, name);
                }
            }
        }
        String main = exported != null ? exported : type != null ? type : function;
        return new Declarations(
                main == null || EVERYBODYS.contains(main.toLowerCase(Locale.ROOT)) ? null : main, Set.copyOf(names));
    }

    private static String first(@Nullable String before, String name) {
        return before == null ? name : before;
    }

    private static boolean callable(String line) {
        return line.contains("=>") || line.contains("function") || line.contains("memo(") || line.contains("Ref(");
    }

    private static Set<String> selectors(String code) {
        var names = new TreeSet<String>();
        for (String line : code.lines().toList()) {
            int brace = line.indexOf('{');
            if (brace > 0 && brace < LONGEST_LINE && !Character.isWhitespace(line.charAt(0)) && names.size() < MOST) {
                String selector = line.substring(0, brace).strip();
                if (!selector.startsWith("@") && !selector.isEmpty()) {
                    names.add(selector);
                }
            }
        }
        return Set.copyOf(names);
    }

    private static Declarations page(String code) {
        var names = new TreeSet<String>();
        var ids = ID.matcher(code);
        while (names.size() < MOST && ids.find()) {
            names.add(ids.group(1));
        }
        return new Declarations(known(code), Set.copyOf(names));
    }

    private static @Nullable String known(String code) {
        var title = TITLE.matcher(code);
        if (title.find()) {
            return title.group(1).strip();
        }
        var first = ELEMENT.matcher(code);
        if (!first.find()) {
            return null;
        }
        var id = ID.matcher(first.group(2));
        if (id.find()) {
            return "#" + id.group(1);
        }
        String element = first.group(1).toLowerCase(Locale.ROOT);
        return LANDMARKS.contains(element) ? "<" + element + ">" : null;
    }
}
