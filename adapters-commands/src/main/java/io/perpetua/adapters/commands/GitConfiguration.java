package io.perpetua.adapters.commands;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/*
 * Filters and merge drivers have names that the repository chooses, so that no fixed setting can switch them off. What is read
 * here is a part of git's grammar in which nobody can hide one: one section, or one key, a line.
 */
/** Whether a repository's configuration names nothing that git would run in spite of {@link GitSettings}. */
final class GitConfiguration {

    private static final int LONGEST = 1 << 20;
    private static final List<String> FILES = List.of("config", "config.worktree");

    private static final Pattern SECTION =
            Pattern.compile("[ \\t]*\\[([A-Za-z0-9.-]+)(?:[ \\t]+\"((?:[^\"\\\\]|\\\\.)*)\")?\\][ \\t]*(?:[#;].*)?");
    private static final Pattern KEY = Pattern.compile("[ \\t]*([A-Za-z][A-Za-z0-9-]*)[ \\t]*(?:=.*)?(?:[#;].*)?");
    private static final Pattern NOTHING = Pattern.compile("[ \\t]*(?:[#;].*)?");
    private static final Pattern ODD = Pattern.compile("[\\x00-\\x08\\x0b-\\x1f\\x7f]");

    /** Sections that read other files, or name what is run. */
    private static final Set<String> RUNNING = Set.of("include", "includeif", "filter");

    /** Keys below the name of a driver that name what is run. */
    private static final Set<String> DRIVING = Set.of("command", "textconv", "driver");

    private GitConfiguration() {}

    /** What is wrong with a repository, to stand behind its name; null when nothing is. */
    static @Nullable String fault(Path repository) throws IOException {
        if (!Files.isDirectory(repository, LinkOption.NOFOLLOW_LINKS)) {
            return "leads to a repository elsewhere";
        }
        if (Files.exists(repository.resolve("commondir"), LinkOption.NOFOLLOW_LINKS)) {
            return "has its configuration elsewhere";
        }
        for (String name : FILES) {
            Path file = repository.resolve(name);
            if (Files.notExists(file, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || Files.size(file) > LONGEST) {
                return "has a configuration that is no file, or too large";
            }
            String fault;
            try (var in = Files.newInputStream(file)) {
                fault = fault(new String(in.readNBytes(LONGEST), StandardCharsets.ISO_8859_1));
            }
            if (fault != null) {
                return "has a configuration " + fault;
            }
        }
        return null;
    }

    /** What is wrong with a configuration, null when nothing is. */
    static @Nullable String fault(String text) {
        String section = "";
        boolean named = false;
        for (String each : text.split("\n", -1)) {
            String line = each.endsWith("\r") ? each.substring(0, each.length() - 1) : each;
            if (ODD.matcher(line).find() || line.endsWith("\\")) {
                return "that is not plain: a line goes on in the next one, or holds control characters";
            }
            if (NOTHING.matcher(line).matches()) {
                continue;
            }
            var header = SECTION.matcher(line);
            var key = KEY.matcher(line);
            if (header.matches()) {
                String name = header.group(1).toLowerCase(Locale.ROOT);
                int dot = name.indexOf('.');
                section = dot < 0 ? name : name.substring(0, dot);
                named = dot >= 0 || header.group(2) != null;
                if (RUNNING.contains(section)) {
                    return "with a section [" + section + "], by which a program may be run";
                }
            } else if (!key.matches()) {
                return "that is not plain: a line is neither one section nor one key";
            } else if (isDriver(section, named, key.group(1).toLowerCase(Locale.ROOT))) {
                return "in which [" + section + "] names a program to be run, or a folder elsewhere";
            }
        }
        return null;
    }

    private static boolean isDriver(String section, boolean named, String key) {
        return switch (section) {
            case "core" -> key.equals("worktree");
            case "merge" -> named && DRIVING.contains(key);
            case "diff" -> key.equals("external") || (named && DRIVING.contains(key));
            default -> false;
        };
    }
}
