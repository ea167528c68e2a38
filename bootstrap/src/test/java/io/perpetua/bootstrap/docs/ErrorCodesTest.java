package io.perpetua.bootstrap.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of error codes, and the code. */
class ErrorCodesTest {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| \\d{3} \\|([^|]*)\\|");
    private static final Pattern CODE = Pattern.compile("`([a-z_]+)`");
    private static final Pattern REFUSED = Pattern.compile("new RequestRefused\\(\\s*Reason\\.\\w+,\\s*\"([a-z_]+)\"");

    @Test
    void codes_whichAreDocumented_areGivenAndTheOtherWayRound() throws IOException {
        var page = Files.readString(Snippet.PROJECT.resolve("docs/guides/troubleshooting.md"));
        var documented = ROW.matcher(page)
                .results()
                .flatMap(row -> CODE.matcher(row.group(1)).results())
                .map(code -> code.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        var sources = sources();
        var refused = REFUSED.matcher(sources)
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(refused).hasSizeGreaterThan(10);
        assertThat(documented).containsAll(refused).allMatch(code -> isIn(sources, code));
    }

    /** As a text, or as the constant whose name in small letters it is. */
    private static boolean isIn(String sources, String code) {
        return sources.contains("\"" + code + "\"")
                || Pattern.compile("(?m)^\\s*" + code.toUpperCase(Locale.ROOT) + "\\b")
                        .matcher(sources)
                        .find();
    }

    private static String sources() throws IOException {
        var all = new StringBuilder();
        for (String module : Set.of("domain", "application", "adapters-http")) {
            try (Stream<Path> files = Files.walk(Snippet.PROJECT.resolve(module).resolve("src/main/java"))) {
                for (Path file :
                        files.filter(each -> each.toString().endsWith(".java")).toList()) {
                    all.append(Files.readString(file));
                }
            }
        }
        return all.toString();
    }
}
