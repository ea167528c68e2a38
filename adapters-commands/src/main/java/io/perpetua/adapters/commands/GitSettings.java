package io.perpetua.adapters.commands;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/*
 * A repository's configuration names programs that git runs: for signatures, pages, hooks, editors, passwords, transports.
 * What is set by the environment wins over it, so each is set here, once and for all. Filters have names that the repository
 * chooses; they are looked up. A file that is added then is refused rather than stored without its filter.
 */
/** What git's environment is, so that nothing that a repository configures is run; and where git keeps that. */
final class GitSettings {

    private static final Path NAME = Path.of(".git");
    private static final long LONGEST = 1 << 20;
    private static final int MOST_FILES = 64;
    private static final int MODULES_DEPTH = 4;

    private static final Pattern FILTER =
            Pattern.compile("(?im)^\\s*\\[\\s*filter\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|\\.([^\\]\\s]+))\\s*\\]");
    private static final Pattern INCLUDED =
            Pattern.compile("(?im)^(?:\\s*\\[[^\\]]*])?\\s*path\\s*=\\s*\"?([^\"\\n]+?)\"?\\s*$");

    private static final Map<String, String> ENVIRONMENT = Map.ofEntries(
            Map.entry("GIT_CONFIG_NOSYSTEM", "1"),
            Map.entry("GIT_CONFIG_GLOBAL", "/dev/null"),
            Map.entry("GIT_ATTR_NOSYSTEM", "1"),
            Map.entry("GIT_OPTIONAL_LOCKS", "0"),
            Map.entry("GIT_TERMINAL_PROMPT", "0"),
            Map.entry("GIT_NO_LAZY_FETCH", "1"),
            Map.entry("GIT_ALLOW_PROTOCOL", "none"),
            Map.entry("GIT_TEMPLATE_DIR", ""),
            Map.entry("GIT_PAGER", "cat"),
            Map.entry("GIT_EDITOR", "false"),
            Map.entry("GIT_SEQUENCE_EDITOR", "false"),
            Map.entry("GIT_ASKPASS", "false"),
            Map.entry("GIT_SSH_COMMAND", "false"));

    /** Each key that names a program, with one that does nothing. */
    private static final Map<String, String> CONFIGURATION = Map.ofEntries(
            Map.entry("safe.directory", "*"),
            Map.entry("safe.bareRepository", "explicit"),
            Map.entry("core.fsmonitor", "false"),
            Map.entry("core.hooksPath", "/dev/null"),
            Map.entry("core.attributesFile", "/dev/null"),
            Map.entry("core.pager", "cat"),
            Map.entry("core.editor", "false"),
            Map.entry("core.askPass", "false"),
            Map.entry("core.sshCommand", "false"),
            Map.entry("core.gitProxy", "false"),
            Map.entry("core.alternateRefsCommand", "false"),
            Map.entry("credential.helper", ""),
            Map.entry("gpg.program", "false"),
            Map.entry("gpg.openpgp.program", "false"),
            Map.entry("gpg.x509.program", "false"),
            Map.entry("gpg.ssh.program", "false"),
            Map.entry("gpg.ssh.defaultKeyCommand", "false"),
            Map.entry("log.showSignature", "false"),
            Map.entry("commit.gpgSign", "false"),
            Map.entry("tag.gpgSign", "false"),
            Map.entry("interactive.diffFilter", "cat"),
            Map.entry("gc.auto", "0"),
            Map.entry("maintenance.auto", "false"),
            Map.entry("protocol.allow", "never"));

    private GitSettings() {}

    /**
     * The environment for git in {@code workspace}.
     *
     * @param writes whether files may be added: what a filter should have changed is refused then
     */
    static Map<String, String> environment(Path workspace, boolean writes) {
        var settings = new LinkedHashMap<>(CONFIGURATION);
        for (String filter : filters(workspace)) {
            settings.put("filter." + filter + ".process", "");
            settings.put("filter." + filter + ".clean", "");
            settings.put("filter." + filter + ".smudge", "");
            settings.put("filter." + filter + ".required", String.valueOf(writes));
        }
        var environment = new LinkedHashMap<>(ENVIRONMENT);
        environment.put("GIT_CEILING_DIRECTORIES", String.valueOf(workspace.getParent()));
        environment.put("GIT_CONFIG_COUNT", String.valueOf(settings.size()));
        int number = 0;
        for (var each : settings.entrySet()) {
            environment.put("GIT_CONFIG_KEY_" + number, each.getKey());
            environment.put("GIT_CONFIG_VALUE_" + number, each.getValue());
            number++;
        }
        return environment;
    }

    /** Whether it is git that {@code argv} runs, as the policy has it done. */
    static boolean runs(List<String> argv) {
        return argv.getFirst().equals("git") || Collections.indexOfSubList(argv, List.of("git", "--no-pager")) > 0;
    }

    /** What git keeps in the workspace, for {@code folder} in it and all above, where it is there. */
    static List<Path> kept(Path workspace, Path folder) {
        var kept = new ArrayList<Path>();
        for (Path each = folder; each != null && each.startsWith(workspace); each = each.getParent()) {
            try {
                Path real = each.resolve(NAME).toRealPath();
                if (real.startsWith(workspace) && !real.equals(workspace)) {
                    kept.add(real);
                }
            } catch (IOException e) {
                // It is not there.
            }
        }
        return kept;
    }

    private static Set<String> filters(Path workspace) {
        var names = new TreeSet<String>();
        var seen = new HashSet<Path>();
        var left = new ArrayDeque<>(configurations(workspace.resolve(NAME)));
        while (!left.isEmpty() && seen.size() < MOST_FILES) {
            try {
                Path file = left.removeFirst().toRealPath();
                if (!file.startsWith(workspace) || !seen.add(file) || Files.size(file) > LONGEST) {
                    continue;
                }
                String text = Files.readString(file);
                var filter = FILTER.matcher(text);
                while (filter.find()) {
                    String name = filter.group(1) == null ? filter.group(2) : filter.group(1);
                    names.add(name.replaceAll("\\\\(.)", "$1"));
                }
                var included = INCLUDED.matcher(text);
                while (included.find()) {
                    left.add(file.resolveSibling(included.group(1)));
                }
            } catch (IOException | InvalidPathException e) {
                // What cannot be read configures nothing.
            }
        }
        return names;
    }

    private static List<Path> configurations(Path git) {
        var found = new ArrayList<>(List.of(git.resolve("config"), git.resolve("config.worktree")));
        Path modules = git.resolve("modules");
        if (Files.isDirectory(modules)) {
            try (var below = Files.find(
                    modules,
                    MODULES_DEPTH,
                    (path, attributes) -> path.endsWith("config") && attributes.isRegularFile())) {
                below.limit(MOST_FILES).forEach(found::add);
            } catch (IOException | UncheckedIOException e) {
                return found;
            }
        }
        return found;
    }
}
