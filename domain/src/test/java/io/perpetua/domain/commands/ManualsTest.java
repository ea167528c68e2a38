package io.perpetua.domain.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.perpetua.domain.commands.Rule.Option;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The rules against what the programs of this machine say of themselves: whether an option has a value, must have one, or may.
 * Taken wrongly, the next word is judged as what it is not. Skipped where a program is not there, or is another one.
 */
class ManualsTest {

    /** Before a value in small letters an option is only another name of a longer one, as {@code -p} of {@code ls}. */
    private static final Pattern OPTION = Pattern.compile(
            "(?m)^ {1,8}(?:(?<short>-[A-Za-z0-9])(?:\\[\\w+]| \\w+)?, +)?(?<long>--[a-z][a-z0-9-]*)(?![a-z0-9=-]*=[a-z]|, \\k<long>=)(?<value>\\[=|=| (?=[A-Z]+\\b)|)");

    private static final String MAY = "may have one";
    private static final String HAS = "has one";

    private final RuleBook rules = RuleBook.shipped();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ls",
                "dir",
                "vdir",
                "du",
                "stat",
                "realpath",
                "readlink",
                "basename",
                "dirname",
                "cat",
                "tac",
                "head",
                "tail",
                "nl",
                "wc",
                "od",
                "sort",
                "uniq",
                "cut",
                "paste",
                "join",
                "comm",
                "fold",
                "fmt",
                "expand",
                "unexpand",
                "diff",
                "cmp",
                "sed",
                "grep",
                "touch",
                "mkdir",
                "rmdir",
                "cp",
                "mv",
                "ln",
                "rm",
                "truncate",
                "tee",
                "split",
                "md5sum",
                "sha256sum",
                "b2sum",
                "cksum",
                "base64",
                "base32",
                "tar",
                "date",
                "id",
                "uname",
                "nproc",
                "gzip"
            })
    void option_hasTheValueThatItsProgramSays(String program) throws Exception {
        var rule = rules.find(program);
        assertThat(rule).isNotNull();
        String manual = manual(program);
        assumeTrue(manual != null, program + " is not here");
        var said = new TreeMap<String, String>();
        Matcher option = OPTION.matcher(manual);
        while (option.find()) {
            String value = switch (option.group("value")) {
                case "[=" -> MAY;
                case "" -> "has none";
                default -> HAS;
            };
            said.merge(option.group("long"), value, (one, other) -> one.equals(other) ? one : MAY);
            if (value.equals(HAS) && option.group("short") != null) {
                said.put(option.group("short"), value);
            }
        }
        var wrong = new ArrayList<String>();
        int seen = 0;
        for (var each : said.entrySet()) {
            var known = rule.options().get(each.getKey());
            if (known != null && !decided(known)) {
                seen++;
                if (!said(known).equals(each.getValue())) {
                    wrong.add(each.getKey() + " " + each.getValue() + ", and is taken to be one that " + said(known));
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(seen).isPositive();
    }

    /** Whether it does not matter what follows. */
    private static boolean decided(Option option) {
        return option.raises() == CommandClass.BLOCKED || option.raises() == CommandClass.DANGEROUS;
    }

    private static String said(Option option) {
        return option.values().isEmpty() ? "has none" : option.attached() ? MAY : HAS;
    }

    private static @Nullable String manual(String program) throws IOException, InterruptedException {
        Path file = Path.of("/usr/bin", program);
        if (!Files.isExecutable(file) && !Files.isExecutable(Path.of("/bin", program))) {
            return null;
        }
        var process = new ProcessBuilder(List.of(program, "--help"))
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return process.waitFor() == 0 && printed.contains("GNU") ? printed.replaceAll("(?m)^ {12,}.*$", "") : null;
    }
}
